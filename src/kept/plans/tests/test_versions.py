"""Versions: what was sent stays, the clocks follow, the family's time is kept, orders bind, any day answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from kept.access.acting import Refused, today_here
from kept.access.models import AgencyKind
from kept.cases import actions as cases
from kept.cases.folding import state_of as case_state
from kept.design.words import day
from kept.people.actions import enrol
from kept.plans import actions, gate, orders, queries, recipients, versions, writing
from kept.plans.actions import EntryWords
from kept.plans.models import Entry, Override, Version
from kept.plans.outputs.from_plan import paper_of
from kept.plans.review_days import first_review_of, next_reviews, review_due
from kept.plans.states import MOVES, State, check_move, moves_from
from kept.plans.tests.made import a_plan_in_force, a_written_plan, override_all, the_tribunal_orders_an_amendment
from kept.plans.words import Stage
from kept.rules.process import Stage as CaseStage
from tests.made_up import a_child, an_agency

pytestmark = pytest.mark.django_db


def test_a_review_is_owed_as_the_case_counts_it_and_else_as_the_law_does() -> None:
    made, born = date(2025, 3, 1), date(2016, 5, 4)
    assert review_due(None, dated=made, born_on=born) == date(2026, 2, 28)
    assert review_due(date(2025, 11, 5), dated=made, born_on=born) == date(2025, 11, 5)
    under_five = review_due(None, dated=made, born_on=date(2022, 5, 4))
    assert under_five == date(2026, 2, 28)


def days(number: int):
    return today_here() + timedelta(days=number)


def test_a_draft_is_written_sent_answered_and_issued_and_the_clocks_follow(place, as_person) -> None:
    by = as_person(place.olga, today=days(-20))
    draft, first = a_written_plan(by, place.child)
    versions.send_draft(by=by, version=draft)
    assert case_state(place.case, by.today).stage is CaseStage.DRAFT_ISSUED

    by = as_person(place.olga, today=days(-10))
    final = versions.write_next(by=by, version=draft, move="final")
    with pytest.raises(Refused, match="The family has until"):
        versions.issue(by=by, version=final)
    assert queries.version_in_force(by, place.child.pk, by.today) is None

    by = as_person(place.olga)
    placement = EntryWords(section="I", text="A mainstream primary school: Sandhaven Primary School.")
    actions.save_entry(by=by, version=final, given=placement)
    if gate.gate_of(by, final).stopping:
        with pytest.raises(Refused, match="stop"):
            versions.issue(by=by, version=final)
    override_all(by, as_person(place.oscar), final)
    by = as_person(place.olga)
    final = versions.issue(by=by, version=final)
    state = case_state(place.case, by.today)
    assert state.stage is CaseStage.PLAN_MAINTAINED
    assert state.clock("assess.final_plan").stop == by.today
    due = state.clock("review.first").due
    assert due is not None
    assert next_reviews(by, [place.child.pk]) == {place.child.pk: due}
    assert first_review_of(by.today, place.child.born_on) == due
    paper = paper_of(queries.whole_plan(by, final.pk), review_by=due)
    assert ("To be reviewed by", day(due)) in paper.facts
    assert versions.issue(by=by, version=final).event == final.event

    whole = queries.plan_in_force(by, place.child.pk, by.today)
    assert whole is not None
    assert whole.version_id == final.pk
    assert whole.by_lineage[first["F"]].meets == (first["B"],)
    assert whole.by_lineage[first["F"]].provision.session_minutes == 45
    assert whole.schedulable_share == 1
    assert queries.plan_in_force(by, place.child.pk, days(-1)) is None


def test_the_family_may_agree_before_its_time_is_over(place, as_person) -> None:
    by = as_person(place.olga)
    draft, _ = a_written_plan(by, place.child)
    versions.send_draft(by=by, version=draft)
    final = versions.write_next(by=by, version=draft, move="final")
    assert versions.window_left(by, final) == days(14)
    versions.agree(by=by, version=draft, on=by.today)
    final.refresh_from_db()
    assert versions.window_left(by, Version.objects.select_related("plan", "supersedes").get(pk=final.pk)) is None


def test_what_was_sent_is_never_changed_not_even_past_the_actions(place, as_person) -> None:
    by = as_person(place.olga)
    draft, first = a_written_plan(by, place.child)
    versions.send_draft(by=by, version=draft)
    with pytest.raises(Refused, match="was sent or closed"):
        actions.save_entry(by=by, version=draft, lineage=first["B"], given=EntryWords(section="B", text="Other words"))
    entry = Entry.objects.get(version=draft, lineage=first["B"])
    for change in (
        lambda: Entry.objects.filter(pk=entry.pk).update(text="Other words"),
        entry.delete,
        lambda: Version.objects.filter(pk=draft.pk).update(sent_on=days(-30)),
        lambda: draft.links.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="was sent"), transaction.atomic():
            change()


def test_overrides_need_a_reason_and_two_officers_and_end_with_the_words(place, as_person) -> None:
    by = as_person(place.olga)
    draft, _ = a_written_plan(by, place.child)
    versions.send_draft(by=by, version=draft)
    versions.agree(by=by, version=draft, on=by.today)
    final = versions.write_next(by=by, version=draft, move="final")
    vague = EntryWords(section="F", text="Nia will have access to speech and language therapy as required.")
    entry = actions.save_entry(by=by, version=final, given=vague)
    line = next(line for line in gate.gate_of(by, final).stopping if line.lineage == entry.lineage)
    with pytest.raises(Refused, match="Give a reason"):
        gate.override(by=by, version=final, key=line.fingerprint, reason=" ")
    made = gate.override(by=by, version=final, key=line.fingerprint, reason="The tribunal is to decide it.")
    with pytest.raises(Refused, match="Another officer"):
        gate.second(by=by, override=made)
    by = as_person(place.oscar)
    gate.second(by=by, override=made)
    assert gate.gate_of(by, final).line(line.fingerprint).is_settled
    changed = EntryWords(section="F", text="Nia will have access to speech therapy when required.")
    actions.save_entry(by=by, version=final, lineage=entry.lineage, given=changed)
    assert any(line.lineage == entry.lineage for line in gate.gate_of(by, final).stopping)
    assert Override.objects.filter(version=final).count() == 1


def test_two_writers_lose_nothing(place, as_person) -> None:
    by = as_person(place.olga)
    version, first = a_written_plan(by, place.child)
    seen = writing.entry_of(by, version, first["B"]).revision
    writing.open_entry(by=by, version=version, section="B", lineage=first["B"], revision=seen)
    by = as_person(place.oscar)
    assert [one.name for one in writing.beside(by, version, section="B")] == ["Olga Officer"]
    mine = {"text": "Oscar’s words", "csrfmiddlewaretoken": "x"}
    writing.autosave(by=by, version=version, section="B", lineage=first["B"], data=mine, based_on=seen)
    assert writing.mine(by, version)[0].data == {"text": "Oscar’s words"}
    by = as_person(place.olga)
    given = EntryWords(section="B", text="Olga’s words")
    actions.save_entry(by=by, version=version, lineage=first["B"], given=given, based_on=seen)
    by = as_person(place.oscar)
    given = EntryWords(section="B", text="Oscar’s words")
    with pytest.raises(actions.SomebodyElseWrote, match="Olga Officer changed") as problem:
        actions.save_entry(by=by, version=version, lineage=first["B"], given=given, based_on=seen)
    assert problem.value.theirs.text == "Olga’s words"
    assert writing.mine(by, version)[0].data == {"text": "Oscar’s words"}


def test_ordered_words_stand_until_an_amendment_in_law(place, as_person) -> None:
    before, first = a_plan_in_force(place.area, place.olga, place.oscar, place.child)
    by = as_person(place.olga)
    school = recipients.add_recipient(by=by, version=before, to="setting", name="Sandhaven Primary School")
    recipients.mark_sent(by=by, recipient=school, how="post", on=by.today)
    ordered = "A speech and language therapist will deliver 60 minutes of direct therapy each school week, one to one."
    passages = [orders.OrderedWords("F", ordered, first["F"]), orders.OrderedWords("B", "Nia has a hearing loss.")]
    facts = {"plan": before.plan, "reference": "EH882/26/00001", "ordered_on": by.today, "passages": passages}
    version = orders.record_order(by=by, **facts)
    assert orders.record_order(by=by, **facts).pk == version.pk
    given = EntryWords(section="F", text="Up to 60 minutes of therapy.")
    with pytest.raises(actions.Ordered, match="EH882/26/00001"):
        actions.save_entry(by=by, version=version, lineage=first["F"], given=given)
    with pytest.raises(actions.Ordered):
        actions.remove_entry(by=by, version=version, lineage=first["F"])
    with pytest.raises(Refused, match="amendment made under the law"):
        orders.release(by=by, version=version, lineage=first["F"], why="We want to")
    override_all(by, as_person(place.oscar), version)
    by = as_person(place.olga)
    the_tribunal_orders_an_amendment(by, place.case)
    issued = versions.issue(by=by, version=version)
    assert queries.version_in_force(by, place.child.pk, by.today).pk == issued.pk
    called = recipients.recalls_open(by, issued)
    assert [one.recipient.name for one in called] == ["Sandhaven Primary School"]
    amendment = versions.write_next(by=by, version=issued, move="amend")
    given = EntryWords(section="F", text="Other words")
    with pytest.raises(actions.Ordered):
        actions.save_entry(by=by, version=amendment, lineage=first["F"], given=given)
    orders.release(by=by, version=amendment, lineage=first["F"], why="Agreed at the annual review of today.")
    assert actions.save_entry(by=by, version=amendment, lineage=first["F"], given=given).text == "Other words"


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("stage", Stage)
def test_only_the_moves_of_the_table_may_be_made(state: State, stage: Stage) -> None:
    allowed = {move.name for move in moves_from(state, stage)}
    for move in MOVES:
        if move.name in allowed:
            assert check_move(move.name, state, stage) is move
        else:
            with pytest.raises(Refused):
                check_move(move.name, state, stage)


def test_what_was_given_up_is_taken_up_again(place, as_person, browse) -> None:
    by = as_person(place.olga)
    version, _ = a_written_plan(by, place.child)
    versions.give_up(by=by, version=version)
    page = browse(place.olga).get(reverse("plans:of_child", args=[place.child.pk])).content.decode()
    assert "Given up before it was sent (1)" in page
    assert reverse("plans:move", args=[version.pk, "take_up"]) in page
    by = as_person(place.olga)
    other = versions.start_plan(by=by, child=place.child)
    with pytest.raises(Refused, match="Another version"):
        versions.take_up(by=by, version=version)
    versions.give_up(by=by, version=other)
    assert versions.take_up(by=by, version=version).discarded_on is None
    assert versions.start_plan(by=by, child=place.child).pk == version.pk


def test_an_empty_plan_has_no_button_to_send_it(place, as_person, browse) -> None:
    by = as_person(place.olga)
    version = versions.start_plan(by=by, child=place.child)
    address = reverse("plans:gate", args=[version.pk])
    page = browse(place.olga).get(address).content.decode()
    assert "There is nothing in this plan yet" in page
    assert "Send it to the family today" not in page
    by = as_person(place.olga)
    actions.save_entry(by=by, version=version, given=EntryWords(section="B", text="Nia joins two words."))
    page = browse(place.olga).get(address).content.decode()
    assert "Nothing is written in section A, C, D, E, F, G, H1, H2, K." in page
    assert "Send it to the family today" in page


def test_a_draft_is_on_the_desk_of_whoever_has_the_case_now(place, as_person) -> None:
    by = as_person(place.olga)
    version, _ = a_written_plan(by, place.child)
    oscar = as_person(place.oscar)
    assert list(queries.desk_versions(oscar, show="writing", mine=True)) == []
    cases.assign(by=oscar, case=place.case, officer=place.oscar, deputy=None)
    assert list(queries.desk_versions(oscar, show="writing", mine=True)) == [version]
    assert list(queries.desk_versions(as_person(place.olga), show="writing", mine=True)) == [version]


def _order_form(place, browse, **typed):
    """The page of an order with what was typed; the order has words for nothing unless told."""
    client = browse(place.olga)
    day_ = today_here()
    known = {"reference": "EH882/26/00009", "ordered_on-day": day_.day, "ordered_on-month": day_.month}
    return client, known | {"ordered_on-year": day_.year} | typed


def test_an_order_adds_several_passages_takes_one_out_and_loses_no_word(place, as_person, browse) -> None:
    before, first = a_plan_in_force(place.area, place.olga, place.oscar, place.child)
    by = as_person(place.olga)
    the_tribunal_orders_an_amendment(by, place.case)
    address = reverse("plans:order", args=[before.plan_id])
    words = "A teaching assistant will read with Nia one to one for 20 minutes each school day."
    client, typed = _order_form(place, browse, new_text1=words)
    said = client.post(address, typed).content.decode()
    assert "Choose the section into which these new words go" in said
    assert words in said
    client, typed = _order_form(place, browse, **{"out": first["F"].hex, f"e{first['F'].hex}": "Both"})
    assert "cannot both change this and take it out" in client.post(address, typed).content.decode()
    more = {"new_section1": "F", "new_text1": words, "new_section2": "B", "new_text2": "Nia has a hearing loss."}
    client, typed = _order_form(place, browse, out=first["F"].hex, **more)
    assert client.post(address, typed).status_code == 302
    as_person(place.olga)
    version = Version.objects.filter(plan=before.plan_id, stage=Stage.TRIBUNAL_ORDERED).get()
    assert list(version.entries.filter(section="F").values_list("text", flat=True)) == [words]
    assert version.entries.filter(section="B", text="Nia has a hearing loss.", order__isnull=False).exists()
    client, typed = _order_form(place, browse, new_section1="F", new_text1="Other words for the same order.")
    assert "is recorded already, with other words" in client.post(address, typed).content.decode()


def test_whom_the_record_knows_to_be_told_is_put_on_the_list_with_one_press(place, as_person, browse) -> None:
    by = as_person(place.olga)
    school = an_agency(place.area, AgencyKind.SCHOOL, "Harbour Primary", email="office@harbour.example")
    enrol(by=by, child=place.child, setting=school, starts_on=by.today - timedelta(days=400))
    version, _ = a_written_plan(by, place.child)
    assert [(one.to, one.name) for one in recipients.of_the_record(by, version)] == [("family", "Mina Sample")]
    version.stage = Stage.FINAL
    assert ("setting", "Harbour Primary") in [(one.to, one.name) for one in recipients.of_the_record(by, version)]
    address = reverse("plans:recipients", args=[version.pk])
    client = browse(place.olga)
    assert "Put them on the list" in client.get(address).content.decode()
    for _twice in range(2):
        page = client.post(address, {"from_record": "yes"}, follow=True).content.decode()
    assert "Put them on the list" not in page
    as_person(place.olga)
    assert [one.name for one in version.recipients.all()] == ["Mina Sample"]


def test_a_plan_for_a_child_without_a_parent_on_the_record_says_so_before_it_is_sent(place, as_person, browse) -> None:
    by = as_person(place.olga)
    alone = a_child(place.area, "Ali", "Alone")
    version, _ = a_written_plan(by, alone)
    page = browse(place.olga).get(reverse("plans:gate", args=[version.pk])).content.decode()
    assert "there is nobody to send it to" in page
    assert reverse("people:add_carer", args=[alone.pk]) in page
    version, _ = a_written_plan(as_person(place.olga), place.child)
    assert (
        "nobody to send it to" not in browse(place.olga).get(reverse("plans:gate", args=[version.pk])).content.decode()
    )
