"""Addresses of cases."""

from django.urls import path

from cases import views

app_name = "cases"

urlpatterns = [
    path("arenden/ny/", views.register, name="register"),
    path("arenden/ny/uppgifter/", views.register_details, name="register_details"),
    path("arenden/ny/berakning/", views.register_preview, name="register_preview"),
    path("arenden/<uuid:case_id>/medsokande/", views.co_applicant, name="co_applicant"),
    path("arenden/<uuid:case_id>/uppgifter/", views.individual, name="individual"),
    path("arenden/<uuid:case_id>/personnummer/", views.reveal, name="reveal"),
    path("arenden/<uuid:case_id>/anteckningar/", views.notes, name="notes"),
    path("arenden/<uuid:case_id>/anteckningar/ny/", views.note_new, name="note_new"),
    path("arenden/<uuid:case_id>/anteckningar/<int:note_id>/", views.note, name="note"),
    path("arenden/<uuid:case_id>/anteckningar/<int:note_id>/ratta/", views.note_new, name="note_correct"),
    path("arenden/<uuid:case_id>/kartlaggning/", views.assessment, name="assessment"),
    path("arenden/<uuid:case_id>/kartlaggning/ny/", views.assessment_new, name="assessment_new"),
    path("arenden/<uuid:case_id>/klockan/", views.hold, name="hold"),
    path("arenden/<uuid:case_id>/klockan/orsak/<int:hold_id>/", views.end_hold, name="end_hold"),
    path("arenden/<uuid:case_id>/loften/", views.promises, name="promises"),
    path("arenden/<uuid:case_id>/loften/remiss/", views.refer, name="refer"),
    path("arenden/<uuid:case_id>/loften/remiss/<int:referral_id>/", views.answer_referral, name="answer_referral"),
    path("arenden/<uuid:case_id>/loften/efter/<int:follow_up_id>/", views.follow_up, name="follow_up"),
    path("arenden/<uuid:case_id>/loften/af/", views.register_at_pes, name="register_at_pes"),
    path("arenden/<uuid:case_id>/loften/af/<int:registration_id>/", views.end_registration, name="end_registration"),
    path("arenden/<uuid:case_id>/ateroppna/", views.reopen, name="reopen"),
]
