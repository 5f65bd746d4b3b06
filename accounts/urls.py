"""The doors of one's own account."""

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("ansvar/", views.promise, name="promise"),
    path("andra-steget/", views.choose_factor, name="choose_factor"),
    path("tjanstelegitimation/", views.log_in_by_identity, name="log_in_by_identity"),
    path("tjanstelegitimation/svar/", views.identity_answer, name="identity_answer"),
    path("tjanstelegitimation/koppla/", views.link_identity, name="link_identity"),
    path("tjanstelegitimation/bekrafta/", views.confirm_by_identity, name="confirm_by_identity"),
    path("tjanstelegitimation/<int:identity_id>/ta-bort/", views.unlink_identity, name="unlink_identity"),
    path("saml/", views.log_in_by_saml, name="log_in_by_saml"),
    path("saml/svar/", views.saml_answer, name="saml_answer"),
    path("saml/hamta/", views.saml_fetched, name="saml_fetched"),
    path("saml/koppla/", views.link_saml, name="link_saml"),
    path("saml/bekrafta/", views.confirm_by_saml, name="confirm_by_saml"),
    path("saml/metadata/", views.saml_metadata, name="saml_metadata"),
    path("enheter/", views.devices, name="devices"),
    path("enheter/avsluta-andra/", views.end_other_devices, name="end_other_devices"),
    path("enheter/<str:name>/avsluta/", views.end_device, name="end_device"),
]
