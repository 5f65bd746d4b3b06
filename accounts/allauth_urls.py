"""The pages of allauth that we use, each by name: what is not listed does not exist. Changes of factors are traced."""

from allauth.account import views as account
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path
from django.views.generic import RedirectView

from accounts.factors import traced
from accounts.proof import fresh_proof_required, renewing

KEY = r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", renewing(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", fresh_proof_required(account.password_set), name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(KEY, account.password_reset_from_key, name="account_reset_password_from_key"),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("faktorer/", base.index, name="mfa_index"),
    path("faktorer/prova/", base.authenticate, name="mfa_authenticate"),
    path("faktorer/bekrafta/", renewing(base.reauthenticate), name="mfa_reauthenticate"),
    path("faktorer/app/ny/", renewing(traced(totp.activate_totp)), name="mfa_activate_totp"),
    path("faktorer/app/ta-bort/", traced(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("faktorer/reservkoder/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "faktorer/reservkoder/nya/",
        traced(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("faktorer/nycklar/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("faktorer/nycklar/ny/", renewing(traced(webauthn.add_webauthn)), name="mfa_add_webauthn"),
    path("faktorer/nycklar/<int:pk>/ta-bort/", traced(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("faktorer/nycklar/logga-in/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("faktorer/nycklar/bekrafta/", renewing(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
]
