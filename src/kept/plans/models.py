"""Plans as data. What was sent is never changed: the database refuses it (see the migration `protection`)."""

from __future__ import annotations

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from kept.access.models import Agency, User
from kept.access.rows import AreaRow
from kept.documents.models import Document
from kept.people.models import Child
from kept.plans import words
from kept.rules.identifiers.keys import uuid7

PERSON: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"}
ABOUT: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"}


class Plan(AreaRow):
    """The plan of one child. A child whose plan ceased may have another one later."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="plans")
    case = models.ForeignKey("cases.Case", null=True, blank=True, **ABOUT)
    section_set = models.CharField(max_length=40)
    is_eotas = models.BooleanField("education otherwise than at school (section 61)", default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, **PERSON)
    ceased_on = models.DateField(null=True, blank=True)
    ceased_why = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["area", "child"])]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "child"], condition=Q(ceased_on__isnull=True), name="one_running_plan_a_child"
            )
        ]

    def __str__(self) -> str:
        return f"{self.child_id}"


class Version(AreaRow):
    """One version of a plan. Once sent (a draft) or issued (a final) nothing in it is ever changed.

    Which version is in force, and what state one is in, is worked out from the days below (`states`).
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    child = models.ForeignKey(Child, **ABOUT)
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=20, choices=words.Stage)
    section_set = models.CharField(max_length=40)
    supersedes = models.ForeignKey("self", null=True, blank=True, help_text="what it was written from", **ABOUT)
    writer = models.ForeignKey(User, **PERSON)
    reason = models.CharField("why this version was made", max_length=300, blank=True)
    is_imported = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    agreed_on = models.DateField("day on which the family agreed the draft", null=True, blank=True)
    notice_on = models.DateField("day of the notice that goes with a proposed amendment", null=True, blank=True)
    sent_on = models.DateField("day on which the draft was sent to the family", null=True, blank=True)
    issued_on = models.DateField("day from which the final is in force", null=True, blank=True)
    signed_by = models.ForeignKey(User, null=True, blank=True, **PERSON)
    discarded_on = models.DateField("day on which writing was given up, unsent", null=True, blank=True)
    event = models.UUIDField("the entry of the case that says so", null=True, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["plan", "number"]
        indexes = [
            models.Index(fields=["area", "child", "issued_on"]),
            models.Index(fields=["area", "writer", "sent_on"]),
            models.Index(fields=["area", "plan", "number"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["area", "plan", "number"], name="one_version_a_number"),
            models.UniqueConstraint(
                fields=["area", "plan"],
                condition=Q(sent_on__isnull=True, issued_on__isnull=True, discarded_on__isnull=True),
                name="one_version_is_written_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True) | Q(stage__in=["draft", "proposed amendment"]),
                name="only_drafts_are_sent_as_drafts",
            ),
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True) | ~Q(stage__in=["draft", "proposed amendment"]),
                name="only_finals_are_issued",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}, version {self.number}"

    @property
    def is_locked(self) -> bool:
        """Whether it was sent, issued or given up: nothing in it changes any more."""
        return bool(self.sent_on or self.issued_on or self.discarded_on)


class TribunalOrder(AreaRow):
    """An order of the First-tier Tribunal about this plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="orders")
    child = models.ForeignKey(Child, **ABOUT)
    reference = models.CharField(max_length=60)
    ordered_on = models.DateField()
    document = models.ForeignKey(Document, null=True, blank=True, **ABOUT)
    recorded_by = models.ForeignKey(User, **PERSON)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["ordered_on", "id"]
        constraints = [models.UniqueConstraint(fields=["area", "plan", "reference"], name="an_order_is_recorded_once")]

    def __str__(self) -> str:
        return f"{self.reference}, {self.ordered_on}"


class Entry(AreaRow):
    """One entry of a version. `lineage` stays the same from version to version, so history follows the item."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="entries")
    child = models.ForeignKey(Child, **ABOUT)
    lineage = models.UUIDField(default=uuid7)
    section = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, choices=words.Kind)
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(blank=True)
    original = models.TextField("the words of the plan it was read from", blank=True)
    details = models.JSONField(
        default=dict,
        blank=True,
        encoder=DjangoJSONEncoder,
        help_text="by kind: need area, outcome measure, baseline and date, setting type ... (facts.DETAILS)",
    )
    provision = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder, help_text="facts.provision_of")
    provider = models.CharField("who provides it, by organisation", max_length=200, blank=True)
    is_typed = models.BooleanField("the sentence is written from the fields", default=False)
    schedulable = models.BooleanField(null=True, blank=True, help_text="whether delivery can be counted")
    read_by_machine = models.BooleanField("read by machine, not yet confirmed", default=False)
    confirmed_by = models.ForeignKey(User, null=True, blank=True, **PERSON)
    order = models.ForeignKey(TribunalOrder, null=True, blank=True, on_delete=models.PROTECT, related_name="entries")
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(User, null=True, blank=True, **PERSON)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["section", "position", "id"]
        indexes = [models.Index(fields=["area", "lineage"]), models.Index(fields=["area", "child"])]
        constraints = [models.UniqueConstraint(fields=["version", "lineage"], name="a_lineage_is_once_in_a_version")]

    def __str__(self) -> str:
        return f"{self.section}: {self.text[:60]}"


