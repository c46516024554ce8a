"""A provision as typed facts: read from words, written as a sentence, and why one cannot be scheduled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kept.rules.plans import numbers, roles, services
from kept.rules.plans.dates import dates


@dataclass(frozen=True)
class HowOften:
    """`times` in every `every` units; the unit is day, week, fortnight, month, half-term, term, year or lesson."""

    times: int
    unit: str
    every: int = 1


@dataclass(frozen=True)
class Ratio:
    """`adults` to at most `pupils`: 1 to 1, or a group or a class (`of`) with a maximum."""

    pupils: int
    adults: int = 1
    of: str = "group"


@dataclass(frozen=True)
class Step:
    """One dated step of a taper: this much, this often, until the day given."""

    until: date
    minutes: int
    often: HowOften


@dataclass(frozen=True)
class Review:
    """Who reviews, how often, and against which measure."""

    who: str
    interval: str
    measure: str = ""


@dataclass(frozen=True)
class Provision:
    """What is to be provided. Exactly one of session_minutes, weekly_minutes and coverage says how much.

    `minimum` means that the quantity is a floor. `focus` is the description, the only free text. `trigger` stands in
    the place of `often`: what happens each time before it is given. `steps` come one after the other, each until its
    day; what `often` and the amount say holds after the last. `week_list`: the Mondays of the only weeks in which it is
    given. `reasons` says why the ledger cannot schedule it, in plain sentences; empty when it can.
    """

    service: str = ""
    mode: str = "direct"
    session_minutes: int | None = None
    weekly_minutes: int | None = None
    coverage: str = ""
    often: HowOften | None = None
    weeks: str = ""
    ratio: Ratio | None = None
    role: str = ""
    expertise: str = ""
    supervised_by: str = ""
    place: str = ""
    start: date | None = None
    end: date | None = None
    steps: tuple[Step, ...] = ()
    review: Review | None = None
    minimum: bool = False
    focus: str = ""
    trigger: str = ""
    week_list: tuple[date, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def schedulable(self) -> bool:
        """Whether the ledger can say what is due and when."""
        return not self.reasons

    @property
    def minutes_a_year(self) -> float | None:
        """Minutes expected in a year of 38 school weeks and 190 days; None for coverage or without a quantity.

        Of a list of weeks: what those weeks come to. While it changes in steps, no year is like another: None.
        """
        if self.steps:
            return None
        weeks = len(self.week_list)
        if self.weekly_minutes is not None:
            return self.weekly_minutes * (weeks or 38.0)
        if self.session_minutes is None or self.often is None:
            return None
        whole = self.session_minutes * self.often.times * numbers.PER_YEAR.get(self.often.unit, 0.0) / self.often.every
        return whole * weeks / 38.0 if weeks else whole

    @property
    def minutes_a_half_term(self) -> float | None:
        """Minutes expected in one of six half-terms."""
        return None if self.minutes_a_year is None else self.minutes_a_year / 6


_WEEKLY_TOTAL = re.compile(
    rf"\b{numbers.COUNT}(?:\.\d+)?[- ]+(?:hours?|hrs?|minutes?|mins)(?! (?:session|lesson|visit|slot"
    rf"|block))(?: [a-z-]+){{0,5}}? (?:an?|each|every|per) (?:school |calendar )?week"
)
_FLOOR = re.compile(r"\b(?:at least|a minimum of|minimum|no (?:less|fewer) than|not (?:less|fewer) than)\b")
_REVIEW = re.compile(
    r"\b(?:the |a |an )?(?P<who>[a-z][a-z ]{2,45}?) will review (?:it|this"
    r"|progress)[a-z ]*?(?: (?P<interval>(?:each|every|once a|termly|half-termly"
    r"|annually)[a-z -]*?))?(?: against (?P<measure>[^.]+))?\."
)
_STEP = re.compile(
    rf"\buntil (?P<date>\d{{1,2}} [a-z]+ \d{{4}}): (?P<minutes>{numbers.NUMBER}) minutes,? (?P<often>[^;.]+)"
)
_TRIGGER = re.compile(r"\beach time (?!one-to-one\b|for |in |with |at )(?P<what>[^,;:.]+)")
_TIMES_BEFORE = re.compile(rf"\b(once|twice|{numbers.NUMBER} times),? (?:in )?$")
_A_DAY = r"\d{1,2} [a-z]+ \d{4}"
_WEEK_LIST = re.compile(rf"\bin the weeks? beginning (?P<days>{_A_DAY}(?:(?:, | and |, and ){_A_DAY})*)")
_TRAINED = re.compile(r"\btrained in (?P<what>[^,;.]+)")
_SUPERVISED = re.compile(
    r"\bsupervised(?: [a-z-]+){0,3}? by (?:a |an |the )?(?P<who>[a-z ]+?)(?=,|\.|;| will\b| who\b|$)"
)
_FOCUS = re.compile(
    r"\bto (?P<focus>(?:teach|build|work on|practise|develop|help|improve|support|learn|read|write"
    r"|rehearse|use|follow)\b[^.;]*)"
)
_MODES: dict[str, str] = {
    "equipment": r"\bsuppl(?:y|ied)\b|\bequipment\b",
    "training": r"\bwill train\b|\btraining for\b",
    "environment": r"\bworkstation\b|\bseated\b|\bquiet room will\b",
    "programme writing": r"\bwrites? (?:and update )?(?:a|the|his|her|their) (?:[a-z-]+ )?(?:programme|plan)\b"
        r"|programme writing",
    "coaching": r"\bwill coach\b|\bcoaching (?:for|of) (?:the|staff)",
    "review": r"\bwill review (?!it|this|progress)",
}  # fmt: skip
_VAGUE_START = re.compile(r"\b(?:up to|maximum|around|about|approximately|in the region of)\b")


def weekly_minutes(low: str) -> float | None:
    """Minutes in a school week that some words come to; None when they give no full quantity."""
    total = 0.0
    lengths = numbers.durations(low)
    often = [
        each
        for each in numbers.frequencies(low)
        if each.unit != "block"
        and not re.search(r"review(?:ed)?(?: [a-z]+){0,5} $", low[max(0, each.start - 40) : each.start])
    ]
    if not lengths or not often:
        return None
    length, found = lengths[0], often[0]
    counted = re.search(
        rf"\b(once|twice|{numbers.NUMBER})[ -](?:direct |one-to-one |individual |separate |short |group "
        rf"|weekly )*(?:{numbers.COUNT}[- ](?:minute|hour) )?(?:direct |one-to-one |individual |group "
        rf"|therapy )*(?:sessions|lessons|visits|slots|times)",
        low,
    )
    times = found.times
    if times == 1 and counted and not found.days and not _WEEKLY_TOTAL.search(low):
        times = numbers._times(counted.group(1))
    total = length.value * times * numbers.PER_YEAR.get(found.unit, 190.0) / found.every / 38.0
    return total


def _often(low: str) -> HowOften | None:
    for found in numbers.frequencies(low):
        if found.unit == "block" or re.search(
            r"review(?:ed)?(?: [a-z]+){0,5} $|supervised (?:[a-z]+ )*$", low[max(0, found.start - 40) : found.start]
        ):
            continue
        before = _TIMES_BEFORE.search(low[max(0, found.start - 20) : found.start]) if found.every > 1 else None
        times = numbers._times(before.group(1)) if before else found.times
        return HowOften(max(1, int(times)), found.unit, found.every)
    return None


def _ratio(low: str) -> Ratio | None:
    if services.ONE_TO_ONE.search(low):
        return Ratio(1)
    pair = re.search(rf"\b({numbers.NUMBER}) adults? (?:to|for)(?: every)? ({numbers.NUMBER}) pupils\b", low)
    if pair:
        return Ratio(int(numbers.value(pair.group(2))), int(numbers.value(pair.group(1))))
    match = services.GROUP_SIZE.search(low)
    found = re.findall(numbers.NUMBER, match.group()) if match else []
    of = "class" if match and match.group().startswith("class") else "group"
    return Ratio(int(numbers.value(found[-1])), of=of) if found else None


def _mode(low: str) -> str:
    return next((mode for mode, pattern in _MODES.items() if re.search(pattern, low)), "direct")


def read_provision(text: str) -> Provision:
    """Read the typed facts of one provision from its words. What is not said is left empty, and listed in `reasons`."""
    from kept.rules.plans.text import normal

    low = normal(text)
    review = _REVIEW.search(low)
    body = low[: review.start()] if review else low
    steps = tuple(_steps(body))
    main = _STEP.sub("", body).replace(", as follows:", ";")
    listed, trigger = _WEEK_LIST.search(main), _TRIGGER.search(main)
    for said in (listed, trigger):
        main = main.replace(said.group(), "") if said else main
    lengths, often = numbers.durations(main), _often(main)
    coverage = services.COVERAGE.search(main) if not lengths else None
    weekly = _WEEKLY_TOTAL.search(main)
    minutes = int(lengths[0].value) if lengths else None
    named = _named_services(main)
    who = [
        each for each in roles.roles(main) if not roles.is_recipient(main, each) and not roles.is_supervisor(main, each)
    ]
    trained, supervised = _TRAINED.search(main), _SUPERVISED.search(main)
    days = dates(main)
    found = Provision(
        service=named[0][0] if named else "",
        mode=_mode(main),
        session_minutes=None if weekly else minutes,
        weekly_minutes=minutes if weekly else None,
        coverage=coverage.group() if coverage else "",
        often=None if weekly or (coverage and not lengths) else often,
        weeks=_weeks(main),
        ratio=_ratio(main),
        role=who[0].name if who else "",
        expertise=re.sub(r" and supervised.*| will .*", "", trained.group("what")).strip() if trained else "",
        supervised_by=supervised.group("who").strip() if supervised else "",
        place=_place(main),
        start=next(
            (each.on for each in days if re.search(r"\bfrom $", main[max(0, each.start - 6) : each.start])), None
        ),
        end=next(
            (each.on for each in days if re.search(r"\b(?:until|to) $", main[max(0, each.start - 7) : each.start])),
            None,
        ),
        steps=steps,
        review=_read_review(review),
        minimum=bool(_FLOOR.search(main)),
        focus=_read_focus(main),
        trigger=trigger.group("what").strip() if trigger else "",
        week_list=tuple(each.on for each in dates(listed.group("days"))) if listed else (),
    )
    return _with_reasons(found, low)


_SERVICE_AFTER = re.compile(
    r"\bwill (?:deliver|coach staff in|review the need for|write a programme of|train staff in|supply"
    r"|set up a workstation for|provide|give) (?P<what>[^,;.]{0,60})"
)


def _place(main: str) -> str:
    found = [name for name, pattern in services.PLACE_RE.items() if pattern.search(main)]
    return next((name for name in found if name != "class"), found[0] if found else "")


def _named_services(main: str) -> list[tuple[str, int]]:
    """Services named, the one that is said to be delivered first."""
    delivered = _SERVICE_AFTER.search(main)
    first = services.services(delivered.group("what")) if delivered else []
    return first or services.services(re.split(r"trained in|supervised", main)[0]) or services.services(main)


def _read_focus(main: str) -> str:
    match = _FOCUS.search(re.sub(r"\bone-to-one\b|\badults? to\b", "#", main))
    return match.group("focus").strip() if match else ""


def _read_review(match: re.Match[str] | None) -> Review | None:
    if match is None:
        return None
    return Review(
        match.group("who").strip(), (match.group("interval") or "").strip(), (match.group("measure") or "").strip()
    )


def _weeks(low: str) -> str:
    if re.search(r"\byear[- ]round\b|all year|52 weeks|including (?:the )?(?:school )?holidays", low):
        return "year-round"
    return "term time" if re.search(r"\bterm[- ]time|3[89] (?:school )?weeks|school weeks", low) else ""


def _steps(body: str) -> list[Step]:
    found = []
    for match in _STEP.finditer(body):
        day, often = dates(match.group("date")), _often(match.group("often"))
        if day and often:
            found.append(Step(day[0].on, int(numbers.value(match.group("minutes"))), often))
    return found


def _with_reasons(found: Provision, low: str) -> Provision:
    from dataclasses import replace

    reasons = []
    if found.mode == "direct":
        amount = found.session_minutes is not None or found.weekly_minutes is not None or found.coverage or found.steps
        if not amount:
            reasons.append("This does not say for how long.")
        if not (found.weekly_minutes is not None or found.often or found.trigger or found.coverage or found.steps):
            reasons.append("This does not say how often.")
        if not found.role and not services.PROFESSION_SERVICE.search(low):
            reasons.append("This does not say who will do it.")
        from kept.rules.plans.checks.provision_change import CEILING

        if CEILING.search(low) and not found.minimum:
            reasons.append("The amount is a limit, not a promise.")
    return replace(found, reasons=tuple(reasons))
