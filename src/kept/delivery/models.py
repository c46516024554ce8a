"""What the ledger keeps. What is due is computed from the plan and the calendar whenever asked, never stored."""

from __future__ import annotations

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from kept.access.models import Agency, User
from kept.access.rows import AreaRow
from kept.delivery import words
from kept.people.models import Child

PERSON: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"}
ABOUT: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"}


class SchoolCalendar(AreaRow):
    """A setting's calendar as it holds from a day on; no setting: the area's own. Never changed: a newer one follows.

    half_terms: [[key, first day, last day]]; closed: days inside them on which the setting is shut.
    """

    setting = models.ForeignKey(Agency, null=True, blank=True, **ABOUT)
    from_on = models.DateField("holds from")
    half_terms = models.JSONField(default=list)
    closed = models.JSONField(default=list)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, **PERSON)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["from_on", "at"]
        indexes = [models.Index(fields=["area", "setting", "from_on"])]

    def __str__(self) -> str:
        return f"{self.setting or 'area'} from {self.from_on}"


class Item(AreaRow):
    """One item of provision of one version of a plan, taken up by the ledger, with who delivers it."""

    child = models.ForeignKey(Child, **ABOUT)
    lineage = models.UUIDField(help_text="the same through all versions of the plan")
    version = models.UUIDField(help_text="the version of the plan")
    section = models.CharField(max_length=20)
    service = models.CharField(max_length=120)
    words = models.TextField(help_text="as the plan says it")
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text="what the ledger counts")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    schedulable = models.BooleanField(default=True)
    provider = models.CharField(max_length=200, blank=True)
    deliverer = models.ForeignKey(
        Agency, null=True, blank=True, help_text="who records it, if not the setting", **ABOUT
    )
    taken_up_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["service", "starts_on", "id"]
        indexes = [models.Index(fields=["area", "child", "starts_on"]), models.Index(fields=["area", "deliverer"])]
        constraints = [
            models.UniqueConstraint(fields=["area", "version", "lineage"], name="an_item_is_taken_up_once"),
        ]

    def __str__(self) -> str:
        return self.service