class VersionRow(AreaRow):
    """A row about one version of one child's plan."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="%(class)ss")
    child = models.ForeignKey(Child, **ABOUT)

    class Meta:
        abstract = True


class Link(VersionRow):
    """A typed link of the golden thread between two entries of one version, by lineage."""

    kind = models.CharField(max_length=12, choices=words.Thread)
    first = models.UUIDField("lineage of the entry that the link is read from")
    second = models.UUIDField("lineage of the entry that it points to")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "kind", "first", "second"], name="linked_once"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="nothing_links_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.first} {self.kind} {self.second}"


class Source(VersionRow):
    """Where an entry comes from: a span of a document, or of advice that was returned in sections."""

    lineage = models.UUIDField()
    document = models.ForeignKey(Document, null=True, blank=True, **ABOUT)
    advice = models.UUIDField("advice returned in sections", null=True, blank=True)
    said_by = models.CharField("whose advice", max_length=200)
    said_on = models.DateField(null=True, blank=True)
    place = models.CharField("page, section or sentence", max_length=80, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True, help_text="characters from the beginning of the place")
    end = models.PositiveIntegerField(null=True, blank=True)
    words = models.TextField("the words themselves", blank=True)

    class Meta:
        ordering = ["said_on", "id"]
        indexes = [models.Index(fields=["version", "lineage"])]

    def __str__(self) -> str:
        return f"{self.said_by} {self.place}"


class Departure(VersionRow):
    """That the plan does something else than the advice, and why. Rule F20 is cleared by this alone."""

    lineage = models.UUIDField()
    advice = models.CharField("what the advice says", max_length=1000)
    instead = models.CharField("what the plan does instead", max_length=1000)
    reason = models.TextField()
    evidence = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, **PERSON)
    on = models.DateField()

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return self.instead[:60]


class Lock(AreaRow):
    """Words that a tribunal ordered. They end only by a later order or by an amendment in law, with the reason."""

    order = models.ForeignKey(TribunalOrder, on_delete=models.PROTECT, related_name="locks")
    child = models.ForeignKey(Child, **ABOUT)
    lineage = models.UUIDField()
    section = models.CharField(max_length=20)
    text = models.TextField()
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, **PERSON)
    ended_why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["section", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "child", "lineage"],
                condition=Q(ended_on__isnull=True),
                name="one_running_lock_an_entry",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_why=""), name="a_lock_ends_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.text[:60]}"


class Recipient(VersionRow):
    """Somebody to whom a version goes: when it was sent, opened and confirmed, and its recall when superseded."""

    to = models.CharField(max_length=12, choices=words.To)
    name = models.CharField(max_length=200)
    address = models.CharField("where it was sent", max_length=300, blank=True)
    user = models.ForeignKey(User, null=True, blank=True, **PERSON)
    agency = models.ForeignKey(Agency, null=True, blank=True, **PERSON)
    how = models.CharField(max_length=5, choices=words.How, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    confirmed_on = models.DateField("day on which they said that they have it", null=True, blank=True)

    class Meta:
        ordering = ["to", "name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_to_display()})"


class Recall(AreaRow):
    """That somebody was asked to stop using a copy, as a newer version is in force, and whether they confirmed."""

    recipient = models.OneToOneField(Recipient, on_delete=models.PROTECT, related_name="recall")
    child = models.ForeignKey(Child, **ABOUT)
    because_of = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="recalls")
    asked_on = models.DateField()
    confirmed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["asked_on", "id"]

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.asked_on}"


class Override(VersionRow):
    """That a finding does not stop this version, and why. It ends with the version. Blockers need a second officer."""

    fingerprint = models.CharField(max_length=64)
    rule = models.CharField(max_length=8)
    severity = models.CharField(max_length=8)
    lineage = models.UUIDField(null=True, blank=True)
    quoted = models.TextField("the words found", blank=True)
    reason = models.TextField()
    by = models.ForeignKey(User, **PERSON)
    on = models.DateField()
    second = models.ForeignKey(User, null=True, blank=True, **PERSON)
    second_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "fingerprint"], name="one_override_a_finding"),
            models.CheckConstraint(condition=Q(second__isnull=True) | ~Q(second=F("by")), name="two_pairs_of_eyes"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason[:60]}"


class DraftComment(VersionRow):
    """A point that one of the family makes on a draft, on one entry or on the whole, and the council's answer.

    It is its writer's own: the other parent does not read it. `said_on` empty: still being written.
    """

    kind = models.CharField(max_length=8, choices=words.Point, default=words.Point.COMMENT)
    lineage = models.UUIDField(null=True, blank=True)
    section = models.CharField(max_length=20, blank=True)
    rule = models.CharField("the check it came from", max_length=8, blank=True)
    text = models.TextField(blank=True)
    by = models.ForeignKey(User, **PERSON)
    said_by = models.CharField(max_length=200)
    written_by = models.ForeignKey(
        User, null=True, blank=True, help_text="who wrote down what came by letter or phone", **PERSON
    )
    saved_at = models.DateTimeField(auto_now=True)
    said_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=8, choices=words.Answer, blank=True)
    answer_reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, **PERSON)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["saved_at", "id"]
        indexes = [models.Index(fields=["version", "lineage"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=["", "accept"]) | ~Q(answer_reason=""), name="no_refusal_without_a_reason"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Recommendation(AreaRow):
    """A recommendation picked out of advice, and what became of it: used, changed or declined with a reason."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="recommendations")
    child = models.ForeignKey(Child, **ABOUT)
    document = models.ForeignKey(Document, null=True, blank=True, **ABOUT)
    advice = models.UUIDField("advice returned in sections", null=True, blank=True)
    said_by = models.CharField(max_length=200)
    said_on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=80, blank=True)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    text = models.TextField()
    kind = models.CharField(max_length=12, choices=words.Kind, default=words.Kind.PROVISION)
    use = models.CharField(max_length=8, choices=words.Use, blank=True)
    reason = models.TextField(blank=True)
    lineage = models.UUIDField("the entry that uses it", null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, **PERSON)
    answered_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField("picked out by mistake, or replaced by newer advice", null=True, blank=True)

    class Meta:
        ordering = ["said_on", "place", "start", "id"]
        indexes = [models.Index(fields=["area", "plan", "use"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(use__in=["", "used"]) | ~Q(reason=""), name="no_advice_dropped_without_a_reason"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Writing(VersionRow):
    """What somebody has typed on one entry and not yet put into the version: it survives a closed laptop."""

    lineage = models.UUIDField()
    section = models.CharField(max_length=20)
    user = models.ForeignKey(User, **PERSON)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text="the boxes of the form as typed")
    based_on = models.PositiveIntegerField("revision of the entry it began from", default=0)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "lineage", "user"], name="one_writing_an_entry_and_person")
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.saved_at}"


