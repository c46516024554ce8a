"""What the Department for Education published about one authority; where it gave no figure, the region's or England's.

Every figure is read from `data/national`; `assumed` says in sentences what was not the authority's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kept.demo.published import CENSUS, LATEST, YEARS, Reader, UnknownAuthority, authorities, find, number, table

__all__ = ["LATEST", "YEARS", "UnknownAuthority", "authorities", "find", "number", "read", "table"]
SOURCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0. "
    "Source: Department for Education, Education, health and care plans, 2025."
)
NEEDS = {
    "asd": "ASD", "slcn": "SLCN", "semh": "SEMH", "mld": "MLD", "sld": "SLD", "pmld": "PMLD", "spld": "SPLD",
    "hi": "HI", "vi": "VI", "msi": "MSI", "pd": "PD", "oth": "OTH", "need_unknown": "NSA",
}  # fmt: skip
GROUPS = {
    "mainstream_total": "mainstream", "special_total": "special", "ap_pru_total": "alternative", "fe_total": "college",
    "ed_elsewhere": "elsewhere", "nm_early_years": "early_years", "placement_unknown": "unknown",
}  # fmt: skip
PLACES: dict[str, dict[str, tuple[str, ...]]] = {
    "mainstream": {
        "mainstream": (
            "mainstream_la_maintained", "mainstream_academy", "mainstream_free_school", "mainstream_independent",
        ),
        "resourced": (
            "mainstream_la_maintained_resourced_provision", "mainstream_academy_resourced_provision",
            "mainstream_free_school_resourced_provision",
        ),
        "sen_unit": (
            "mainstream_la_maintained_senunit", "mainstream_academy_senunit", "mainstream_free_school_senunit",
        ),
    },
    "special": {
        "special": ("special_la_maintained", "special_academy_free"),
        "independent_special": ("special_independent", "special_non_maintained"),
    },
    "alternative": {"alternative": ("ap_pru_total",)},
    "college": {
        "college": ("general_fe_tertiary_colleges", "ukrlp_provider"),
        "specialist_college": ("specialist_post_16_institutions",),
    },
    "elsewhere": {
        "home": ("elective_home_education", "other_arrangements_parents"),
        "eotas": ("other_arrangements_la", "online_provider"),
        "neet": ("neet", "neet_ntci", "neet_other", "neet_other_csa"),
        "awaiting": ("other_placement_settings", "w_settings", "other_schools"),
    },
    "early_years": {"early_years": ("nm_early_years",)},
    "unknown": {"awaiting": ("placement_unknown",)},
}  # fmt: skip
ETHNICITIES = {
    "White - White British": "WBRI", "White - Irish": "WIRI", "White - Traveller of Irish heritage": "WIRT",
    "White - Gypsy/Roma": "WROM", "White - Any other White background": "WOTH",
    "Mixed - White and Black Caribbean": "MWBC", "Mixed - White and Black African": "MWBA",
    "Mixed - White and Asian": "MWAS", "Mixed - Any other Mixed background": "MOTH", "Asian - Indian": "AIND",
    "Asian - Pakistani": "APKN", "Asian - Bangladeshi": "ABAN", "Asian - Any other Asian background": "AOTH",
    "Black - Black Caribbean": "BCRB", "Black - Black African": "BAFR",
    "Black - Any other Black background": "BOTH", "Asian - Chinese": "CHNE", "Any other ethnic group": "OOTH",
    "Unclassified": "NOBT",
}  # fmt: skip
REASONS = {
    "max_age": "reached the maximum age", "needs_met": "needs met without a plan", "he": "went to higher education",
    "employ": "went to work", "transfer": "moved to another authority",
    "no_engage": "no longer wishes to engage in education", "moved_outside_eng": "moved outside England",
    "deceased": "died", "other": "another reason",
}  # fmt: skip


@dataclass(frozen=True)
class YearFigures:
    """One calendar year of an authority. Shares are from 0 to 1."""

    year: int
    requests: int
    refused: int
    withdrawn: int
    within_six_weeks: float
    no_plan: int
    no_plan_in_time: float
    new_plans: int
    within_20_weeks: float
    over_a_year: float
    excepted: float
    ceased: Mapping[str, int]
    appeals: int
    mediations: int
    appeal_kinds: Mapping[str, float]
    own: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Figures:
    """An authority: its plans in January, who has them and where, its reviews, and its years."""

    name: str
    code: str
    region: str
    plans: int
    ages: Mapping[int, int]
    start_ages: Mapping[int, int]
    years_in_place: Mapping[int, int]
    needs: Mapping[str, int]
    new_needs: Mapping[str, int]
    groups: Mapping[str, int]
    groups_by_age: Mapping[int, Mapping[str, int]]
    places: Mapping[str, Mapping[str, int]]
    sexes: Mapping[str, int]
    ethnicities: Mapping[str, int]
    reviews_held: float
    reviews_decided_in_4_weeks: float
    reviews_amend: float
    years: tuple[YearFigures, ...]
    assumed: tuple[str, ...] = field(default=(), compare=False)


def age_of(words: str) -> int:
    """The age in "age 7", "under 3", "age 2 and under", "age 20 and over"."""
    figure = int((re.findall(r"\d+", words) or ["0"])[0])
    return figure - 1 if words.startswith("under") else figure


def _year(reader: Reader, year: int) -> YearFigures:
    when = {"time_period": str(year)}
    own: set[str] = set()

    def share(key: str, what: str, name: str, part: str, *whole: str) -> float:
        answer, is_own = reader.share(what, name, part, whole, **when)
        own.update({key} if is_own else ())
        return answer

    requests = reader.count("requests_by_area_2019_2024", "requests_received_in_year", **when)
    received = "requests_received_in_year"
    if requests is None:
        reader.note("Requests", "its new plans, at England's ratio", str(year))
        whole = reader.rows("requests_by_area_2019_2024", "England", **when)[0]
        plans = reader.rows("newplans_by_area_2019_2024", "England", **when)[0]
        mine = reader.count("newplans_by_area_2019_2024", "new_ehc_plans", **when) or 0
        requests = round(mine * (number(whole[received]) or 0) / (number(plans["new_ehc_plans"]) or 1))
    else:
        own.add("requests")
    asked = "requests_by_area_2019_2024"
    done = "assessments_by_area_2019_2024"
    in_time = "timeliness_20_week_by_area_2019_2024"
    new_plans = reader.count("newplans_by_area_2019_2024", "new_ehc_plans", **when)
    if new_plans is None:
        new_plans = reader.count(in_time, "plans_issued_den", **when) or round(requests * 0.63)
        reader.assumed[f"New plans of {year} were not published: taken from the plans issued."] = None
    else:
        own.add("new_plans")
    no_plan = share(
        "no_plan", "Assessments without a plan", done, "assess_not_issued", "assess_issued", "assess_not_issued"
    )
    reasons = {name: name for name in (*REASONS, "not_rec")}
    ceased = {
        name: count
        for name, count in reader.split("Ceased plans", "ceased_plans_by_area_2022_2024", reasons, **when).items()
        if count
    }
    if reader.count("ceased_plans_by_area_2022_2024", "total_ceased", **when) is None and ceased:
        held = reader.count("caseload_by_area_2019_2025", "ehcplans", time_period=CENSUS) or 0
        ceased = {name: round(count * 0.07 * held / sum(ceased.values())) for name, count in ceased.items()}
    else:
        own.add("ceased")
    tribunal = [r for r in table("send_tribunal_appeals_by_la_2014_2024") if r["la_code"] == reader.code]
    appeals = next((number(r["appeals_registered"]) for r in tribunal if r["calendar_year"] == str(year)), None)
    kinds = {
        "request": reader.count(asked, "tribunal_related_request", **when) or 0,
        "no_plan": reader.count(done, "number_assess_tribunal", **when) or 0,
        "content": reader.count(done, "number_other_tribunal", **when) or 0,
    }
    quick, over = "plans_issued_within_20_weeks", "plans_issued_gt_1_year"
    refused = share("refused", "Refusals to assess", asked, "requests_decided_not_to_assess", received)
    return YearFigures(
        year=year,
        requests=requests,
        refused=round(requests * refused),
        withdrawn=round(requests * share("withdrawn", "Withdrawn requests", asked, "requests_withdrawn", received)),
        within_six_weeks=share(
            "within_six_weeks", "Decisions within 6 weeks", asked,
            "request_outcome_six_weeks", "request_outcome_six_weeks", "request_outcome_over_6_weeks",
        ),
        no_plan=round(new_plans * no_plan / max(0.01, 1 - no_plan)),
        no_plan_in_time=share(
            "no_plan_in_time", "Decisions not to issue within 16 weeks", done,
            "outcome_decision_within_time", "outcome_decision_within_time", "outcome_decision_over_time",
        ),
        new_plans=new_plans,
        within_20_weeks=share("within_20_weeks", "Plans within 20 weeks", in_time, quick, "plans_issued_den"),
        over_a_year=share("over_a_year", "Plans after more than a year", in_time, over, "plans_issued_den"),
        excepted=max(0.0, 1 - share("excepted", "Exceptions", in_time, "plans_issued_den_ex", "plans_issued_den")),
        ceased=ceased,
        appeals=appeals or 0,
        mediations=reader.count(asked, "mediation_related_request", **when) or 0,
        appeal_kinds=kinds if sum(kinds.values()) else {"request": 0.3, "no_plan": 0.05, "content": 0.65},
        own=frozenset(own | ({"appeals"} if appeals is not None else set())),
    )  # fmt: skip


def read(name: str) -> Figures:
    """The published figures of the authority with this name. Raises UnknownAuthority."""
    reader = Reader(find(name))
    caseload, breakdowns = "caseload_by_area_2019_2025", "caseload_breakdowns_2025"
    now = {"time_period": CENSUS}
    plans = reader.count(caseload, "ehcplans", **now) or 0
    columns = {column: column for group in PLACES.values() for names in group.values() for column in names}
    detail = reader.split("Settings", caseload, columns, **now)
    ages = {
        where: reader.rows(breakdowns, where, breakdown_topic="Child or young persons age")
        for where in ("own", "England")
    }
    by_age: dict[int, dict[str, int]] = {}
    for where in ("England", "own"):
        for row in ages[where]:
            counts = {group: number(row[column]) or 0 for column, group in GROUPS.items()}
            if sum(counts.values()):
                by_age[age_of(row["breakdown"])] = counts
    reviews = "annual_reviews_by_area_2024"
    asked = {"time_period": str(LATEST)}
    held, _ = reader.share("Reviews held in the year", reviews, "review_meeting_24", ["review_expected"], **asked)
    decided, _ = reader.share(
        "Review decisions within 4 weeks", reviews, "number_decsion_4weeks",
        ["number_decsion_4weeks", "number_decision_gt_4weeks"], **asked,
    )  # fmt: skip
    outcomes = ["outcome_amend", "outcome_cease", "outcome_maintan"]
    amend, _ = reader.share("Reviews that amend", reviews, "outcome_amend", outcomes, **asked)
    topics = {
        "ages": reader.breakdown("Ages", breakdowns, "Child or young persons age", "ehcplans"),
        "years": reader.breakdown("Years in place", breakdowns, "Years EHC plan in place", "ehcplans"),
        "sexes": reader.breakdown("Sex", breakdowns, "Sex", "ehcplans"),
        "ethnicities": reader.breakdown("Ethnicity", breakdowns, "Ethnicity", "ehcplans"),
        "start": reader.breakdown(
            "Ages of new plans", "newplans_by_age_2024", "Age when plan started", "new_ehc_plans"
        ),
    }
    needs = {f"number_{column}": code for column, code in NEEDS.items()}
    return Figures(
        name=reader.name,
        code=reader.code,
        region=reader.region,
        plans=plans,
        ages={age_of(words): count for words, count in topics["ages"].items()},
        start_ages={age_of(words): count for words, count in topics["start"].items()},
        years_in_place={age_of(words): count for words, count in topics["years"].items()},
        needs=reader.split("Needs", "need_by_area_2025", needs, **now),
        new_needs=reader.split("Needs of new plans", "newplan_need_by_area_2024", needs, **asked),
        groups=reader.split("Groups of settings", caseload, GROUPS, **now),
        groups_by_age=by_age,
        places={
            group: {place: sum(detail.get(column, 0) for column in names) for place, names in places.items()}
            for group, places in PLACES.items()
        },
        sexes={code: topics["sexes"].get(words, 0) for words, code in (("Female", "F"), ("Male", "M"))},
        ethnicities={ETHNICITIES[words]: n for words, n in topics["ethnicities"].items() if words in ETHNICITIES},
        reviews_held=held,
        reviews_decided_in_4_weeks=decided,
        reviews_amend=amend,
        years=tuple(_year(reader, year) for year in YEARS),
        assumed=tuple(reader.assumed),
    )
