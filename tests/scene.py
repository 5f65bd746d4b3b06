"""One of everything that an address can name, hung on Anna's case."""

import uuid
from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from accounts.models import Identity, Municipality
from actionplans.content import plan_text
from actionplans.models import ActionPlan, Milestone, PlanVersion
from cases.models import (
    AfterFollowUp,
    CaseParty,
    Category,
    Deadline,
    DeadlineHold,
    Note,
    PesRegistration,
    Referral,
)
from consent.models import AccessRequest, ConsentProof, LogReview, LogVisit, SigningAttempt, Statute, Withholding
from meetings.models import Absence, CalendarFeed, Meeting, MeetingMinutes, OtherHours, Participant, Proposal
from meetings.slots import Booking
from meetings.wishes import kept
from needs.models import UnmetNeed
from notices.models import Channel, Document, Kind, Notice, OutboxMessage, PersonalLink
from projects.models import Project
from reports.models import MonthlyReport
from tests.casting import individual, open_case


def furnish(cast):
    """`.ids` gives each address parameter its value. Anna booked, wrote and asked for everything."""
    case, today = cast.case, timezone.localdate()
    meeting = _meeting(cast)
    proposal = _proposal(cast, meeting)
    plan = ActionPlan.objects.create(
        case=case, owner=cast.ifo, individual=case.individual, own_goal="Arbeta i kök", coordinator=cast.anna
    )
    earlier = ActionPlan.objects.create(
        case=case, owner=cast.ifo, individual=case.individual, own_goal="Läsa", started_on=today, ended_on=today
    )
    milestone = Milestone.objects.create(
        case=case, owner=cast.ifo, plan=plan, text="Läsa SFI", by_individual=True, due_on=today + timedelta(days=30)
    )
    version = PlanVersion.objects.create(plan=plan, number=1, made_by=cast.anna, snapshot=plan_text(plan).as_json())
    note = Note.objects.create(case=case, owner=cast.ifo, written_by=cast.anna, heading="Samtal", text="Ringde.")
    unassigned = open_case(cast.anna, individual(cast.ifo, "Rut", "Sten", "T9999999"), responsible=False)
    ids = {
        "name": "okänd",
        "identity_id": Identity.objects.create(issuer="https://idp.example.org", subject="anna", user=cast.anna).pk,
        "case_id": case.pk,
        "meeting_id": meeting.pk,
        "token": _link(meeting).token,
        "feed_token": CalendarFeed.objects.begin(cast.anna),
        "participant_id": meeting.participants.get(user=cast.anna).pk,
        "proposal_id": proposal.pk,
        "recipient_id": proposal.recipients.get().pk,
        "minutes_id": MeetingMinutes.objects.create(meeting=meeting, written_by=cast.anna).pk,
        "consent_id": cast.consent.pk,
        "reference": cast.consent.reference,
        "proof_id": prove(cast.consent, cast.anna).pk,
        "milestone_id": milestone.pk,
        "plan_id": earlier.pk,
        "version_id": version.pk,
        "number": version.number,
        "note_id": note.pk,
        "hold_id": _hold(cast, Deadline.objects.get(case=case)).pk,
        "grant_id": case.grants.get(user=cast.bo).pk,
        "organisation_id": CaseParty.objects.create(case=case, organisation=cast.ame, since=today).organisation_id,
        "unassigned_id": unassigned.pk,
        "request_id": _access_request(cast, unassigned).pk,
        "need_id": _need(cast).pk,
        "project_id": _project(cast).pk,
        "report_id": _report(cast).pk,
        "notice_id": Notice.objects.create(
            kind=Kind.ASSIGNED, recipient=cast.anna, case=case, object_key=f"case:{case.pk}"
        ).pk,
        "message_id": a_letter(cast).pk,
        "visit_id": _visit(cast).pk,
        "withholding_id": _withholding(cast).pk,
        "statute_id": Statute.objects.get(code="sol-15-8").pk,
        "other_id": OtherHours.objects.create(user=cast.anna, day=today).pk,
        "absence_id": _absence(cast).pk,
        "referral_id": _referral(cast).pk,
        "follow_up_id": AfterFollowUp.objects.create(case=case, owner=cast.ifo, months=3, due_on=today).pk,
        "registration_id": PesRegistration.objects.create(case=case, owner=cast.ifo, since=today).pk,
        "phase": "preparation",
        "code": "first_meeting",
    }
    documents = {
        "case": _document(cast, case),
        "own": _document(cast, None),
    }
    return SimpleNamespace(ids=ids, documents=documents)


def _withholding(cast):
    """From an organisation that nobody tells anything."""
    row = Withholding.of(
        case=cast.case, owner=cast.ifo, recipient=cast.ame, category=Category.WORK, reason="x",
        since=timezone.localdate(), until=None, by=cast.anna,
    )  # fmt: skip
    row.save()
    return row


