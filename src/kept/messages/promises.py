"""Change what families are promised: how soon they are answered, when no email goes; and one's own choice."""

from __future__ import annotations

from datetime import date, time

from django.db import transaction

from kept.access.acting import Actor, Refused, check_can
from kept.access.roles import Can
from kept.messages.models import Email, EmailChoice, QuietHours, ReplyStandard

LONGEST_ACKNOWLEDGE, LONGEST_ANSWER = 5, 20  # working days


@transaction.atomic
def set_standard(*, by: Actor, acknowledge_days: int, answer_days: int, from_on: date) -> ReplyStandard:
    """Promise other times of reply from a day on. Questions that were asked before keep the promise of their day.

    Raises Refused with what is wrong; a second row for the same day replaces the first in force.
    """
    check_can(by, Can.SET_STANDARDS)
    if from_on < by.today:
        raise Refused("The new standard cannot begin before today: what was promised holds.")
    if not 1 <= acknowledge_days <= LONGEST_ACKNOWLEDGE:
        raise Refused(f"Acknowledge within 1 to {LONGEST_ACKNOWLEDGE} working days.")
    if not acknowledge_days <= answer_days <= LONGEST_ANSWER:
        raise Refused(f"Answer within {acknowledge_days} to {LONGEST_ANSWER} working days.")
    return ReplyStandard.objects.create(
        area=by.area, acknowledge_days=acknowledge_days, answer_days=answer_days, from_on=from_on, made_by=by.user
    )


def standards(by: Actor) -> list[ReplyStandard]:
    """Every standard that was set, the latest first."""
    return list(ReplyStandard.objects.filter(area=by.area).select_related("made_by").order_by("-from_on", "-pk")[:50])


@transaction.atomic
def set_quiet_hours(*, by: Actor, begins: time, ends: time, sundays: bool) -> QuietHours:
    """Set when families are sent no email, from today. Raises Refused for hours that leave no time to send."""
    check_can(by, Can.SET_STANDARDS)
    awake = (ends.hour * 60 + ends.minute, begins.hour * 60 + begins.minute)
    open_for = (awake[1] - awake[0]) % (24 * 60) if begins != ends else 24 * 60
    if open_for < 4 * 60:
        raise Refused("Leave at least four hours of the day in which emails may go.")
    return QuietHours.objects.create(
        area=by.area, begins=begins, ends=ends, sundays=sundays, from_on=by.today, made_by=by.user
    )


@transaction.atomic
def choose_emails(*, by: Actor, messages: bool, delays: bool) -> EmailChoice:
    """Say of what one wants to be told by email. Safe to repeat."""
    made, _ = EmailChoice.objects.update_or_create(
        area=by.area, user=by.user, defaults={"messages": messages, "delays": delays}
    )
    return made


def my_choice(by: Actor) -> EmailChoice:
    """The person's choice as it stands."""
    found = EmailChoice.objects.filter(area=by.area, user=by.user).first()
    return found or EmailChoice(area=by.area, user=by.user)


def emails_of_area(by: Actor) -> list[Email]:
    """The emails to families of late: those that failed or wait first."""
    return list(
        Email.objects.filter(area=by.area).select_related("to").order_by("sent_at", "-made_at")[:100]
        if by.can(Can.SET_STANDARDS)
        else []
    )
