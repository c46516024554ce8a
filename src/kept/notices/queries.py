"""Read notices, always as the person who asks. Each page has a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kept.access.acting import Actor
from kept.access.models import Grant, Relation
from kept.cases.folding import state_of
from kept.cases.models import Case, Event
from kept.cases.queries import case_of
from kept.letters.letter import Letter, letter_from
from kept.notices.counting import Owed, owed_by, step_since
from kept.notices.models import WENT, Dispatch, Enclosure, Notice, Proof, Proved, Recipient, Way, Wording
from kept.notices.sorts import SORTS, Sort
from kept.people.models import Carer

MOST_LISTED = 200
MOST_PREVIEWS = 8


@dataclass(frozen=True)
class Line:
    """A notice that a case calls for, with the one being prepared or sent, if it was begun.

    since: a later step that has a notice of its own; then this one may say what is no longer so.
    """

    owed: Owed
    notice: Notice | None
    since: Owed | None = None

    @property
    def is_sent(self) -> bool:
        """Whether it went, by these letters or as recorded on the case."""
        return bool(self.notice and self.notice.sent_on) or (self.owed.sent is not None and self.notice is None)


def lines_of(actor: Actor, case: Case) -> tuple[list[Line], list[Notice]]:
    """The notices that the case calls for, and those that stand alone (steps corrected since)."""
    state = state_of(case, actor.today)
    made = list(Notice.objects.filter(area=actor.area, case=case).order_by("made_at"))
    by_step = {(str(one.event_id), one.sort): one for one in made if one.event_id}
    called_for = owed_by(state)
    lines = [
        Line(owed, by_step.pop((owed.key, owed.sort.key), None), step_since(called_for, owed.on, actor.today))
        for owed in called_for
    ]
    rest = [one for one in made if one.event_id is None or (str(one.event_id), one.sort) in by_step]
    return lines, rest


def notice_of(actor: Actor, pk: UUID) -> Notice | None:
    """One notice, or None when there is none for this person."""
    found = Notice.objects.filter(area=actor.area, pk=pk)
    return found.select_related("case__child", "case__officer", "case__area", "event").first()


def recipient_of(actor: Actor, notice: Notice, pk: UUID) -> Recipient | None:
    """One recipient of a notice."""
    found = Recipient.objects.filter(area=actor.area, notice=notice, pk=pk)
    return found.select_related("carer", "agency").first()


def enclosure_of(actor: Actor, notice: Notice, pk: UUID) -> Enclosure | None:
    """One enclosure of a notice."""
    return Enclosure.objects.filter(area=actor.area, notice=notice, pk=pk).first()


@dataclass(frozen=True)
class Sent:
    """A letter as it went or waits, with what is known of it, the latest last."""

    dispatch: Dispatch
    proofs: list[Proof]

    @property
    def status(self) -> str:
        """In words."""
        if self.proofs:
            return str(self.proofs[-1].get_what_display())
        if self.dispatch.way == Way.EMAIL:
            return "Waits until the morning" if self.dispatch.held_until else "Waits to be sent"
        return "On the post list" if self.dispatch.way == Way.POST else "Waits to be given by hand"

    @property
    def went(self) -> bool:
        """Whether there is proof that it went and nothing since says otherwise."""
        return bool(self.proofs) and self.proofs[-1].what in WENT


def letters_of(actor: Actor, notice: Notice) -> list[Sent]:
    """Every letter made for a notice, the latest first. Two queries."""
    found = Dispatch.objects.filter(area=actor.area, notice=notice).select_related("recipient", "made_by")
    return [Sent(one, list(one.proofs.all())) for one in found.order_by("-pk").prefetch_related("proofs__by")]


def waiting_for_post(actor: Actor, *, way: str = Way.POST) -> QuerySet[Dispatch]:
    """The letters that wait to be posted, those without a postcode last."""
    no_proof = ~Exists(Proof.objects.filter(area=actor.area, dispatch=OuterRef("pk")))
    found = Dispatch.objects.filter(no_proof, area=actor.area, way=way).select_related("recipient", "notice__case")
    return found.order_by("dated", "postcode", "pk")


def dispatch_of(actor: Actor, pk: UUID) -> Dispatch | None:
    """One letter as it went."""
    return Dispatch.objects.filter(area=actor.area, pk=pk).select_related("notice__case", "recipient").first()


def frozen(dispatch: Dispatch) -> Letter:
    """The letter just as it was made."""
    return letter_from(dispatch.letter)


def open_notices(actor: Actor, *, mine: bool = False) -> list[Notice]:
    """Notices begun and not gone to everybody, the oldest first; `some_went`: whether any letter of it was made."""
    found = Notice.objects.filter(area=actor.area, sent_on__isnull=True)
    if mine:
        found = found.filter(Q(case__officer=actor.user) | Q(case__deputy=actor.user))
    letters = Dispatch.objects.filter(area=actor.area, notice=OuterRef("pk"))
    rows = found.annotate(some_went=Exists(letters)).select_related("case__child", "case__officer")
    return list(rows.order_by("made_at")[:MOST_LISTED])


def those_that_came_back(actor: Actor) -> set[UUID]:
    """The notices of which a letter came back or failed."""
    rows = Proof.objects.filter(area=actor.area, what__in=[Proved.BOUNCED, Proved.FAILED])
    return set(rows.filter(dispatch__notice__sent_on__isnull=True).values_list("dispatch__notice_id", flat=True))


def wordings(actor: Actor, sort: Sort, *, easy: bool) -> list[Wording]:
    """Every version of the council's template, the latest first."""
    found = Wording.objects.filter(area=actor.area, sort=sort.key, is_easy=easy)
    return list(found.select_related("made_by").order_by("-version"))


