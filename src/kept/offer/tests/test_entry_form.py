"""The form of an entry loses nothing of what a file or a feed brought and it cannot show."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.urls import reverse

from kept.offer.forms import EntryForm, start_of
from kept.offer.models import Service
from kept.offer.publishing import content_of, publish
from kept.offer.tests.conftest import CONTENT

RICH = CONTENT | {
    "phones": [{"number": "01632 960 001", "words": "mornings"}, {"number": "01632 960 002", "words": "texts"}],
    "schedules": [
        {"days": ["TU"], "opens": "18:30", "closes": "21:30", "freq": "MONTHLY", "words": "first Tuesday"},
        {"days": ["SA"], "opens": "10:00", "closes": "12:00"},
    ],
}


def _published(as_editor: Any, organisation: Any, **changes: Any) -> Service:
    made = publish(by=as_editor, organisation=organisation, content=RICH | changes)
    assert isinstance(made, Service)
    return made


def _sent(before: dict[str, Any], **changes: Any) -> QueryDict:
    """What a browser sends of the form as it was opened, with some fields changed."""
    data = QueryDict(mutable=True)
    for name, value in {**start_of(before), **changes}.items():
        if isinstance(value, list):
            data.setlist(name, [str(one) for one in value])
        elif value not in (None, False):
            data[name] = "on" if value is True else str(value)
    return data


def _saved(as_editor: Any, before: dict[str, Any], **changes: Any) -> dict[str, Any]:
    form = EntryForm(_sent(before, **changes), actor=as_editor, before=before, initial=start_of(before))
    assert form.is_valid(), form.errors
    return form.content()


def test_an_entry_saved_as_it_was_opened_is_as_it_was(as_editor: Any, organisation: Any) -> None:
    entry = _published(as_editor, organisation)
    before = content_of(entry)
    publish(by=as_editor, organisation=organisation, content=_saved(as_editor, before), service=entry)
    after = content_of(entry)
    assert (after["phones"], after["costs"]) == (before["phones"], before["costs"])
    assert after["schedules"] == [RICH["schedules"][0] | {"term_time": False}, RICH["schedules"][1]]


def test_what_is_typed_changes_the_first_and_a_tick_takes_the_others_out(as_editor: Any, organisation: Any) -> None:
    before = content_of(_published(as_editor, organisation))
    changed = _saved(as_editor, before, phone="01632 960 009", hours="9:00 to 11:00", freq="", times_words="")
    assert [one["number"] for one in changed["phones"]] == ["01632 960 009", "01632 960 002"]
    assert changed["schedules"][0] == {"days": ["TU"], "term_time": False, "opens": "09:00", "closes": "11:00"}
    alone = _saved(as_editor, before, only_these=True)
    assert (len(alone["phones"]), len(alone["schedules"]), alone["costs"]) == (1, 1, [])


def test_the_page_says_what_else_the_entry_holds(as_editor: Any, organisation: Any, client: Any) -> None:
    entry = _published(as_editor, organisation)
    client.force_login(as_editor.user)
    page = client.get(reverse("desk:edit", kwargs={"pk": entry.pk})).content.decode()
    assert "1 more phone number, 1 more opening time, 1 price" in page
    plain = _published(as_editor, organisation, name="Plain", phones=[], schedules=[], costs=[])
    form = EntryForm(actor=as_editor, before=content_of(plain))
    assert "only_these" not in form.fields
