"""Addresses of meetings."""

from django.urls import path

from meetings.views import answer, booking, feed, hours, listing, phases

app_name = "meetings"

CASE = "arenden/<uuid:case_id>/moten/"
ONE = f"{CASE}<int:meeting_id>/"

urlpatterns = [
    path("svar/<str:token>/", answer.answer, name="answer"),
    path("kalender/prenumeration/", feed.subscription, name="subscription"),
    path("kalender/<str:feed_token>.ics", feed.feed, name="feed"),
    path("kalender/", listing.calendar, name="calendar"),
    path("kalender/tider/", hours.hours, name="hours"),
    path("kalender/tider/enhet/", hours.unit_hours, name="unit_hours"),
    path("kalender/tider/andra/<int:other_id>/ta-bort/", hours.drop_other_hours, name="drop_other_hours"),
    path("kalender/franvaro/<int:absence_id>/ta-bort/", hours.drop_absence, name="drop_absence"),
    path(CASE, listing.meetings, name="meetings"),
    path(f"{CASE}boka/", booking.book, name="book"),
    path(ONE, listing.meeting, name="meeting"),
    path(f"{ONE}flytta/", booking.move, name="move"),
    path(f"{ONE}stall-in/", booking.cancel, name="cancel"),
    path(f"{ONE}svar/<int:participant_id>/", booking.reply, name="reply"),
    path(f"{ONE}forbered/", phases.prepare, name="prepare"),
    path(f"{ONE}samtal/", phases.hold, name="hold"),
    path(f"{ONE}samtal/fas/", phases.phase, name="phase"),
    path(f"{ONE}samtal/samtycke/", phases.confirm, name="confirm"),
    path(f"{ONE}samtal/beslut/", phases.decide, name="decide"),
    path(f"{ONE}resultat/", phases.outcome, name="outcome"),
    path(f"{ONE}aterkoppling/", phases.feedback, name="feedback"),
    path(f"{ONE}aterkoppling/deltagaren/", phases.person_feedback, name="person_feedback"),
]
