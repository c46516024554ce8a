# ruff: noqa: E501 - a sentence stands on one line, so that it can be read
"""Words for the sections of made-up plans other than needs, outcomes and provision. Nobody in them is real."""

from __future__ import annotations

from kept.demo.plan_parts import EP

VIEWS = (
    "Child's views ([drawing with the class teacher|talk with {his} key worker|picture choices with {his} key adult], {was_day}): {n} likes [trains|football|dogs|drawing|water|cooking|dinosaurs|dancing] and [{his} brother|{his} gran|one friend, who sits beside {him}]. {He} wants [to be picked for a team|to go on the climbing frame|to be helped quietly, not in front of others|to have a pet].",
    "Child's views ([talk with the form tutor|drawing with {his} teaching assistant], {was_day}, written down word for word): “I like [maths when it is quiet|PE|making things|lunch]. I don't like [noise|writing|it when people talk about me|being last]. I want [a friend to sit with|to go to the same school as my cousin|more time].”",
)
HOPES = (
    "Parents' views ([home visit|phone call|letter], {was_day}): we hope that {n} will [have friends|live near us and be safe|read for pleasure|be listened to]. We worry about [the move to a new school|break times|what happens when the funding ends].",
)
HOW = (
    "{n} tells people things by [words, when there is time|pictures and a few signs|writing, more than by talking]. Give {him} ten seconds before you ask again.",
)
WISHES = (
    "{n} would like to [work with animals|drive a train|be a chef|look after small children|mend cars|have {his} own flat|make games] when {he} is grown up.",
)
BAD_VIEWS = (
    "{n} is a happy child who enjoys school. Targeted interventions facilitate {his} engagement with the curriculum in accordance with identified priorities.",
    "{n} did not give {his} views.",
)
HEALTH_NEEDS = (
    "{n} has [epilepsy with about two absence seizures a week. After a seizure {he} is confused for ten minutes and needs to lie down|asthma and uses a blue inhaler before sport|a feeding tube, which is cleaned at school each day].",
)
NO_HEALTH = (
    "The designated clinical officer assessed {n}'s records and confirmed on {was_day} that {he} has no health needs related to {his} special educational needs.",
)
BAD_HEALTH = ("Not known to service.", "None identified.", "N/A")
NO_CARE = (
    "A social worker met the family on {was_day} and found no social care needs related to {n}'s special educational needs.",
)
CARE_NEEDS = (
    "{n} needs one adult for {him} alone outside the house, as {he} has no sense of traffic. {His} parents have had no evening to themselves since {was}.",
)
HEALTH_PROVISION = (
    "A community children's nurse will check {n}'s health plan with the school team for {ten} minutes every four weeks at school. Commissioned by the integrated care board.",
)
CARE_PROVISION = (
    "{small_word} hours of non-residential short break each Saturday in term time, with one trained worker for {n} alone. Arranged under section 2 of the Chronically Sick and Disabled Persons Act 1970.",
)
BAD_CARE = ("Short breaks as appropriate.",)
BUDGET = ("The family was told about personal budgets on {was_day} and did not ask for a direct payment.",)
ADVISERS = (
    "parents, in writing", "the school's special educational needs co-ordinator", EP,
    "paediatrician (medical advice)", "social worker (social care advice)",
)  # fmt: skip
ADULTHOOD = "careers adviser (preparation for adulthood and independent living)"
NOTHING_NEEDED = {
    "G": "The integrated care board confirmed on {was_day} that no health care provision is required.",
    "H1": "{n} has no social care needs that call for provision under this section, so no provision is made here.",
    "H2": "The social worker found on {was_day} that no social care provision is required.",
}
SURNAMES = ("Penhale", "Kemble", "Varley", "Okaforu", "Chaudary", "Tolland", "Lathbury", "Mehtani", "Dray", "Sewellan")
INITIALS = "ABCDEFGHJKLMNPRST"
