"""Make, send, agree, issue and end versions. Sending and issuing are entries of the case, so that the clocks follow."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from kept.access.acting import Actor, Refused, check_can
from kept.access.predicates import SEE_CHILD, allows
from kept.access.roles import Can
from kept.cases import actions as cases
from kept.cases import queries as seen
from kept.cases.access import ENDED
from kept.cases.folding import facts_of
from kept.cases.folding import state_of as case_state
from kept.people.models import Child
from kept.plans import gate, hooks, recipients
from kept.plans.access import check_can_move, check_writer, locked
from kept.plans.models import Departure, Entry, Link, Plan, Source, Version
from kept.plans.queries import finals
from kept.plans.section_sets import set_on
from kept.plans.states import BY_NAME, views_until
from kept.plans.words import DRAFT_STAGES, Stage
from kept.rules.process import Event as Fact
from kept.rules.process.stages import Overlay

EVENT_OF = {
    Stage.DRAFT: "draft_plan_served",
    Stage.PROPOSED_AMENDMENT: "amendment_notice_sent",
    Stage.FINAL: "final_plan_sent",
    Stage.AMENDED_FINAL: "amended_plan_sent",
    Stage.TRIBUNAL_ORDERED: "amended_plan_sent",
}
IN_CUSTODY = {"draft_plan_served": "detained_draft_served", "final_plan_sent": "detained_final_plan_sent"}
WINDOW_CLOCKS = {Stage.FINAL: "draft.representations", Stage.AMENDED_FINAL: "amend.representations"}


def running_case(by: Actor, plan: Plan) -> seen.Case | None:
    """The case that the plan belongs to: its own, or the child's case that runs."""
    if plan.case_id:
        return plan.case
    found = seen.cases_seen(by).filter(child_id=plan.child_id).exclude(stage__in=ENDED)
    return found.select_related("child").order_by("-opened_on").first()


@transaction.atomic
def start_plan(
    *, by: Actor, child: Child, case: seen.Case | None = None, stage: Stage = Stage.DRAFT, reason: str = "",
    is_imported: bool = False,
) -> Version:  # fmt: skip
    """Begin the plan of a child, or give back the version that is being written. Raises Refused with a sentence."""
    check_can(by, Can.EDIT_PLANS)
    if not allows(by, SEE_CHILD, child.pk):
        raise Refused("This child is not in your record.")
    Child.objects.select_for_update().get(pk=child.pk, area=by.area)
    plan = Plan.objects.filter(area=by.area, child=child, ceased_on__isnull=True).first()
    if plan is None:
        key = set_on(by.today).key
        plan = Plan.objects.create(area=by.area, child=child, case=case, section_set=key, made_by=by.user)
    found = Version.objects.filter(plan=plan, discarded_on__isnull=True).order_by("-number").first()
    if found is None:
        return _make(by, plan, stage=stage, reason=reason, after=None, is_imported=is_imported)
    if found.is_locked:
        raise Refused(f"{child.first_name} already has a plan. Open it and write a new version from there.")
    return found


def _make(
    by: Actor, plan: Plan, *, stage: Stage, reason: str, after: Version | None, is_imported: bool = False
) -> Version:
    if Version.objects.filter(
        plan=plan, sent_on__isnull=True, issued_on__isnull=True, discarded_on__isnull=True
    ).exists():
        raise Refused("A version of this plan is being written already. Finish it, or give it up first.")
    last = Version.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    return Version.objects.create(
        area=by.area, plan=plan, child_id=plan.child_id, number=last + 1, stage=stage, section_set=plan.section_set,
        supersedes=after, writer=by.user, reason=reason[:300], is_imported=is_imported,
    )  # fmt: skip


@transaction.atomic
def write_next(*, by: Actor, version: Version, move: str, reason: str = "") -> Version:
    """Begin the next version from one that was sent or issued: everything is copied, lineages stay. See `MOVES`."""
    version = locked(by, version)
    made = check_can_move(by, move, version).makes
    if made is None:
        raise Refused(f"“{BY_NAME[move].label}” does not begin a new version.")
    new = _make(by, version.plan, stage=made, reason=reason, after=version)
    copy_content(version, new)
    recipients.copy_list(by=by, old=version, new=new)
    return new


