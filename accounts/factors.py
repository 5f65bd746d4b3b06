"""Second factors: sealed at rest, each code once, and every change in the log."""

from base64 import b64decode, b64encode
from functools import wraps

from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt, encrypt
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect

from accounts.models import Session
from accounts.sealing import needs_resealing, seal, unseal
from accounts.trace import write
from audit.log import Subject, record
from audit.models import Action

PLACE = "mfa_authenticator.data"
ONLY_ONE = "Det är ditt enda andra steg. Lägg till ett annat först, ta sedan bort det här."


class FactorAdapter(DefaultMFAAdapter):
    """Secrets are sealed with the identity keys: a stolen dump opens no account."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Koden stämmer inte. Den kan ha hunnit bytas ut; vänta på nästa.",
        "cannot_delete_authenticator": ONLY_ONE,
    }

    def encrypt(self, text):
        return b64encode(seal(text, place=PLACE, keys=settings.IDENTITY_KEYS)).decode()

    def decrypt(self, encrypted_text):
        return unseal(b64decode(encrypted_text), place=PLACE, keys=settings.IDENTITY_KEYS)

    def get_totp_issuer(self):
        return f"Samverkan {settings.MUNICIPALITY_NAME}"

    def can_delete_authenticator(self, authenticator):
        """Outside the demo the last factor stays, or its owner would be locked out of everything."""
        others = factors_of(authenticator.user).exclude(pk=authenticator.pk)
        return settings.DEMO or others.exists()

    def generate_authenticator_name(self, user, type):
        return "Säkerhetsnyckel"


def factors_of(user):
    """What somebody can prove themselves with. Recovery codes are spares, no factor of their own."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)


def spend_code(authenticator, code):
    """A code from the app works once, also when the cache has forgotten it or was never there."""
    if authenticator.type != Authenticator.Type.TOTP:
        return
    row = Authenticator.objects.select_for_update(no_key=True).get(pk=authenticator.pk)
    secret = decrypt(row.data["secret"])
    step = next(step for step in yield_hotp_counters_from_time() if _is(code, secret, step))
    if step <= row.data.get("spent", 0):
        raise get_mfa_adapter().validation_error("incorrect_code")
    row.data["spent"] = step
    row.save(update_fields=["data"])
    authenticator.data = row.data


def _is(code, secret, step):
    return compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step)))


def traced(view):
    """Around allauth's pages that change factors: what changed stands in the log in the same transaction, the
    session that proved a new factor counts as having used it, and every other session of the user ends."""

    @wraps(view)
    def watched(request, *args, **kwargs):
        before = _kept(request.user)
        response = view(request, *args, **kwargs)
        after = _kept(request.user)
        if before and not after and not settings.DEMO:
            transaction.set_rollback(True)
            messages.error(request, ONLY_ONE)
            return redirect("mfa_index")
        for pk, kind in after.items() - before.items():
            _write(request, Action.FACTOR_ADDED, pk, kind)
            if kind != Authenticator.Type.RECOVERY_CODES:
                record_authentication(request, request.user, "mfa", id=pk, type=kind)
        for pk, kind in before.items() - after.items():
            _write(request, Action.FACTOR_REMOVED, pk, kind)
        if before != after:
            Session.objects.of(request.user).exclude(pk=request.session.session_key).delete()
        return response

    return watched


@transaction.atomic
def reseal_factors():
    """Seal with the first key what rests under an older one, so that the older can be thrown away."""
    for row in Authenticator.objects.select_for_update(no_key=True).order_by("pk"):
        stale = [name for name in ("secret", "seed") if name in row.data and _is_stale(row.data[name])]
        for name in stale:
            row.data[name] = encrypt(decrypt(row.data[name]))
        if stale:
            row.save(update_fields=["data"])


def _is_stale(text):
    return needs_resealing(b64decode(text), keys=settings.IDENTITY_KEYS)


def remove_all(user):
    """By the operator, on the machine itself: nobody's session is behind it."""
    rows = Authenticator.objects.filter(user=user)
    for row in rows:
        subject = Subject(kind="user", id=str(user.pk))
        record(Action.FACTOR_REMOVED, subject=subject, ground=f"{row.type} {row.pk}, av driften")
    Session.objects.of(user).delete()
    return rows.delete()[1].get("mfa.Authenticator", 0)


def _kept(user):
    return dict(Authenticator.objects.filter(user=user.pk).values_list("pk", "type"))


def _write(request, action, pk, kind):
    label = Authenticator.Type(kind).value
    write(request, action, subject=Subject(kind="factor", id=str(pk)), ground=label)
