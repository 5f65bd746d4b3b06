"""One row per protected read, change, refusal, log-in and print; it can only be added to."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models


class Clock(models.Func):
    """The instant itself, not when the statement or transaction began: what waited for a lock is dated after it."""

    function = "clock_timestamp"
    output_field = models.DateTimeField()


class Action(models.TextChoices):
    """The closed list of verbs. The words are what the individual reads in "Vem har läst?"."""

    LOGGED_IN = "logged_in", "loggade in"
    LOGIN_FAILED = "login_failed", "misslyckades att logga in"
    LOGGED_OUT = "logged_out", "loggade ut"
    LOCKED_OUT = "locked_out", "stängdes ute efter för många försök"
    SESSION_ENDED = "session_ended", "avslutade en inloggning"
    FACTOR_ADDED = "factor_added", "lade till ett andra steg"
    FACTOR_REMOVED = "factor_removed", "tog bort ett andra steg"
    PROMISED = "promised", "godkände ansvarsförbindelsen"
    READ = "read", "läste"
    CHANGED = "changed", "ändrade"
    REGISTERED = "registered", "registrerade"
    REFUSED = "refused", "nekades"
    SEARCHED = "searched", "sökte"
    REVEALED = "revealed", "visade personnumret"
    PRINTED = "printed", "skrev ut"
    EXPORTED = "exported", "exporterade"
    ASSIGNED = "assigned", "tilldelade"
    UNASSIGNED = "unassigned", "avslutade tilldelning"
    CONSENT_GIVEN = "consent_given", "registrerade samtycke"
    CONSENT_DECLINED = "consent_declined", "registrerade ett nej till samtycke"
    CONSENT_WITHDRAWN = "consent_withdrawn", "registrerade återkallat samtycke"
    CONSENT_NARROWED = "consent_narrowed", "registrerade att samtycket gäller mindre"
    CONSENT_CONFIRMED = "consent_confirmed", "bekräftade samtycke vid möte"
    WITHHELD = "withheld", "spärrade uppgifter"
    RELEASED = "released", "hävde en spärr"
    TOLD_BY_LAW = "told_by_law", "lämnade uppgifter med stöd av lag"
    EMERGENCY_OPENED = "emergency_opened", "öppnade ärendet med nödåtkomst"
    LISTED = "listed", "visade en lista över ärenden"
    ROLE_CHANGED = "role_changed", "ändrade roll"
    LOG_READ = "log_read", "läste loggen"
    LOG_REVIEWED = "log_reviewed", "granskade en läsning"
    LOG_WEEDED = "log_weeded", "gallrade loggen"
    REPORT_FROZEN = "report_frozen", "fryste månadens siffror"
    REPORT_ISSUED = "report_issued", "utfärdade rapport"


class EntryQuerySet(models.QuerySet):
    def about(self, case_id):
        return self.filter(case_id=case_id)

    def newest_first(self):
        return self.order_by("-at", "-pk")


class Entry(models.Model):
    """Plain ids and the names as they were: evidence outlives what it is about, so no foreign keys.

    `at` is set by the database. `ground` says why it was allowed: "tilldelning, egen organisation",
    "tilldelning, samtycke 17". The table has one part per month and is sealed by a trigger (audit/sql); a column
    added to it must be NULL in the rows that are there, or their hashes would change.
    """

    at = models.DateTimeField(db_default=Clock(), editable=False)
    action = models.CharField(max_length=24, choices=Action)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    organisation_id = models.BigIntegerField(null=True)
    organisation_name = models.CharField(max_length=200, blank=True)
    unit_name = models.CharField(max_length=200, blank=True)
    case_id = models.UUIDField(null=True)
    case_number = models.CharField(max_length=20, blank=True)
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    category = models.CharField(max_length=20, blank=True)
    ground = models.CharField(max_length=200, blank=True)
    factor = models.CharField(max_length=40, blank=True)
    request_id = models.CharField(max_length=64, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "logghändelse"
        verbose_name_plural = "logghändelser"
        indexes = [
            models.Index(fields=["case_id", "-at"], name="entry_case"),
            models.Index(fields=["organisation_id", "-at"], name="entry_organisation"),
            models.Index(fields=["actor_id", "-at"], name="entry_actor"),
            BrinIndex(fields=["at"], name="entry_at"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.get_action_display()} {self.case_number}"


class Seal(models.Model):
    """One per row of the log, in the order in which their transactions ended. Written by a trigger, never here.

    It holds nothing about anybody, and stays when the month it sealed is dropped.
    """

    sequence = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        verbose_name = "sigill"
        verbose_name_plural = "sigill"

    def __str__(self):
        return f"{self.sequence} {bytes(self.hash).hex()}"
