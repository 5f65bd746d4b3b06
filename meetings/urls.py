"""Addresses of meetings."""

from django.urls import path

from meetings.views import (
    answer,
    booking,
    feed,
    feedback,
    hand_over,
    hours,
    listing,
    minutes,
    phases,
    proposals,
    room,
    talk,
)

app_name = "meetings"

CASE = "arenden/<uuid:case_id>/moten/"
ONE = f"{CASE}<int:meeting_id>/"

urlpatterns = [
    path("rost/<str:token>/", feedback.voice, name="voice"),
    path("deltagarens-rost/", feedback.register_voice, name="register_voice"),
    path("svar/<str:token>/", answer.answer, name="answer"),
    path("valj-tid/<str:token>/", answer.choose, name="choose"),
    path("kalender/prenumeration/", feed.subscription, name="subscription"),
    path("kalender/<str:feed_token>.ics", feed.feed, name="feed"),
    path("kalender/", listing.calendar, name="calendar"),
    path("kalender/tider/", hours.hours, name="hours"),
    path("kalender/tider/enhet/", hours.unit_hours, name="unit_hours"),
    path("kalender/tider/andra/<int:other_id>/ta-bort/", hours.drop_other_hours, name="drop_other_hours"),
    path("kalender/franvaro/<int:absence_id>/ta-bort/", hours.drop_absence, name="drop_absence"),
    path("overlamning/", hand_over.hand_over, name="hand_over"),
    path(CASE, listing.meetings, name="meetings"),
    path(f"{CASE}boka/", booking.book, name="book"),
    path(f"{CASE}forslag/<int:proposal_id>/", proposals.proposal, name="proposal"),
    path(f"{CASE}forslag/<int:proposal_id>/ta-tillbaka/", proposals.withdraw_proposal, name="withdraw_proposal"),
    path(f"{CASE}forslag/<int:proposal_id>/svar/<int:recipient_id>/", proposals.note_choice, name="note_choice"),
    path(ONE, listing.meeting, name="meeting"),
    path(f"{ONE}flytta/", booking.move, name="move"),
    path(f"{ONE}stall-in/", booking.cancel, name="cancel"),
    path(f"{ONE}svar/<int:participant_id>/", booking.reply, name="reply"),
    path(f"{ONE}ersattare/<int:participant_id>/", booking.substitute, name="substitute"),
    path(f"{ONE}forbered/", phases.prepare, name="prepare"),
    path(f"{ONE}samtal/", talk.hold, name="hold"),
    path(f"{ONE}samtal/skarm/", talk.screen, name="screen"),
    path(f"{ONE}samtal/utkast/", talk.draft, name="draft"),
    path(f"{ONE}samtal/fas/", talk.phase, name="phase"),
    path(f"{ONE}samtal/samtycke/", talk.confirm, name="confirm"),
    path(f"{ONE}samtal/beslut/", talk.decide, name="decide"),
    path(f"{ONE}samtal/delmal/<int:milestone_id>/", talk.review, name="review"),
    path(f"{ONE}samtal/delmal/nytt/", room.milestone, name="add_milestone"),
    path(f"{ONE}samtal/delmal/<int:milestone_id>/andra/", room.milestone, name="change_milestone"),
    path(f"{ONE}samtal/behov/", room.need, name="raise_need"),
    path(f"{ONE}resultat/", phases.outcome, name="outcome"),
    path(f"{ONE}aterkoppling/", feedback.feedback, name="feedback"),
    path(f"{ONE}aterkoppling/deltagaren/", feedback.person_feedback, name="person_feedback"),
    path(f"{ONE}aterkoppling/metoden/", feedback.process_feedback, name="process_feedback"),
    path(f"{ONE}aterkoppling/lapp/", feedback.voice_slip, name="voice_slip"),
    path(f"{ONE}aterkoppling/lapp/ny/", feedback.print_voice_slip, name="print_voice_slip"),
    path(f"{ONE}aterkoppling/lapp/pdf/", feedback.voice_slip_pdf, name="voice_slip_pdf"),
    path(f"{ONE}protokoll/", minutes.minutes, name="minutes"),
    path(f"{ONE}protokoll/skriv/", minutes.write_minutes, name="write_minutes"),
    path(f"{ONE}protokoll/ratta/", minutes.correct_minutes, name="correct_minutes"),
    path(f"{ONE}protokoll/<int:number>/", minutes.minutes_version, name="minutes_version"),
    path(f"{ONE}protokoll/<int:number>/lamnat/", minutes.hand_on_minutes, name="hand_on_minutes"),
    path(f"{ONE}protokoll/<int:number>/pdf/", minutes.minutes_pdf, name="minutes_pdf"),
]
