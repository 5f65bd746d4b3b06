"""What a worker has begun to register, kept in the session between two pages: the number only under seal."""

from base64 import b64decode, b64encode

from django.conf import settings

from accounts.sealing import SealBroken, seal, unseal
from cases.identity import IdentityKind, IdentityNumber

NUMBER, SHARED_CASE = "new_case_number", "new_case_shared"


def keep_number(request, number):
    sealed = seal(f"{number.kind} {number.digits}", place=_place(request), keys=settings.IDENTITY_KEYS)
    request.session[NUMBER] = b64encode(sealed).decode()


def kept_number(request):
    """None when nothing is begun, or when it was begun by somebody else or under a key that is gone."""
    if NUMBER not in request.session:
        return None
    try:
        plain = unseal(b64decode(request.session[NUMBER]), place=_place(request), keys=settings.IDENTITY_KEYS)
    except SealBroken:
        return None
    kind, _, digits = plain.partition(" ")
    return IdentityNumber(IdentityKind(kind), digits)


def share_application(request, case):
    """The next person registered is a co-applicant in this case's application."""
    request.session[SHARED_CASE] = {"id": str(case.pk), "number": case.number}


def shared_case(request):
    """{"id", "number"} of the case whose application is shared, or None."""
    return request.session.get(SHARED_CASE)


def drop(request):
    for key in (NUMBER, SHARED_CASE):
        request.session.pop(key, None)


def _place(request):
    return f"session.new_case.{request.user.pk}"
