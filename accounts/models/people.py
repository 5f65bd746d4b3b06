"""The people who log in, and the roles they hold between two dates."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models.organisations import Municipality, Organisation, Unit


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email):
        return self.with_workplace().get(email__iexact=email)

    def with_workplace(self):
        return self.select_related("organisation__municipality", "unit")


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who works at one organisation. There are no superusers: a constraint says so."""

    email = models.EmailField("e-post", unique=True, error_messages={"unique": "Adressen används redan."})
    given_name = models.CharField("förnamn", max_length=80)
    family_name = models.CharField("efternamn", max_length=80)
    title = models.CharField("befattning", max_length=80, blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="workers", verbose_name="organisation")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="workers", verbose_name="enhet")
    is_active = models.BooleanField("kan logga in", default=True)
    date_joined = models.DateTimeField("upplagd", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["given_name", "family_name"]

    class Meta:
        ordering = ["family_name", "given_name"]
        verbose_name = "användare"
        verbose_name_plural = "användare"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_superuser=False),
                name="user_is_never_superuser",
                violation_error_message="Ingen användare får öppna allt.",
            )
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self):
        return f"{self.given_name} {self.family_name}"

    @property
    def is_staff(self):
        """May open the reference-data admin. Costs a query; asked only there."""
        return self.is_active and self.roles.in_force(timezone.localdate()).filter(role=Role.ADMINISTRATOR).exists()


class Role(models.TextChoices):
    INTAKE = "intake", "Mottagning"
    CASE_WORKER = "case_worker", "Handläggare"
    UNIT_WORKER = "unit_worker", "Arbetar med hela enhetens ärenden"
    COORDINATOR = "coordinator", "Samordnare"
    UNIT_MANAGER = "unit_manager", "Enhetschef"
    PROJECT_LEAD = "project_lead", "Projektledare"
    STEERING_MEMBER = "steering_member", "Styrgrupp"
    LOG_REVIEWER = "log_reviewer", "Loggranskare"
    ADMINISTRATOR = "administrator", "Systemförvaltare"
    EVALUATOR = "evaluator", "Utvärderare"


class RoleAssignmentQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class RoleAssignment(models.Model):
    """A role between two dates (both days included; `until` None means until further notice).

    A role never opens a case by itself. UNIT_WORKER lets its holder work with the cases that are granted to
    the unit. `unit` None means the whole organisation; `municipality` is for roles that span organisations.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="roles", verbose_name="användare")
    role = models.CharField("roll", max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, verbose_name="enhet")
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, verbose_name="kommun")
    since = models.DateField("från och med")
    until = models.DateField("till och med", null=True, blank=True)
    reason = models.CharField("anledning", max_length=200, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["user", "role", "since"]
        verbose_name = "roll"
        verbose_name_plural = "roller"
        indexes = [models.Index(fields=["role", "municipality"], name="role_municipality")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="role_dates_in_order",
                violation_error_message="Rollen kan inte sluta innan den börjar.",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.UNIT_WORKER) | Q(unit__isnull=False),
                name="unit_worker_names_a_unit",
                violation_error_message="Välj vilken enhet rollen gäller.",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"
