"""Beside the directory: guidance pages, the law's checklist, comments, counts, places and synonyms."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models

from kept.access.models import User
from kept.access.rows import AreaRow
from kept.offer.models import Service, Version
from kept.offer.states import REPLY_WITHIN, About, Answer, CameBy, CommentState, Withheld


class Page(AreaRow):
    """A page of guidance: how to ask for an assessment, how it is funded, where to complain."""

    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    body = models.TextField(help_text="Paragraphs parted by an empty line; “- ” begins a point; “## ” a heading")
    easy_read = models.TextField(blank=True)
    video = models.URLField("British Sign Language video", max_length=300, blank=True)
    items = models.JSONField(default=list, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    assured_on = models.DateField(null=True, blank=True)
    assured_by = models.CharField(max_length=120, blank=True)
    review_on = models.DateField(null=True, blank=True)
    is_published = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "slug"], name="one_page_of_a_name")]

    def __str__(self) -> str:
        return self.title


class Wording(AreaRow):
    """What an organisation, a place or a page of guidance said from one change to the next. Append-only."""

    row_id = models.UUIDField(help_text="the organisation, place or page; it may be gone since")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "row_id", "number"], name="one_wording_of_a_number")]

    def __str__(self) -> str:
        return f"{self.row_id} version {self.number}"


class Coverage(AreaRow):
    """What the area says of one item of the checklist: who owns it, and whether it does not apply here."""

    code = models.CharField(max_length=8)
    owner = models.CharField(max_length=120, blank=True)
    not_applicable_because = models.CharField(max_length=300, blank=True)
    missing_since = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="one_line_an_item")]

    def __str__(self) -> str:
        return self.code


class Comment(AreaRow):
    """A comment as it was sent. Only editors read it; what is published stands in `PublicComment`."""

    reference = models.CharField(max_length=12)
    about = models.CharField(max_length=12, choices=About)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="comments", null=True, blank=True)
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="comments", null=True, blank=True)
    words = models.TextField()
    who = models.CharField(max_length=40, blank=True)
    district = models.CharField(max_length=5, blank=True)
    reply_to = models.CharField(max_length=254, blank=True)
    people = models.PositiveIntegerField("how many people said it", default=1)
    came_by = models.CharField(max_length=20, choices=CameBy, default=CameBy.WEB)
    received_on = models.DateField()
    state = models.CharField(max_length=14, choices=CommentState, default=CommentState.NEW)
    withheld = models.CharField(max_length=14, choices=Withheld, blank=True)
    read_on = models.DateField(null=True, blank=True)
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["area", "state", "received_on"])]
        constraints = [models.UniqueConstraint(fields=["area", "reference"], name="one_comment_a_reference")]

    def __str__(self) -> str:
        return self.reference


class PublicComment(AreaRow):
    """What everybody may read: the words that an editor passed, the answer, the action and what came of it."""

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="public")
    about = models.CharField(max_length=12, choices=About)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    words = models.TextField()
    received_on = models.DateField()
    published_on = models.DateField()
    people = models.PositiveIntegerField(default=1)
    who_answers = models.CharField(max_length=120)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answer_words = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    action = models.CharField(max_length=300, blank=True)
    action_owner = models.CharField(max_length=120, blank=True)
    action_due = models.DateField(null=True, blank=True)
    action_done_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["area", "received_on"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(answer="will_do") | (~models.Q(action="") & models.Q(action_due__isnull=False)),
                name="a_promise_has_an_action",
            )
        ]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def reply_due_on(self) -> date:
        """The day by which an answer is owed."""
        return self.received_on + timedelta(days=REPLY_WITHIN)


class Miss(AreaRow):
    """Words that found nothing in one month, without who typed them."""

    month = models.DateField()
    words = models.CharField(max_length=120)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "month", "words"], name="one_miss_a_month")]
        verbose_name_plural = "misses"

    def __str__(self) -> str:
        return f"{self.words}: {self.times}"


class Views(AreaRow):
    """How often an entry was opened in one month."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="views")
    month = models.DateField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "service", "month"], name="one_count_a_month")]
        verbose_name_plural = "views"

    def __str__(self) -> str:
        return f"{self.service_id}: {self.times}"


class Place(AreaRow):
    """Where a postcode, or a named place, is; imported by the council, never looked up outside."""

    name = models.CharField(max_length=60, help_text="a postcode without its space, or a name, in capitals")
    latitude = models.FloatField()
    longitude = models.FloatField()
    is_from_ons = models.BooleanField("from a file of the Office for National Statistics", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="one_place_of_a_name")]

    def __str__(self) -> str:
        return self.name


class SynonymRow(AreaRow):
    """An editor's synonym: when `typed` is typed, also search for the others. They replace those of the product."""

    typed = models.CharField(max_length=60)
    also = models.CharField(max_length=300, help_text="parted by semicolons")
    note = models.CharField(max_length=200, blank=True)
    is_on = models.BooleanField(default=True)
    changed_on = models.DateField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "typed"], name="one_synonym_of_a_word")]

    def __str__(self) -> str:
        return self.typed


class Sample(AreaRow):
    """A change that a trusted provider published at once, drawn for an editor to look at afterwards."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="samples")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    looked_on = models.DateField(null=True, blank=True)
    looked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    is_right = models.BooleanField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "version"], name="one_sample_a_version")]

    def __str__(self) -> str:
        return f"sample of {self.version_id}"


class Consulted(AreaRow):
    """That somebody on the list of regulation 54 was asked about the Local Offer: when, how, and what changed."""

    code = models.CharField(max_length=4, help_text="the letter of the list")
    on = models.DateField()
    how = models.CharField("how they were asked", max_length=200)
    people = models.PositiveIntegerField("how many answered", default=0)
    changed = models.CharField("what changed because of it", max_length=300, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["area", "on"])]
        verbose_name_plural = "consulted"

    def __str__(self) -> str:
        return f"{self.code} on {self.on}"
