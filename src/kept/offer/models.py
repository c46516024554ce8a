"""The directory: organisations, locations, services and what is known of each; comments, waits and counts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kept.access.models import Agency, User
from kept.access.rows import AreaRow
from kept.offer.states import Capacity, Delivery, Level, Route, Status


class Edition(AreaRow):
    """One number for each area that is new with every published change; each worker then rebuilds its directory."""

    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area"], name="one_edition_an_area")]

    def __str__(self) -> str:
        return str(self.number)


class Organisation(AreaRow):
    """Who provides services. Providers sign in for its agency and keep its entries."""

    name = models.CharField(max_length=200)
    description = models.TextField()
    url = models.URLField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    identifiers = models.JSONField(default=list, blank=True)
    is_trusted = models.BooleanField("publishes without approval", default=False)
    closed_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    source_id = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["area", "name"])]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "source", "source_id"], condition=~Q(source=""), name="one_organisation_a_source"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Location(AreaRow):
    """A place where services are given. Refuges and private homes are never held here."""

    name = models.CharField(max_length=200)
    address_1 = models.CharField(max_length=200)
    city = models.CharField(max_length=100)
    county = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=8)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    uprn = models.CharField(max_length=12, blank=True)
    accessibility = models.JSONField(default=list, blank=True, help_text="one sentence for each feature")

    class Meta:
        indexes = [models.Index(fields=["area", "postcode"])]

    def __str__(self) -> str:
        return f"{self.name}, {self.postcode}"


class Taxonomy(AreaRow):
    """A list of terms: needs, kinds of support, ages, circumstances, items of the law."""

    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=100)
    description = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "slug"], name="one_taxonomy_of_a_name")]
        verbose_name_plural = "taxonomies"

    def __str__(self) -> str:
        return self.name


class Term(AreaRow):
    """One term of a taxonomy."""

    taxonomy = models.ForeignKey(Taxonomy, on_delete=models.CASCADE, related_name="terms")
    name = models.CharField(max_length=100)
    description = models.CharField(max_length=300)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, related_name="children", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "taxonomy", "name"], name="one_term_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Service(AreaRow):
    """One entry as published. Its content is written only by `kept.offer.publishing`, which keeps every version."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="services")
    is_published = models.BooleanField(default=False)
    name = models.CharField(max_length=100)
    description = models.TextField()
    url = models.URLField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    phones = models.JSONField(default=list, blank=True)
    contact = models.CharField("who to ask for", max_length=120, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)
    level = models.CharField(max_length=12, choices=Level, default=Level.TARGETED)
    minimum_age = models.FloatField(null=True, blank=True)
    maximum_age = models.FloatField(null=True, blank=True)
    who_for = models.TextField(blank=True)
    who_not_for = models.TextField(blank=True)
    open_to_all = models.BooleanField(default=False)
    route = models.CharField(max_length=16, choices=Route, blank=True)
    how_to_get_it = models.TextField(blank=True)
    bring = models.TextField("what to bring", blank=True)
    meanwhile = models.TextField("what to do while you wait", blank=True)
    fees = models.CharField(max_length=300)
    costs = models.JSONField(default=list, blank=True)
    delivery = models.CharField(max_length=12, choices=Delivery, default=Delivery.IN_PERSON)
    schedules = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    capacity = models.CharField(max_length=14, choices=Capacity, blank=True)
    capacity_on = models.DateField(null=True, blank=True)
    stated_wait = models.CharField("the provider’s own words about the wait", max_length=200, blank=True)
    stated_wait_on = models.DateField(null=True, blank=True)
    alert = models.CharField(max_length=200, blank=True)
    alert_until = models.DateField(null=True, blank=True)
    accreditation = models.CharField(max_length=200, blank=True)
    easy_read = models.TextField(blank=True)
    video = models.URLField("British Sign Language video", max_length=300, blank=True)
    items = models.JSONField("items of the law", default=list, blank=True)
    assured_on = models.DateField(null=True, blank=True)
    assured_by = models.CharField(max_length=120, blank=True)
    review_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField("the last reminder to its provider", null=True, blank=True)
    link_broken_on = models.DateField(null=True, blank=True)
    archived_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    source_id = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["area", "is_published", "name"]), models.Index(fields=["area", "review_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "source", "source_id"], condition=~Q(source=""), name="one_service_a_source"
            ),
            models.CheckConstraint(
                condition=~Q(open_to_all=True) | Q(who_not_for="", minimum_age__isnull=True, maximum_age__isnull=True),
                name="open_to_all_means_all",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AtLocation(AreaRow):
    """That a service is given at a location."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="at_locations")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "service", "location"], name="one_place_once")]

    def __str__(self) -> str:
        return f"{self.service_id} at {self.location_id}"


class Tagging(AreaRow):
    """That a term says something of a service."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="taggings")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "service", "term"], name="one_tag_once")]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.term_id}"


class Version(AreaRow):
    """What an entry said from one change to the next. Append-only; undoing publishes an older one again."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["area", "service", "number"], name="one_version_of_a_number")]

    def __str__(self) -> str:
        return f"{self.service_id} version {self.number}"


class Proposal(AreaRow):
    """A provider's change that waits for an editor."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="proposals")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="proposals", null=True, blank=True)
    content = models.JSONField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    is_accepted = models.BooleanField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"proposal for {self.service_id or self.organisation_id}"


class Wait(AreaRow):
    """A measured wait for a service, computed from waiting lists and never typed in. The newest counts.

    Weeks. Figures from fewer than ten people are not stored: `seen` and `waiting` are then null ("fewer than 10").
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="waits")
    as_at = models.DateField()
    clock_starts = models.CharField(max_length=120)
    clock_stops = models.CharField(max_length=120)
    period_weeks = models.PositiveSmallIntegerField(default=13)
    seen = models.PositiveIntegerField(null=True, blank=True)
    waiting = models.PositiveIntegerField(null=True, blank=True)
    p10_weeks = models.FloatField(null=True, blank=True)
    median_weeks = models.FloatField(null=True, blank=True)
    p90_weeks = models.FloatField(null=True, blank=True)
    longest_weeks = models.FloatField(null=True, blank=True)
    target_weeks = models.FloatField(null=True, blank=True)
    within_target_percent = models.FloatField(null=True, blank=True)
    trend_weeks = models.FloatField(null=True, blank=True)
    bands = models.JSONField("by age, where every band has ten people or more", default=list, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "service", "as_at"], name="one_wait_a_day")]

    def __str__(self) -> str:
        return f"{self.service_id} at {self.as_at}"


from kept.offer.models_more import (  # noqa: E402, F401 - Django looks here
    Comment,
    Consulted,
    Coverage,
    Miss,
    Page,
    Place,
    PublicComment,
    Sample,
    SynonymRow,
    Views,
    Wording,
)
