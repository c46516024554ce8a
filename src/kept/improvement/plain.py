"""A programme in plain words for everybody, and in easy words with pictures. The words follow from the statuses."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kept.design.symbols import credit, drawing
from kept.design.words import counted, day
from kept.improvement.models import Finding, Meeting, Programme, Verdict
from kept.improvement.queries import Stood
from kept.improvement.words import Answer, Delivery, Impact
from kept.letters.letter import Block, Letter, Look, heading, text

MOST_SENTENCES = 3
DONE = {
    Delivery.PLANNED: "Not begun yet",
    Delivery.ON_TIME: "Being done, and on time",
    Delivery.LATE: "Late",
    Delivery.DELIVERED: "Every step that we planned is done",
    Delivery.UNKNOWN: "We have not said for 45 days how it goes",
}
SHOWN = {
    Impact.NO_MEASURE: "Nothing measures this yet",
    Impact.NO_DATA: "There are no figures yet",
    Impact.TOO_EARLY: "Too early to tell",
    Impact.NONE_SHOWN: "Figures show no difference",
    Impact.NO_CHANGE: "No real change yet",
    Impact.IMPROVING: "Getting better",
    Impact.RELIABLE: "Better, and it keeps to its target",
    Impact.WORSE: "Getting worse",
    Impact.UNKNOWN: "No new figure for 45 days",
}
FAMILIES = {
    Answer.YES: "Yes, it worked",
    Answer.PARTLY: "It partly worked",
    Answer.NO: "No, it did not work",
    Answer.UNSURE: "They cannot tell yet",
}
# How many promises stand so, in the summary: each promise is counted once.
STAND = {
    Delivery.DELIVERED: "all done",
    Delivery.ON_TIME: "on time",
    Delivery.LATE: "late",
    Delivery.PLANNED: "not begun",
    Delivery.UNKNOWN: "nothing said in 45 days",
}
NOT_ASKED = "They have not been asked yet"
# Easy words: a picture and one or two short sentences for each status.
EASY_DONE = {
    Delivery.PLANNED: ("start", "We have not started yet."),
    Delivery.ON_TIME: ("helper", "We are doing what we said."),
    Delivery.LATE: ("time", "We are late."),
    Delivery.DELIVERED: ("check", "We have done what we said."),
    Delivery.UNKNOWN: ("hard", "We have not told you how it is going. That is not good enough."),
}
EASY_SHOWN = {
    Impact.NO_MEASURE: ("count", "We do not count this yet. So we do not know."),
    Impact.NO_DATA: ("count", "We have no numbers yet."),
    Impact.TOO_EARLY: ("time", "It is too soon to know if it helped."),
    Impact.NONE_SHOWN: ("hard", "The numbers do not show that it helped."),
    Impact.NO_CHANGE: ("count", "The numbers are the same as before."),
    Impact.IMPROVING: ("strong", "The numbers are getting better."),
    Impact.RELIABLE: ("goal", "The numbers are better. They stay better."),
    Impact.WORSE: ("hard", "The numbers are getting worse."),
    Impact.UNKNOWN: ("count", "We have no new numbers."),
}
EASY_FAMILIES = {
    Answer.YES: ("likes", "Families say: yes, it worked."),
    Answer.PARTLY: ("listen", "Families say: some of it worked."),
    Answer.NO: ("hard", "Families say: no, it did not work."),
    Answer.UNSURE: ("think", "Families say: we do not know yet."),
}
BETTER = {Impact.IMPROVING, Impact.RELIABLE}
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, kw_only=True)
class Glance:
    """A promise at a glance: what was done, what figures show, what families say."""

    done: str
    shown: str
    families: str


def glance(one: Stood) -> Glance:
    """The three answers for one finding, in plain words."""
    now = one.standing
    return Glance(
        done=DONE[now.delivery],
        shown=SHOWN[now.impact],
        families=FAMILIES[now.verdict.answer] if now.verdict else NOT_ASKED,
    )


def summary(found: Sequence[Stood]) -> list[str]:
    """How many promises there are, how many were done, how many got better or worse, and what families say."""
    if not found:
        return []
    of = [one.standing for one in found]
    steps = Counter(now.delivery for now in of)
    stand = [f"{words} for {steps[each]}" for each, words in STAND.items() if steps[each]]
    better, worse = sum(now.impact in BETTER for now in of), sum(now.impact == Impact.WORSE for now in of)
    said = Counter(now.verdict.answer for now in of if now.verdict)
    clear = sum(said[each] for each in (Answer.YES, Answer.PARTLY, Answer.NO))
    return [
        f"{counted(len(of), 'promise')} made. What was to be done: {', '.join(stand)}.",
        f"What figures show: {better} getting better, {worse} getting worse, {len(of) - better - worse} neither or "
        "not known.",
        f"What families say: it worked for {said[Answer.YES]}, partly for {said[Answer.PARTLY]}, not for "
        f"{said[Answer.NO]}; not asked or not sure about {len(of) - clear}.",
    ]


def easy_letter(
    place: str, dated: str, programmes: Sequence[tuple[Programme, Sequence[Stood]]], notes: Sequence[Meeting]
) -> Letter:
    """The public page in easy words with pictures, for the page itself and for its PDF."""
    blocks = [
        text("Some children need more help to learn.", symbol="learn"),
        text("We did not help children well enough. This page says what we do now.", symbol="hard"),
    ]
    for _, found in programmes:
        for one in found:
            blocks += _easy(one)
    if notes:
        blocks.append(heading("What we said when we met"))
        for each in notes:
            blocks += [
                text(f"{each.get_body_display()}, {day(each.meets_on)}.\n{line}", symbol="group")
                for line in each.chair_note.splitlines()
                if line.strip()
            ]
    return Letter(
        title="What we promised. What happened. Did it work?", council=place, sender=(), recipient="For everybody",
        address=(), dated=dated, reference="Easy read", blocks=tuple(blocks), look=Look.EASY,
        extra={"credit": credit()},
    )  # fmt: skip


def _easy(one: Stood) -> list[Block]:
    now = one.standing
    done, shown = EASY_DONE[now.delivery], EASY_SHOWN[now.impact]
    blocks = [
        heading(f"Promise {one.finding.number}"),
        text("We promised:\n" + "\n".join(_sentences(one.finding.outcome)), symbol="goal"),
        text(done[1], symbol=done[0]),
        text(shown[1], symbol=shown[0]),
    ]
    if now.verdict is None:
        blocks.append(text("We have not asked families yet.", symbol="family"))
    else:
        said = EASY_FAMILIES[now.verdict.answer]
        blocks.append(text(said[1], symbol=said[0]))
        words = latest_verdict(one.finding)
        if words:
            blocks.append(text("They said:\n" + "\n".join(_sentences(f"“{words.words}”")), symbol="talk", exact=True))
    if now.disputed:
        blocks.append(text("Families do not agree with us. We write down both.", symbol="think"))
    return blocks


def latest_verdict(finding: Finding) -> Verdict | None:
    """What families said last about a finding."""
    return max(finding.verdicts.all(), key=lambda one: one.on, default=None)


def _sentences(words: str) -> list[str]:
    return _SENTENCE.split(" ".join(words.split()))[:MOST_SENTENCES]


def pictured(block: Block) -> Markup:
    """A line of the easy version. The picture says nothing that the words do not, so it has no name."""
    if block.kind == "heading":
        return Markup('<h2 class="govuk-heading-l">{}</h2>').format(block.words)
    words = Markup("<br>").join(block.words.splitlines())
    shown = base64.b64encode(drawing(block.symbol)).decode()
    return Markup(
        '<div class="kept-letter__line"><img class="kept-letter__symbol" alt="" width="72" height="72" '
        'src="data:image/svg+xml;base64,{}"><div><p class="govuk-body">{}</p></div></div>'
    ).format(shown, words)
