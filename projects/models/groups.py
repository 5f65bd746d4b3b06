"""LSG, lilla LSG and the steering group: who sits in them, and what they decided."""

from django.conf import settings
from django.db import models

from projects.models.project import Project


class Group(models.Model):
    """LSG, lilla LSG or the steering group (S30–S35)."""

    class Kind(models.TextChoices):
        LOCAL = "local_group", "LSG"
        CASEWORKER = "caseworker_group", "lilla LSG"
        STEERING = "steering_group", "styrgrupp"
        PREPARATORY = "preparatory_group", "beredningsgrupp"

    project = models.ForeignKey(Project, models.CASCADE, related_name="groups")
    kind = models.CharField("slag", max_length=20, choices=Kind)
    mandate = models.TextField("mandat", blank=True)

    class Meta:
        verbose_name = "grupp"
        verbose_name_plural = "grupper"

    def __str__(self):
        return self.get_kind_display()


class Membership(models.Model):
    """Ordinary or adjunct (adjungerad), between two dates, and who decided (S33–S34)."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", "ordinarie"
        ADJUNCT = "adjunct", "adjungerad"

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ORDINARY)
    since = models.DateField("från och med")
    until = models.DateField("till och med", null=True, blank=True)
    decided_by = models.CharField("beslutat av", max_length=120, blank=True)

    class Meta:
        ordering = ["since"]
        verbose_name = "ledamot"
        verbose_name_plural = "ledamöter"

    def __str__(self):
        return f"{self.user} ({self.get_kind_display()})"


class GroupMeeting(models.Model):
    """A meeting of a group. Agenda items stand in AgendaItem; no client data here."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="meetings")
    held_on = models.DateField("datum")
    minutes = models.TextField("anteckningar", blank=True)

    class Meta:
        ordering = ["-held_on"]

    def __str__(self):
        return f"{self.group} {self.held_on}"


class AgendaItem(models.Model):
    """`effect` = what an organisational change means for the work with the individuals (S73)."""

    meeting = models.ForeignKey(GroupMeeting, models.CASCADE, related_name="items")
    text = models.CharField("punkt", max_length=200)
    organisational_change = models.BooleanField("förändring i en organisation", default=False)
    effect = models.CharField("vad det betyder för arbetet", max_length=300, blank=True)
    decision = models.CharField("beslut", max_length=300, blank=True)

    def __str__(self):
        return self.text
