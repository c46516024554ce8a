"""Roles in plain words and what each may do: the one table behind the page, the predicates and the tests.

A role says what a person may do. Whom they may do it for is decided by `scope`: everyone in the area, only the
children joined to them by a grant, or nobody by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Which children a role reaches."""

    AREA = "area"
    GRANTED = "granted"
    NOBODY = "nobody"


class Can(StrEnum):
    """Everything that somebody may be allowed to do, in words an administrator and an auditor both read."""

    SEE_RECORD = "see a child's record"
    SEE_CASES = "see the list of cases"
    SEE_TEAM = "see a team's work and how late it is"
    WORK_CASES = "record events and decisions of a case"
    ADD_CHILDREN = "add a child to the record"
    EDIT_PEOPLE = "change names, addresses and relationships"
    ASSIGN_WORK = "give work to another person or team"
    DECIDE_PANEL = "decide what the panel decides"
    SET_STANDARDS = "change how soon families are answered and when they are emailed"
    GIVE_ADVICE = "answer a request for advice"
    MANAGE_ACCESS = "give and end roles, agencies and teams"
    SEE_TRAILS = "read who looked and who changed what"
    SEE_FIGURES = "see figures without names"
    BREAK_GLASS = "open a record in an emergency, with a reason"
    FOLLOW_OWN = "follow their own or their child's case"
    SEND_REQUEST = "send a request for an assessment"
    CONFIRM_ROLL = "confirm who is on roll and attending"
    EDIT_OFFER = "edit the Local Offer"
    EDIT_OWN_OFFER = "edit their own entries in the Local Offer"
    EDIT_PLANS = "write and finalise plans"
    EDIT_LETTERS = "change the council's letters and their templates"
    RECORD_DELIVERY = "record what was delivered"
    RUN_LISTS = "run a waiting list"
    PLAN_CAPACITY = "plan who is needed on a waiting list"
    KEEP_LISTS = "set up waiting lists, bring in their files and answer what is asked about them"
    RUN_PROGRAMME = "run the improvement programme"
    SET_LIMITS = "set new limits on a chart, with a reason"
    BRING_FIGURES = "bring in figures from outside and choose which areas to compare with"
    FUND_SERVICES = "say how much of a service is paid for"
    JUDGE_IMPROVEMENT = "give the families' verdict on improvement"
    RUN_REVIEWS = "plan and hold annual reviews"
    RUN_AUDITS = "run audits of plans"
    JUDGE_PLANS = "judge plans without names in an audit"
    HOST_VISITS = "choose the children whom an inspection visit may see"
    REVIEW_RETENTION = "decide whether a record whose time is up is removed"
    CONFIRM_REMOVAL = "confirm that a record is removed"
    SEE_VISIT = "look at the children of their own inspection visit"


@dataclass(frozen=True)
class RoleFacts:
    """A role's name and description in plain English, whom it reaches and what it may do."""

    name: str
    description: str
    scope: Scope
    can: frozenset[Can]


class Role(StrEnum):
    """The roles of a local area."""

    CASE_OFFICER = "case_officer"
    CASE_MANAGER = "case_manager"
    DIRECTOR = "director"
    PROFESSIONAL = "professional"
    DESIGNATED_OFFICER = "designated_officer"
    SCHOOL = "school"
    FAMILY = "family"
    ADVOCATE = "advocate"
    TRANSPORT = "transport"
    ANALYST = "analyst"
    AUDITOR = "auditor"
    INSPECTOR = "inspector"
    DATA_PROTECTION = "data_protection"
    ADMINISTRATOR = "administrator"
    OFFER_EDITOR = "offer_editor"
    PROVIDER = "provider"
    FORUM = "forum"
    SYSTEM = "system"


_OFFICER = frozenset(
    {
        Can.SEE_RECORD,
        Can.SEE_CASES,
        Can.SEE_TEAM,
        Can.WORK_CASES,
        Can.ADD_CHILDREN,
        Can.EDIT_PEOPLE,
        Can.ASSIGN_WORK,
        Can.EDIT_PLANS,
        Can.RUN_REVIEWS,
        Can.JUDGE_PLANS,
    }
)

