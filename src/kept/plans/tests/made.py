"""Made-up plans for tests, by the actions of the service: plain functions, nothing random."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from kept.access.acting import Actor, acting, today_here
from kept.access.models import Area, User
from kept.access.roles import Role
from kept.cases import actions as cases
from kept.cases.models import Case
from kept.people.models import Child
from kept.plans import actions, versions
from kept.plans.actions import EntryWords
from kept.plans.models import Version
from kept.plans.words import Kind, Thread
from kept.rules.plans import Provision
from kept.rules.plans.provision import HowOften, Ratio, Review
from tests.made_up import a_person, a_team, an_agency

SPEECH = Provision(
    service="speech and language therapy",
    session_minutes=45,
    often=HowOften(1, "week"),
    ratio=Ratio(1),
    role="speech and language therapist",
    expertise="developmental language disorder",
    weeks="term time",
    place="withdrawn",
    focus="teach him to follow instructions with two key words",
    review=Review("speech and language therapist", "each term", "the number of instructions followed out of ten"),
)
WORDS: tuple[tuple[str, Kind | None, str], ...] = (
    (
        "A",
        Kind.VIEW,
        "Nia said on 3 March, with picture cards: I like building things and I want people to wait for me.",
    ),
    ("A", Kind.ASPIRATION, "Nia wants to be a builder and to have friends who come round to play."),
    ("B", None, "Nia understands instructions with one key word out of ten given; with two key words she guesses."),
    ("B", Kind.STRENGTH, "Nia concentrates on building for 40 minutes at a time."),
    ("C", Kind.NOTE, "Nia has no health needs that relate to her special educational needs, on the advice received."),
    (
        "D",
        Kind.NOTE,
        "Nia has no social care needs that relate to her special educational needs, on the advice received.",
    ),
    ("E", None, "By July 2027 Nia will follow instructions with two key words in nine of ten tries in class."),
    (
        "K",
        None,
        "Speech and language therapy report by the therapist of the area’s service, dated 1 March 2026, attached.",
    ),
)


def officers(area: Area) -> tuple[User, User]:
    """Two case officers of one team."""
    agency = an_agency(area)
    desk = a_team(agency)
    return (
        a_person(area, Role.CASE_OFFICER, agency=agency, team=desk, name="Olga Officer"),
        a_person(area, Role.CASE_OFFICER, agency=agency, team=desk, name="Oscar Officer"),
    )


def an_assessed_case(area: Area, officer: User, child: Child, *, begun: date) -> Case:
    """A case that is being assessed."""
    with acting(user=officer, area=area) as by:
        facts = {"kind": "request_received", "on": begun, "details": {"by": "parent"}}
        case = cases.open_case(by=by, child=child, officer=officer, **facts)
        decided = begun + timedelta(days=20)
        cases.record(by=by, case=case, kind="assess_decision", on=decided, details={"outcome": "assess"})
        return Case.objects.select_related("child", "area").get(pk=case.pk)


def a_written_plan(by: Actor, child: Child) -> tuple[Version, dict[str, UUID]]:
    """A draft with an entry in most sections, joined by the golden thread; the first lineage of each section."""
    version = versions.start_plan(by=by, child=child)
    first: dict[str, UUID] = {}
    for section, kind, text in WORDS:
        entry = actions.save_entry(by=by, version=version, given=EntryWords(section=section, kind=kind, text=text))
        first.setdefault(section, entry.lineage)
    links = {Thread.PROVISION_NEED: [first["B"]], Thread.PROVISION_OUTCOME: [first["E"]]}
    given = EntryWords(section="F", provision=SPEECH, is_typed=True, links=links)
    first["F"] = actions.save_entry(by=by, version=version, given=given).lineage
    actions.set_links(by=by, version=version, lineage=first["E"], links={Thread.OUTCOME_NEED: [first["B"]]})
    version.refresh_from_db()
    return version, first


def override_all(one: Actor, two: Actor, version: Version, *, but: int = 0) -> None:
    """Two officers let everything pass that stops a version, but for the first few."""
    from kept.plans import gate

    with acting(user=one.user, area=one.area, today=one.today) as by:
        keys = [line.fingerprint for line in gate.gate_of(by, version).stopping[but:]]
        made = [gate.override(by=by, version=version, key=key, reason="Agreed with the family.") for key in keys]
    with acting(user=two.user, area=two.area, today=two.today) as by:
        for each in made:
            gate.second(by=by, override=each)


def a_plan_in_force(area: Area, officer: User, second: User, child: Child) -> tuple[Version, dict[str, UUID]]:
    """A plan that was sent twenty days ago and issued today."""
    sent = today_here() - timedelta(days=20)
    with acting(user=officer, area=area, today=sent) as by:
        draft, first = a_written_plan(by, child)
        versions.send_draft(by=by, version=draft)
    with acting(user=officer, area=area) as by, acting(user=second, area=area) as other:
        pass
    with acting(user=officer, area=area) as by:
        final = versions.write_next(by=by, version=draft, move="final")
        placement = EntryWords(section="I", text="A mainstream primary school: Sandhaven Primary School.")
        first["I"] = actions.save_entry(by=by, version=final, given=placement).lineage
        override_all(by, other, final)
    with acting(user=officer, area=area) as by:
        return versions.issue(by=by, version=final), first


def the_tribunal_orders_an_amendment(by: Actor, case: Case) -> None:
    """Record in the case that the family appealed and that the tribunal ordered the plan to be amended, today."""
    received = {"kind": "amend", "received": by.today.isoformat()}
    steps = (("decision_notice_sent", {"decision": "final_plan"}), ("appeal_lodged", {}), ("tribunal_order", received))
    for kind, details in steps:
        cases.record(by=by, case=case, kind=kind, on=by.today, details=details)
