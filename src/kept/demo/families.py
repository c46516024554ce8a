"""Children with their names, numbers, needs, homes, parents and settings, as rows ready to be written."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from django.db.models import Model

from kept.access.acting import Actor
from kept.access.models import Agency, Grant, Membership, Relation, SettingKind, User
from kept.access.roles import Role
from kept.demo import names
from kept.demo.drawing import YEAR, between
from kept.demo.lives import Life
from kept.demo.places import Places, address_of
from kept.demo.stories import Story
from kept.people.actions import name_facts
from kept.people.models import (
    Address,
    Carer,
    Child,
    ChildNeed,
    Enrolment,
    EnrolmentKind,
    Identifier,
    ParentalLink,
)
from kept.rules.identifiers.made_up import made_up_nhs_number, made_up_uln, made_up_upn

ACCOUNTS = 20  # one family in so many has an account
ULNS = 9000  # as many made-up ones as there are
SECOND_NEEDS = ("SLCN", "SEMH", "MLD", "ASD", "PD", "SPLD")
WITHOUT_SETTING = {"home": EnrolmentKind.HOME, "eotas": EnrolmentKind.EOTAS, "neet": EnrolmentKind.NEET,
                   "awaiting": EnrolmentKind.AWAITING}  # fmt: skip
PRONOUNS = {"F": "she/her", "M": "he/him"}
MOVES = (4, 11, 16)  # ages at which children move on to the next school


class Homes:
    """Collects the rows of a few hundred children, then writes them."""

    def __init__(self, by: Actor, made: Places, rng: random.Random) -> None:
        self.by, self.made, self.rng = by, made, rng
        self.children: list[Child] = []
        self.identifiers: list[Identifier] = []
        self.needs: list[ChildNeed] = []
        self.addresses: list[Address] = []
        self.enrolments: list[Enrolment] = []
        self.carers: list[Carer] = []
        self.links: list[ParentalLink] = []
        self.users: list[User] = []
        self.memberships: list[Membership] = []
        self.grants: list[Grant] = []
        self.renamed: list[User] = []

    def setting_of(self, child: Child) -> Agency | None:
        """Where a child who was just added is on roll."""
        now = (row for row in reversed(self.enrolments[-2:]) if row.child is child and row.ends_on is None)
        return next((row.setting for row in now if row.kind == EnrolmentKind.ON_ROLL), None)

    def save_children(self) -> None:
        """Write the children, and whose names changed with them."""
        Child.objects.bulk_create(self.children)
        for user in self.renamed:
            user.save(update_fields=["name"])

    def rows(self) -> list[tuple[type[Model], list[Any]]]:
        """Everything else but the grants, in the order in which it is written."""
        return [
            (User, self.users),
            (Membership, self.memberships),
            (Identifier, self.identifiers),
            (ChildNeed, self.needs),
            (Carer, self.carers),
            (Address, self.addresses),
            (Enrolment, self.enrolments),
            (ParentalLink, self.links),
        ]

    def add(self, life: Life, number: int, story: Story | None, *, known_on: date) -> Child:
        """One child with everything that is known of them."""
        rng, area = self.rng, self.by.area
        family = names.family_name(rng, life.ethnicity)
        child = Child(
            area=area, born_on=life.born_on, sex=life.sex, ethnicity=life.ethnicity, pronouns=PRONOUNS[life.sex],
            language=names.language(rng, life.ethnicity),
            **name_facts(given_names=names.given_names(rng, life.sex, life.ethnicity), family_name=family),
        )  # fmt: skip
        if life.ceases_on and life.reason == "deceased":
            child.died_on = life.ceases_on - timedelta(days=120)
        if life.ceases_on and life.reason in {"transfer", "moved_outside_eng"}:
            child.left_area_on = life.ceases_on
        self.children.append(child)
        self._numbers(child, number)
        self._needs(child, life)
        self._enrol(child, life)
        self._home(child, family, number, story, known_on)
        return child

    def _numbers(self, child: Child, number: int) -> None:
        year = (child.born_on.year + 4) % 100
        code = self.by.area.la_code
        found = {"nhs": made_up_nhs_number(number), "upn": made_up_upn(number, la_code=code, year=year)}
        if child.age_on(self.by.today) >= 14 and number < ULNS:  # noqa: PLR2004
            found["uln"] = made_up_uln(number)
        self.identifiers += [
            Identifier(area=self.by.area, child=child, kind=kind, value=value) for kind, value in found.items()
        ]

    def _needs(self, child: Child, life: Life) -> None:
        chosen = [life.need]
        if self.rng.random() < 0.4:  # noqa: PLR2004
            second = self.rng.choice(SECOND_NEEDS)
            chosen += [second] if second != life.need else []
        since = min(self.by.today, child.born_on + timedelta(days=500))
        self.needs += [
            ChildNeed(area=self.by.area, child=child, need=need, rank=rank, starts_on=since)
            for rank, need in enumerate(chosen, start=1)
        ]

    def _enrol(self, child: Child, life: Life) -> None:
        """The setting now, and the primary school before for some."""
        age = child.age_on(self.by.today)
        place = life.place or _usual(age)
        kind = WITHOUT_SETTING.get(place, EnrolmentKind.ON_ROLL)
        setting = self._setting(place, age) if kind == EnrolmentKind.ON_ROLL else None
        starts = self._since(child, age)
        if kind == EnrolmentKind.AWAITING:
            setting = self._setting("special", age)
        now = Enrolment(
            area=self.by.area, child=child, setting=setting, kind=kind, starts_on=starts, sen_unit=place == "sen_unit"
        )
        self.enrolments.append(now)
        if setting and kind == EnrolmentKind.ON_ROLL:
            self.grants.append(
                Grant(
                    area=self.by.area,
                    child_id=child.pk,
                    agency=setting,
                    relation=Relation.AGENCY,
                    starts_on=starts,
                    reason="On roll",
                    source=f"people.enrol:{now.pk}",
                )
            )
        if age >= 11 and self.rng.random() < 0.5:  # noqa: PLR2004
            first = date(child.born_on.year + 5, 9, 4)
            if first < starts - timedelta(days=60):
                before = self._setting("mainstream", 6)
                self.enrolments.append(
                    Enrolment(area=self.by.area, child=child, setting=before, kind=EnrolmentKind.ON_ROLL,
                              starts_on=first, ends_on=starts - timedelta(days=1))
                )  # fmt: skip

    def _since(self, child: Child, age: int) -> date:
        """The September of the last usual move, or some day since for the very young."""
        last = max((move for move in MOVES if move < age), default=None)
        if last is None:
            return between(self.rng, child.born_on + timedelta(days=300), self.by.today)
        return min(date(child.born_on.year + last + 1, 9, 4), self.by.today)

    def _setting(self, place: str, age: int) -> Agency:
        kinds = self.made.settings
        if place == "mainstream":
            place = "primary" if age < 11 else "secondary"  # noqa: PLR2004
        if place in {"resourced", "sen_unit"}:
            place = SettingKind.RESOURCED
        return self.rng.choice(kinds[place])

    def _home(self, child: Child, family: str, number: int, story: Story | None, known_on: date) -> None:
        lines, postcode = names.address(self.rng, self.made.town)
        since = between(self.rng, child.born_on, max(child.born_on, min(known_on, self.by.today)))
        mother = self._carer(child, "mother", family, number if number % ACCOUNTS == 0 or story else None, story)
        separated = bool(story and story.separated)
        if separated:
            hidden, far = names.address(self.rng, self.made.town)
            self._address(child, hidden, far, since, confidential=True, holder=mother)
        self._address(child, lines, postcode, since)
        if separated or self.rng.random() < 0.6:  # noqa: PLR2004
            self._carer(child, "father", family, None, None, lives_with=not separated and self.rng.random() < 0.8)  # noqa: PLR2004
        if story and story.young_person:
            self.grants.append(
                Grant(
                    area=self.by.area,
                    child_id=child.pk,
                    user=self.made.workers["young-person"],
                    relation=Relation.YOUNG_PERSON,
                    starts_on=child.born_on + timedelta(days=round(16 * YEAR)),
                    reason="Their own record",
                    source=f"people.child:{child.pk}",
                )
            )
            self.made.workers["young-person"].name = child.full_name
            self.renamed.append(self.made.workers["young-person"])

    def _address(
        self, child: Child, lines: str, postcode: str, since: date, *, confidential: bool = False,
        holder: Carer | None = None,
    ) -> None:  # fmt: skip
        self.addresses.append(
            Address(area=self.by.area, child=child, lines=lines, postcode=postcode, starts_on=since,
                    is_confidential=confidential, holder=holder)
        )  # fmt: skip

    def _carer(
        self, child: Child, relationship: str, family: str, account: int | None, story: Story | None,
        *, lives_with: bool = True,
    ) -> Carer:  # fmt: skip
        rng = self.rng
        sex = "F" if relationship == "mother" else "M"
        name = names.adult(rng, sex, child.ethnicity)
        if rng.random() < 0.6:  # noqa: PLR2004
            name = f"{name.split()[0]} {family}"
        user = None
        if story and story.demo_parent:
            user, name = self.made.workers["parent"], self.made.workers["parent"].name
        elif account is not None:
            user = self._account(name, account)
        carer = Carer(
            area=self.by.area, name=name, phone=names.phone(rng), prefers="email" if user else "post",
            email=user.email if user else "", language=child.language, user=user,
        )  # fmt: skip
        link = ParentalLink(
            area=self.by.area, child=child, carer=carer, relationship=relationship, has_responsibility=True,
            evidence="Birth certificate", lives_with=lives_with, starts_on=child.born_on,
        )  # fmt: skip
        self.carers.append(carer)
        self.links.append(link)
        if user:
            self.grants.append(
                Grant(
                    area=self.by.area,
                    child_id=child.pk,
                    user=user,
                    relation=Relation.FAMILY,
                    starts_on=child.born_on,
                    reason=f"The child's {relationship}",
                    source=f"people.link:{link.pk}",
                )
            )
        return carer

    def _account(self, name: str, number: int) -> User:
        user = User(email=address_of(self.by.area, f"family.{number}"), name=name)
        user.set_unusable_password()
        self.users.append(user)
        since = self.by.today - timedelta(days=500)
        self.memberships.append(Membership(area=self.by.area, user=user, role=Role.FAMILY, starts_on=since))
        return user


def _usual(age: int) -> str:
    """Where most children of an age are."""
    return "early_years" if age < 4 else "mainstream" if age < 16 else "college"  # noqa: PLR2004
