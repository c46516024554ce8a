"""A copy is written for the family: every kind of entry, field and choice has plain words, whichever table is added."""

from __future__ import annotations

import re

import pytest
from django.db import models

from kept.delivery.models import Record
from kept.delivery.words import Came
from kept.documents.models import Document
from kept.duties.models import Duty
from kept.subject_access import plain_words
from kept.subject_access.gathering import SILENT, say, tables

MODELS = [model for model, _ in tables()]
EVERY = pytest.mark.parametrize("model", MODELS, ids=[model._meta.db_table for model in MODELS])
CODED = re.compile(r"[a-z0-9]+_|[0-9a-f]{8}-|^[A-Z_]{4,}$")
OF_TABLES = re.compile(r"\b(uuid|id|digest|lineage|json|sha256|boolean|table|row|foreign)\b", re.IGNORECASE)


@EVERY
def test_every_kind_of_entry_has_a_name(model: type[models.Model]) -> None:
    kind = plain_words.kinds().get(model._meta.db_table)
    assert kind, f"{model._meta.db_table}: say in words/kinds.txt what a family calls one and many"
    fields = {one.name: one for one in model._meta.concrete_fields}
    assert kind.field in {"", *fields}
    assert not kind.field or (kind.field not in SILENT and plain_words.label(model, fields[kind.field]))
    assert not OF_TABLES.search(f"{kind.one} {kind.many}")


@EVERY
def test_every_field_and_choice_has_plain_words(model: type[models.Model]) -> None:
    for one in model._meta.concrete_fields:
        if one.name in SILENT:
            continue
        label = plain_words.label(model, one)
        assert label is not None, f"{model._meta.db_table}.{one.name}: say in words/fields.txt what a family calls it"
        assert not OF_TABLES.search(label), label
        for _, words in one.flatchoices if label else ():
            assert not CODED.search(str(words)), f"{model._meta.db_table}.{one.name}: {words}"


def test_the_lists_name_only_what_there_is() -> None:
    there = {model._meta.db_table: {one.name for one in model._meta.concrete_fields} for model in MODELS}
    assert set(plain_words.kinds()) == set(there)
    everywhere = set().union(*there.values())
    for name in plain_words._labels():
        table, _, field = name.rpartition(".")
        assert field in (there[table] if table else everywhere), name
    for name in plain_words.CODES:
        table, _, field = name.rpartition(".")
        assert field in there[table], name


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("cases_event.kind", "request_received", "The request was received"),
        ("cases_case.stage", "CEASED", "The plan has ended."),
        ("delivery_counted.half_term", "2026-autumn-2", "second half of the autumn term 2026"),
        ("duties_duty.evidence", "Event of the case: request_received", "The request was received"),
        ("duties_duty.because", "3 months from 2026-07-29.", "3 months from 29 July 2026."),
        ("duties_duty.evidence", "Answered in public", "Answered in public"),
        ("duties_duty.owed_by", "local authority", "The council"),
        ("waiting_referral.closed_reason", "moved_away", "Moved away"),
        ("people_child.language", "eng", "English"),
    ],
)
def test_codes_are_said_in_words(name: str, code: str, words: str) -> None:
    assert plain_words.CODES[name](code) == words


def test_an_entry_that_points_to_another_repeats_no_text_that_may_be_hidden_there() -> None:
    assert plain_words.of_related(Duty(what="Call Esme of 12 Sand Lane")) == "Something that is owed"
    assert plain_words.of_related(Document(title="A letter about Esme")) == "Paper or file"
    assert plain_words.of_related(Record(status="missed")) == Came.MISSED.label


def test_no_key_and_no_name_of_the_record_is_read() -> None:
    key = "01a208fd-5bac-7068-a3a3-021b9b2f296d"
    assert plain_words.without_keys(f"{key}: system") == ""
    assert (
        say({"sent_on": "2026-11-23", "sort": "moved_away", "of": key}) == "Sent on: 23 November 2026\nSort: Moved away"
    )
    assert say("www.example.org") == "www.example.org"
