"""A decision being typed on a shared screen, kept sealed in the session: survives a reload, gone at log-out, and
nothing of it stays on the computer."""

from base64 import b64decode, b64encode

from django.conf import settings

from accounts.sealing import SealBroken, seal, unseal


def keep(request, meeting, text):
    sealed = seal(text, place=_place(request, meeting), keys=settings.IDENTITY_KEYS)
    request.session[_name(meeting)] = b64encode(sealed).decode()


def kept(request, meeting):
    """Empty when nothing is begun, or under a key that is gone."""
    sealed = request.session.get(_name(meeting))
    try:
        return unseal(b64decode(sealed), place=_place(request, meeting), keys=settings.IDENTITY_KEYS) if sealed else ""
    except SealBroken:
        return ""


def drop(request, meeting):
    request.session.pop(_name(meeting), None)


def _name(meeting):
    return f"decision:{meeting.pk}"


def _place(request, meeting):
    return f"session.decision.{request.user.pk}.{meeting.pk}"
