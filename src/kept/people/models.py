"""Children and young people, their families and their settings. Facts carry dates; nothing is overwritten silently."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kept.access.models import Agency, User
from kept.access.rows import AreaRow
from kept.people.codes import Ethnicity, Need, Pronouns, Sex


class Child(AreaRow):
    """A child or young person from birth to 25."""

    given_names = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120)
    known_as = models.CharField("name they like to be called", max_length=120, blank=True)
    born_on = models.DateField("date of birth")
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    pronouns = models.CharField(max_length=9, choices=Pronouns, blank=True)
    ethnicity = models.CharField(max_length=4, choices=Ethnicity, blank=True)
    language = models.CharField("first language", max_length=3, blank=True)
    interpreter_needed = models.BooleanField(default=False)
    looked_after_from = models.DateField(null=True, blank=True)
    left_area_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    name_keys = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        editable=False,
        help_text="keys of all present and former names; the database copies them to NameKey, where search finds them",
    )
    sort_key = models.CharField(max_length=240, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    token = models.UUIDField(null=True, editable=False, help_text="the form it came from: a double click adds once")

    class Meta:
        verbose_name_plural = "children"
        indexes = [
            models.Index(fields=["area", "sort_key", "id"]),
            models.Index(
                fields=["area", "id"],
                include=["sort_key", "left_area_on"],
                condition=models.Q(died_on__isnull=True),
                name="every_living_child",
            ),
            models.Index(fields=["area", "born_on"]),
        ]
        constraints = [models.UniqueConstraint(fields=["area", "token"], name="a_form_adds_one_child")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Given names and family name."""
        return f"{self.given_names} {self.family_name}"

    @property
    def first_name(self) -> str:
        """What to call them in a sentence."""
        return self.known_as or self.given_names.split()[0]

    def age_on(self, day: date) -> int:
        """Whole years lived by that day."""
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))


class ChildRow(AreaRow):
    """A row about one child."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True


class NameKey(models.Model):
    """One key by which a child is found by name: kept by a trigger on the child's `name_keys`, never written by us.

    An index on the array itself would be of no use: behind row-level security PostgreSQL gives an index only tests that
    cannot leak, which equality is and overlap of arrays is not.
    """

    pk = models.CompositePrimaryKey("area", "key", "child")
    area = models.ForeignKey(
        "access.Area", on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    key = models.CharField(max_length=40)
    child = models.ForeignKey(Child, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)

    def __str__(self) -> str:
        return self.key


class FormerName(ChildRow):
    """A name the child had before, still found by search."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="former_names")
    given_names = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120)
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.given_names} {self.family_name}"


class IdentifierKind(models.TextChoices):
    """National numbers with check digits."""

    UPN = "upn", "Unique pupil number"
    NHS = "nhs", "NHS number"
    ULN = "uln", "Unique learner number"
    LOCAL = "local", "Number in another local system"


class Identifier(ChildRow):
    """A number by which other systems know the child."""

    kind = models.CharField(max_length=5, choices=IdentifierKind)
    value = models.CharField(max_length=40)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "kind", "value"], condition=~Q(kind="local"), name="a_national_number_is_one_childs"
            )
        ]
        indexes = [models.Index(fields=["area", "value"]), models.Index(fields=["area", "child"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"


class Address(ChildRow):
    """Where the child lives or lived.

    A confidential one (a refuge) is shown to nobody but the case team, its holder and the young person themself.
    """

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="addresses")
    lines = models.TextField()
    postcode = models.CharField(max_length=8, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    is_confidential = models.BooleanField(default=False)
    holder = models.ForeignKey(
        "people.Carer", on_delete=models.PROTECT, related_name="addresses", null=True, blank=True
    )

    class Meta:
        verbose_name_plural = "addresses"
        indexes = [models.Index(fields=["area", "child"]), models.Index(fields=["area", "postcode"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="address_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.postcode or self.lines.split("\n")[0]


class ChildNeed(ChildRow):
    """A type of need, as the statutory return codes it; rank 1 is the primary need."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="needs")
    need = models.CharField(max_length=5, choices=Need)
    rank = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["area", "child"])]

    def __str__(self) -> str:
        return self.get_need_display()


class EnrolmentKind(models.TextChoices):
    """How the child is at the setting, or why at none."""

    ON_ROLL = "on_roll", "On roll"
    AWAITING = "awaiting", "Awaiting a place"
    EOTAS = "eotas", "Education otherwise than at school (section 61)"
    HOME = "home", "Home educated by the parents' choice"
    NEET = "neet", "Not in education, employment or training"


class Enrolment(ChildRow):
    """Where the child is educated, with dates."""

    setting = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="enrolments", null=True, blank=True)
    kind = models.CharField(max_length=10, choices=EnrolmentKind, default=EnrolmentKind.ON_ROLL)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    sen_unit = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["area", "child", "-starts_on"], include=["kind", "ends_on", "setting"], name="where_enrolled"
            ),
            models.Index(fields=["area", "setting"], include=["child", "starts_on", "ends_on"], name="who_is_enrolled"),
        ]

    def __str__(self) -> str:
        return f"{self.setting or self.get_kind_display()}"


class Carer(AreaRow):
    """A parent or carer. They may also have an account of their own."""

    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    prefers = models.CharField(
        "how they like to hear from us",
        max_length=10,
        choices=[("post", "Letter by post"), ("email", "Email"), ("phone", "Phone call"), ("text", "Text message")],
        default="post",
    )
    language = models.CharField(max_length=3, blank=True)
    interpreter_needed = models.BooleanField(default=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="carers", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "user"], name="one_carer_an_account")]

    def __str__(self) -> str:
        return self.name


class ParentalLink(ChildRow):
    """How a carer is joined to a child. Parental responsibility is a fact with evidence, limits and dates."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="links")
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="links")
    relationship = models.CharField(max_length=60, help_text="mother, father, grandparent, foster carer ...")
    has_responsibility = models.BooleanField("has parental responsibility", default=False)
    evidence = models.CharField(max_length=200, blank=True)
    limits = models.CharField("limits set by a court", max_length=200, blank=True)
    lives_with = models.BooleanField(default=True)
    withheld_because = models.CharField(
        "why they may not see the record",
        max_length=200,
        blank=True,
        help_text="a court order or somebody's safety; empty for nearly everybody",
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["area", "child"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="link_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.carer_id} {self.relationship}"

    def is_running(self, day: date) -> bool:
        """Whether it holds on that day; both ends count."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @property
    def opens_the_record(self) -> bool:
        """Whether the carer's own account may see the child: a parent in law, or whoever has the child in their care.

        Source: Education Act 1996 s.576 (a "parent" has parental responsibility or care). Withheld where recorded.
        """
        return (self.has_responsibility or self.lives_with) and not self.withheld_because


class Change(ChildRow):
    """That somebody changed a child's record: what, in a sentence, with the values before and after. Never edited.

    Addresses and contact details are left out of `details`. A change that is about one carer names them there as
    `carer`: of such changes each parent reads their own only, as parents who have parted may be in danger.
    """

    what = models.CharField(max_length=300)
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["area", "child", "at"])]

    def __str__(self) -> str:
        return self.what
