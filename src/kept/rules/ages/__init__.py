"""Ages that the law and the schools count by: school year, compulsory school age, phase, child or young person."""

from kept.rules.ages.ages import (
    Phase,
    age_on,
    compulsory_school_age_begins,
    compulsory_school_age_ends,
    curriculum_year,
    is_of_compulsory_school_age,
    is_young_person,
    phase,
    say_age,
    say_school_year,
    say_year,
    school_year,
)

__all__ = [
    "Phase",
    "age_on",
    "compulsory_school_age_begins",
    "compulsory_school_age_ends",
    "curriculum_year",
    "is_of_compulsory_school_age",
    "is_young_person",
    "phase",
    "say_age",
    "say_school_year",
    "say_year",
    "school_year",
]
