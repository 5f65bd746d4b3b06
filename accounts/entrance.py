"""What a user does about their own log-ins: promises, looks at them, and ends them."""

from django.utils import timezone

from accounts.models import ConductPromise, ConductText, Session
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


def _elsewhere(request):
    return Session.objects.of(request.user).exclude(pk=request.session.session_key)


def _end(request, rows):
    for row in rows:
        row.delete()
        write(request, Action.SESSION_ENDED, subject=Subject(kind="session", id=row.public_name))
    return len(rows)
