"""Addresses of consent."""

from django.urls import path

from consent.views import access_requests as asks
from consent.views import assignments as who
from consent.views import consents as views
from consent.views import emergency, extension, extras, signing, telling
from consent.views import withholding as held

app_name = "consent"

assignments = [
    path("arenden/<uuid:case_id>/handlaggare/", who.workers, name="workers"),
    path("arenden/<uuid:case_id>/handlaggare/ny/", who.add_worker, name="add_worker"),
    path("arenden/<uuid:case_id>/handlaggare/bjud-in/", who.invite, name="invite"),
    path(
        "arenden/<uuid:case_id>/handlaggare/bjud-in/<int:organisation_id>/avsluta/",
        who.end_invitation,
        name="end_invitation",
    ),
    path("arenden/<uuid:case_id>/handlaggare/<int:grant_id>/avsluta/", who.end_assignment, name="end_assignment"),
    path("arenden/<uuid:case_id>/handlaggare/<int:grant_id>/ansvarig/", who.make_responsible, name="make_responsible"),
    path("ej-fordelade/", who.unassigned, name="unassigned"),
    path("ej-fordelade/<uuid:unassigned_id>/", who.assign_unassigned, name="assign_unassigned"),
]

access_requests = [
    path("atkomst/", asks.ask, name="ask_access"),
    path("atkomst/nod/", emergency.open_in_emergency, name="open_in_emergency"),
    path("atkomst/fragor/", asks.access_requests, name="access_requests"),
    path("atkomst/fragor/<int:request_id>/", asks.answer, name="answer_access"),
]

consents = [
    path("arenden/<uuid:case_id>/samtycke/", views.consents, name="consents"),
    path("arenden/<uuid:case_id>/samtycke/nytt/", views.give, name="give"),
    path("arenden/<uuid:case_id>/samtycke/<int:consent_id>/andra/", views.change, name="change"),
    path("arenden/<uuid:case_id>/samtycke/<int:consent_id>/aterkalla/", views.withdraw, name="withdraw"),
    path("arenden/<uuid:case_id>/samtycke/<int:consent_id>/blankett/", views.paper, name="paper"),
    path("arenden/<uuid:case_id>/samtycke/<int:consent_id>/blankett/text/", views.paper_text, name="paper_text"),
    path("arenden/<uuid:case_id>/samtycke/<int:consent_id>/underteckna/", signing.sign, name="sign"),
    path("arenden/<uuid:case_id>/samtycke/<int:consent_id>/e-underskrift/", signing.e_sign, name="e_sign"),
    path("arenden/<uuid:case_id>/samtycke/<int:consent_id>/e-underskrift/ova/", signing.practice, name="practice"),
    path("arenden/<uuid:case_id>/samtycke/<int:consent_id>/underlag/nytt/", signing.add_scan, name="add_scan"),
    path("arenden/<uuid:case_id>/samtycke/<int:consent_id>/underlag/<int:proof_id>/", signing.proof, name="proof"),
    path("samtycke/<str:reference>/", views.reference, name="reference"),
]

more = [
    path("arenden/<uuid:case_id>/samtycke/<int:consent_id>/nej/", extension.decline_more, name="decline_more"),
]

extra = [path("arenden/<uuid:case_id>/samtycke/extra-kompetens/", extras.let_in, name="let_in")]

by_law = [
    path("arenden/<uuid:case_id>/samtycke/lag/<int:statute_id>/", telling.tell_by_law, name="tell_by_law"),
]

withholdings = [
    path("arenden/<uuid:case_id>/samtycke/sparrar/", held.withholdings, name="withholdings"),
    path("arenden/<uuid:case_id>/samtycke/sparrar/ny/", held.withhold, name="withhold"),
    path("arenden/<uuid:case_id>/samtycke/sparrar/<int:withholding_id>/hav/", held.lift, name="lift"),
]

urlpatterns = [*assignments, *access_requests, *consents, *more, *extra, *by_law, *withholdings]
