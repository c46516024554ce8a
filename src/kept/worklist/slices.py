"""How the ledger is cut for the desks: by urgency, by kind, by what holds a duty up. Each is one piece of SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db.models import Case, CharField, Exists, F, Func, OuterRef, Q, QuerySet, Value, When

from kept.duties.models import Duty
from kept.duties.statuses import SOON, outstanding
from kept.rules.process.table import Exemption, clocks

HORIZON = timedelta(weeks=8)
GROUPS: Mapping[str, str] = {
    "overdue": "Overdue",
    "today": "Due today",
    "week": "Due in the 7 days after today",
    "released": "Released by an exception, still to be done",
    "later": "Later",
    "none": "No date",
}
# How long something has been late: key, words, from and to in days.
LATENESS: tuple[tuple[str, str, int, int | None], ...] = (
    ("late_week", "Up to 1 week late", 1, 7),
    ("late_month", "1 to 4 weeks late", 8, 28),
    ("late_quarter", "4 to 13 weeks late", 29, 91),
    ("late_more", "More than 13 weeks late", 92, None),
)
FAMILIES: Mapping[str, str] = {
    "assess": "First assessment",
    "advice": "Advice for an assessment",
    "draft": "Draft plan",
    "review": "Annual review",
    "amend": "Amending a plan",
    "phase": "Phase transfer",
    "reassess": "Re-assessment",
    "move": "Move between areas",
    "icb_change": "Change of health commissioner",
    "mediation": "Mediation",
    "appeal": "Appeal",
    "order": "Tribunal order",
    "unopposed": "Appeal not opposed",
    "recommendation": "Tribunal recommendation",
    "detained": "Young people in custody",
    "provision": "Provision in place",
    "s23": "Notification by health",
    "direct_payment": "Direct payments",
    "local_offer": "Local Offer",
}
OTHER = "other"
# Families whose steps follow one another: a late step of one holds up the later steps of all of them.
PATHWAYS: Mapping[str, tuple[str, ...]] = {
    "assessment": ("assess", "advice", "draft"),
    "review": ("review", "amend"),
}
US = "us"
# Choices that are several groups at once.
TOGETHER: Mapping[str, tuple[str, ...]] = {"soon": ("today", "week"), "urgent": ("overdue", "today", "week")}
TOGETHER_WORDS = {"soon": "Due today or within 7 days", "urgent": "Overdue, or due within 7 days"}


def _family(rule: str) -> str:
    return rule.split(".", 1)[0]


def pathway_of(rule: str) -> str:
    """The pathway of a rule in Python, the same as `PATHWAY` in SQL."""
    family = _family(rule)
    return next((name for name, families in PATHWAYS.items() if family in families), family)


def _of_families(families: tuple[str, ...]) -> Q:
    test = Q()
    for family in families:
        test |= Q(rule__startswith=f"{family}.")
    return test


PATHWAY = Case(
    *(When(_of_families(families), then=Value(name)) for name, families in PATHWAYS.items()),
    default=Func(F("rule"), Value("."), Value(1), function="split_part"),
    output_field=CharField(),
)
AUTHORITY = ("authority", "Authority", "AUTHORITY")
# Three plain comparisons and not one without regard to capitals: tens of thousands of rows are asked for a page.
IS_OURS = Q(owed_by__contains=AUTHORITY[0]) | Q(owed_by__contains=AUTHORITY[1]) | Q(owed_by__contains=AUTHORITY[2])


def is_ours(duty: Duty) -> bool:
    """Whether the local authority owes it."""
    return any(word in duty.owed_by for word in AUTHORITY)


def bucket(today: date) -> Case:
    """Which of `GROUPS` an outstanding duty is in."""
    return Case(
        When(~Q(released_by=""), then=Value("released")),
        When(due_on__lt=today, then=Value("overdue")),
        When(due_on=today, then=Value("today")),
        When(due_on__lte=today + SOON, then=Value("week")),
        When(due_on__isnull=True, then=Value("none")),
        default=Value("later"),
        output_field=CharField(),
    )


def group_test(group: str, today: date) -> Q:
    """The same as `bucket` for one group, as dates that an index can find."""
    if group == "released":
        return ~Q(released_by="")
    dates = {
        "overdue": Q(due_on__lt=today),
        "today": Q(due_on=today),
        "week": Q(due_on__gt=today, due_on__lte=today + SOON),
        "later": Q(due_on__gt=today + SOON),
        "none": Q(due_on__isnull=True),
    }
    return Q(released_by="") & dates[group]


def place(today: date) -> Case:
    """The order of the groups, as a number."""
    places = {key: number for number, key in enumerate(GROUPS)}
    return Case(*(When(group_test(key, today), then=Value(number)) for key, number in places.items()))


def lateness(key: str, today: date) -> Q:
    """Duties late by a length of `LATENESS`."""
    first, last = next((first, last) for name, _, first, last in LATENESS if name == key)
    test = Q(released_by="", due_on__lte=today - timedelta(days=first))
    return test & Q(due_on__gte=today - timedelta(days=last)) if last else test


def held_up(today: date) -> Q:
    """Duties still in time, due within the horizon, with an earlier step of the same pathway already past its date."""
    earlier = _same_pathway().filter(due_on__lt=today, due_on__lte=OuterRef("due_on"))
    return in_time(today) & Q(Exists(earlier))


def in_time(today: date) -> Q:
    """Duties without an exception that fall due from today up to the horizon."""
    return Q(released_by="", due_on__range=(today, today + HORIZON))


def on_a_path(found: QuerySet[Duty]) -> QuerySet[Duty]:
    """Those of some duties that are owed on a pathway, with it as `pathway`."""
    return found.filter(outstanding()).exclude(rule="").annotate(pathway=PATHWAY)


def late_paths(found: QuerySet[Duty], today: date) -> QuerySet[Duty]:
    """The late duties on a pathway: each holds up what is still in time on the same pathway of the same thing."""
    return on_a_path(found).filter(due_on__lt=today).order_by()


def others_owing() -> QuerySet[Duty]:
    """For an outer duty: what other bodies than the authority still owe on the same pathway of the same thing."""
    return _same_pathway().exclude(IS_OURS)


def _same_pathway() -> QuerySet[Duty]:
    """Outstanding duties of the outer duty's thing and pathway; the outer query must be annotated with `pathway`."""
    return (
        Duty.objects.filter(
            outstanding(), area=OuterRef("area"), source=OuterRef("source"), source_id=OuterRef("source_id")
        )
        .annotate(pathway=PATHWAY)
        .filter(pathway=OuterRef("pathway"))
        .exclude(rule="")
    )


