"""How people come in: nobody signs up by themselves, and every log-in is written in the log."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse

from accounts import guessing
from accounts.devices import name_of
from accounts.proof import is_fresh
from accounts.providers import ways_of
from accounts.sessions import DEVICE
from accounts.trace import write
from audit.models import Action


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "E-postadressen eller lösenordet stämmer inte.",
        "incorrect_password": "Lösenordet stämmer inte.",
        "incorrect_code": "Koden stämmer inte. Den kan ha hunnit bytas ut; vänta på nästa.",
        "too_many_login_attempts": guessing.LOCKED,
    }

    def is_open_for_signup(self, request):
        return False

    def pre_authenticate(self, request, **credentials):
        guessing.allow(request, credentials.get("email", ""))

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user is not None:
            guessing.forgive(request, credentials.get("email", ""))
        return user

    def authentication_failed(self, request, **credentials):
        """The typed address is not written: it may be a password typed in the wrong field."""
        subject = guessing.subject_of(credentials.get("email", ""))
        write(request, Action.LOGIN_FAILED, subject=subject)
        super().authentication_failed(request, **credentials)

    def reauthenticate(self, user, password):
        """Our addresses stand on the user, not in allauth's table."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app, **kwargs):
        return not is_fresh(self.request)

    def get_reauthentication_methods(self, user):
        """Also through the employer's providers, for somebody who has linked one."""
        ways = super().get_reauthentication_methods(user)
        linked = [provider for provider, identity in ways_of(user) if identity] if user.is_authenticated else []
        return ways + [{"id": "identity", "description": way.name, "url": reverse(way.confirm)} for way in linked]

    def get_login_stages(self):
        """A provider that vouches for two factors has asked for the second step already."""
        return [] if getattr(self.request, "vouched", False) else super().get_login_stages()

    def login(self, request, user):
        super().login(request, user)
        request.session[DEVICE] = name_of(self.get_http_user_agent(request))

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        write(request, Action.LOGGED_IN, user=user)
        return response

    def logout(self, request):
        write(request, Action.LOGGED_OUT)
        super().logout(request)
