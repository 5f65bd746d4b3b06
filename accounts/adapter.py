"""How people come in: nobody signs up by themselves, and every log-in is written in the log."""

import structlog
from allauth.account.adapter import DefaultAccountAdapter

from audit.log import Actor, record
from audit.models import Action


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        record(Action.LOGGED_IN, actor=actor_of(user), request_id=_request_id())
        return response

    def authentication_failed(self, request, **credentials):
        """The typed address is not written: it may be a password typed in the wrong field."""
        record(Action.LOGIN_FAILED, request_id=_request_id())
        super().authentication_failed(request, **credentials)

    def logout(self, request):
        record(Action.LOGGED_OUT, actor=actor_of(request.user), request_id=_request_id())
        super().logout(request)


def actor_of(user):
    return Actor(
        id=user.pk,
        name=user.full_name,
        organisation_id=user.organisation_id,
        organisation_name=user.organisation.name,
        unit_name=user.unit.name if user.unit else "",
        factor="lösenord",
    )


def _request_id():
    return structlog.contextvars.get_contextvars().get("request_id", "")
