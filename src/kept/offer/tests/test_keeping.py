"""What editors keep beside the entries: samples, words, places, guidance, written-down comments, who was asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.access.acting import Refused, acting, visiting
from kept.offer import comments, keeping, keeping_queries, sampling, wordings
from kept.offer.directory import DIRECTORIES
from kept.offer.models import Consulted, Location, Organisation, Page, Place, Sample, Service, SynonymRow, Wording
from kept.offer.places import import_places
from kept.offer.publishing import publish
from kept.offer.tests.conftest import CONTENT, TODAY
from kept.offer.waits import Measured, by_age, in_words, record_wait
from kept.rules.oruk.bands import ENOUGH, split
from kept.rules.oruk.consultees import on_list
from kept.rules.oruk.freshness import is_drawn

PEOPLE = st.lists(st.tuples(st.floats(0, 25), st.floats(0, 200)), max_size=80)


@given(PEOPLE, PEOPLE)
@settings(max_examples=50)
def test_every_band_of_ages_has_ten_people_and_nobody_is_lost(seen: Any, waiting: Any) -> None:
    bands = split(seen, waiting)
    assert all(len(band.weeks_of_seen) >= ENOUGH for band in bands)
    if bands:
        assert sorted(weeks for band in bands for weeks in band.weeks_of_seen) == sorted(weeks for _, weeks in seen)
        assert sum(len(band.weeks_so_far) for band in bands) == len(waiting)
        assert [band.low for band in bands][1:] == [band.high + 1 for band in bands][:-1]
    told_apart = [sum(_band(age) == band for age, _ in seen) for band in range(4)]
    assert len(bands) == 4 or min(told_apart) < ENOUGH


def _band(age: float) -> int:
    return sum(int(age) > top for top in (4, 10, 15))


def test_waits_by_age_are_told_and_small_bands_joined(as_editor: Any, organisation: Any) -> None:
    entry = publish(by=as_editor, organisation=organisation, content=CONTENT)
    measured = Measured(
        clock_starts="the referral", clock_stops="the first visit",
        weeks_of_seen=(4.0,) * 12 + (9.0,) * 3 + (30.0,) * 14, ages_of_seen=(2.0,) * 12 + (7.0,) * 3 + (12.0,) * 14,
        weeks_so_far=(1.0,) * 9 + (2.0,) * 30, ages_so_far=(2.0,) * 9 + (12.0,) * 30,
    )  # fmt: skip
    assert [(band["low"], band["high"], band["seen"]) for band in by_age(measured)] == [(0, 10, 15), (11, 25, 14)]
    assert not any("waiting" in band for band in by_age(measured))  # nine wait in one band: none is said
    record_wait(by=as_editor, service=entry, measured=measured)
    shown = DIRECTORIES.of(as_editor.area, TODAY).entries[str(entry.pk)]
    words = in_words(shown.wait, stated="", stated_on=None, today=TODAY)
    assert words is not None
    assert any(line.startswith("Aged 11 to 25: half waited more than 30 weeks") for line in words.lines)


@contextmanager
def trusted(area: Any, organisation: Any, provider: Any) -> Iterator[Any]:
    Organisation.objects.filter(pk=organisation.pk).update(is_trusted=True)
    organisation.refresh_from_db()
    with acting(user=provider, area=area, today=TODAY) as actor:
        yield actor


def test_the_first_change_of_a_trusted_provider_is_looked_at_and_can_be_put_back(
    as_editor: Any, area: Any, organisation: Any, provider: Any
) -> None:
    entry = publish(by=as_editor, organisation=organisation, content=CONTENT)
    assert not Sample.objects.exists()  # editors are not sampled
    with trusted(area, organisation, provider) as actor:
        publish(by=actor, organisation=organisation, content=CONTENT | {"fees": "£99"}, service=entry)
        assert not Sample.objects.exists()  # a provider does not see what was drawn
    (drawn,) = keeping_queries.samples(as_editor)
    assert drawn.due_on == TODAY + timedelta(days=14)
    with pytest.raises(Refused, match="Say what is wrong"):
        keeping.look(by=as_editor, sample=drawn, is_right=False)
    keeping.look(by=as_editor, sample=drawn, is_right=False, note="It is free")
    keeping.look(by=as_editor, sample=drawn, is_right=True)  # again: nothing changes
    assert Service.objects.get(pk=entry.pk).fees == "Free"
    assert Sample.objects.get().note == "It is free"
    assert not keeping_queries.samples(as_editor)


def test_one_change_in_five_is_drawn(as_editor: Any, organisation: Any) -> None:
    assert sum(is_drawn(UUID(int=n)) for n in range(1000)) == 200
    entry = publish(by=as_editor, organisation=organisation, content=CONTENT)
    version = entry.versions.get()
    assert sampling.draw(by=as_editor, version=version)  # the first
    version.pk = UUID(int=3)
    assert sampling.draw(by=as_editor, version=version) is None


def test_a_word_of_the_council_is_searched_at_once_and_stands_for_ours(as_editor: Any, organisation: Any) -> None:
    entry = publish(by=as_editor, organisation=organisation, content=CONTENT)

    def found(text: str) -> list[str]:
        hits = DIRECTORIES.of(as_editor.area, TODAY).index.search(text)
        return [hit.service_id for hit in hits if not hit.starting_point]

    assert not found("zonkers")
    row = keeping.save_synonym(by=as_editor, typed=" Zonkers ", also="sleep")
    assert found("zonkers") == [str(entry.pk)]
    assert keeping_queries.words(as_editor, "zonkers")[0].is_own
    keeping.save_synonym(by=as_editor, typed="zonkers", also="", is_on=False)
    assert not found("zonkers")
    keeping.save_synonym(by=as_editor, typed="salt", also="seasoning")
    assert [one.is_own for one in keeping_queries.words(as_editor) if one.typed == "salt"] == [True]
    keeping.drop_synonym(by=as_editor, row=SynonymRow.objects.get(typed="salt"))
    assert [one.is_own for one in keeping_queries.words(as_editor) if one.typed == "salt"] == [False]
    with pytest.raises(Refused, match="what else to search for"):
        keeping.save_synonym(by=as_editor, typed="x", also=" ; ")
    assert row.typed == "zonkers"


def test_a_place_is_where_its_postcode_is_and_stays_while_it_is_used(as_editor: Any, organisation: Any) -> None:
    Place.objects.create(area=as_editor.area, name="QX11AB", latitude=53.9, longitude=1.5)
    facts = {"name": "Hall", "address_1": "1 Road", "city": "Town", "postcode": "QX1 1AB", "accessibility": []}
    hall = keeping.save_location(by=as_editor, location=Location(), **facts)
    assert (hall.latitude, hall.longitude) == (53.9, 1.5)
    publish(by=as_editor, organisation=organisation, content=CONTENT | {"locations": [str(hall.pk)]})
    with pytest.raises(Refused, match="Sleep clinic"):
        keeping.remove_location(by=as_editor, location=hall)


def test_guidance_counts_as_checked_and_two_pages_have_no_one_address(as_editor: Any, area: Any) -> None:
    facts = {
        "title": "Ask",
        "slug": "ask",
        "body": "<script>x</script>Write to us.",
        "easy_read": "",
        "items": ["LO-21"],
    }
    page = keeping.save_page(by=as_editor, page=Page(), **facts)
    assert (page.body, page.assured_on) == ("Write to us.", TODAY)
    with visiting(area):
        assert "ask" in DIRECTORIES.of(area, TODAY).pages
    with pytest.raises(Refused, match="address"):
        keeping.save_page(by=as_editor, page=Page(), **facts)


def test_a_group_session_is_one_comment_of_many_and_its_clock_began_on_its_day(as_editor: Any) -> None:
    facts = {"about": "gap", "words": "No swimming", "received_on": TODAY - timedelta(days=9)}
    made = comments.write_down(by=as_editor, came_by="group", people=14, **facts)
    assert (made.people, made.received_on, made.came_by) == (14, date(2026, 3, 1), "group")
    with pytest.raises(Refused, match="group"):
        comments.write_down(by=as_editor, came_by="phone", people=2, **facts)
    with pytest.raises(Refused, match="future"):
        comments.write_down(
            by=as_editor, came_by="phone", people=1, **facts | {"received_on": TODAY + timedelta(days=1)}
        )


def test_who_was_asked_is_held_against_the_list(as_editor: Any, area: Any, provider: Any) -> None:
    keeping.note_consulted(by=as_editor, code="j", on=TODAY, how="A meeting", people=4, changed="A page on courts")
    with pytest.raises(ValueError, match="zz"):
        keeping.note_consulted(by=as_editor, code="zz", on=TODAY, how="x")
    with visiting(area):
        lines = keeping_queries.consulted(area, 2026)
    assert [line.consultee.code for line in lines if line.asked] == ["j"]
    assert len(lines) == len(on_list(TODAY)) == 15
    assert not on_list(date(2014, 8, 31))
    with acting(user=provider, area=area, today=TODAY) as actor, pytest.raises(Refused):
        keeping.note_consulted(by=actor, code="a", on=TODAY, how="x")
    assert Consulted.objects.count() == 1


WRITTEN = {
    "organisations": (Organisation, {"name": "Sail for All", "description": "A charity", "url": "", "email": "",
                                     "is_trusted": False}, {"description": "Another charity"}),
    "places": (Location, {"name": "Hall", "address_1": "1 Road", "city": "Town", "county": "", "postcode": "QX1 1AB",
                          "uprn": "", "accessibility": ["A ramp"]}, {"accessibility": ["A ramp", "A hoist"]}),
    "guidance": (Page, {"title": "Asking", "slug": "asking", "body": "Write to us.", "easy_read": "", "video": "",
                        "contact": "", "items": [], "is_published": True}, {"body": "Ring us.", "is_published": False}),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRITTEN)
def test_what_was_said_before_is_kept_and_can_be_said_again(as_editor: Any, client: Any, kind: str) -> None:
    model, facts, changed = WRITTEN[kind]
    save = wordings.KINDS[kind].save
    row = save(by=as_editor, row=model(), **facts)
    save(by=as_editor, row=row, **facts | changed)
    save(by=as_editor, row=row, **facts | changed)
    latest, first = wordings.history(as_editor, row)
    assert [latest.wording.number, first.wording.number] == [2, 1]
    assert len(latest.changes) == len(changed)
    client.force_login(as_editor.user)
    page = f"/offer/{kind}/{row.pk}/history/"
    assert "Version 2: Changed" in client.get(page).content.decode()
    assert client.post(f"{page}{first.wording.pk}/", follow=True).status_code == 200
    row = model.objects.get(pk=row.pk)
    assert {name: getattr(row, name) for name in facts} == facts
    assert wordings.history(as_editor, row)[0].wording.why == "Back to version 1"


def test_the_first_change_of_what_was_there_before_keeps_what_it_said(as_editor: Any, organisation: Any) -> None:
    facts = {name: getattr(organisation, name) for name in ("name", "url", "email", "is_trusted")}
    keeping.save_organisation(by=as_editor, organisation=organisation, description="New words", **facts)
    told = wordings.history(as_editor, organisation)
    assert [one.wording.number for one in told] == [2, 1]
    assert [label for label, *_ in told[0].changes] == ["What it is"]
    with pytest.raises(Refused):
        wordings.go_back(by=as_editor, kind="guidance", row=Page(), wording=told[1].wording)


def test_a_file_of_postcodes_says_anew_where_places_are(as_editor: Any) -> None:
    at = {"name": "Hall", "address_1": "1 Road", "city": "Town"}
    known = Location.objects.create(area=as_editor.area, postcode="qx1 1ab", **at)
    other = Location.objects.create(area=as_editor.area, postcode="QX9 9ZZ", latitude=1.0, longitude=2.0, **at)
    import_places(by=as_editor, lines=["pcds,lat,long", "QX1 1AB,53.9,1.5", "QX1 1AC,54.0,1.6"])
    known.refresh_from_db()
    other.refresh_from_db()
    assert (known.latitude, known.longitude) == (53.9, 1.5)
    assert (other.latitude, other.longitude) == (1.0, 2.0)
    assert not Wording.objects.filter(row_id=known.pk).exists()
