"""Write many rows at once, as the service writes them: through row-level security, with the change history kept.

`COPY` is refused on tables with row-level security, so the columns go over as arrays, a few thousand rows a statement.
A second thread waits for the database while the first makes the next rows; there is one connection, one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.utils import timezone

AT_ONCE = 4000


class Pourer:
    """Inserts rows in the order in which they are given; leave the `with` block to know that all are there."""

    def __init__(self) -> None:
        self.worker = ThreadPoolExecutor(max_workers=1)
        self.going: Future[None] | None = None

    def __enter__(self) -> Self:
        connection.ensure_connection()
        with connection.cursor() as cursor:  # keys are checked with each statement, not all at the end
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.wait()
        finally:
            self.worker.shutdown(wait=True, cancel_futures=True)

    def wait(self) -> None:
        """Return when all rows given so far are in the database; raises what went wrong there."""
        if self.going:
            self.going.result()
            self.going = None

    def pour(self, *batches: tuple[type[models.Model], Sequence[models.Model]]) -> None:
        """Insert rows of models that have no array columns, in this order, after all that was given before.

        Times that are made on insert are now unless given.
        """
        self.wait()
        statements = [one for model, rows in batches for one in _statements(model, rows)]
        raw = connection.connection
        self.going = self.worker.submit(_execute, raw, statements)


def _execute(raw: Any, statements: list[tuple[str, list[Any]]]) -> None:
    with raw.cursor() as cursor:
        for statement, columns in statements:
            cursor.execute(statement, columns)


def _statements(model: type[models.Model], rows: Sequence[models.Model]) -> list[tuple[str, list[Any]]]:
    fields = list(model._meta.concrete_fields)
    names = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(f"%s::{field.db_type(connection)}[]" for field in fields)
    statement = f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT * FROM unnest({places})'
    now = timezone.now()
    made = []
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        made.append((statement, [_column(field, part, now) for field in fields]))
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    return made


def _column(field: models.Field[Any, Any], rows: Sequence[models.Model], now: Any) -> list[Any]:
    values = [getattr(row, field.attname) for row in rows]
    if isinstance(field, models.JSONField):
        return [json.dumps(value, cls=DjangoJSONEncoder) for value in values]
    if isinstance(field, models.DateTimeField) and not field.null:
        return [value or now for value in values]
    return values
