"""Write many rows at once, as the service writes them: through row-level security, with the change history kept.

`COPY` is refused on tables with row-level security, so the columns go over as arrays, a few thousand rows a statement.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.utils import timezone

AT_ONCE = 4000


def pour(model: type[models.Model], rows: Sequence[models.Model]) -> int:
    """Insert rows of a model that has no array columns; how many. Times that are made on insert are now unless given."""
    fields = [field for field in model._meta.concrete_fields]
    names = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(f"%s::{_type(field)}[]" for field in fields)
    statement = f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT * FROM unnest({places})'
    now = timezone.now()
    with connection.cursor() as cursor:
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start : start + AT_ONCE]
            cursor.execute(statement, [_column(field, part, now) for field in fields])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    return len(rows)


def _type(field: models.Field[Any, Any]) -> str:
    return str(field.db_type(connection)).replace("serial", "integer")


def _column(field: models.Field[Any, Any], rows: Sequence[models.Model], now: Any) -> list[Any]:
    values = [getattr(row, field.attname) for row in rows]
    if isinstance(field, models.JSONField):
        return [json.dumps(value, cls=DjangoJSONEncoder) for value in values]
    if isinstance(field, models.DateTimeField) and not field.null:
        return [value or now for value in values]
    return values
