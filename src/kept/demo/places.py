"""The organisations of the area, their teams, and the people who work in them; all made up."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from kept.access.models import Agency, AgencyKind, Area, Membership, SettingKind, Team, User
from kept.access.roles import Role
from kept.demo import drawing, names
from kept.demo.bulk import Pourer
from kept.rules.identifiers.made_up import made_up_postcode, made_up_urn

PLANS_AN_OFFICER = 180
SINCE_YEARS = 6
SETTINGS: dict[str, tuple[int, str]] = {
    SettingKind.EARLY_YEARS: (7, "Nursery"),
    "primary": (22, "Primary School"),
    "secondary": (9, "High School"),
    SettingKind.RESOURCED: (5, "Primary School, The Harbour (resourced provision)"),
    SettingKind.SPECIAL: (6, "School"),
    SettingKind.INDEPENDENT_SPECIAL: (4, "House School"),
    SettingKind.ALTERNATIVE: (2, "Centre"),
    SettingKind.COLLEGE: (2, "College"),
    SettingKind.SPECIALIST_COLLEGE: (2, "Specialist College"),
}
BODIES = {  # who answers requests for advice, by the body that is asked
    "Educational psychology": ("psychology", "ep", "Educational psychology"),
    "Health": ("health", "therapy", "Children's therapies"),
    "Social care": ("social_care", "care", "Disabled children's social work"),
}


@dataclass(frozen=True)
class Worker:
    """A kind of person who can be signed in as: what they are called, and one sentence on what they do."""

    key: str
    title: str
    does: str
    role: Role
    agency: str
    team: str = ""


WORKERS: tuple[Worker, ...] = (
    Worker("officer", "Case officer", "Runs about 180 children's cases, from request to plan and review.",
           Role.CASE_OFFICER, "send", "Casework"),
    Worker("manager", "Case manager", "Shares out the work, leads the panel and answers for what is late.",
           Role.CASE_MANAGER, "send", "Casework"),
    Worker("director", "Director", "Answers for the area; sees every team and figure.", Role.DIRECTOR, "send"),
    Worker("psychologist", "Educational psychologist", "Gives psychological advice within six weeks of being asked.",
           Role.PROFESSIONAL, "ep", "Educational psychology"),
    Worker("therapist", "Speech and language therapist", "Gives health advice and delivers what plans promise.",
           Role.PROFESSIONAL, "therapy", "Children's therapies"),
    Worker("clinical-officer", "Designated clinical officer", "Sees that every health service answers in time.",
           Role.DESIGNATED_OFFICER, "therapy"),
    Worker("social-worker", "Social worker", "Gives social care advice on the children that the team is asked about.",
           Role.PROFESSIONAL, "care", "Disabled children's social work"),
    Worker("senco", "SENCO of a mainstream school", "Sends requests, holds reviews, answers for the pupils.",
           Role.SCHOOL, "senco"),
    Worker("head", "Head of a special school", "Answers consultations and leads annual reviews.", Role.SCHOOL, "head"),
    Worker("parent", "Parent", "Follows one child's plan and what the family is owed.", Role.FAMILY, ""),
    Worker("young-person", "Young person of 16", "Sees their own record; the rights are theirs now.", Role.FAMILY, ""),
    Worker("forum", "Chair of the parent carer forum", "Speaks for families and says whether things got better.",
           Role.FORUM, "forum"),
    Worker("offer-editor", "Local Offer editor", "Keeps the Local Offer true and answers comments on it.",
           Role.OFFER_EDITOR, "send"),
    Worker("analyst", "Analyst", "Sees figures, never names.", Role.ANALYST, "send"),
    Worker("auditor", "Auditor", "Reads the trails: who changed what, and when.", Role.AUDITOR, "audit"),
    Worker("inspector", "Inspector", "Is here for a visit: sees the children drawn for it, while it lasts.",
           Role.INSPECTOR, "inspectorate"),
    Worker("data-protection", "Data protection officer", "Reads every trail and every emergency opening.",
           Role.DATA_PROTECTION, "send"),
    Worker("administrator", "Administrator", "Gives and ends roles; sees no child.", Role.ADMINISTRATOR, "send"),
)  # fmt: skip
COLLEAGUES = (  # how many more work in each team
    ("ep", "Educational psychology", 7),
    ("therapy", "Children's therapies", 9),
    ("care", "Disabled children's social work", 6),
    ("community", "Community paediatrics", 4),
)
FAMILY_KEYS = ("parent", "young-person")
FROM_OUTSIDE = "inspector"


@dataclass
class Places:
    """What was made: agencies and teams by key, settings by kind, officers in order, users of `WORKERS` by key."""

    town: str
    agencies: dict[str, Agency] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    settings: dict[str, list[Agency]] = field(default_factory=dict)
    officers: list[User] = field(default_factory=list)
    workers: dict[str, User] = field(default_factory=dict)
    users: list[User] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)


def address_of(area: Area, key: str) -> str:
    """The account of a kind of worker: an address of the domain that never exists."""
    return f"{key}@{area.slug}.demo.invalid"


class Builder:
    """Makes the organisations and the people of one area."""

    def __init__(self, area: Area, town: str, since: object, rng: random.Random) -> None:
        self.area, self.since, self.rng = area, since, rng
        self.made = Places(town)

    def agency(self, key: str, name: str, kind: str, *, setting: str = "", urn: str = "") -> Agency:
        """An organisation, kept under a key."""
        slug = "".join(mark for mark in name.lower() if mark.isalnum())[:40]
        made = Agency(
            area=self.area, name=name, kind=kind, setting_kind=setting, urn=urn, phone=names.phone(self.rng),
            email=f"office@{slug}.demo.invalid", postcode=made_up_postcode(self.rng.randrange(36_000)),
        )  # fmt: skip
        self.made.agencies[key] = made
        return made

    def team(self, agency: str, name: str) -> Team:
        """A team of an organisation."""
        address = f"{''.join(m for m in name.lower() if m.isalnum())}@{self.area.slug}.demo.invalid"
        made = Team(area=self.area, agency=self.made.agencies[agency], name=name, email=address)
        self.made.teams[name] = made
        return made

    def person(self, address: str, role: Role, agency: Agency | None, team: Team | None = None) -> User:
        """Somebody with an account and a role; the account has no password."""
        user = User(email=address, name=names.adult(self.rng))
        user.set_unusable_password()
        self.made.users.append(user)
        self.made.memberships.append(
            Membership(area=self.area, user=user, role=role, agency=agency, team=team, starts_on=self.since)
        )
        return user

    def save(self, pourer: Pourer) -> Places:
        """Write it all."""
        pourer.pour(
            (Agency, list(self.made.agencies.values())),
            (Team, list(self.made.teams.values())),
            (User, self.made.users),
            (Membership, self.made.memberships),
        )
        return self.made


def build(pourer: Pourer, area: Area, *, town: str, plans: int, today: object, rng: random.Random) -> Places:
    """Make and save everybody who works in the area. plans: how many plans there are, for the number of officers."""
    since = drawing.years_before(today, SINCE_YEARS)  # type: ignore[arg-type]
    builder = Builder(area, town, since, rng)
    made = builder.made
    _organisations(builder, town)
    _settings(builder, town)
    made.agencies["senco"] = made.settings["primary"][0]
    made.agencies["head"] = made.settings[SettingKind.SPECIAL][0]
    for worker in WORKERS:
        if worker.key in FAMILY_KEYS or worker.key == FROM_OUTSIDE:
            continue
        team = made.teams.get(worker.team)
        user = builder.person(address_of(area, worker.key), worker.role, made.agencies[worker.agency], team)
        made.workers[worker.key] = user
    made.officers.append(made.workers["officer"])
    for number in range(1, max(3, round(plans / PLANS_AN_OFFICER))):
        address = address_of(area, f"officer.{number + 1}")
        made.officers.append(builder.person(address, Role.CASE_OFFICER, made.agencies["send"], made.teams["Casework"]))
    for key, name, count in COLLEAGUES:
        for number in range(2, count + 2):
            address = address_of(area, f"{key}.{number}")
            builder.person(address, Role.PROFESSIONAL, made.agencies[key], made.teams[name])
    for number, school in enumerate(school for kind in made.settings.values() for school in kind):
        builder.person(address_of(area, f"senco.{number + 1}"), Role.SCHOOL, school)
    del made.agencies["senco"], made.agencies["head"]
    _inspector(Builder(area, town, since, random.Random(f"{area.slug} inspector")), made)
    return builder.save(pourer)


def _inspector(builder: Builder, made: Places) -> None:
    """Somebody from outside, drawn with dice of their own, so that everybody else stays who they were."""
    builder.made = made
    agency = builder.agency("inspectorate", "Inspectorate (demonstration)", AgencyKind.OVERSIGHT)
    made.workers[FROM_OUTSIDE] = builder.person(address_of(builder.area, FROM_OUTSIDE), Role.INSPECTOR, agency)


def _organisations(builder: Builder, town: str) -> None:
    builder.agency("send", f"{town} Council SEND service", AgencyKind.SEND)
    builder.agency("ep", f"{town} Educational Psychology Service", AgencyKind.PSYCHOLOGY)
    builder.agency("care", f"{town} Children's Social Care", AgencyKind.SOCIAL_CARE)
    builder.agency("therapy", f"{town} Community Health NHS Trust", AgencyKind.HEALTH)
    builder.agency("community", f"{town} Hospitals NHS Trust", AgencyKind.HEALTH)
    builder.agency("icb", f"{town} Integrated Care Board", AgencyKind.ICB)
    builder.agency("sendiass", f"{town} Information, Advice and Support Service", AgencyKind.SENDIASS)
    builder.agency("forum", f"{town} Parent Carer Forum", AgencyKind.FORUM)
    builder.agency("transport", f"{town} School Transport", AgencyKind.TRANSPORT)
    builder.agency("audit", f"{town} Council Internal Audit", AgencyKind.OVERSIGHT)
    builder.agency("charity", "The Lantern Club", AgencyKind.COMMUNITY)
    for agency, team in (
        ("send", "Casework"), ("send", "Panel and tribunal"), ("ep", "Educational psychology"),
        ("therapy", "Children's therapies"), ("community", "Community paediatrics"),
        ("care", "Disabled children's social work"), ("icb", "Children's commissioning"),
    ):  # fmt: skip
        builder.team(agency, team)


def _settings(builder: Builder, town: str) -> None:
    words = names.school_names(builder.rng)
    number = 0
    for kind, (count, suffix) in SETTINGS.items():
        setting_kind = SettingKind.MAINSTREAM if kind in {"primary", "secondary"} else kind
        for _ in range(count):
            first = words[number % len(words)] if number < len(words) else f"{town} {words[number % len(words)]}"
            made = builder.agency(
                f"setting {number}", f"{first} {suffix}", AgencyKind.SCHOOL,
                setting=setting_kind, urn=made_up_urn(builder.rng.randrange(10_000)),
            )  # fmt: skip
            builder.made.settings.setdefault(kind, []).append(made)
            number += 1
