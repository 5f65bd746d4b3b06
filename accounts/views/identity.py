"""Log-in, linking and confirming through the employer's identity provider; `language`: the module that speaks it."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts import entrance, oidc
from accounts.proof import fresh_proof_required, renewing
from accounts.trace import write
from accounts.vouching import Refused
from audit.models import Action

NEXT = "identity_next"
NOT_BELIEVED = "Det gick inte att logga in med tjänstelegitimation. Försök igen eller välj ett annat sätt."
NOT_LINKED = (
    "Tjänstelegitimationen är inte kopplad till någon användare här. "
    "Logga in med lösenord en gång och koppla den under Min profil, Inloggning."
)


@login_not_required
@require_GET
def log_in_by_identity(request):
    return ask(request, oidc, "login")


@require_GET
@fresh_proof_required
def link_identity(request):
    return ask(request, oidc, "link")


@require_GET
def confirm_by_identity(request):
    return ask(request, oidc, "confirm")


@login_not_required
@require_GET
@renewing
def identity_answer(request):
    """The provider sends the browser back here."""
    return answered(request, oidc)


@require_http_methods(["GET", "POST"])
@fresh_proof_required
def unlink_identity(request, identity_id):
    identity = get_object_or_404(request.user.identities, pk=identity_id)
    if request.method == "POST":
        entrance.unlink(request, identity)
        return redirect("mfa_index")
    return render(request, "accounts/unlink_identity.html")


def ask(request, language, purpose):
    if not language.provider():
        raise Http404("Sidan finns inte.")
    request.session[NEXT] = get_next_redirect_url(request)
    try:
        return redirect(language.begin(request, purpose))
    except Refused:
        messages.error(request, "Utfärdaren svarar inte. Försök igen om en stund eller välj ett annat sätt.")
        return redirect("mfa_index" if request.user.is_authenticated else "account_login")


def answered(request, language):
    try:
        purpose, vouched = language.finish(request)
        return ANSWERS[purpose](request, vouched)
    except Refused as refused:
        trace(request, refused)
        return not_believed(request)


def trace(request, refused):
    write(request, Action.LOGIN_FAILED, ground=f"tjänstelegitimation: {refused}"[:200])


def not_believed(request):
    messages.error(request, NOT_BELIEVED)
    return redirect("mfa_index" if request.user.is_authenticated else "account_login")


def _log_in(request, vouched):
    if request.user.is_authenticated:
        return redirect("desk:my_day")
    user = entrance.holder_of(vouched)
    if user is None:
        write(request, Action.LOGIN_FAILED, ground="tjänstelegitimation: inte kopplad")
        messages.error(request, NOT_LINKED)
        return redirect("account_login")
    _remember(request, user, vouched)
    request.vouched = vouched.strong
    return perform_login(request, Login(user=user, redirect_url=request.session.pop(NEXT, None)))


def _link(request, vouched):
    try:
        entrance.link(request, vouched)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("mfa_index")


def _confirm(request, vouched):
    if entrance.holder_of(vouched) != request.user:
        raise Refused("någon annans")
    if not vouched.is_recent:
        raise Refused("auth_time")
    _remember(request, request.user, vouched, reauthenticated=True)
    return redirect(request.session.pop(NEXT, None) or "desk:my_day")


def _remember(request, user, vouched, **more):
    record_authentication(
        request, user, "socialaccount", strong=vouched.strong, proved=vouched.authenticated_at, **more
    )


ANSWERS = {"login": _log_in, "link": _link, "confirm": _confirm}
