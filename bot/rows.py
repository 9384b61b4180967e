"""Rows that come as one parameter: a question about many is then the same for any number of them.

A list in parameters of its own (`IN (?, ?, ?)`) makes another statement of each length, which is built, read
and planned anew; the server keeps the plan of one that stays the same.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, JSON, bindparam, cast, column, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeEngine


class _Each(GenericFunction[Any]):
    """The elements of a JSON array, each a row, as SQLite calls it (sqlite.org/json1.html)."""

    name = "json_each"
    inherit_cache = True


@compiles(_Each, "postgresql")
def _each(function: _Each, compiler: SQLCompiler, **how: Any) -> str:
    return f"json_array_elements{compiler.function_argspec(function, **how)}"


def rows(parameter: str, **fields: TypeEngine[Any]) -> CTE:
    """Return the rows that a parameter brings, a list of lists, as a table of these fields."""
    given = _Each(bindparam(parameter, type_=JSON)).table_valued(column("value", JSON)).c.value
    columns = (cast(given[at].as_string(), kind).label(name) for at, (name, kind) in enumerate(fields.items()))
    return select(*columns).cte().prefix_with("MATERIALIZED", dialect="postgresql")
