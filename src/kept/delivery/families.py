"""The family's own column: what they say came, and how often they wish to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from kept.access.acting import Actor, Refused
from kept.access.models import Grant, Relation, User
from kept.access.roles import Can
from kept.delivery.calendars import Calendars
from kept.delivery.models import Asking, FamilyReport, Item
from kept.delivery.recording import follow
from kept.delivery.words import Said
from kept.people.models import Child
from kept.rules.delivery import monday_of

OF_THE_FAMILY = (Relation.FAMILY, Relation.YOUNG_PERSON)
EVERY = frozenset({"week", "half-term", "never"})
FURTHEST_BACK = timedelta(weeks=26)
FRIDAY = 4


@transaction.atomic
def say(*, by: Actor, child: Child, week: date, said: Mapping[UUID, tuple[str, str]], said_by: str = "") -> int:
    """Write what the family says of items in a week: {item: (answer, note)}; how many. Raises Refused.

    Said again, the later answer of the same person counts and the earlier stays. Staff write down what somebody of the
    family said on the phone and name them in said_by. A disagreement with the setting opens a reconciliation.
    """
    if not by.can(Can.FOLLOW_OWN) and not (by.can(Can.WORK_CASES) and said_by.strip()):
        raise Refused("The family answers here. To write down what they told you, say who told you.")
    monday = monday_of(week)
    if monday > by.today:
        raise Refused("This week is not here yet.")
    if monday < by.today - FURTHEST_BACK:
        raise Refused("That week is more than half a year ago. Write to us instead.")
    items = set(Item.objects.filter(area=by.area, child=child, pk__in=said).values_list("pk", flat=True))
    if items != set(said):
        raise Refused("One of these is not in the plan.")
    if any(answer not in Said.values for answer, _ in said.values()):
        raise Refused("Choose yes, partly, no, or that you do not know.")
    before = {
        row.item_id: (row.said, row.note)
        for row in FamilyReport.objects.filter(area=by.area, child=child, week=monday, by=by.user).order_by("at", "pk")
    }
    new = {key: value for key, value in said.items() if before.get(key) != (value[0], value[1][:300])}
    FamilyReport.objects.bulk_create(
        FamilyReport(
            area=by.area, child=child, item_id=key, week=monday, said=answer, note=note[:300], by=by.user,
            said_by=said_by.strip()[:200],
        )
        for key, (answer, note) in new.items()
    )  # fmt: skip
    if new:
        follow(by, [child.pk])
    return len(said)


@transaction.atomic
def ask_me(*, by: Actor, child: Child, every: str) -> Asking:
    """Say how often one wishes to be asked about a child. Raises Refused."""
    if not by.can(Can.FOLLOW_OWN):
        raise Refused("Only somebody of the family says how often they are asked.")
    if every not in EVERY:
        raise Refused("Choose every week, every half-term or never.")
    return Asking.objects.update_or_create(area=by.area, child=child, user=by.user, defaults={"every": every})[0]


@transaction.atomic
def ask_families(*, by: Actor) -> int:
    """Send the short message that asks whether what was due came: on Fridays, as each person chose. How many were sent.

    Nightly, as Kept itself; every half-term unless the person chose otherwise. The message names no child and no
    provision: it may be read on a lock screen. Safe to repeat: a person is asked once a week about a child.
    """
    if by.today.weekday() < FRIDAY:
        return 0
    monday = monday_of(by.today)
    calendar = Calendars(by, settings=[]).of(None)
    if not calendar.between(monday, by.today):
        return 0
    half = calendar.half_term_on(by.today)
    ends_half = half is not None and half.ends_on <= monday + timedelta(days=6)
    chosen = {(row.child_id, row.user_id): row for row in Asking.objects.filter(area=by.area)}
    due = Item.objects.filter(area=by.area, schedulable=True, ends_on__isnull=True, starts_on__lte=by.today)
    people = Grant.objects.filter(
        area=by.area, relation__in=OF_THE_FAMILY, child_id__in=due.values("child_id"), starts_on__lte=by.today,
        ends_on__isnull=True, user__is_active=True,
    )  # fmt: skip
    sent = 0
    for child_id, user_id in people.values_list("child_id", "user_id").distinct():
        row = chosen.get((child_id, user_id)) or Asking(area=by.area, child_id=child_id, user_id=user_id)
        wished = row.every == "week" or (row.every == "half-term" and ends_half)
        if not wished or row.asked_for == monday:
            continue
        row.asked_for = monday
        row.save()
        _send(by, User.objects.get(pk=user_id), child_id)
        sent += 1
    return sent


def _send(by: Actor, user: User, child_id: UUID) -> None:
    address = f"https://{settings.ALLOWED_HOSTS[0]}" + reverse("delivery:family", args=[child_id])
    words = (
        f"{user.name},\n\ndid the support in the plan come this week? One minute: yes, partly, no, or don’t know.\n\n"
        f"{address}\n\nYou choose on that page how often we ask.\n\n{by.area.name}\n"
    )
    transaction.on_commit(lambda: send_mail("Did it come this week?", words, None, [user.email]))
