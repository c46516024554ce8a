"""Templates: what may not be left out, what is filled in, what is missing."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.design.symbols import names
from kept.letters import Letter, Look
from kept.letters.html import as_html
from kept.notices.counting import Dates
from kept.notices.making import WILL_ASSESS, _cease_words
from kept.notices.sorts import SORTS
from kept.notices.wording import FIELDS, Template, check_template, fill, names_of_statements, our_template, statements
from kept.rules.process.notices import KINDS
from kept.rules.process.stages import MOVES
from kept.rules.reading import measure, text_blocks

FULL = {name: f"<{name}>" for name in FIELDS} | {"enclosures": ["Draft plan"], "changes_listed": ["Section F"]}
EVERY = [
    pytest.param(sort, easy, id=f"{sort.key}{' easy' if easy else ''}") for sort in SORTS.values() for easy in (0, 1)
]


@pytest.mark.parametrize(("sort", "easy"), EVERY)
def test_every_template_that_comes_with_kept_holds_what_the_law_requires(sort, easy):
    assert check_template(our_template(sort), sort, easy=bool(easy)) == []
    filled = fill(our_template(sort), sort, FULL, easy=bool(easy))
    assert filled.missing == []
    assert sort.statements <= filled.statements
    assert "{{" not in "".join(block.words + "".join(block.items) for block in filled.blocks)


@pytest.mark.parametrize(("sort", "easy"), EVERY)
def test_each_required_statement_is_missed_when_it_is_taken_out(sort, easy):
    whole = our_template(sort)
    for name in sort.statements:
        lines = [line for line in whole.body.splitlines() if line not in {f"{{{{{name}}}}}", "{{rights}}"}]
        kept = [f"{{{{{one}}}}}" for one in sort.statements if one != name]
        assert any(
            name in words for words in check_template(Template("T", "\n".join(lines + kept)), sort, easy=bool(easy))
        )


def test_every_notice_of_the_rules_has_a_sort_that_holds_all_its_contents():
    assert {sort.number for sort in SORTS.values()} == set(KINDS)
    for sort in SORTS.values():
        left = set(sort.kind.content) - set(sort.holds)
        # notice before a change is only for payments that go on or went on
        assert left <= {"reasonable notice before reducing or stopping"} if sort.key == "N14-refuse" else not left
    assert {move.notice for move in MOVES if move.notice} <= {sort.number for sort in SORTS.values()}


def test_rights_are_told_wherever_the_rules_give_them():
    decisions = {sort.decision for sort in SORTS.values() if sort.decision}
    assert decisions == {
        "refuse_assess",
        "refuse_issue",
        "final_plan",
        "amended_plan",
        "not_amend",
        "refuse_reassess",
        "cease",
    }


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("{{nonsense}}", "no field called {{nonsense}}"),
        ("Dear {{child", "not closed"),
        ("We say {{reasons}} here", "on a line of its own"),
        ("We say {{rights}} here", "on a line of its own"),
    ],
)
def test_a_template_with_a_fault_is_told_so(body, words):
    assert any(words in problem for problem in check_template(Template("T", body), SORTS["N2-refuse"]))


def test_a_field_without_a_value_is_named():
    filled = fill(our_template(SORTS["N2-refuse"]), SORTS["N2-refuse"], FULL | {"appeal_by": "", "reasons": ""})
    assert filled.missing == ["reasons", "appeal_by"]


@given(st.text(max_size=60))
def test_what_an_officer_writes_is_never_read_as_a_template(words):
    filled = fill(Template("T", "{{reasons}}"), SORTS["N2-refuse"], {"reasons": f"x{words}"})
    assert filled.statements == set()
    assert all(block.kind == "text" for block in filled.blocks)


def test_no_statement_is_without_a_use():
    used = set()
    for sort in SORTS.values():
        used |= fill(our_template(sort), sort, FULL).statements
    assert names_of_statements() - used == {"copy_note"}


PLAINLY = dict.fromkeys(FIELDS, "15 December 2025") | {
    "child": "Nia Sample",
    "first_name": "Nia",
    "who": "Nia",
    "whose": "Nia’s",
    "Whose": "Nia’s",
    "council": "Sandhaven Council",
    "cease_words": _cease_words(Dates(date(2025, 12, 15), date(2025, 12, 15), cease_from=date(2026, 2, 16))),
    "will_assess_words": WILL_ASSESS["no"],
    "enclosures": ["Draft plan"],
    "changes_listed": ["Section F"],
}
OF_SERVICES = r"adviser|disagreement|sendiass|la_phone|schools_where|tribunal|meeting_where"
OF_THE_LAW = r"EHC|advice that it was made from|Section [BFI]|First-tier Tribunal|Regulations 2015"


def as_read(sort, *, easy):
    """A letter as its family reads it, without the words that nobody may put more simply; and how many it has."""
    made = fill(our_template(sort), sort, PLAINLY, easy=easy)
    letter = Letter(made.title, "", (), "", (), "", "", tuple(made.blocks))
    return measure(text_blocks(str(as_html(letter)), inside="article")), letter


@pytest.mark.parametrize(("sort", "easy"), EVERY)
def test_a_child_of_eleven_can_read_every_letter(sort, easy):
    found, letter = as_read(sort, easy=bool(easy))
    assert found.age < (9 if easy else 11)
    whole = measure([block.words for block in letter.blocks] + [i for block in letter.blocks for i in block.items])
    assert found.words > whole.words / 3  # what is measured is a good part of the letter


def test_the_reading_age_would_notice_a_hard_sentence():
    sort = SORTS["N2-refuse"]
    hard = "We hereby respectfully communicate our determination regarding statutory assessment eligibility. " * 4
    template = Template("T", f"{hard}\n{our_template(sort).body}")
    blocks = tuple(fill(template, sort, PLAINLY).blocks)
    assert measure(text_blocks(str(as_html(Letter("T", "", (), "", (), "", "", blocks))), inside="article")).age > 11


def test_only_the_laws_own_words_and_addresses_of_services_are_left_out_of_the_reading_age():
    lines = [line for words in statements().values() for line in words.splitlines() if line.startswith("§")]
    assert len(lines) > 20
    assert [one for one in lines if not re.search(f"{OF_SERVICES}|{OF_THE_LAW}", one)] == []


@pytest.mark.parametrize("sort", SORTS.values(), ids=str)
def test_every_line_of_an_easy_letter_has_a_picture(sort):
    blocks = fill(our_template(sort), sort, PLAINLY, easy=True).blocks
    bare = [one for one in blocks if one.kind in {"text", "dates"} and not one.symbol and 0 not in one.exact]
    assert bare == []
    assert {one.symbol for one in blocks if one.symbol} <= names()
    assert not any(one.symbol for one in fill(our_template(sort), sort, PLAINLY).blocks)


def test_a_picture_that_there_is_not_is_told():
    body = ":dragon: Hello\n" + our_template(SORTS["N1"]).body
    assert any("no picture called dragon" in words for words in check_template(Template("T", body), SORTS["N1"]))


def test_easy_read_is_shorter_in_its_sentences():
    def longest(words: str) -> int:
        return max(len(line.split()) for line in words.splitlines())

    for key, words in statements().items():
        if key.endswith(".easy"):
            assert longest(words) <= 25, key
    assert Look.EASY in set(Look)