def versions(actor: Actor) -> dict[tuple[str, bool], int]:
    """The version in force of each template that the council made itself."""
    rows = Wording.objects.filter(area=actor.area).order_by("version").values_list("sort", "is_easy", "version")
    return {(sort, easy): version for sort, easy, version in rows}


EVENTS_OF: dict[str, tuple[str, dict[str, str]]] = {
    "N1": ("request_received", {}),
    "N2-yes": ("assess_decision", {"outcome": "assess"}),
    "N2-refuse": ("assess_decision", {"outcome": "refuse"}),
    "N3": ("no_plan_decision", {}),
    "N4": ("draft_plan_served", {}),
    "N5": ("final_plan_sent", {}),
    "N6": ("review_meeting", {}),
    "N7-maintain": ("review_decision", {"outcome": "maintain"}),
    "N7-amend": ("review_decision", {"outcome": "amend"}),
    "N7-cease": ("review_decision", {"outcome": "cease"}),
    "N8": ("amendment_notice_sent", {}),
    "N9-plan": ("amended_plan_sent", {}),
    "N9-none": ("no_amendment_decision", {}),
    "N10-consider": ("cease_considered", {}),
    "N10-cease": ("cease_decision", {}),
    "N11": ("reassessment_decision", {"outcome": "reassess"}),
    "N11-refuse": ("reassessment_decision", {"outcome": "refuse"}),
    "N12": ("plan_transferred", {}),
    "N13-request": ("detained_request_received", {}),
    "N13-yes": ("detained_assess_decision", {"outcome": "assess"}),
    "N13-refuse": ("detained_assess_decision", {"outcome": "refuse"}),
    "N13-none": ("detained_no_plan_decision", {}),
    "N13-draft": ("detained_draft_served", {}),
    "N13-final": ("detained_final_plan_sent", {}),
    "N13-known": ("detention_known", {}),
    "N14-refuse": ("direct_payment_decision", {"outcome": "refuse"}),
    "N14-reduce": ("direct_payment_decision", {"outcome": "reduce"}),
    "N14-stop": ("direct_payment_decision", {"outcome": "stop"}),
}


def cases_to_preview(actor: Actor, sort: Sort) -> list[Event]:
    """Steps of real cases on which a template can be tried, the latest first; any request for a sort without one."""
    kind, details = EVENTS_OF.get(sort.key, ("request_received", {}))
    found = Event.objects.filter(area=actor.area, kind=kind, superseded_by__isnull=True, is_withdrawal=False)
    if details:
        found = found.filter(details__contains=details)
    return list(found.select_related("case__child", "case__officer", "case__area").order_by("-pk")[:MOST_PREVIEWS])


def letters_to_me(actor: Actor, child_id: UUID) -> list[Dispatch]:
    """The letters that were sent to the person who asks, for the family's own page; those to anybody else never.

    A parent's are those to that parent; the young person's those to the young person.
    """
    mine = Q(recipient__carer__in=Carer.objects.filter(area=actor.area, user=actor.user))
    own = Grant.objects.filter(area=actor.area, child_id=child_id, user=actor.user, relation=Relation.YOUNG_PERSON)
    if own.exists():
        mine |= Q(recipient__is_young_person=True)
    found = Dispatch.objects.filter(mine, area=actor.area, child_id=child_id)
    return list(found.exclude(way=Way.TEXT).order_by("-dated", "-pk"))


def case_for(actor: Actor, pk: UUID) -> Case | None:
    """The case."""
    return case_of(actor, pk)


def sort_named(key: str) -> Sort | None:
    """The sort of notice."""
    return SORTS.get(key)


def owed_on(actor: Actor, case: Case) -> date | None:
    """The earliest day by which a notice of the case that has not gone is due."""
    lines, _ = lines_of(actor, case)
    return min((line.owed.due for line in lines if not line.is_sent and line.owed.due), default=None)
