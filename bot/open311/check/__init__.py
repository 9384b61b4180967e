"""Judges any GeoReport v2 server by what it answers: `townline open311 check URL`.

`asking` fetches, politely; `reading` makes XML and JSON comparable; `endpoint` knows which documents a server
has, each fetched once, when a rule first asks for it; the modules of `rules` are the table of what has to
hold; `judging` goes through it. A new rule is a function with a `@rule` line in the module of its group, and a
server broken on purpose in tests/test_open311_check.py.
"""