class CatchUp(AreaRow):
    """That minutes which did not come will be made up, by a day, as agreed with the family."""

    child = models.ForeignKey(Child, **ABOUT)
    service = models.CharField(max_length=120)
    term = models.CharField(max_length=20, help_text="the term whose shortfall it makes up")
    minutes = models.PositiveIntegerField()
    by_on = models.DateField("to be made up by")
    how = models.CharField("how it will be made up", max_length=300)
    agreed_with = models.CharField(max_length=200)
    agreed_on = models.DateField()
    provider = models.ForeignKey(Agency, null=True, blank=True, **ABOUT)
    by = models.ForeignKey(User, **PERSON)
    at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)
    token = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["agreed_on", "id"]
        indexes = [models.Index(fields=["area", "child", "term"])]
        constraints = [
            models.UniqueConstraint(fields=["area", "token"], name="a_form_agrees_once"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="a_catch_up_has_minutes"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_because=""), name="a_catch_up_ends_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.minutes} minutes"


class Record(AreaRow):
    """What was written down of one session, or of one week (`on` is then its Monday).

    Nothing is changed: who records the same again replaces what they said, and both stay.
    """

    child = models.ForeignKey(Child, **ABOUT)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="records")
    on = models.DateField()
    whole_week = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=words.Came)
    minutes = models.PositiveIntegerField(default=0, help_text="given; 0 with a given status: all that was due")
    sessions = models.PositiveSmallIntegerField(default=1)
    absent = models.PositiveSmallIntegerField(default=0, help_text="sessions of the week missed by absence")
    declined = models.PositiveSmallIntegerField(default=0)
    pupils = models.PositiveSmallIntegerField("pupils in the group", null=True, blank=True)
    right_role = models.BooleanField(default=True)
    reason = models.CharField(max_length=10, choices=words.Why, blank=True)
    for_on = models.DateField("instead of the session on", null=True, blank=True)
    authorised = models.BooleanField("absence was authorised", default=True)
    catch_up = models.ForeignKey(CatchUp, null=True, blank=True, on_delete=models.PROTECT, related_name="records")
    note = models.CharField(max_length=300, blank=True)
    agency = models.ForeignKey(Agency, null=True, blank=True, **ABOUT)
    said_by = models.CharField(max_length=200)
    by = models.ForeignKey(User, **PERSON)
    at = models.DateTimeField(auto_now_add=True)
    how = models.CharField(max_length=8, choices=words.How)
    batch = models.UUIDField("the file it came from", null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["on", "at", "id"]
        indexes = [
            models.Index(fields=["area", "child", "on"], condition=Q(replaced_at__isnull=True), name="came_to_child"),
            models.Index(fields=["item", "on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "on", "whole_week", "agency"],
                condition=Q(replaced_at__isnull=True, catch_up__isnull=True),
                nulls_distinct=False,
                name="one_word_an_item_day_and_agency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.status}"


class FamilyReport(AreaRow):
    """What somebody of the family says of one item in one week. The latest of each person counts."""

    child = models.ForeignKey(Child, **ABOUT)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="reports")
    week = models.DateField("Monday of the week")
    said = models.CharField(max_length=10, choices=words.Said)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, help_text="who wrote it down", **PERSON)
    said_by = models.CharField("whose answer it is, when somebody else wrote it down", max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["week", "at", "id"]
        indexes = [models.Index(fields=["area", "child", "week"])]

    def __str__(self) -> str:
        return f"{self.week}: {self.said}"


class InPlaceCheck(AreaRow):
    """That somebody looked whether an item is in place: new plan, move, review or complaint. Never changed."""

    child = models.ForeignKey(Child, **ABOUT)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="checks")
    checked_on = models.DateField()
    why = models.CharField(max_length=10, choices=words.CheckedFor)
    found = models.CharField(max_length=6, choices=words.InPlace)
    evidence = models.CharField("how it is known", max_length=300)
    by = models.ForeignKey(User, **PERSON)
    agency = models.ForeignKey(Agency, null=True, blank=True, **ABOUT)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-checked_on", "-at"]
        indexes = [models.Index(fields=["area", "child", "checked_on"])]

    def __str__(self) -> str:
        return f"{self.checked_on}: {self.found}"


class Reconciliation(AreaRow):
    """That family and setting say different things of one item in one week, and what was found in the end."""

    child = models.ForeignKey(Child, **ABOUT)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="reconciliations")
    week = models.DateField()
    family_says = models.CharField(max_length=10, choices=words.Said)
    setting_says = models.CharField(max_length=10, choices=words.Came)
    setting = models.ForeignKey(Agency, null=True, blank=True, **ABOUT)
    opened_on = models.DateField()
    due_on = models.DateField("to be settled by")
    settled_on = models.DateField(null=True, blank=True)
    found = models.CharField(max_length=10, choices=words.Finding, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True, help_text="given, if it came in part")
    account = models.TextField("how it was settled", blank=True)
    settled_by = models.ForeignKey(User, null=True, blank=True, **PERSON)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["area", "settled_on", "due_on"])]
        constraints = [
            models.UniqueConstraint(fields=["item", "week"], name="one_reconciliation_a_week"),
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True) | (~Q(found="") & ~Q(account="")), name="settled_with_an_account"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.week}: {self.found or 'open'}"


class Escalation(AreaRow):
    """Something about delivery that somebody must see to; each is a duty. No child: of a whole service."""

    child = models.ForeignKey(Child, null=True, blank=True, **ABOUT)
    kind = models.CharField(max_length=12, choices=words.Kind)
    key = models.CharField(max_length=120, help_text="what it is about, so that it is opened once")
    what = models.CharField(max_length=300)
    because = models.CharField(max_length=300)
    agency = models.ForeignKey(Agency, null=True, blank=True, **ABOUT)
    opened_on = models.DateField()
    due_on = models.DateField()
    met_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["area", "child"])]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "child", "kind", "key"], nulls_distinct=False, name="an_escalation_is_opened_once"
            )
        ]

    def __str__(self) -> str:
        return self.what