def copy_content(old: Version, new: Version) -> None:
    """Copy entries, links, sources and departures. Lineages, orders and the marks of machine readings stay."""
    for model in (Entry, Link, Source, Departure):
        _copy(model, old, new)
    Entry.objects.filter(version=new).update(revision=1)


def _copy(model: type[Any], old: Version, new: Version) -> None:
    rows = list(model.objects.filter(version=old).order_by("pk"))
    fields = [field.attname for field in model._meta.concrete_fields if field.name not in {"id", "version"}]
    model.objects.bulk_create(model(version=new, **{name: getattr(row, name) for name in fields}) for row in rows)


@transaction.atomic
def give_up(*, by: Actor, version: Version) -> Version:
    """Stop writing a version that was not sent. It stays in the record and is shown to nobody as the plan."""
    version = locked(by, version)
    check_can_move(by, "give_up", version)
    version.discarded_on = by.today
    version.save(update_fields=["discarded_on"])
    return version


@transaction.atomic
def take_up(*, by: Actor, version: Version) -> Version:
    """Go on writing a version that was given up. Raises Refused while another is written, or once a later one went."""
    version = locked(by, version)
    check_can_move(by, "take_up", version)
    if version.plan.ceased_on:
        raise Refused("The plan has ceased. Nothing more is written in it.")
    others = Version.objects.filter(plan=version.plan, discarded_on__isnull=True)
    if others.filter(number__gt=version.number).exclude(sent_on__isnull=True, issued_on__isnull=True).exists():
        raise Refused("A later version was sent or issued since. Write a new one from there.")
    if others.filter(sent_on__isnull=True, issued_on__isnull=True).exists():
        raise Refused("Another version of this plan is being written. Finish it, or give it up first.")
    version.discarded_on = None
    version.save(update_fields=["discarded_on"])
    return version


@transaction.atomic
def agree(*, by: Actor, version: Version, on: date) -> Version:
    """Record that the family agrees with a draft; the reply goes into the case and ends their time. Safe to repeat."""
    version = locked(by, version)
    if version.agreed_on:
        return version
    check_can_move(by, "agree", version)
    if (version.sent_on and on < version.sent_on) or on > by.today:
        raise Refused("The family can only have agreed between the day the draft was sent and today.")
    version.agreed_on = on
    version.save(update_fields=["agreed_on"])
    record_reply(by=by, version=version, on=on)
    return version


def record_reply(*, by: Actor, version: Version, on: date) -> UUID | None:
    """Put into the case that the family replied to a draft; its days end. The key of the entry, None without a case.

    One reply of a day stands there once. Who may say so is checked by the caller (`replying`, or the case).
    """
    return _record(by, version, kind="family_responded", on=on)


def window_left(by: Actor, version: Version) -> date | None:
    """The last day on which this final may not be issued yet, as the family's 15 days run; None when it may.

    The family may answer earlier: their reply in the case, or their agreement, ends the wait.
    """
    clock = WINDOW_CLOCKS.get(Stage(version.stage))
    draft = version.supersedes
    if clock is None or draft is None or draft.stage not in DRAFT_STAGES or draft.agreed_on:
        return None
    until = views_until(draft)
    case = running_case(by, version.plan)
    if case is not None:
        running = case_state(case, by.today).clock(clock)
        if running is not None and running.stop is not None:
            return None
        if running is not None and running.due is not None:
            until = running.due
    return until if until and by.today <= until else None


@transaction.atomic
def send_draft(*, by: Actor, version: Version) -> Version:
    """Send a draft, or the notice of an amendment with its changes, to the family today. It locks; their 15 days begin.

    Raises Refused when findings that stop it are not overridden, or the case cannot take the step.
    """
    version = locked(by, version)
    if version.sent_on:
        return version
    check_can_move(by, "send", version)
    gate.check_passes(by, version)
    version.sent_on = by.today
    version.notice_on = by.today if version.stage == Stage.PROPOSED_AMENDMENT else None
    version.event = _record(by, version, kind=event_of(version, had_final=False), on=by.today)
    version.save(update_fields=["sent_on", "notice_on", "event"])
    return version


