"""The trails as tables: columns, filters and cells, the same on screen and in a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone

from kept.access.acting import Actor
from kept.access.trails import Kind, children, queries
from kept.access.trails.security import Happened
from kept.design.dates import DateField

Cells = dict[str, Any]
CHUNK = 2000
USUALLY = timedelta(days=31)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class TrailForm(forms.Form):
    """Filters that stay in the address."""

    first = DateField(label="From", required=False)
    last = DateField(label="To", required=False)
    person = forms.CharField(
        label="Person", required=False, max_length=120, help_text="Part of a name or email address"
    )
    child = forms.CharField(
        label="Child",
        required=False,
        max_length=120,
        help_text="The key. Those who see the child, and the data protection officer, may give a whole name or number",
    )
    kind = forms.ChoiceField(label="Kind", required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], has_child: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = [("", "All"), *kinds]
        if not has_child:
            del self.fields["child"]


@dataclass(frozen=True)
class Trail:
    """One trail: its words, its columns (key, heading), where its lines come from and how one becomes cells."""

    name: str
    title: str
    lead: str
    columns: tuple[tuple[str, str], ...]
    rows: Callable[[Actor], QuerySet]
    cells: Callable[[Any], Cells]
    kind_field: str
    kinds: tuple[tuple[str, str], ...]
    has_child: bool = True

    def filtered(self, actor: Actor, form: TrailForm) -> QuerySet:
        """The lines that the filters leave; of the last month, when no days and no child are asked for."""
        found = self.rows(actor)
        if not form.is_valid():
            return queries.between(found, actor.today - USUALLY, None)
        asked = form.cleaned_data
        first = asked["first"] or (None if asked["last"] or asked.get("child") else actor.today - USUALLY)
        found = queries.between(found, first, asked["last"])
        found = queries.by_person(found, asked["person"])
        if about := asked.get("child"):
            found = queries.about_children(found, children.keys_of(actor, about))
        return found.filter(**{self.kind_field: asked["kind"]}) if asked["kind"] else found

    def form(self, data: Any) -> TrailForm:
        """The filters, as asked."""
        return TrailForm(data or None, kinds=list(self.kinds), has_child=self.has_child)


def at(moment: Any) -> str:
    """A moment in England, to the second."""
    return timezone.localtime(moment).strftime("%-d %B %Y, %H:%M:%S")


def _person(line: Any) -> str:
    return f"{line.person.name} ({line.person.email})" if line.person else "Nobody signed in"


def reading_cells(line: Any) -> Cells:
    """One line of the reading log."""
    return {
        "at": at(line.at),
        "who": line.person.name,
        "service": line.service,
        "what": line.what or line.page,
        "kind": line.kind.capitalize(),
        "why": line.why,
        "child": str(line.child_id),
    }


def change_cells(line: Any) -> Cells:
    """One line of the change history, without what the fields held."""
    return {
        "at": at(line.at),
        "who": _person(line) if line.person_id else "Kept, outside a page",
        "what": queries.table_in_words(line.table_name),
        "operation": line.operation.capitalize(),
        "fields": ", ".join(name.removesuffix("_id").replace("_", " ") for name in line.fields),
        "child": str(line.child_id or ""),
    }


def security_cells(line: Any) -> Cells:
    """One line of the security log."""
    return {
        "at": at(line.at),
        "kind": line.kind.capitalize(),
        "who": _person(line),
        "what": line.what,
        "from": line.network_address,
    }


TRAILS: dict[str, Trail] = {
    "readings": Trail(
        "readings",
        "Who looked",
        "Every page, file, export and list that showed a child: who saw it, when, for which service and why.",
        (
            ("at", "When"),
            ("who", "Who"),
            ("service", "Service"),
            ("what", "What was shown"),
            ("kind", "As"),
            ("why", "Why they may"),
            ("child", "Child"),
        ),
        queries.readings,
        reading_cells,
        "kind",
        tuple((kind.value, kind.value.capitalize()) for kind in Kind),
    ),
    "changes": Trail(
        "changes",
        "What changed",
        "Every row added, changed or removed, by whom and when. Written by the database itself.",
        (
            ("at", "When"),
            ("who", "Who"),
            ("what", "What"),
            ("operation", "Done"),
            ("fields", "Fields"),
            ("child", "Child"),
        ),
        queries.changes,
        change_cells,
        "operation",
        (("added", "Added"), ("changed", "Changed"), ("removed", "Removed")),
    ),
    "security": Trail(
        "security",
        "Sign-ins and refusals",
        "Who signed in, tried to, signed out, or asked for a page that was not theirs.",
        (("at", "When"), ("kind", "What"), ("who", "Who"), ("what", "About"), ("from", "From")),
        queries.security_events,
        security_cells,
        "kind",
        tuple((happened.value, happened.value.capitalize()) for happened in Happened),
        has_child=False,
    ),
}


def harmless(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def as_csv(trail: Trail, lines: QuerySet, *, name: str) -> StreamingHttpResponse:
    """The lines as a CSV file, read from the database before the answer begins, in the columns of the screen."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([heading for _, heading in trail.columns])
    for line in lines.iterator(chunk_size=CHUNK):
        cells = trail.cells(line)
        writer.writerow([harmless(cells[key]) for key, _ in trail.columns])
    return _download(iter([out.getvalue()]), name)


def _download(parts: Iterator[str], name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        parts,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
