"""Areas, accounts, agencies and what joins a person to a child."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from kept.access.roles import ROLES, Role
from kept.access.rows import AreaRow, Row


class Area(Row):
    """A local area: one council with its NHS partners. Nothing personal crosses it."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    la_code = models.CharField("DfE number", max_length=3, blank=True)
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes accounts."""

    def create_user(self, *, email: str, name: str, password: str | None = None, **more: object) -> User:
        """An account that can sign in; without a password it signs in by link, code, passkey or directory."""
        user = self.model(email=email.strip().lower(), name=name, **more)
        user.set_password(password) if password else user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> User:
        """Find an account by its address, whatever its capitals."""
        return self.get(email=(email or "").strip().lower())


class User(AbstractBaseUser, Row):
    """Somebody who signs in: an officer, a therapist, a head teacher, a mother, a young person."""

    email = models.EmailField("email address", unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    session_salt = models.CharField(
        max_length=32, blank=True, editable=False, help_text="changed to end every session at once, known or not"
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry to go on: changes with the password, and when the person signs out everywhere."""
        key_salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        return salted_hmac(key_salt, self.password + self.session_salt, secret=secret, algorithm="sha256").hexdigest()


class AgencyKind(models.TextChoices):
    """What kind of organisation an agency is."""

    SEND = "send", "SEND service of the council"
    SOCIAL_CARE = "social_care", "Social care"
    PSYCHOLOGY = "psychology", "Educational psychology service"
    HEALTH = "health", "Health service"
    ICB = "icb", "Integrated care board"
    SCHOOL = "school", "School, college or early years setting"
    TRANSPORT = "transport", "Transport service"
    SENDIASS = "sendiass", "Information, advice and support service"
    FORUM = "forum", "Parent carer forum"
    COMMUNITY = "community", "Voluntary or community organisation"
    OVERSIGHT = "oversight", "Inspection, audit or scrutiny"


class SettingKind(models.TextChoices):
    """The kinds of place where a child is educated, as the statutory return groups them."""

    EARLY_YEARS = "early_years", "Early years setting"
    MAINSTREAM = "mainstream", "Mainstream school"
    RESOURCED = "resourced", "Mainstream school, resourced provision or SEN unit"
    SPECIAL = "special", "Special school"
    INDEPENDENT_SPECIAL = "independent_special", "Independent or non-maintained special school"
    ALTERNATIVE = "alternative", "Alternative provision or pupil referral unit"
    COLLEGE = "college", "Further education college"
    SPECIALIST_COLLEGE = "specialist_college", "Specialist post-16 institution"


class Agency(AreaRow):
    """An organisation that owes children something: the council's service, a trust, a school."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=AgencyKind)
    setting_kind = models.CharField(max_length=24, choices=SettingKind, blank=True)
    urn = models.CharField("unique reference number", max_length=6, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    postcode = models.CharField(max_length=8, blank=True)

    class Meta:
        indexes = [models.Index(fields=["area", "kind", "name"])]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Team(AreaRow):
    """A team of an agency: the desk that a duty lands on."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "agency", "name"], name="one_team_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Membership(AreaRow):
    """A person's role in an area, for a time. The role decides what they may do; relationships decide for whom."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships", null=True, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships", null=True, blank=True)
    role = models.CharField(max_length=30, choices=[(role.value, ROLES[role].name) for role in Role])
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "area"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"

    @property
    def role_name(self) -> str:
        """The role in plain words."""
        return ROLES[Role(self.role)].name

    def is_running(self, today: date) -> bool:
        """Whether the role holds on that day; both ends count."""
        return self.starts_on <= today and (self.ends_on is None or today <= self.ends_on)


class Relation(models.TextChoices):
    """Why somebody may see a child."""

    FAMILY = "family", "Parent or carer"
    YOUNG_PERSON = "young_person", "The young person"
    ADVOCATE = "advocate", "Advocate chosen by the family"
    AGENCY = "agency", "Agency that is involved"
    BREAK_GLASS = "break_glass", "Emergency access with a reason"
    VISIT = "visit", "Inspection visit"


class Grant(AreaRow):
    """One reason why one person, or the people of one agency, may see one child, from and until the dates given.

    `parts` names the parts of the record (empty: all that the role may see). The database's policies read this table.
    """

    child_id = models.UUIDField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants", null=True, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="grants", null=True, blank=True)
    relation = models.CharField(max_length=16, choices=Relation)
    parts = models.JSONField(default=list, blank=True)
    reason = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["area", "child_id"]),
            models.Index(fields=["user", "area"]),
            models.Index(fields=["agency", "area"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, agency__isnull=True) | Q(user__isnull=True, agency__isnull=False),
                name="grant_to_a_person_or_an_agency",
            )
        ]

    def __str__(self) -> str:
        return f"{self.relation} to {self.child_id}"


from kept.access.trails.models import Change, ChangeValue, Reading, SecurityEvent  # noqa: E402, F401 - Django looks here
