"""The closed lists of the Local Offer, and how long each kind of entry may go without being checked."""

from __future__ import annotations

from django.db import models


class Status(models.TextChoices):
    """The states that Open Referral UK 3.0 knows."""

    ACTIVE = "active", "Running"
    CLOSED_FOR_NOW = "temporarily closed", "Closed for now"
    INACTIVE = "inactive", "Not running"
    DEFUNCT = "defunct", "Ended"


class Capacity(models.TextChoices):
    """Whether somebody who asks today can get it."""

    UNKNOWN = "", "Not stated"
    OPEN = "open", "Places available"
    LIMITED = "limited", "A few places left"
    WAITING_LIST = "waiting_list", "Full: there is a waiting list"
    CLOSED = "closed", "Closed to new people"


class Route(models.TextChoices):
    """How somebody gets to a service."""

    UNKNOWN = "", "Not stated"
    ANYONE = "anyone", "Just turn up"
    SELF = "self", "Ask for it yourself"
    SCHOOL = "school", "Through a school, nursery or college"
    GP = "gp", "Through a family doctor"
    PROFESSIONAL = "professional", "Through any professional who knows the child"
    PANEL = "panel", "The council or the NHS decides"


class Delivery(models.TextChoices):
    """Where it happens. The values are those that search knows."""

    IN_PERSON = "in person", "In person"
    ONLINE = "online", "Online"
    PHONE = "phone", "By phone"
    HOME = "home visit", "At home"


class Level(models.TextChoices):
    """How special a service is (code of practice 4.31: all three belong in the offer)."""

    UNIVERSAL = "universal", "For every family"
    TARGETED = "targeted", "For children who need more help"
    SPECIALIST = "specialist", "Specialist"


class About(models.TextChoices):
    """What a comment is about (regulation 56: content, accessibility, how it was made)."""

    ENTRY = "entry", "A service or a page"
    GAP = "gap", "Something I could not find"
    INFORMATION = "information", "How easy this is to find and understand"
    MAKING = "making", "How the Local Offer is made and reviewed"


class CameBy(models.TextChoices):
    """How a comment came."""

    WEB = "web", "On the web"
    PHONE = "phone", "By phone"
    PAPER = "paper", "On paper or by letter"
    EMAIL = "email", "By email"
    GROUP = "group", "In a group"


class CommentState(models.TextChoices):
    """Where a comment stands."""

    NEW = "new", "To be read"
    PUBLISHED = "published", "Published"
    NOT_PUBLISHED = "not_published", "Not published"


class Withheld(models.TextChoices):
    """Why a comment is not published; the only reasons there are."""

    ONE_PERSON = "one_person", "It is about one child’s own support"
    SAFEGUARDING = "safeguarding", "Somebody may be at risk: passed on at once"
    ABUSIVE = "abusive", "It is abusive or vexatious"
    NOT_ABOUT_OFFER = "not_about", "It is not about the Local Offer"


class Answer(models.TextChoices):
    """What the council or the partner says to a comment."""

    WAITING = "", "Waiting for a reply"
    DONE = "done", "Done"
    WILL_DO = "will_do", "We will do this"
    LOOKING = "looking", "We are looking into it"
    CANNOT = "cannot", "We cannot do this, and why"


DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_NAMES = dict(zip(DAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True))
REVIEW_DAYS = {Level.SPECIALIST: 90, Level.TARGETED: 180, Level.UNIVERSAL: 365}
REMIND_BEFORE = 14  # days before the review date
UNCHECKED_AFTER = 30  # days past the review date: the page says so
HIDDEN_AFTER = 90  # days past it: out of search, unless a statutory item
WAIT_IS_OLD = 45  # days
ENOUGH_TO_TELL = 10  # people: no figure from fewer
REPLY_WITHIN = 28  # days
