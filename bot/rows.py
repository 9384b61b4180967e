"""Rows that come as one parameter: a question about many is then the same for any number of them.

A list in parameters of its own (`IN (?, ?, ?)`) makes another statement of each length, which is built, read
and planned anew; the server keeps the plan of one that stays the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    JSON,
    ColumnElement,
    Connection,
    Dialect,
    Insert,
    Integer,
    Select,
    String,
    TypeDecorator,
    bindparam,
    cast,
    column,
    insert,
    literal_column,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeEngine

from bot.base import Base, UTCDateTime

ONE: ColumnElement[int] = literal_column("1")
"""For a limit: as a parameter it may be any number, and with each the server would make its plan anew."""


def fixed(*codes: str) -> Sequence[ColumnElement[str]]:
    """Return codes of ours, which are the same in each question, for `in_`: the server plans with them once.

    As parameters they may be any, and the server makes its plan anew to see how many rows have them.
    """
    return [literal_column(f"'{code}'", String()) for code in codes]


class _Each(GenericFunction[Any]):
    """The elements of a JSON array, each a row, as SQLite calls it (sqlite.org/json1.html)."""

    name = "json_each"
    inherit_cache = True


@compiles(_Each, "postgresql")
def _each(function: _Each, compiler: SQLCompiler, **how: Any) -> str:
    """Return them by way of an array: of those PostgreSQL expects ten, of JSON's elements a hundred."""
    elements = f"json_array_elements{compiler.function_argspec(function, **how)}"
    return f"(SELECT unnest(ARRAY(SELECT {elements})) AS value)"


class _Moment(GenericFunction[datetime]):
    """A moment out of its text, "2026-06-01 12:00:00.000000+00:00", of which SQLite keeps all but the zone."""

    type = UTCDateTime()
    inherit_cache = True


@compiles(_Moment)
def _without_zone(function: _Moment, compiler: SQLCompiler, **how: Any) -> str:
    return f"substr({compiler.process(function.clauses, **how)}, 1, 26)"


@compiles(_Moment, "postgresql")
def _with_zone(function: _Moment, compiler: SQLCompiler, **how: Any) -> str:
    return f"CAST({compiler.process(function.clauses, **how)} AS TIMESTAMP WITH TIME ZONE)"


def rows(parameter: str, **fields: TypeEngine[Any]) -> CTE:
    """Return the rows that a parameter brings, a list of lists, as a table of these fields."""
    given = _Each(bindparam(parameter, type_=JSON)).table_valued(column("value", JSON)).c.value
    columns = (_read(given[at], kind).label(name) for at, (name, kind) in enumerate(fields.items()))
    return select(*columns).cte().prefix_with("MATERIALIZED", dialect="postgresql")


def _read(value: Any, kind: TypeEngine[Any]) -> ColumnElement[Any]:
    """Return a field out of its JSON."""
    if isinstance(kind, UTCDateTime):
        return _Moment(value.as_string())
    stored = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    return value if isinstance(stored, JSON) else cast(value.as_string(), stored)


def insert_all(connection: Connection, kind: type[Base], given: Sequence[Mapping[str, Any]]) -> Sequence[int]:
    """Insert rows that all give the same columns, and return their ids in the same order."""
    names, table = tuple(given[0]), kind.__table__.c
    of_type = [table[name].type for name in names]
    values = [
        [
            at,
            *(_written(row[name], each, connection.dialect) for name, each in zip(names, of_type, strict=True)),
        ]
        for at, row in enumerate(given)
    ]
    return sorted(connection.execute(_insert_all(kind, names), {"rows": values}).scalars())


@cache
def _insert_all(kind: type[Base], names: Sequence[str]) -> Insert:
    table = kind.__table__.c
    given = rows("rows", place=Integer(), **{name: table[name].type for name in names})
    found = select(*(given.c[name] for name in names)).order_by(given.c.place)
    return insert(kind).from_select(list(names), found).returning(table.id)


def _written(value: Any, kind: TypeEngine[Any], dialect: Dialect) -> Any:
    """Return what stands in JSON for a column's value."""
    stored = kind.process_bind_param(value, dialect) if isinstance(kind, TypeDecorator) else value
    return stored.isoformat(sep=" ", timespec="microseconds") if isinstance(stored, datetime) else stored


def any_row(question: Select[Any]) -> ColumnElement[bool]:
    """Return whether a question that each row of another asks has an answer: it is looked up for each.

    EXISTS says the same, but where PostgreSQL takes many rows to ask, it hashes the whole table to be asked.
    """
    return question.limit(ONE).scalar_subquery().is_not(None)
