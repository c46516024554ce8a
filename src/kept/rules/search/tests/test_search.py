"""What a search does with ages, places, costs, slips, filters, and with anything that can be typed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.rules.search import Filters, Service, Synonym, build, load_concepts, load_synonyms
from kept.rules.search.concepts import Concept, read_concepts
from kept.rules.search.finder import Finder, Found
from kept.rules.search.hints import Hints
from kept.rules.search.intents import ages_in, read_intents
from kept.rules.search.places import kilometres
from kept.rules.search.query import read_query
from kept.rules.search.spelling import Speller
from kept.rules.search.stems import stem
from kept.rules.search.words import in_plain_english, letters_together, other_words

NEAR, FAR = (55.2, 2.1), (55.6, 2.9)


def service(key: str, name: str, description: str = "", **facts: object) -> Service:
    return Service(id=key, name=name, description=description, **facts)


SERVICES = [
    service(
        "ot", "Everyday Hands", "Occupational therapy for dressing and handwriting.", minimum_age=4, maximum_age=18
    ),
    service("salt", "Chatter Clinic", "Speech and language therapy.", minimum_age=0, maximum_age=18, cost="Free"),
    service("sleep", "Goodnight", "Help with bedtimes and night waking.", delivery="online"),
    service("swim-near", "Dolphins", "Inclusive swimming lessons.", postcode="QV1 1AA", latitude=55.2, longitude=2.1),
    service("swim-far", "Otters", "Inclusive swimming lessons.", postcode="QV6 8LP", latitude=55.6, longitude=2.9),
    service("tots", "Tiny Tots", "Stay and play.", categories=("Early years",), minimum_age=0, maximum_age=4),
    service("teens", "Switch", "Youth club.", categories=("Youth",), minimum_age=12, maximum_age=18, cost="£2"),
    service("advice", "SEND Advice", "Impartial information, advice and support.", cost="Free"),
]
INDEX = build(SERVICES)


def found(query: str, **facts: object) -> list[str]:
    return [hit.service_id for hit in INDEX.search(query, **facts)]


def test_families_words_find_what_entries_call_otherwise():
    assert found("cant do up his buttons")[0] == "ot"
    assert found("my son isn't talking yet")[0] == "salt"
    assert found("he won't go to bed")[0] == "sleep"


def test_a_hit_says_why_it_is_there():
    hit = INDEX.search("messy handwriting")[0]
    assert hit.words == ("handwriting",)
    assert hit.because == "matches: handwriting; also matches: occupational therapy"


def test_a_mended_word_is_said_and_can_be_refused():
    understood = INDEX.understand("ocupational therapy")
    assert understood.mended == (("ocupational", "occupational"),)
    assert understood.sentence == "Showing results for occupational (you typed ocupational)."
    assert found("ocupational")[0] == "ot"
    assert INDEX.search("ocupational", as_typed=True)[0].starting_point


@pytest.mark.parametrize("word", ["terrified", "again", "crisps", "OT", "T21", "cant", "his"])
def test_right_words_are_not_mended(word):
    assert INDEX.understand(word).mended == ()


def test_the_nearer_of_two_comes_first_wherever_the_place_was_said():
    assert found("swimming", postcode="QV6 8LP")[:2] == ["swim-far", "swim-near"]
    assert found("swimming QV1")[:2] == ["swim-near", "swim-far"]
    assert found("swimming near qv6 8lp")[:2] == ["swim-far", "swim-near"]
    assert found("swimming", latitude=FAR[0], longitude=FAR[1])[:2] == ["swim-far", "swim-near"]
    hit = INDEX.search("swimming", postcode="qv11aa")[0]
    assert hit.kilometres == pytest.approx(0, abs=0.01)


def test_kilometres_by_a_worked_example():
    """One degree of latitude is 6371 pi / 180 = 111.19 km."""
    assert kilometres((54.2, 2.1), SERVICES[3]) == pytest.approx(111.19, abs=0.01)


def test_an_unknown_postcode_does_no_harm():
    assert found("swimming", postcode="ZZ99 9ZZ")[:2] == ["swim-near", "swim-far"]


def test_ages_raise_what_fits():
    assert found("play group for my 2 year old")[0] == "tots"
    both = [service("old", "Talk Club Seniors", "Club.", minimum_age=12, maximum_age=18),
            service("young", "Talk Club Juniors", "Club.", minimum_age=5, maximum_age=11)]  # fmt: skip
    index = build(both)
    assert index.search("talk club", age=7)[0].service_id == "young"
    assert index.search("talk club for 14 year old")[0].service_id == "old"


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("3 year old not speaking", (3, 3)),
        ("3yr old", (3, 3)),
        ("my son is 14", (14, 14)),
        ("she turns 18", (18, 18)),
        ("two-year-old", (2, 2)),
        ("under 5s", (0, 4)),
        ("over 16", (16, 25)),
        ("5 to 11 years", (5, 11)),
        ("18 months", (1, 1)),
        ("year 6 transition", (10, 11)),
        ("teenager", (12, 18)),
        ("bus pass help college 17", (17, 17)),
        ("1 to 1 support", None),
        ("open day and night", None),
        ("999", None),
    ],
)
def test_ages_are_read(text, ages):
    assert ages_in(text) == ages


def test_what_is_said_beside_the_subject():
    said = read_intents("free swimming online near qx2 3de")
    assert (said.free, said.delivery, said.near, said.postcode, said.district) == (
        True, "online", True, "QX2 3DE", "QX2",
    )  # fmt: skip
    assert "qx2" not in said.rest
    assert not read_intents("free school meals").free


@pytest.mark.parametrize("query", ["suicidal", "my daughter wants to die", "he is self harming", "being abused"])
def test_danger_is_noticed(query):
    assert INDEX.understand(query).crisis


def test_no_danger_where_there_is_none():
    assert not INDEX.understand("swimming lessons").crisis


def test_filters_exclude_and_browsing_lists():
    assert set(found("", filters=Filters(free=True))) == {"salt", "advice"}
    assert "teens" not in found("", filters=Filters(age=5))
    assert found("", filters=Filters(age=18.5, categories=frozenset({"Youth"}))) == ["teens"]
    assert found("", filters=Filters(delivery=frozenset({"online"}))) == ["sleep"]
    assert found("swimming", filters=Filters(free=True))
    assert found("", limit=100) == [entry.id for entry in sorted(SERVICES, key=lambda entry: entry.name)]
    assert found("", postcode="QV6 8LP", limit=100)[-1] == "swim-near"


def test_a_filter_finds_the_one_among_thousands():
    crowd = [service(f"swim-{number}", f"Swimming club {number}", "Swimming lessons.") for number in range(1_000)]
    index = build([*crowd, service("free", "Baths", "A place to swim.", cost="Free")])
    assert [hit.service_id for hit in index.search("swimming", filters=Filters(free=True))] == ["free"]


def test_no_empty_page_when_nothing_matches():
    hits = INDEX.search("qwertyuiop zxcvbnm")
    assert hits[0].service_id == "advice"
    assert all(hit.starting_point for hit in hits)
    assert hits[0].because.startswith("nothing matched")


def test_editors_rows_are_used_and_can_be_switched_off():
    row = Synonym("blorptak", ("occupational therapy",))
    assert build(SERVICES, [row]).search("blorptak")[0].service_id == "ot"
    assert build(SERVICES, [replace(row, active=False)]).search("blorptak")[0].starting_point


def test_limits():
    assert len(INDEX.search("swimming", limit=1)) == 1
    assert build([]).search("swimming") == []
    assert build([]).search("") == []


@pytest.mark.parametrize("facts", [{"id": "", "name": "x"}, {"id": "x"}])
def test_a_service_without_id_or_name_is_refused(facts):
    with pytest.raises(ValueError, match="needs an id and a name"):
        build([facts])


@settings(deadline=None)
@given(query=st.text(max_size=200))
def test_anything_can_be_typed(query):
    hits = INDEX.search(query)
    assert 1 <= len(hits) <= 10
    assert all(hit.score >= 0 for hit in hits)
    INDEX.understand(query)


@pytest.mark.parametrize(
    "query",
    [
        "a" * 100_000,
        "autism " * 20_000,
        "not " * 25_000,
        "ﷺ" * 100_000,
        "توحد",
        "аутизм",
        "自閉症",
        "\x00\x1b[31m",
        "<script>alert(1)</script>",
        "'; drop table offer; --",
        "%%%___\\",
        "🦄" * 1_000,
    ],
)
def test_long_and_foreign_texts_are_answered(query):
    assert INDEX.search(query)


def test_the_same_search_gives_the_same_answer():
    assert INDEX.search("swimming for toddler") == build(SERVICES).search("swimming for toddler")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("caresses", "caress"), ("ponies", "poni"), ("cats", "cat"), ("agreed", "agre"), ("plastered", "plaster"),
        ("hopping", "hop"), ("falling", "fall"), ("filing", "file"), ("relational", "relat"), ("hopeful", "hope"),
        ("adjustment", "adjust"), ("rate", "rate"), ("controlling", "control"), ("children", "child"),
        ("autistic", "autism"), ("communities", "community"), ("communication", "communic"), ("14", "14"),
    ],
)  # fmt: skip
def test_stems(word, expected):
    assert stem(word) == expected


def test_spelling_mends_within_bounds():
    speller = Speller({"wheelchair", "dyslexia", "physiotherapy", "sleep", "bedwetting", "soft", "play"}, ())
    assert speller.read_as("weelchair") == ("wheelchair",)
    assert speller.read_as("dislexya") == ("dyslexia",)
    assert speller.read_as("fysiotherapy") == ("physiotherapy",)
    assert speller.read_as("softplay") == ("soft", "play")
    assert speller.read_as("slp") == ("slp",)
    assert speller.read_as("zzzzzzzz") == ("zzzzzzzz",)
    assert speller.joined("bed", "wetting") == "bedwetting"


def test_concepts_and_synonyms_are_whole():
    concepts, synonyms = load_concepts(), load_synonyms()
    assert len(synonyms) >= 280
    assert len(concepts) > 100
    assert len({concept.name for concept in concepts}) == len(concepts)
    assert all(concept.typed and concept.means for concept in concepts)
    assert all(0 < phrase.weight <= 1 for concept in concepts for phrase in (*concept.means, *concept.unlike))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("= A | wrong\ntyped: b", "“wrong” is not a kind"),
        ("typed: b", "Line 1"),
        ("= A\nmeans b", "Line 2"),
    ],
)
def test_a_malformed_concept_file_is_refused(text, words):
    with pytest.raises(ValueError, match=words):
        list(read_concepts(text))


def test_a_relation_to_nothing_is_refused():
    concepts = read_concepts("= A\ntyped: b\nmeans: c\nrelated: Nowhere=0.5")
    with pytest.raises(ValueError, match="is related to “Nowhere”"):
        build(SERVICES, (), concepts=concepts)


def one_concept(text: str) -> Concept:
    (concept,) = read_concepts(text)
    return concept


def finds(concept: Concept, query: str) -> list[Found]:
    return list(read_query(query, Finder([concept]), Speller(set(), set()), Hints([])).concepts)


def test_a_concept_counts_less_at_another_age():
    concepts = list(read_concepts("= Minding\nages: 0 to 11\ntyped: after school\nmeans: childminders\n"
                                  "= College\ntyped: after school\nmeans: college\n"))  # fmt: skip
    entries = [service("mind", "Childminders"), service("learn", "College"), *SERVICES]
    index = build(entries, (), concepts=concepts)
    first, second = index.search("what after school", age=19)[:2]
    assert (first.service_id, second.service_id) == ("learn", "mind")
    child = {hit.service_id: hit.score for hit in index.search("what after school", age=6)}
    assert child["mind"] > second.score


def test_more_of_the_query_makes_a_concept_surer():
    concept = one_concept("= Bus\ntyped: learn the bus; confident alone\nmeans: travel training\n")
    (once,), (twice,) = finds(concept, "learn the bus"), finds(concept, "learn the bus confident alone")
    assert twice.strength > once.strength
    assert once.covers < twice.covers


def test_not_belongs_to_its_neighbour():
    concept = one_concept("= Childcare\ntyped: nursery wont\nmeans: childcare place\n")
    assert finds(concept, "nursery wont have him")
    assert not finds(concept, "doesnt speak at nursery")


def test_little_words_hold_together_a_phrase_of_words_that_say_little():
    concept = one_concept("= Rest\ntyped: cant go on; get to school\nmeans: breaks\n")
    assert finds(concept, "I just can't go on")
    assert not finds(concept, "won't go to the dentist")
    assert finds(concept, "how do I get my little boy to school")
    assert not finds(concept, "school won't get help to us")


def test_a_word_that_no_phrase_explains_is_a_hint():
    concepts = list(read_concepts("= Tics\ntyped: blinking all the while\nmeans: tic disorders\n"
                                  "= Play\ntyped: play all the while\nmeans: play group\n"))  # fmt: skip
    entries = [service("tics", "Tic disorders clinic"), service("play", "Play group"), *SERVICES]
    index = build(entries, (), concepts=concepts)
    assert index.search("keeps blinking at dinner")[0].service_id == "tics"
    assert "Tics" in index.understand("keeps blinking at dinner").concepts
    assert index.understand("blinkng").mended == (("blinkng", "blinking"),)
    assert not index.understand("blinkng").concepts, "a guess upon a guess"


def test_a_phrase_that_needs_a_word_of_a_surer_one_counts_less():
    concepts = list(read_concepts("= Toilet\ntyped: potty training\nmeans: continence\n"
                                  "= Teachers\ntyped: autism training\nmeans: advisory teachers\n"))  # fmt: skip
    asked = read_query("potty training autistic child", Finder(concepts), Speller(set(), set()), Hints([]))
    strength = {found.concept.name: found.strength for found in asked.concepts}
    assert strength["Teachers"] < 0.7 * strength["Toilet"]


def test_a_condition_says_for_whom_beside_something_else():
    concepts = list(read_concepts("= Autism | condition\ntyped: autistic\nmeans: autism\n"
                                  "= Swimming\ntyped: swimming\nmeans: pool\n"))  # fmt: skip
    finder, speller = Finder(concepts), Speller(set(), set())
    (alone,) = read_query("autistic", finder, speller, Hints([])).concepts
    beside = read_query("autistic swimming", finder, speller, Hints([])).concepts
    assert min(found.strength for found in beside) < alone.strength


def test_who_asks_to_meet_is_not_sent_to_a_screen():
    entries = [replace(service("a", "Parents' circle", "Parents meet."), delivery="online"),
               service("b", "Parents' circle", "Parents meet.")]  # fmt: skip
    index = build(entries)
    assert index.search("meet other parents not online")[0].service_id == "b"
    assert index.search("meet other parents online")[0].service_id == "a"
    assert read_intents("online safety for parents").delivery == "online"


@pytest.mark.parametrize(
    "typed", ["clubs but not football", "saturday clubs, no football", "clubs other than football"]
)
def test_what_is_not_wanted_is_not_searched_for(typed):
    index = build(
        [service("ball", "Football", "Football for all."), service("club", "Saturday club", "Clubs, cooking.")]
    )
    assert index.search(typed)[0].service_id == "club"
    assert index.search("football club")[0].service_id == "ball"
    assert "sleep" in read_intents("not sleeping at all").rest


def test_a_phrase_of_one_word_and_persons_must_stand_as_it_is():
    concept = one_concept("= Friends\ntyped: kids like him\nmeans: friendship\n")
    assert finds(concept, "do the other kids like him")
    assert not finds(concept, "i feel like a failure")


@pytest.mark.parametrize(
    "word", ["match", "useless", "expert", "penny", "beard", "weird", "belongs", "waiter", "towel"]
)
def test_ordinary_words_are_not_mended(word):
    assert not build(SERVICES).understand(word).mended


def test_a_date_is_only_when():
    index = build([service("holiday", "Easter playscheme"), service("eat", "Eating disorder team")])
    assert index.search("not eating since easter")[0].service_id == "eat"
    assert index.search("easter")[0].service_id == "holiday"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("f.a.s.d", "fasd"), ("e h c p help", "ehcp help"), ("S.E.N.".lower(), "sen"), ("a 5 y o", "a 5 y o")],
)
def test_letters_typed_apart_are_one_abbreviation(typed, read):
    assert letters_together(typed).split() == read.split()


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("two and a half year old", (2, 2)), ("my y9 son", (13, 14)), ("ks2 help", (7, 11)), ("year six", (10, 11)),
        ("he is fifteen", (15, 15)), ("daughter (7)", (7, 7)), ("6 weeks old", (0, 0)), ("secondary age", (11, 16)),
        ("up at 4", None), ("5 months behind", None), ("10ish", (10, 10)), ("im 17", (17, 17)),
    ],
)  # fmt: skip
def test_more_ways_to_say_an_age(text, ages):
    assert ages_in(text) == ages


def test_little_words_of_an_entrys_phrase_must_stand_there():
    entries = [service("after", "Evenings", "For those who have just been diagnosed."),
               service("before", "Clinic", "Children are diagnosed here."), *SERVICES]  # fmt: skip
    index = build(entries, (), concepts=[one_concept("= After\ntyped: what now\nmeans: just been diagnosed\n")])
    assert [hit.service_id for hit in index.search("what now") if not hit.starting_point] == ["after"]


def test_an_age_is_not_looked_for_as_a_word():
    entries = [service("sib", "Fun days", "For siblings aged 8 to 14."), *SERVICES]
    hits = build(entries).search("sleep 14 year old")
    assert hits[0].service_id == "sleep"
    assert "sib" not in {hit.service_id for hit in hits}


def test_categories_are_not_read_as_one_text():
    entries = [service("a", "Visitors", categories=("Education", "Home visiting")),
               service("b", "Officer", categories=("Home education",)), *SERVICES]  # fmt: skip
    concept = one_concept("= Home education\ntyped: teach myself\nmeans: home education\n")
    assert [hit.service_id for hit in build(entries, (), concepts=[concept]).search("teach myself")] == ["b"]


def test_ages_of_a_concept_are_two_whole_numbers():
    with pytest.raises(ValueError, match="two whole numbers"):
        list(read_concepts("= A\nages: young\ntyped: b\nmeans: c\n"))


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("need sum1 b4 8-12 nite", "need someone before 8-12 night"),
        ("logopeda, syn 5", "speech therapist, son 5"),
        ("silla de ruedas", "wheelchair"),
        ("wont go to school", "wont go to school"),
        ("", ""),
    ],
)
def test_what_is_typed_short_or_in_another_language_is_put_into_plain_words(typed, plain):
    assert in_plain_english(typed)[0] == plain


def test_other_languages_and_ages_after_whose_child_it_is():
    assert ages_in("lad 5") is None
    assert ages_in("little one 2") == (2, 2)
    assert other_words()["nie mowi"] == ("not talking", "Polish")
    assert all(means.isascii() for means, _ in other_words().values())
    assert in_plain_english("logopeda b4 skl")[1] == (("logopeda", "speech therapist"),)
    understood = build(SERVICES).understand("logopeda 4 u")
    assert understood.sentence == "Showing results for speech therapist (you typed logopeda)."


def test_nobody_reads_that_an_entry_helps_in_a_crisis_which_only_is_near_it():
    music = {"id": "music", "name": "Music therapy", "description": "Plays and sings.", "categories": ["Mental health"]}
    line = {"id": "line", "name": "Listening line", "description": "A crisis line, day and night."}
    because = {hit.service_id: hit.because for hit in build([music, line]).search("crisis help")}
    assert because["line"].endswith("also matches: crisis help")
    assert because["music"] == "also matches: child and adolescent mental health"
