"""Personal links: one door without log-in, for one person, to one thing, until an instant."""

import uuid
from base64 import urlsafe_b64encode
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.crypto import salted_hmac

MARK = "[personlig länk]"


def fingerprint(token):
    """What we keep of a token: finds it, opens nothing."""
    return sha256(token.encode()).hexdigest()


class PersonalLinkQuerySet(models.QuerySet):
    def lay(self, route, expiries):
        """`expiries`: {object_key: instant}. {object_key: link}, the same link as before for what has one already."""
        links = [PersonalLink(route=route, object_key=key, expires_at=at) for key, at in expiries.items()]
        for link in links:
            link.fingerprint = fingerprint(link.token)
        self.bulk_create(links, ignore_conflicts=True)
        return {link.object_key: link for link in self.filter(route=route, object_key__in=expiries)}

    def behind(self, route, token, now):
        """The link that this token opens now. None: unknown, ended and over look the same."""
        return self.filter(
            route=route, fingerprint=fingerprint(token), expires_at__gt=now, ended_at__isnull=True
        ).first()

    def end(self, now):
        return self.filter(ended_at=None).update(ended_at=now)


class PersonalLink(models.Model):
    """Opens the page `route` (a URL name that takes the token) for whoever holds it, about the thing `object_key`.

    The token comes from the row's random id and SECRET_KEY, so that a letter can be printed twice with the same
    link; the database holds its fingerprint only, and a stolen dump opens nothing. Messages are kept with MARK in
    its place. What the page may show and do is decided by the app that owns the route.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    route = models.CharField(max_length=60)
    object_key = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField("gäller till")
    ended_at = models.DateTimeField("avslutad", null=True, blank=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "personlig länk"
        verbose_name_plural = "personliga länkar"
        constraints = [models.UniqueConstraint(fields=["route", "object_key"], name="personal_link_once")]

    def __str__(self):
        return f"{self.route} {self.object_key}"

    @property
    def token(self):
        """128 bits; nobody guesses it, and it says nothing."""
        drawn = salted_hmac("notices.personal_link", self.pk.hex, algorithm="sha256").digest()[:16]
        return urlsafe_b64encode(drawn).rstrip(b"=").decode()

    @property
    def address(self):
        return settings.PUBLIC_URL + reverse(self.route, args=[self.token])