def waits_for(whom: str) -> Q:
    """The authority's duties that wait for that body; for `US`, those that wait for nobody outside."""
    if whom == US:
        return IS_OURS & ~Q(Exists(others_owing()))
    return IS_OURS & Q(Exists(others_owing().filter(owed_by=whom)))


def when_test(when: str, today: date) -> Q:
    """The condition behind a choice of urgency; anything unknown is no condition."""
    if when in GROUPS:
        return group_test(when, today)
    if when in TOGETHER:
        test = Q()
        for group in TOGETHER[when]:
            test |= group_test(group, today)
        return test
    if when == "risk":
        return held_up(today)
    if any(when == key for key, *_ in LATENESS):
        return lateness(when, today)
    return Q()


def kind_test(kind: str) -> Q:
    """The condition behind a kind: a family of time limits, one time limit, or everything else."""
    if kind == OTHER:
        return ~Q(rule__in=list(clocks()))
    if kind in FAMILIES:
        return Q(rule__startswith=f"{kind}.")
    return Q(rule=kind) if kind else Q()


def kind_choices(present: Collection[str] | None = None, chosen: str = "") -> list[tuple[str, object]]:
    """The kinds of duty as choices: each family, and within it each time limit.

    present: the rules on the list; only their kinds are offered then, and the one that was chosen. None: all.
    """
    of_family: dict[str, list[tuple[str, str]]] = {}
    for clock in clocks().values():
        if present is None or clock.id in present or chosen in {clock.id, _family(clock.id)}:
            of_family.setdefault(_family(clock.id), []).append((clock.id, clock.name))
    groups: list[tuple[str, object]] = [("", "Any kind")]
    for family, words in FAMILIES.items():
        if family in of_family or present is None:
            groups.append((words, [(family, f"All of: {words}"), *of_family.get(family, [])]))
    return [*groups, (OTHER, "Everything else")]


def kind_words(rule: str) -> str:
    """A rule in words: the name of its time limit, or "Other duties"."""
    clock = clocks().get(rule)
    return clock.name if clock else "Other duties"


def kind_of(rule: str) -> str:
    """The choice of kind that finds a rule's duties."""
    return rule if rule in clocks() else OTHER


def exception_of(duty: Duty) -> Exemption | None:
    """The exception that releases a duty, as the law lists it."""
    clock = clocks().get(duty.rule)
    listed = clock.exceptions if clock and duty.released_by else ()
    return next((one for one in listed if one.id == duty.released_by), None)
