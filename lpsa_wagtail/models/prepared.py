"""SQL that Django writes once for a process, and that is sent again with other values.

Putting a query together takes Django longer than most databases need to answer it. What all
visitors ask, with no more than other ids, is therefore written the first time and kept.
"""

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from copy import copy
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.models import BooleanField, Expression, F, Model, Q, QuerySet

#: So many statements of a kind are kept; the oldest are let go.
MOST = 500
#: Numbers of values for which there are statements.
USUAL = (0, 1, 2, 4, 8, 20, 40, 100, 200, 400)


class Kept(Expression):
    """A condition whose SQL is kept.

    ``make`` gives the condition, the same each time it is called; ``outer`` names the columns of
    the outer query that it asks for.
    """

    def __init__(self, make: Callable[[], Q], *outer: str):
        super().__init__(output_field=BooleanField())
        self.make, self.outer = make, [F(name) for name in outer]
        #: Database and names of the outer columns → SQL and its parameters.
        self.written: dict[tuple, tuple] = {}

    def get_source_expressions(self):
        return self.outer

    def set_source_expressions(self, exprs):
        self.outer = exprs

    def as_sql(self, compiler, connection):
        columns = (compiler.compile(column)[0] for column in self.outer)
        key = (connection.alias, connection.vendor, *columns)
        if key not in self.written:
            condition = self.make().resolve_expression(compiler.query)
            sql, params = compiler.compile(condition)
            self.written[key] = (f"({sql})", tuple(params))
        return self.written[key]


class Statement:
    """One statement as Django wrote it, and where the values that change stand in it."""

    def __init__(self, connection, queryset: QuerySet, marks: Sequence):
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(connection=connection)
        self.sql, params = self.compiler.as_sql()
        self.params = list(params)
        number_of = {_adapted(connection, mark): number for number, mark in enumerate(marks)}
        #: (Place among the parameters, number of the value that comes there).
        self.places = [
            (place, number_of[param])
            for place, param in enumerate(self.params)
            if isinstance(param, Hashable) and param in number_of
        ]
        missing = set(number_of.values()) - {number for _place, number in self.places}
        if missing:  # Django made something else of them; the values would never be sent
            raise ValueError(f"Values that stand nowhere in the statement: {sorted(missing)}")

    def rows(self, connection, values: Sequence) -> list[tuple]:
        """Send it with these values; the rows as ``values_list`` gives them."""
        return list(self._sent_with(connection, values).results_iter(tuple_expected=True))

    def objects(self, connection, values: Sequence) -> list:
        """Send it with these values; what the queryset itself would give, new objects each time."""
        compiler = self._sent_with(connection, values)
        queryset: Any = object.__new__(type(self.queryset))
        queryset.__dict__.update(self.queryset.__dict__)  # Django's own way to copy would ask it
        query: Any = copy(queryset.query)
        query.get_compiler = lambda *args, **kwargs: compiler
        queryset.query = query
        found: Any = queryset._iterable_class(queryset)
        return list(found)

    def _sent_with(self, connection, values: Sequence):
        """A compiler that has the SQL already."""
        params = list(self.params)
        values = [_adapted(connection, value) for value in values]
        for place, number in self.places:
            params[place] = values[number]
        compiler = copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *args, **kwargs: (self.sql, tuple(params))
        return compiler


class Prepared:
    """Statements of one kind. ``rows`` sends the one that fits, and writes it if there is none.

    ``model`` says in which database.
    """

    def __init__(self, model: type[Model]):
        self.model = model
        self._statements: OrderedDict[tuple, Statement] = OrderedDict()

    def rows(self, key: tuple, build: Callable[..., QuerySet], *values) -> list[tuple]:
        """Send the statement for this ``key`` with the ``values``.

        ``build`` is called with a mark in the place of each value and gives a ``values_list``;
        all that shapes it otherwise belongs into the key.
        """
        statement, connection = self._statement(key, build, values)
        return statement.rows(connection, values) if statement else []

    def objects(self, key: tuple, build: Callable[..., QuerySet], *values) -> list:
        """The same with a ``build`` that gives any queryset: all that is in it, as it gives it.

        What was prefetched would not be.
        """
        statement, connection = self._statement(key, build, values)
        return statement.objects(connection, values) if statement else []

    def _statement(self, key, build, values):
        """The statement, or None where Django sees that there can be no rows; the connection."""
        connection = connections[router.db_for_read(self.model)]
        key = (connection.alias, connection.vendor, *key, *map(type, values))
        statement = self._statements.get(key)
        if statement is None:
            marks = [_mark(number, value) for number, value in enumerate(values)]
            try:
                statement = Statement(connection, build(*marks), marks)
            except EmptyResultSet:
                return None, connection
            self._statements[key] = statement
            if len(self._statements) > MOST:
                self._statements.popitem(last=False)
        return statement, connection


def padded(values) -> list:
    """The values, the last one repeated until there is one of a few usual numbers of them.

    For ``IN``, so that one statement serves lists of many lengths.
    """
    values = list(values)
    length = next((usual for usual in USUAL if usual >= len(values)), len(values))
    return values + values[-1:] * (length - len(values))


def with_columns(model: type[Model], names: Sequence[str], values: Sequence):
    """An object with these columns, as from the database; others are read when asked for."""
    known = dict(zip(names, values, strict=True))
    fields = [field.attname for field in model._meta.concrete_fields if field.attname in known]
    return model.from_db(None, fields, [known[name] for name in fields])


def _mark(number: int, value):
    """Something of the same type as the value, that stands nowhere else."""
    if isinstance(value, dt.datetime):
        return dt.datetime(3, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=number)
    if isinstance(value, dt.date):
        return dt.date(3, 1, 1) + dt.timedelta(days=number)
    if isinstance(value, int):
        return -(2 * 10**9) - number
    if isinstance(value, str):
        return f"\ue000{number}\ue000"
    raise TypeError(type(value))


def _adapted(connection, value):
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, dt.date):
        return connection.ops.adapt_datefield_value(value)
    return value
