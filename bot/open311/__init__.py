"""Open311 GeoReport v2, the server: what the city publishes of its cases, and how other systems file them.

A request goes to `server`, which asks `catalog`, `queries` or `posting`; `publishing` decides what the public
may read of a case, `documents` writes it as XML or JSON. Every refusal is a `Refused`. For a city's IT staff:
docs/open311.md.
"""
