"""What a partner does with a request for advice, what it returns, and links for those without an account."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from kept.access.models import User
from kept.access.rows import AreaRow
from kept.cases.models import AdviceRequest
from kept.people.models import Child


class AdviceWork(AreaRow):
    """A request for advice on a partner's desk: who took it, the draft, and whether it will be on time."""

    request = models.OneToOneField(AdviceRequest, on_delete=models.PROTECT, related_name="work")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    expected_on = models.DateField("when it will be there", null=True, blank=True)
    expected_said_on = models.DateField(null=True, blank=True)
    expected_why = models.CharField(max_length=300, blank=True)
    draft = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    draft_saved_at = models.DateTimeField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.request_id}"


class Advice(AreaRow):
    """Advice as it was returned: structured sections, by whom. Never changed; further advice is a further row."""

    request = models.ForeignKey(AdviceRequest, on_delete=models.PROTECT, related_name="returned")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="advice")
    sections = models.JSONField(encoder=DjangoJSONEncoder)
    earlier_stands = models.BooleanField(default=False, help_text="earlier advice still stands (reg 6(4))")
    said_by = models.CharField(max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_link = models.BooleanField(default=False)
    returned_on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "advice"
        ordering = ["-at"]
        indexes = [models.Index(fields=["area", "child", "at"])]

    def __str__(self) -> str:
        return f"{self.said_by}, {self.returned_on}"


class Link(AreaRow):
    """A link with which one professional without an account answers one request, once. Only its digest is kept."""

    request = models.ForeignKey(AdviceRequest, on_delete=models.PROTECT, related_name="links")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    for_name = models.CharField(max_length=150)
    for_email = models.EmailField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.for_name}, until {self.expires_at:%Y-%m-%d}"


class NoticeKind(models.TextChoices):
    """Why a partner tells the council of a child."""

    EARLY = "early", "A child under school age who may have special needs (section 23)"
    REQUEST = "request", "A request for an assessment of a child who is not on our list"


class Told(AreaRow):
    """That a partner told the council of a child, who may not be on the record yet. The council's next step is a duty.

    Children and Families Act 2014 s.23 for health bodies: they tell the parent first, and of a body that can help.
    """

    kind = models.CharField(max_length=8, choices=NoticeKind)
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    given_names = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120)
    born_on = models.DateField()
    postcode = models.CharField(max_length=8, blank=True)
    parent_name = models.CharField(max_length=150)
    parent_contact = models.CharField(max_length=200)
    needs = models.TextField()
    parent_told_on = models.DateField(help_text="the day on which the parent was told and could talk about it")
    helper = models.CharField("voluntary body of which the parent was told", max_length=200, blank=True)
    told_on = models.DateField()
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    settled_how = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["told_on", "id"]
        indexes = [models.Index(fields=["area", "settled_on", "told_on"])]

    def __str__(self) -> str:
        return f"{self.given_names} {self.family_name}, {self.told_on}"