class LintNight(VersionRow):
    """A finding of the night's checks over the whole caseload. Last night's rows replace those of the night before."""

    on = models.DateField()
    rule = models.CharField(max_length=8)
    severity = models.CharField(max_length=8)
    fingerprint = models.CharField(max_length=64)
    lineage = models.UUIDField(null=True, blank=True)
    section = models.CharField(max_length=20, blank=True)
    quoted = models.TextField(blank=True)
    writer = models.ForeignKey(User, null=True, blank=True, **PERSON)
    service = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["area", "rule", "severity"]),
            models.Index(fields=["area", "writer"]),
            models.Index(fields=["area", "version"]),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.on}"


class PlanNight(VersionRow):
    """The figures of one plan on a night: the caseload's report adds them up."""

    on = models.DateField()
    writer = models.ForeignKey(User, null=True, blank=True, **PERSON)
    blockers = models.PositiveSmallIntegerField(default=0)
    majors = models.PositiveSmallIntegerField(default=0)
    minors = models.PositiveSmallIntegerField(default=0)
    provisions = models.PositiveSmallIntegerField(default=0)
    schedulable = models.PositiveSmallIntegerField(default=0)
    needs = models.PositiveSmallIntegerField(default=0)
    needs_threaded = models.PositiveSmallIntegerField("needs with provision and an outcome", default=0)
    read_by_machine = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version"], name="one_night_a_version")]
        indexes = [models.Index(fields=["area", "writer"]), models.Index(fields=["area", "blockers", "majors"])]

    def __str__(self) -> str:
        return f"{self.version_id} {self.on}"


from kept.plans.import_models import PlanImport  # noqa: E402, F401 - Django finds models here only
from kept.plans.paper_models import AdvicePaper  # noqa: E402, F401
