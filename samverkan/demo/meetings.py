"""The demo's meetings: booked, held with all three phases, or missed."""

import uuid
from datetime import timedelta

from django.utils import timezone

from meetings import mail
from meetings.models import (
    ConsentConfirmation,
    Decision,
    Feedback,
    Meeting,
    MeetingMinutes,
    MeetingPhase,
    Participant,
    PersonFeedback,
    Preparation,
    Responsibility,
)
from notices.models import Channel, Kind, OutboxMessage

STATUS, OUTCOME, PHASE = Meeting.Status, Meeting.Outcome, MeetingPhase.Phase

NEXT_TIME = [
    "Börja med personens egna frågor.", "", "Ha planen framme på skärmen.", "Bestäm vem som håller tiden när vi bokar.",
    "", "Säg samma sak, i samma ordning.", "Boka nästa möte innan vi går.",
]  # fmt: skip


def book(life, calendar, day, kind):
    """A booked meeting on the day, or the nearest working day before with a free time for everybody."""
    workers = life.workers if life.story.consent in ("given", "expiring", "withdrawn") else life.workers[:1]
    language = life.story.interpreter
    keys = [f"user {w.pk}" for w in workers] + ([f"interpreter {language}"] if language else [])
    late = (day - life.received_on).days > life.rule.days or day > life.today
    starts_at, ends_at, room = calendar.take(day, keys, step=1 if late else -1, today=life.today)
    meeting = Meeting.objects.create(
        case=life.case,
        owner=life.case.organisation,
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        room=room,
        place=room.address,
        interpreter=life.place.interpreters[language] if language else None,
        rule=life.rule,
        calendar_uid=uuid.uuid4(),
        booked_by=life.lead_worker,
    )
    _invite(life, meeting, workers)
    if starts_at > timezone.now():
        _call(life, meeting)
    return meeting


def _call(life, meeting):
    """Mails and SMS have gone; the letters wait to be printed."""
    meeting.case = life.case
    mail.write([mail.envelope_for(meeting, seat, Kind.MEETING_BOOKED) for seat in meeting.participants.all()])
    written = OutboxMessage.objects.filter(case=life.case).exclude(channel=Channel.LETTER)
    written.update(sent_at=timezone.now(), attempts=1)


def _invite(life, meeting, workers):
    roles = Participant.Role
    Participant.objects.create(
        meeting=meeting, role=roles.INDIVIDUAL, name=life.person.full_name, during=meeting.during, takes_time=False
    )
    for worker in workers:
        Participant.objects.create(
            meeting=meeting,
            role=roles.CASE_WORKER,
            user=worker,
            organisation=worker.organisation,
            name=worker.full_name,
            email=worker.email,
            reply=Participant.Reply.COMING,
            during=meeting.during,
        )
    if meeting.interpreter:
        Participant.objects.create(
            meeting=meeting,
            role=roles.INTERPRETER,
            name=meeting.interpreter.name,
            during=meeting.during,
            takes_time=False,
        )


def prepare(life, meeting):
    meeting.leader = life.workers[-1]
    meeting.timekeeper = life.lead_worker
    meeting.aim = "Enas om nästa steg och vem som gör vad"
    meeting.status = STATUS.PREPARED
    meeting.save()
    Preparation.objects.create(
        meeting=meeting,
        situation="Är hemma om dagarna och söker arbete på egen hand.",
        difficulties="Resor utanför Flen och omsorg på kvällstid.",
        possibilities="Vana från tidigare arbete och stor vilja.",
        goals="Delmålen i planen, ett i taget.",
        access_arranged="Ja." if life.story.interpreter or life.story.support_needs else "",
        prepared_by=life.lead_worker,
    )
    for participant in meeting.participants.filter(role=Participant.Role.CASE_WORKER):
        Responsibility.objects.create(
            participant=participant, text=f"Det som {participant.organisation.short_name} kan erbjuda"
        )


def hold(life, meeting):
    """All three phases, the confirmed consent, a decision and each organisation's feedback."""
    prepare(life, meeting)
    starts_at = meeting.starts_at
    for phase, begins, lasts in ((PHASE.PREPARATION, 0, 14), (PHASE.TALK, 16, 44), (PHASE.FEEDBACK, 61, 13)):
        MeetingPhase.objects.create(
            meeting=meeting,
            phase=phase,
            started_at=starts_at + timedelta(minutes=begins),
            ended_at=starts_at + timedelta(minutes=begins + lasts),
        )
    ConsentConfirmation.objects.create(
        meeting=meeting,
        answer=ConsentConfirmation.Answer.CONFIRMED if len(life.workers) > 1 else ConsentConfirmation.Answer.DECLINED,
        asked_by=life.lead_worker,
        confirmed_at=starts_at + timedelta(minutes=16),
    )
    Decision.objects.create(meeting=meeting, text="Vi följer planen och ses igen.", acknowledged=True)
    meeting.participants.update(attended=True)
    for worker in life.workers if life.story.consent in ("given", "expiring", "withdrawn") else life.workers[:1]:
        Feedback.objects.get_or_create(
            meeting=meeting,
            given_by=worker,
            defaults={
                "organisation": worker.organisation,
                "cooperation": 4,
                "reached": 4,
                "roles_held": 5,
                "person_heard": 5,
                "next_time": NEXT_TIME[meeting.pk % len(NEXT_TIME)],
                "given_at": meeting.ends_at,
            },
        )
    if meeting.pk % 2:
        PersonFeedback.objects.create(meeting=meeting, listened_to=2 if meeting.pk % 5 == 0 else 3, know_next=3)
    meeting.status, meeting.outcome = STATUS.FEEDBACK_DONE, OUTCOME.HELD
    meeting.plan_brought = bool(life.story.milestones)
    meeting.save()
    _minute(life, meeting)


def _minute(life, meeting):
    """Locked and read by the person, except for meetings of the last two weeks: those are still being written."""
    is_old = (life.today - meeting.day).days > 14
    organisations = dict.fromkeys(p.organisation for p in meeting.participants.all() if p.organisation)
    lines = [("individual", life.person.given_name, "Tar med sig planen och säger till om något ändras.")]
    lines += [(o.pk, o.short_name, f"Ordnar det som {o.short_name} har tagit på sig i planen.") for o in organisations]
    done = {"status": MeetingMinutes.Status.FINAL, "shared_at": meeting.ends_at, "final_at": meeting.ends_at}
    MeetingMinutes.objects.create(
        meeting=meeting,
        situation="Söker arbete och går på sina aktiviteter.",
        conclusion="Vi fortsätter enligt planen. Delmålen gicks igenom ett i taget.",
        commitments=[{"party": key, "name": name, "text": text} for key, name, text in lines],
        decisions=[{"text": d.text, "acknowledged": d.acknowledged} for d in meeting.decisions.all()] if is_old else [],
        handed_on=meeting.day if is_old else None,
        written_by=life.lead_worker,
        **(done if is_old else {}),
    )


def miss(meeting):
    meeting.status, meeting.outcome = STATUS.NOT_HELD, OUTCOME.ABSENT_ACCEPTABLE
    meeting.save()
    meeting.participants.update(takes_time=False)
    meeting.participants.filter(role=Participant.Role.INDIVIDUAL).update(attended=False)
