"""Entries: what may be published, by whom, what happens to it, and what everybody else sees of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from kept.access.acting import Refused, acting, today_here, visiting
from kept.access.models import Membership
from kept.access.roles import Role
from kept.administration.invitations import accept, token_of
from kept.administration.providers import invite_provider
from kept.duties.models import Duty
from kept.offer import coverage, importing
from kept.offer.comments import finish, pass_for_publishing, published, reply, send, summary, withhold
from kept.offer.coverage import sync_gaps_tonight
from kept.offer.directory import DIRECTORIES
from kept.offer.inviting import remind, remind_all
from kept.offer.links import check_links, is_outside
from kept.offer.models import Comment, Miss, Organisation, Proposal, Service, Version
from kept.offer.places import import_places
from kept.offer.publishing import (
    Unfit,
    archive,
    close_organisation,
    confirm,
    content_of,
    decide,
    publish,
    undo,
)
from kept.offer.tests.conftest import CONTENT, TODAY
from kept.offer.voice_views import still_right_token
from kept.offer.waits import Measured, figures, in_words, record_wait
from tests import made_up
from tests.budgets import client_of

DAY = timedelta(days=1)


@pytest.fixture
def entry(as_editor: Any, organisation: Any) -> Service:
    return publish(by=as_editor, organisation=organisation, content=CONTENT)


def test_an_entry_open_to_all_has_no_rule(as_editor: Any, organisation: Any) -> None:
    with pytest.raises(Unfit) as told:
        publish(by=as_editor, organisation=organisation, content=CONTENT | {"open_to_all": True})
    assert "open to everybody" in told.value.problems["open_to_all"]


def test_a_change_is_a_version_and_can_be_undone(as_editor: Any, entry: Service) -> None:
    publish(by=as_editor, organisation=entry.organisation, content=CONTENT | {"fees": "£5"}, service=entry)
    first = entry.versions.get(number=1)
    undo(by=as_editor, service=entry, version=first)
    entry.refresh_from_db()
    assert entry.fees == "Free"
    assert [version.number for version in Version.objects.filter(service=entry)] == [3, 2, 1]
    assert content_of(entry) == first.content


def test_a_providers_change_waits_for_an_editor(as_editor: Any, entry: Service, provider: Any, area: Any) -> None:
    with acting(user=provider, area=area, today=TODAY) as actor:
        sent = publish(by=actor, organisation=entry.organisation, content=CONTENT | {"fees": "£5"}, service=entry)
    assert isinstance(sent, Proposal)
    entry.refresh_from_db()
    assert entry.fees == "Free"
    with pytest.raises(Refused, match="Say why"):
        decide(by=as_editor, proposal=sent, accept=False)
    decide(by=as_editor, proposal=sent, accept=True)
    entry.refresh_from_db()
    assert entry.fees == "£5"


def test_a_provider_cannot_touch_another_organisations_entry(as_editor: Any, provider: Any, area: Any) -> None:
    from kept.offer.models import Organisation

    other = Organisation.objects.create(area=area, name="Other", description="Other")
    theirs = publish(by=as_editor, organisation=other, content=CONTENT)
    with acting(user=provider, area=area, today=TODAY) as actor:
        with pytest.raises(Refused):
            confirm(by=actor, service=theirs)
        with pytest.raises(Refused):
            publish(by=actor, organisation=other, content=CONTENT, service=theirs)
        with transaction.atomic():
            assert Service.objects.filter(pk=theirs.pk).update(fees="stolen") == 0  # the database refuses too


def test_a_visitor_reads_what_is_published_and_writes_nothing(as_editor: Any, entry: Service, area: Any) -> None:
    send(area=area, about="gap", words="No swimming", today=TODAY)
    with visiting(area):
        assert Service.objects.filter(pk=entry.pk).exists()
        assert not Comment.objects.exists()
        assert not Version.objects.exists()
        assert Service.objects.update(fees="stolen") == 0
    archive(by=as_editor, service=entry, why="It ended")
    with visiting(area):
        assert not Service.objects.filter(pk=entry.pk).exists()
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Service.objects.create(area=area, organisation=entry.organisation, name="x", description="x", fees="x")


def test_checking_is_a_duty_that_is_met_and_begins_again(
    as_editor: Any, entry: Service, area: Any, editor: Any
) -> None:
    first = Duty.objects.get(source="offer")
    assert (first.due_on, first.met_on) == (TODAY + 90 * DAY, None)
    later = TODAY + 80 * DAY
    with acting(user=editor, area=area, today=later) as actor:
        confirm(by=actor, service=entry)
        confirm(by=actor, service=entry)
    first.refresh_from_db()
    assert first.met_on == later
    assert Duty.objects.get(source="offer", met_on__isnull=True).due_on == later + 90 * DAY


def test_an_unchecked_entry_is_marked_then_hidden_unless_the_law_asks_for_it(as_editor: Any, entry: Service) -> None:
    publish(by=as_editor, organisation=entry.organisation, content=CONTENT | {"name": "Club", "items": []})
    area = as_editor.area
    late = DIRECTORIES.of(area, TODAY + 121 * DAY)
    assert "Nobody has checked this since 10 March 2026" in late.entries[str(entry.pk)].stands(late.today).says
    assert len(late.shown) == 2
    hidden = DIRECTORIES.of(area, TODAY + 181 * DAY)
    assert [one.name for one in hidden.shown] == ["Sleep clinic"]
    assert len(hidden.entries) == 2


def test_a_reminders_link_confirms_without_a_password(
    client: Client, as_editor: Any, entry: Service, mailoutbox: Any
) -> None:
    area = as_editor.area
    assert remind(area=area, today=TODAY + 76 * DAY, base="https://x.example") == ["Sleep clinic"]
    assert remind(area=area, today=TODAY + 77 * DAY, base="https://x.example") == []
    assert "One press, no password" in mailoutbox[0].body
    entry.review_on = date(2020, 1, 1)
    entry.save()
    from kept.offer.publishing import touch

    touch(area)
    address = f"/local-offer/{area.slug}/still-right/{still_right_token(entry)}/"
    assert client.get(address).status_code == 200
    client.post(address)
    entry.refresh_from_db()
    assert entry.assured_by == "Rest Easy, by a link sent to them"
    assert entry.review_on > date.today()
    assert client.get(f"/local-offer/{area.slug}/still-right/forged/").status_code == 404


def test_an_organisation_with_open_entries_is_not_closed_by_accident(as_editor: Any, entry: Service) -> None:
    with pytest.raises(Refused, match="1 open entries"):
        close_organisation(by=as_editor, organisation=entry.organisation)
    assert close_organisation(by=as_editor, organisation=entry.organisation, also_services=True) == 1
    entry.refresh_from_db()
    assert not entry.is_published
    assert Duty.objects.get(source="offer").ended_on == TODAY


def test_no_figure_comes_from_fewer_than_ten() -> None:
    few = Measured(clock_starts="a", clock_stops="b", weeks_of_seen=(1.0,) * 9, weeks_so_far=(2.0,) * 9)
    assert {name for name, value in figures(few).items() if value is not None} == set()
    enough = Measured(clock_starts="a", clock_stops="b", weeks_of_seen=tuple(map(float, range(1, 12))), weeks_so_far=())
    assert (figures(enough)["p10_weeks"], figures(enough)["median_weeks"], figures(enough)["p90_weeks"]) == (2, 6, 10)


def test_a_wait_is_said_as_months_and_goes_when_it_is_old(as_editor: Any, entry: Service) -> None:
    seen = tuple(float(week) for week in range(4, 15))
    measured = Measured(
        clock_starts="the referral", clock_stops="the visit", weeks_of_seen=seen, weeks_so_far=(3.0,) * 12
    )
    record_wait(by=as_editor, service=entry, measured=measured)
    wait = DIRECTORIES.of(as_editor.area, TODAY).entries[str(entry.pk)].wait
    said = in_words(wait, stated="", stated_on=None, today=TODAY)
    assert said.headline == "If you ask today: 8 in 10 are seen between April and June."
    assert "Measured from the waiting list on 10 March 2026" in said.source
    old = in_words(wait, stated="", stated_on=None, today=TODAY + 46 * DAY)
    assert old.headline == "We do not have an up-to-date figure for this wait."
    stated = in_words(None, stated="About a month", stated_on="2026-03-01", today=TODAY)
    assert stated.source == "Stated by the provider on 1 March 2026, not measured"


def test_a_comment_becomes_a_published_action(as_editor: Any, area: Any) -> None:
    sent = send(area=area, about="gap", words="My son Jack has no swimming.", today=TODAY)
    duty = Duty.objects.get(source="offer-comment")
    assert duty.due_on == TODAY + 28 * DAY
    with pytest.raises(Refused, match="a child’s name"):
        pass_for_publishing(by=as_editor, comment=sent, words=sent.words, who_answers="")
    public = pass_for_publishing(by=as_editor, comment=sent, words="There is no swimming.", who_answers="")
    with pytest.raises(Refused, match="what will be done"):
        reply(by=as_editor, public=public, answer="will_do", words="We will.")
    reply(by=as_editor, public=public, answer="will_do", words="We will.", action="Open a pool", action_owner="Al",
          action_due=TODAY + 60 * DAY)  # fmt: skip
    duty.refresh_from_db()
    assert duty.met_on == TODAY
    assert Duty.objects.get(source="offer-action").due_on == TODAY + 60 * DAY
    finish(by=as_editor, public=public, result="The pool is open.", done_on=TODAY)
    year = summary(published(area, 2026), 2026)
    assert (year.comments, year.answered, year.in_time, year.promised, year.done, year.waiting) == (1, 1, 1, 1, 1, 0)


def test_a_comment_about_one_child_is_kept_back_and_owes_no_answer(as_editor: Any, area: Any) -> None:
    sent = send(area=area, about="entry", words="The school does nothing for her.", today=TODAY)
    withhold(by=as_editor, comment=sent, reason="one_person")
    assert Duty.objects.get(source="offer-comment").ended_because == "It is about one child’s own support"
    assert published(area) == []


def test_an_empty_offer_lacks_every_item_and_each_gap_is_a_duty(as_editor: Any, area: Any) -> None:
    empty = DIRECTORIES.of(area, TODAY)
    rows = coverage.covered(area, empty)
    assert len(rows) == 27
    assert {row.state for row in rows} == {"missing"}
    assert coverage.sync_gaps(by=as_editor, directory=empty) == 27
    coverage.set_line(by=as_editor, code="LO-02", owner="Ann", not_applicable_because="There is none")
    assert coverage.sync_gaps(by=as_editor, directory=empty) == 26
    assert Duty.objects.filter(source="offer-gap").count() == 26


def test_a_file_is_tried_first_and_changes_nothing_twice(as_editor: Any, area: Any) -> None:
    data = (
        b"id,name,organisation,description,fees,who_for,how_to_get_it,email,minimum_age,postcode\n"
        b"1,Club,Fun CIC,<script>alert(1)</script><p>Games</p>,Free,Children,Call us,a@b.example,5,QX1 1AB\n"
        b"2,,Fun CIC,No name,Free,Children,Call us,a@b.example,old,\n"
        b"1,Again,Fun CIC,Twice,Free,Children,Call us,a@b.example,5,\n"
    )
    plan = importing.plan_of(as_editor, data, source="old site")
    assert (plan.count("new"), plan.count("wrong")) == (1, 1)
    assert not Service.objects.exists()
    assert importing.apply_plan(by=as_editor, plan=plan) == 1
    assert Service.objects.get().description == "Games"
    again = importing.plan_of(as_editor, data, source="old site")
    assert (again.count("same"), importing.apply_plan(by=as_editor, plan=again)) == (1, 0)


def test_our_own_feed_can_be_read_back(client: Client, as_editor: Any, entry: Service, area: Any) -> None:
    answer = client.get(f"/local-offer/{area.slug}/api/services", {"full": "true"})
    plan = importing.plan_of(as_editor, answer.content, source="neighbour")
    assert [step.incoming.problems for step in plan.steps] == [()]
    assert plan.steps[0].incoming.content["who_for"] == CONTENT["who_for"]


def test_words_that_found_nothing_are_kept_without_who(
    client: Client, as_editor: Any, entry: Service, area: Any
) -> None:
    for _ in range(2):
        client.get(f"/local-offer/{area.slug}/", {"q": "qwzzx trombone QX1 1AB me@home.example 07700900123"})
    assert list(Miss.objects.values_list("words", "times")) == [("qwzzx trombone", 2)]


def test_an_invited_provider_keeps_that_organisations_entries(as_editor: Any, area: Any, mailoutbox: Any) -> None:
    club = Organisation.objects.create(area=area, name="Club", description="A club")
    facts = {"organisation": club, "name": "Sam", "email": "Sam@Club.example", "link_to": "https://x.example/TOKEN/"}
    with transaction.atomic():
        made = invite_provider(by=as_editor, **facts)
    again = invite_provider(by=as_editor, **facts)
    assert again.pk == made.pk  # an open invitation is sent anew
    assert not Membership.objects.filter(agency=club.agency).exists()  # nothing before they accept
    user, _ = accept(token_of(again), name="Sam")
    with acting(user=user, area=area, today=today_here()) as actor:
        assert isinstance(publish(by=actor, organisation=club, content=CONTENT), Proposal)
    with acting(user=user, area=area, today=today_here()) as actor, pytest.raises(Refused):
        invite_provider(by=actor, **facts)


def test_whoever_holds_a_duty_of_the_offer_opens_its_page(as_editor: Any, area: Any) -> None:
    coverage.sync_gaps(by=as_editor, directory=DIRECTORIES.of(area, TODAY))
    officer = made_up.a_person(area, Role.CASE_OFFICER, name="Olu Officer")
    client = client_of(officer)
    assert client.get("/offer/coverage/").status_code == 404
    Duty.objects.filter(source="offer-gap").update(person=officer)
    page = client.get("/offer/coverage/")
    assert page.status_code == 200
    assert "Fill the gap in the Local Offer" in page.content.decode()
    assert client.post("/offer/coverage/", {"code": "LO-01", "owner": "me"}).status_code == 404


def test_public_pages_bear_what_people_throw_at_them(
    client: Client, as_editor: Any, organisation: Any, area: Any
) -> None:
    words = "Fun\t<b>Monday</b>\t9 to 5\n<script>alert(1)</script>"
    entry = publish(by=as_editor, organisation=organisation, content=CONTENT | {"description": words})
    base = f"/local-offer/{area.slug}/"
    page = client.get(f"{base}service/{entry.pk}/").content.decode()
    assert "alert(1)" not in page
    for query in ({"q": "x" * 4000}, {"age": "old"}, {"place": "ZZ99 9ZZ"}, {"page": "99999999999"}, {"lang": "xx"}):
        assert client.get(base, query).status_code == 200
    assert len(client.get(base, {"q": "sleep"}).content) < 60_000
    assert client.get(f"{base}qr.svg", {"path": "//evil.example"}).status_code == 404


def test_one_page_in_another_language(client: Client, as_editor: Any, entry: Service, area: Any) -> None:
    page = client.get(f"/local-offer/{area.slug}/", {"lang": "pl"})
    assert 'lang="pl"' in page.content.decode()
    assert "W czym potrzebujesz pomocy?" in page.content.decode()


def test_a_pages_questions_to_the_database_do_not_grow(
    client: Client, area: Any, services: Any, django_assert_max_num_queries: Any
) -> None:
    base = f"/local-offer/{area.slug}/"
    client.get(base, {"q": "sleep"})
    with django_assert_max_num_queries(16):
        client.get(base, {"q": "sleep"})


def test_postcodes_in_use_of_one_authority_are_kept(as_editor: Any, area: Any) -> None:
    lines = [
        "pcds,lat,long,doterm,oslaua\n",
        "QX1 1AA,53.9,1.5,,E1\n",
        "QX1 1AB,53.9,1.5,202001,E1\n",
        "QX2 1AA,53.9,1.5,,E2\n",
        "QX3 1AA,99.999999,0,,E1\n",
    ]
    assert import_places(by=as_editor, lines=lines, district="E1") == 1
    assert import_places(by=as_editor, lines=lines, district="E1") == 1
    assert DIRECTORIES.of(area, TODAY).places == {"QX11AA": (53.9, 1.5)}
    with pytest.raises(ValueError, match="columns"):
        import_places(by=as_editor, lines=["a,b\n"])


def test_a_broken_link_is_marked_until_it_works_again(as_editor: Any, organisation: Any) -> None:
    entry = publish(by=as_editor, organisation=organisation, content=CONTENT | {"url": "https://x.example/"})
    assert check_links(by=as_editor, answers=lambda url: False) == 1
    entry.refresh_from_db()
    assert entry.link_broken_on == TODAY
    assert check_links(by=as_editor, answers=lambda url: True) == 0
    entry.refresh_from_db()
    assert entry.link_broken_on is None
    assert not is_outside("http://127.0.0.1/")


def test_the_nights_work_counts_what_it_did(as_editor: Any, organisation: Any) -> None:
    publish(by=as_editor, organisation=organisation, content=CONTENT)
    assert remind_all(by=as_editor) == 0
    assert sync_gaps_tonight(by=as_editor) == 25  # one of 26 is answered by the entry
    assert check_links(by=as_editor, answers=lambda url: True) == 0