@transaction.atomic
def issue(*, by: Actor, version: Version) -> Version:
    """Issue a final today: it is in force, the one before is superseded and its copies are called back.

    Raises Refused inside the family's 15 days, when findings that stop it are not overridden by two officers, or when
    the case cannot take the step.
    """
    version = locked(by, version)
    if version.issued_on:
        return version
    check_can_move(by, "issue", version)
    until = window_left(by, version)
    if until:
        raise Refused(
            f"The family has until {until.day} {until:%B %Y} to reply to the draft (15 days from the day it was sent). "
            "The final cannot be issued before that, unless they reply or agree sooner: record it when they do."
        )
    gate.check_passes(by, version)
    before = finals(by).filter(plan_id=version.plan_id).first()
    version.issued_on, version.signed_by = by.today, by.user
    kind = event_of(version, had_final=before is not None)
    version.event = _record(by, version, kind=kind, on=by.today)
    version.save(update_fields=["issued_on", "signed_by", "event"])
    if before is not None:
        recipients.recall(by=by, because_of=version)
    hooks.came_into_force(by, version.child_id)
    return version


def event_of(version: Version, *, had_final: bool) -> str:
    """What sending or issuing is in the case; "" for nothing. A final after a re-assessment is an amended plan."""
    if version.stage == Stage.FINAL and had_final:
        return EVENT_OF[Stage.AMENDED_FINAL]
    return EVENT_OF.get(Stage(version.stage), "")


def _record(by: Actor, version: Version, *, kind: str, on: date) -> UUID | None:
    """Put the step into the case, unless the same step of that day stands there already. The key of the entry."""
    case = running_case(by, version.plan)
    if case is None or not kind:
        return None
    facts = facts_of(case)
    if Overlay.CUSTODY in case_state(case, by.today, facts).overlays:
        kind = IN_CUSTODY.get(kind, kind)
    known: list[Fact] = [fact for fact in facts if fact.type == kind and fact.date == on]
    if known:
        return UUID(known[-1].key)
    note = f"{version} of the plan."
    return cases.record(by=by, case=case, kind=kind, on=on, note=note, with_beside=True).pk


@transaction.atomic
def issue_imported(*, by: Actor, version: Version, on: date, signed_by_name: str = "") -> Version:
    """Put a plan that was already in force elsewhere (on paper, in another system or council) in force from its day.

    No entry is written into the case, and no gate is passed: the plan binds as it stands. Raises Refused for a future
    day, for a version that was not imported, and before the day of a version already in force.
    """
    version = locked(by, version)
    check_writer(by, version)
    if version.issued_on:
        return version
    if not version.is_imported or version.stage in DRAFT_STAGES:
        raise Refused("Only a plan that was imported as a final comes into force without passing the gate.")
    if on > by.today:
        raise Refused("A plan that is already in force began today or earlier.")
    if finals(by).filter(plan_id=version.plan_id, issued_on__gt=on).exists():
        raise Refused("A later version of this plan is in force already.")
    version.issued_on, version.signed_by = on, by.user
    if signed_by_name:
        version.reason = f"Signed by {signed_by_name}. {version.reason}"[:300]
    version.save(update_fields=["issued_on", "signed_by", "reason"])
    hooks.came_into_force(by, version.child_id)
    return version


@transaction.atomic
def cease(*, by: Actor, plan: Plan, on: date, why: str) -> Plan:
    """Record that the plan ceased on a day. The case says whether that may be; an appeal holds it (s.45(4))."""
    check_writer(by, plan)
    current = Plan.objects.select_for_update().get(area=by.area, pk=plan.pk)
    if current.ceased_on:
        return current
    if not why.strip():
        raise Refused("Say why the plan ceased.")
    if on > by.today:
        raise Refused("Record this on the day on which the plan ceases, or later.")
    first = finals(by).filter(plan=current).first()
    if first is None or (first.issued_on and on < first.issued_on):
        raise Refused("A plan cannot cease before it is in force.")
    case = running_case(by, current)
    if case is not None and not any(fact.type in {"plan_ceased", "plan_transferred"} for fact in facts_of(case)):
        raise Refused("Record in the case first that the plan ceased: the case checks the notice and any appeal.")
    current.ceased_on, current.ceased_why = on, why[:300]
    current.save(update_fields=["ceased_on", "ceased_why"])
    return current
