"""The first page of a new installation: it makes the area and its first administrator, and then never opens again."""

from __future__ import annotations

from django.conf import settings
from django.db import connection, transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.text import slugify

from kept.access.accounts import account_for
from kept.access.acting import Refused, acting_as_system, today_here
from kept.access.models import Area, Membership, User
from kept.access.roles import Role

LOCK = 4_152_026  # any number; one first run at a time
NOT_THE_CODE = "This is not the set-up code of this installation."


def code() -> str:
    """The set-up code, which only somebody who can run commands on the machine can read; made from the signing key."""
    digits = salted_hmac("kept.first_run", "code", secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()[:16]
    return "-".join(digits[place : place + 4] for place in range(0, len(digits), 4))


def is_open() -> bool:
    """Whether nobody has set this installation up."""
    return not Area.objects.exists()


@transaction.atomic
def set_up(*, given: str, area: str, la_code: str, name: str, email: str, password: str) -> User:
    """Make the area and its first administrator. Raises Refused for a wrong code, or when it was done already."""
    if not constant_time_compare(given.strip().lower(), code()):
        raise Refused(NOT_THE_CODE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if not is_open():
        raise Refused("This installation is set up already.")
    place = Area.objects.create(name=area, slug=slugify(area) or "area", la_code=la_code)
    user = account_for(email=email, name=name)
    user.set_password(password)
    user.save(update_fields=["password"])
    with acting_as_system(place):
        Membership.objects.create(area=place, user=user, role=Role.ADMINISTRATOR, starts_on=today_here())
    return user
