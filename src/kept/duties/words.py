"""Who owes a duty, in words that a family can read, where the law's or the ledger's own words are no plain English."""

from __future__ import annotations

from collections.abc import Mapping

# Who owes it, at the start of a sentence, where the law's or the ledger's own words are no plain English. The council
# speaks of itself as "we", as it does on the rest of the page.
WE = "We"
HEALTH = "The health service"
OWNERS: Mapping[str, str] = {
    "old local authority": "The council where you lived before",
    "new local authority": "Your new council",
    "old responsible commissioning body": "The health service where you lived before",
    "new responsible commissioning body": "The health service where you live now",
    "responsible commissioning body": HEALTH,
    "local authority or responsible commissioning body": "We or the health service",
    "ICB, NHS trust or NHS foundation trust": HEALTH,
    "mediation adviser": "The mediation adviser",
    "person arranging the meeting": "Whoever sets up the meeting",
    "person arranging the meeting (LA or, for reg 20(12) schools, the head if required)": "Whoever sets up the meeting",
    "head teacher or principal (schools in reg 20(12)); otherwise local authority": "The head of the school, or we,",
    "school or institution consulted under s.39(2) or s.40(3)": "The school that we asked",
    "each body asked": "Each service that we asked",
    "each body asked (health, social care, educational psychology, school and others under reg 6)": (
        "Each service that we asked"
    ),
    "Health": HEALTH,
    "Social care": "The social care service",
    "Educational psychology": "The educational psychologist",
    "School or setting": "The school or nursery",
    "The school that the family prefers": "The school that you asked for",
}
