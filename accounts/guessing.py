"""Guessing stops in the database: per account and address, and per account and day. Never per address alone."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac

from accounts.models import Guess, User
from accounts.trace import write
from audit.log import Subject
from audit.models import Action

LOCKED = (
    "För många misslyckade försök. Vänta en kvart och försök igen. "
    "Går det ändå inte: kontakta den som administrerar Samverkan hos er."
)


def allow(request, email):
    """Counts the try before it is tested. The same sentence whether the account exists or not."""
    over = Guess.objects.allow(account_of(email), _address_of(request))
    if over == 1:
        write(request, Action.LOCKED_OUT, subject=subject_of(email))
    if over:
        raise ValidationError(LOCKED, code="too_many_login_attempts")


def slow_down(request, what):
    """For a door without an account: counts one act on `what`, and says whether there have been too many."""
    return Guess.objects.allow(_keyed("what", what), _address_of(request)) > 0


def forgive(request, email):
    Guess.objects.forgive(account_of(email), _address_of(request))


def account_of(email):
    return _keyed("account", email.strip().lower())


def subject_of(email):
    """The account somebody tried, if there is one; never what was typed."""
    pk = User.objects.filter(email__iexact=email.strip()).values_list("pk", flat=True).first()
    return Subject(kind="user", id=str(pk)) if pk else Subject()


def _address_of(request):
    return _keyed("address", get_adapter(request).get_client_ip(request))


def _keyed(what, text):
    return salted_hmac(f"accounts.guessing.{what}", text, algorithm="sha256").hexdigest()