class Counted(AreaRow):
    """What the ledger counts of one item in one half-term: kept up to date so that an area can be added up at once.

    Computed from the records by `counting.recount`, never typed in. Minutes, or sessions where `in_sessions`.
    specified: owed in the whole half-term; due: until the day it was counted.
    """

    child = models.ForeignKey(Child, **ABOUT)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="counted")
    service = models.CharField(max_length=120)
    setting = models.ForeignKey(Agency, null=True, blank=True, **ABOUT)
    deliverer = models.ForeignKey(Agency, null=True, blank=True, **ABOUT)
    term = models.CharField(max_length=20)
    half_term = models.CharField(max_length=20)
    in_sessions = models.BooleanField(default=False)
    specified = models.FloatField(default=0)
    due = models.FloatField(default=0)
    delivered = models.FloatField(default=0)
    part = models.FloatField(default=0)
    missing = models.FloatField(default=0)
    offered = models.FloatField(default=0)
    absent = models.FloatField(default=0)
    unknown = models.FloatField(default=0)
    capacity = models.FloatField("missing because there was nobody to do it", default=0)
    counted_on = models.DateField()

    class Meta:
        verbose_name_plural = "counted"
        indexes = [
            models.Index(fields=["area", "half_term", "service"]),
            models.Index(fields=["area", "child", "term"]),
        ]
        constraints = [models.UniqueConstraint(fields=["item", "half_term"], name="counted_once_a_half_term")]

    def __str__(self) -> str:
        return f"{self.service}, {self.half_term}"


class Quiet(AreaRow):
    """Since when nobody has recorded anything for a child with provision due, and how many school days that is."""

    child = models.OneToOneField(Child, **ABOUT)
    setting = models.ForeignKey(Agency, null=True, blank=True, **ABOUT)
    since = models.DateField()
    days = models.PositiveIntegerField()
    last_on = models.DateField("last day recorded", null=True, blank=True)
    counted_on = models.DateField()

    class Meta:
        verbose_name_plural = "quiet"
        indexes = [models.Index(fields=["area", "-days"])]

    def __str__(self) -> str:
        return f"{self.days} school days"


class Funding(AreaRow):
    """How many minutes a month of a service are paid for, from a day on. Nobody's name is in it."""

    service = models.CharField(max_length=120)
    minutes_a_month = models.PositiveIntegerField()
    from_on = models.DateField()
    source = models.CharField("contract or budget", max_length=200)
    by = models.ForeignKey(User, **PERSON)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["service", "from_on", "at"]

    def __str__(self) -> str:
        return f"{self.service} from {self.from_on}"


class LimitChoice(AreaRow):
    """That the area set a limit of the ledger, from when, by whom and why. The latest that has begun holds."""

    limit = models.CharField(max_length=40)
    value = models.FloatField(help_text="a share, or a number of days or sessions")
    why = models.TextField()
    starts_on = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, **PERSON)

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["area", "made_at"], name="limits_of_an_area")]

    def __str__(self) -> str:
        return f"{self.limit}: {self.value:g}"


class Columns(AreaRow):
    """Which column of a setting's file means what, as it was said the last time."""

    agency = models.ForeignKey(Agency, **ABOUT)
    headings = models.JSONField(default=dict, help_text="our field to the heading of the file")
    items = models.JSONField(default=dict, help_text="the file's name of a provision to a service of the ledger")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "columns"
        constraints = [models.UniqueConstraint(fields=["area", "agency"], name="one_mapping_an_agency")]

    def __str__(self) -> str:
        return f"{self.agency_id}"


class Upload(AreaRow):
    """A file of records as it was read, before somebody says that it is right. Its rows are removed when it is used."""

    agency = models.ForeignKey(Agency, **ABOUT)
    name = models.CharField(max_length=200)
    headings = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    by = models.ForeignKey(User, **PERSON)
    at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)
    written = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Asking(AreaRow):
    """How often a parent or young person wishes to be asked, and when they last were."""

    child = models.ForeignKey(Child, **ABOUT)
    user = models.ForeignKey(User, **PERSON)
    every = models.CharField(
        max_length=9,
        choices=[("week", "Every week"), ("half-term", "Every half-term"), ("never", "Do not ask me")],
        default="half-term",
    )
    asked_for = models.DateField("Monday of the last week asked about", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "child", "user"], name="one_asking_a_person_and_child")]

    def __str__(self) -> str:
        return f"{self.user_id} every {self.every}"
