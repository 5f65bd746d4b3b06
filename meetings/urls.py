"""Addresses of meetings."""

from django.urls import path

from meetings.views import booking, listing

app_name = "meetings"

CASE = "arenden/<uuid:case_id>/moten/"
ONE = f"{CASE}<int:meeting_id>/"

urlpatterns = [
    path("kalender/", listing.calendar, name="calendar"),
    path(CASE, listing.meetings, name="meetings"),
    path(f"{CASE}boka/", booking.book, name="book"),
    path(ONE, listing.meeting, name="meeting"),
    path(f"{ONE}flytta/", booking.move, name="move"),
    path(f"{ONE}stall-in/", booking.cancel, name="cancel"),
    path(f"{ONE}svar/<int:participant_id>/", booking.reply, name="reply"),
]