ROLES: dict[Role, RoleFacts] = {
    Role.CASE_OFFICER: RoleFacts(
        "Case officer", "Runs the EHC cases of the area from request to plan and review.", Scope.AREA, _OFFICER
    ),
    Role.CASE_MANAGER: RoleFacts(
        "Case manager",
        "Leads case officers: shares out the work, decides what the panel decides, sees the team's timeliness.",
        Scope.AREA,
        _OFFICER
        | {
            Can.DECIDE_PANEL,
            Can.SET_STANDARDS,
            Can.SEE_FIGURES,
            Can.EDIT_LETTERS,
            Can.RUN_AUDITS,
            Can.RUN_LISTS,
            Can.KEEP_LISTS,
            Can.PLAN_CAPACITY,
            Can.FUND_SERVICES,
            Can.SET_LIMITS,
            Can.BRING_FIGURES,
            Can.HOST_VISITS,
            Can.REVIEW_RETENTION,
        },
    ),
    Role.DIRECTOR: RoleFacts(
        "Director",
        "Answers for the area: sees every case, every team and every figure.",
        Scope.AREA,
        frozenset(
            {
                Can.SEE_RECORD,
                Can.SEE_CASES,
                Can.SEE_TEAM,
                Can.SET_STANDARDS,
                Can.SEE_FIGURES,
                Can.RUN_PROGRAMME,
                Can.RUN_AUDITS,
                Can.PLAN_CAPACITY,
                Can.FUND_SERVICES,
                Can.HOST_VISITS,
            }
        ),
    ),
    Role.PROFESSIONAL: RoleFacts(
        "Professional",
        "A therapist, psychologist, doctor or social worker: sees the children their service is involved with.",
        Scope.GRANTED,
        frozenset(
            {
                Can.SEE_RECORD,
                Can.GIVE_ADVICE,
                Can.RECORD_DELIVERY,
                Can.RUN_LISTS,
                Can.BREAK_GLASS,
                Can.JUDGE_PLANS,
            }
        ),
    ),
    Role.DESIGNATED_OFFICER: RoleFacts(
        "Designated health or social care officer",
        "Makes sure their partners answer: sees the children their service is involved with and how late it is.",
        Scope.GRANTED,
        frozenset(
            {
                Can.SEE_RECORD,
                Can.GIVE_ADVICE,
                Can.SEE_TEAM,
                Can.ASSIGN_WORK,
                Can.SEE_FIGURES,
                Can.RUN_PROGRAMME,
                Can.KEEP_LISTS,
                Can.PLAN_CAPACITY,
                Can.JUDGE_PLANS,
                Can.FUND_SERVICES,
            }
        ),
    ),
    Role.SCHOOL: RoleFacts(
        "School",
        "A head teacher or SENCO: sees their own pupils, sends requests, answers and confirms.",
        Scope.GRANTED,
        frozenset(
            {
                Can.SEE_RECORD,
                Can.GIVE_ADVICE,
                Can.SEND_REQUEST,
                Can.CONFIRM_ROLL,
                Can.RECORD_DELIVERY,
                Can.RUN_REVIEWS,
                Can.JUDGE_PLANS,
            }
        ),
    ),
    Role.FAMILY: RoleFacts(
        "Family",
        "A parent, carer or young person: sees their own record and what they are owed.",
        Scope.GRANTED,
        frozenset({Can.FOLLOW_OWN, Can.SEND_REQUEST}),
    ),
    Role.ADVOCATE: RoleFacts(
        "Advocate",
        "Helps a family that invited them, until the family ends it.",
        Scope.GRANTED,
        frozenset({Can.FOLLOW_OWN}),
    ),
    Role.TRANSPORT: RoleFacts(
        "Transport staff",
        "Will see only what a journey needs; sees nothing of a child's record until journeys are in Kept.",
        Scope.NOBODY,
        frozenset(),
    ),
    Role.ANALYST: RoleFacts(
        "Analyst",
        "Sees figures, never names.",
        Scope.NOBODY,
        frozenset({Can.SEE_FIGURES, Can.SET_LIMITS, Can.BRING_FIGURES}),
    ),
    Role.AUDITOR: RoleFacts(
        "Auditor", "Reads the trails, not the records.", Scope.NOBODY, frozenset({Can.SEE_TRAILS, Can.SEE_FIGURES})
    ),
    Role.INSPECTOR: RoleFacts(
        "Inspector",
        "Sees the children chosen for a visit, while the visit lasts.",
        Scope.GRANTED,
        frozenset({Can.SEE_RECORD, Can.SEE_FIGURES, Can.SEE_VISIT}),
    ),
    Role.DATA_PROTECTION: RoleFacts(
        "Data protection officer",
        "Reads every trail and every emergency opening; confirms what is removed when its time is up.",
        Scope.NOBODY,
        frozenset({Can.SEE_TRAILS, Can.CONFIRM_REMOVAL}),
    ),
    Role.ADMINISTRATOR: RoleFacts(
        "Administrator",
        "Gives and ends roles. Sees no child's record.",
        Scope.NOBODY,
        frozenset({Can.MANAGE_ACCESS, Can.SEE_TRAILS}),
    ),
    Role.OFFER_EDITOR: RoleFacts(
        "Local Offer editor", "Keeps the Local Offer true.", Scope.NOBODY, frozenset({Can.EDIT_OFFER})
    ),
    Role.PROVIDER: RoleFacts(
        "Provider", "Keeps its own entries in the Local Offer true.", Scope.NOBODY, frozenset({Can.EDIT_OWN_OFFER})
    ),
    Role.FORUM: RoleFacts(
        "Parent carer forum",
        "Speaks for families: gives their verdict on improvement, and judges plans without names.",
        Scope.NOBODY,
        frozenset({Can.SEE_FIGURES, Can.JUDGE_IMPROVEMENT, Can.JUDGE_PLANS}),
    ),
    Role.SYSTEM: RoleFacts(
        "Kept itself", "Jobs that run without a person. Cannot sign in.", Scope.AREA, frozenset(Can)
    ),
}


def roles_reaching(scope: Scope) -> list[str]:
    """The roles with that scope, for the database's own copy of the rule."""
    return sorted(role.value for role, facts in ROLES.items() if facts.scope is scope)
