"""Addresses of the plan."""

from django.urls import path

from actionplans import views

app_name = "actionplans"

PLAN = "arenden/<uuid:case_id>/plan/"

urlpatterns = [
    path(PLAN, views.plan, name="plan"),
    path(PLAN + "ny/", views.start, name="start"),
    path(PLAN + "andra/", views.edit_plan, name="edit_plan"),
    path(PLAN + "avsluta/", views.end_plan, name="end_plan"),
    path(PLAN + "delmal/nytt/", views.add_milestone, name="add_milestone"),
    path(PLAN + "delmal/<int:milestone_id>/", views.milestone, name="milestone"),
    path(PLAN + "delmal/<int:milestone_id>/lage/", views.review, name="review"),
    path(PLAN + "utskrift/", views.print_plan, name="print_plan"),
    path(PLAN + "versioner/", views.versions, name="versions"),
    path(PLAN + "tidigare/<int:plan_id>/", views.earlier_plan, name="earlier_plan"),
    path(PLAN + "versioner/ny/", views.make_version, name="make_version"),
    path(PLAN + "overenskommelse/", views.agree, name="agree"),
]
