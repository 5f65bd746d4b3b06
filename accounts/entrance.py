"""What a user does about their own log-ins: promises, looks at them, and ends them."""

from django.utils import timezone

from accounts.models import ConductPromise, ConductText, Identity, Session
from accounts.trace import write
from audit.log import Subject
from audit.models import Action


def owed_texts(user):
    return ConductText.objects.unpromised(user.pk, timezone.localdate())


def promise(request, text):
    """Twice is the same as once."""
    _, new = ConductPromise.objects.get_or_create(text=text, user=request.user)
    if new:
        write(request, Action.PROMISED, subject=Subject(kind="conduct", id=str(text.version)))


def sessions_of(user):
    return Session.objects.of(user)


def end_session(request, name):
    """One of the user's own log-ins elsewhere, by its public name. None if it is over already."""
    found = next((row for row in _elsewhere(request) if row.public_name == name), None)
    return found and _end(request, [found])


def end_others(request):
    return _end(request, list(_elsewhere(request)))


def holder_of(vouched):
    """By issuer and subject only. None: nobody has linked it."""
    found = Identity.objects.filter(issuer=vouched.issuer, subject=vouched.subject).select_related("user").first()
    return found and found.user


def link(request, vouched):
    identity = Identity(issuer=vouched.issuer, subject=vouched.subject, user=request.user, label=vouched.label)
    identity.validate_constraints()
    identity.save()
    write(request, Action.FACTOR_ADDED, subject=_identity(identity), ground="tjänstelegitimation")


def unlink(request, identity):
    write(request, Action.FACTOR_REMOVED, subject=_identity(identity), ground="tjänstelegitimation")
    identity.delete()


def _identity(identity):
    return Subject(kind="identity", id=str(identity.pk))


def _elsewhere(request):
    return Session.objects.of(request.user).exclude(pk=request.session.session_key)


def _end(request, rows):
    for row in rows:
        row.delete()
        write(request, Action.SESSION_ENDED, subject=Subject(kind="session", id=row.public_name))
    return len(rows)
