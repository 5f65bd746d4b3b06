"""allauth's pages about second factors, under their own names. Those that change something are traced."""

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path
from django.views.generic import RedirectView

from accounts.factors import traced

urlpatterns = [
    path("", base.index, name="mfa_index"),
    path("prova/", base.authenticate, name="mfa_authenticate"),
    path("bekrafta/", base.reauthenticate, name="mfa_reauthenticate"),
    path("app/ny/", traced(totp.activate_totp), name="mfa_activate_totp"),
    path("app/ta-bort/", traced(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("reservkoder/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("reservkoder/nya/", traced(recovery_codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("nycklar/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("nycklar/ny/", traced(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("nycklar/<int:pk>/ta-bort/", traced(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("nycklar/logga-in/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("nycklar/bekrafta/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]