def _meeting(cast):
    starts_at = timezone.now() + timedelta(days=2)
    meeting = Meeting.objects.create(
        case=cast.case,
        owner=cast.ifo,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=75),
        calendar_uid=uuid.uuid4(),
        booked_by=cast.anna,
        place="Rum 1",
    )
    for user in (cast.anna, cast.bo):
        Participant.objects.create(
            meeting=meeting, role="case_worker", user=user, organisation=user.organisation, during=meeting.during
        )
    Participant.objects.create(meeting=meeting, role="individual", during=meeting.during, takes_time=False)
    return meeting


def _link(meeting):
    """Behind it stands the person who is called."""
    key = meeting.participants.get(role="individual").key
    return PersonalLink.objects.lay("meetings:answer", {key: meeting.ends_at})[key]


def _proposal(cast, meeting):
    wish = Booking("follow_up", "on_site", meeting.starts_at, 15, 45, 15, (cast.anna,), place="Rum 2")
    starts = [meeting.starts_at + timedelta(days=1), meeting.starts_at + timedelta(days=2)]
    proposal = Proposal.objects.create(
        case=cast.case, owner=cast.ifo, wish=kept(wish), starts=starts, proposed_by=cast.anna
    )
    proposal.recipients.create(role="individual", name="Amina Hassan")
    return proposal


def _hold(cast, clock):
    return DeadlineHold.objects.create(
        deadline=clock, reason="asked_for_later", text="Bortrest.", since=cast.day, set_by=cast.anna
    )


def _absence(cast):
    since = timezone.now() + timedelta(days=40)
    return Absence.objects.create(user=cast.anna, starts_at=since, ends_at=since + timedelta(days=1))


def _referral(cast):
    """To an organisation that is told nothing."""
    return Referral.objects.create(
        case=cast.case, owner=cast.ifo, receiver=cast.ame, purpose="Bedömning", sent_on=cast.day,
        answer_due_on=cast.day, sent_by=cast.anna,
    )  # fmt: skip


def _access_request(cast, case):
    AccessRequest.objects.ask(cast.anna, [case], reason="Vikarierar för kollegan i juni.")
    return AccessRequest.objects.get()


def _need(cast):
    today = timezone.localdate()
    return UnmetNeed.objects.create(
        kind="language",
        title="Språkstöd",
        municipality=cast.case.municipality,
        raised_by_organisation=cast.ifo,
        raised_by=cast.anna,
        sent_on=today,
        answer_due_on=today + timedelta(days=30),
    )


def _project(cast):
    project = Project.objects.create(name="Samverkan", owner=cast.ifo, starts_on="2026-01-01", ends_on="2026-12-31")
    project.municipalities.add(Municipality.objects.get(code="0482"))
    return project


def _report(cast):
    return MonthlyReport.objects.create(
        municipality=cast.case.municipality, month=timezone.localdate().replace(day=1), requested_by=cast.petra
    )


def _visit(cast):
    today = timezone.localdate()
    review = LogReview.objects.create(
        organisation=cast.ifo, month=today.replace(day=1), seed="frö", drawn_on=today, due_on=today
    )
    return LogVisit.objects.create(
        review=review,
        actor_id=cast.anna.pk,
        actor_name=cast.anna.full_name,
        case_id=cast.case.pk,
        case_number=cast.case.number,
        day=today,
        reads=1,
        reasons=["random"],
    )


def prove(consent, by):
    """A scan, and a try to have the same signed that waits at the practice's own page."""
    now = timezone.now()
    SigningAttempt.objects.create(
        consent=consent,
        provider="practice",
        reference=f"prov-{consent.pk}",
        state=f"läge-{consent.pk}",
        expires_at=now + timedelta(minutes=15),
        started_by=by,
    )
    scan = {"kind": ConsentProof.Kind.SCAN, "content": b"%PDF-1.7", "content_type": "application/pdf"}
    proof = ConsentProof.of(consent, **scan, at=now, by=by)
    proof.save()
    return proof


def a_letter(cast):
    return OutboxMessage.objects.create(
        kind=Kind.MEETING_BOOKED,
        object_key="meeting:1",
        channel=Channel.LETTER,
        address="Exempelgatan 1",
        case=cast.case,
        organisation=cast.ifo,
        subject="Kallelse",
        body="Tid och plats.",
        calendar="BEGIN:VCALENDAR",
    )


def _document(cast, case):
    return Document.objects.create(
        kind=Document.Kind.PLAN,
        title="Handlingsplan",
        case=case,
        requested_by=cast.anna,
        state=Document.State.READY,
        content=b"%PDF-1.7",
        pages=1,
    )
