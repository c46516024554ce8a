"""What a family is told of its date, wherever it is told: the page of the wait, its own page, a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from kept.access.acting import Actor
from kept.forecasts import queries, scoring
from kept.forecasts.models import Reckoning, Statement
from kept.offer.directory import DIRECTORIES
from kept.offer.finding import find
from kept.rules.waits import statements
from kept.waiting.hooks import StatementFacts
from kept.waiting.models import Referral

MEANWHILE = 4
FEWEST_TOLD = 20
PLAIN_RULES = {
    "mean_waited_so_far": "The average time that children on the list have waited so far",
    "mean_completed_13_weeks": "The average wait of the children seen in the last 13 weeks",
    "last_to_enter_service": "The wait of the child who was seen last",
    "head_of_line": "The wait so far of whoever has waited longest",
    "position_over_slots": "Your place in the list divided by the appointments kept each week now",
}
METHOD = (
    "We count how many children are to be seen before you, and how many more urgent ones may still come. Then we run"
    " the next four years a thousand times over, each time with other numbers of referrals, illness, leave, people who"
    " leave their job and people who are found. In 8 of 10 of these runs you are seen between the two months; they are"
    " rounded outward to whole months."
)


@dataclass(frozen=True)
class Spoken:
    """One statement in words for one page."""

    statement: Statement
    checked_on: date

    @property
    def sentence(self) -> str:
        """The sentence with the day on which it was last checked."""
        return f"{self.statement.sentence} Last checked {self.checked_on.day} {self.checked_on:%B %Y}."

    @property
    def is_given(self) -> bool:
        """Whether it names months."""
        return not self.statement.withheld

    @property
    def plain(self) -> tuple[tuple[str, str], ...]:
        """What the plain rules would have said, in words."""
        said = self.statement.baselines
        return tuple(
            (words, f"{said[key]:.0f} more weeks") for key, words in PLAIN_RULES.items() if said.get(key) is not None
        )


def spoken(actor: Actor, referral: Referral) -> Spoken | None:
    """The statement that holds for a referral, or None where none was made or the child has been seen or left."""
    if referral.closed_on is not None and referral.closed_on <= actor.today:
        return None
    found = queries.log_of(actor, referral.pk).first()
    if found is None:
        return None
    last = Reckoning.objects.filter(area=actor.area, stage=referral.stage_id, on__lte=actor.today).first()
    return Spoken(found, last.on if last else found.made_on)


def right_words(right: int, resolved: int) -> str:
    """How often statements of this list came true, or that it cannot be said yet."""
    if resolved < FEWEST_TOLD:
        return "Too few statements for this list have been put to the test to say how often we were right."
    return (
        f"Of our last {resolved} statements for this list that were put to the test, {right / resolved:.0%} were "
        "right: the child was seen in the months we named."
    )


def statement_for(actor: Actor, referral: Referral) -> StatementFacts | None:
    """What `kept.waiting` shows on the page of a wait."""
    found = spoken(actor, referral)
    if found is None:
        return None
    one = found.statement
    return StatementFacts(
        sentence=found.sentence, made_on=one.made_on, is_given=found.is_given, first=one.first, last=one.last,
        method=METHOD, baselines=found.plain, were_we_right=right_words(*scoring.right_lately(actor, one.stage_id)),
        more_href=reverse("forecasts:statement", kwargs={"pk": referral.pk}), meanwhile=meanwhile(actor, referral),
    )  # fmt: skip


def meanwhile(actor: Actor, referral: Referral) -> tuple[tuple[str, str], ...]:
    """What a family can use today without anybody's referral: names of the Local Offer with their pages."""
    kind = referral.stage.service.get_kind_display()
    words = kind.lower().removesuffix(" assessment")
    age = (actor.today - referral.child.born_on).days // 365
    results = find(DIRECTORIES.of(actor.area, actor.today), {"q": words, "age": age, "while_waiting": True})
    return tuple(
        (one.entry.name, reverse("offer:entry", kwargs={"area": actor.area.slug, "pk": one.entry.id}))
        for one in results.found[:MEANWHILE]
    )


def why_not(withheld: str) -> str:
    """The sentence of a reason for giving no date."""
    return statements.Withheld[withheld.upper()].value if withheld else ""
