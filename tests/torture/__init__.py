"""Crash and fault tests: real processes, killed for real, on real servers; `make torture` (docs/torture.md).

`servers` are what can be stopped and started, `nursery` starts processes at little cost, `deployment` has them
and starts them anew, `talks` are the residents and the judgement of what they saw, `scenarios` is the matrix,
`__main__` the command.
"""
