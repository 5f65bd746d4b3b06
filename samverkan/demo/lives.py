"""Turns a story into rows, in the order things happened."""

from datetime import datetime, time, timedelta

from django.contrib.auth.models import Permission
from django.utils import timezone

from cases.identity import IdentityKind, parse
from cases.models import (
    AfterFollowUp,
    Application,
    Assessment,
    AssessmentAnswer,
    AssessmentTemplate,
    Case,
    CaseExit,
    CaseParty,
    CaseSeries,
    Category,
    Deadline,
    DeadlineHold,
    DeadlineRule,
    Household,
    Individual,
    Note,
    PesRegistration,
    Referral,
    TargetGroup,
    TargetGroupMembership,
)
from cases.rules import due_on, earliest_anchor, months_after, priority_class
from consent.models import CaseGrant, CaseUnitGrant


class Life:
    """One story being lived at one workplace; `case` is there from the start."""

    def __init__(self, story, place, numbers, today, shared_application=None):
        self.story, self.place, self.today = story, place, today
        self.received_on = today - timedelta(days=story.received_ago)
        self.workers = [getattr(place, key) for key in story.workers]
        self.lead_worker = self.workers[0] if self.workers else None
        self.rule = DeadlineRule.objects.get(code=DeadlineRule.Code.FIRST_MEETING, municipality=None)
        self.person = self._register_person(numbers, shared_application)
        self.application = shared_application or self._register_application()
        self.case = self._open_case()
        self.deadline = self._start_clock()

    def on(self, after):
        """The day so many days after the application came in."""
        return self.received_on + timedelta(days=after)

    # --- intake ---------------------------------------------------------------------------------------------
    def _register_person(self, numbers, shared_application):
        story = self.story
        number = numbers.draw(story)
        kind = IdentityKind.LOCAL_TEMPORARY if story.temporary_number else None
        person = Individual(
            organisation=self.place.ifo,
            given_name=story.given_name,
            family_name=story.family_name,
            sex="woman" if story.woman else "man",
            protection=story.protection,
            language=story.interpreter or "svenska",
            interpreter_language=story.interpreter,
            support_needs=list(story.support_needs),
        )
        if story.protection == "none":
            person.phone, person.street = "070-174 06 05", "Exempelgatan 1"
            person.postcode, person.city = "642 37", "Flen"
            person.channel = Individual.Channel.SMS if story.given_name < "M" else Individual.Channel.LETTER
        person.household = shared_application.household if shared_application else self._household()
        person.identity = parse(number, today=self.today, kind=kind)
        person.save()
        return person

    def _household(self):
        story = self.story
        kinds = Household.Kind
        couple = bool(story.shares_application_with) or story.given_name == "Farid"
        if story.children:
            kind = kinds.COUPLE_WITH_CHILDREN if couple else kinds.SINGLE_WITH_CHILDREN
        else:
            kind = kinds.COUPLE if couple else kinds.SINGLE
        ages = [Household.ChildAge.UNDER_6, Household.ChildAge.UNDER_13, Household.ChildAge.UNDER_18]
        return Household.objects.create(kind=kind, children=story.children, child_ages=ages[: story.children])

    def _register_application(self):
        pes_ago = self.story.pes_ago
        return Application.objects.create(
            organisation=self.place.ifo,
            household=self.person.household,
            received_on=self.received_on,
            pes_registered_on=None if pes_ago is None else self.today - timedelta(days=pes_ago),
            registered_at=timezone.make_aware(datetime.combine(self.received_on, time(10, 20))),
            registered_by=self.place.ingrid,
        )

    def _open_case(self):
        application = self.application
        self.starts_on = earliest_anchor(application.received_on, application.pes_registered_on)
        self.due_on = due_on(self.starts_on, days=self.rule.days)
        unemployed_since = self.on(-200)
        priority, _reason = priority_class(
            seeks_work=True, on_assistance=True, months_unemployed=6, age=self.person.age
        )
        case = Case.objects.create(
            number=CaseSeries.draw(self.place.flen, self.received_on.year),
            individual=self.person,
            application=application,
            organisation=self.place.ifo,
            unit=self.place.ifo.units.get(),
            municipality=self.place.flen,
            origin=Application.Origin.KNOWN if self.story.known else Application.Origin.NEW,
            assistance_since=self.on(-60),
            unemployed_since=unemployed_since,
            priority=priority,
            priority_computed=priority,
            next_on=self.due_on,
            opened_on=self.received_on,
        )
        CaseUnitGrant.objects.create(
            content_object=case,
            group=case.unit.group,
            permission=Permission.objects.get(codename="view_case"),
            since=self.received_on,
            reason="ärendets enhet",
        )
        for position, worker in enumerate(self.workers):
            self._bring_in(case, worker, first=position == 0)
        self._place_in_groups(case)
        return case

    def _place_in_groups(self, case):
        sensitive = TargetGroup.sensitive()
        TargetGroupMembership.objects.bulk_create(
            TargetGroupMembership(
                case=case,
                owner=case.organisation,
                group=group,
                since=self.received_on,
                shared_as=Category.HEALTH if group in sensitive else Category.APPLICATION,
            )
            for group in self.story.groups
        )

    def _bring_in(self, case, worker, *, first):
        if worker.organisation != case.organisation:
            CaseParty.objects.get_or_create(
                case=case,
                organisation=worker.organisation,
                defaults={"since": self.on(1), "own_matter": self.story.consent == "own_matter"},
            )
        CaseGrant.objects.engage(
            case, worker, since=self.received_on, is_responsible=True, reason="handläggare" if first else "inbjuden"
        )

    def _start_clock(self):
        deadline = Deadline.objects.create(
            case=self.case, owner=self.case.organisation, rule=self.rule, starts_on=self.starts_on, due_on=self.due_on
        )
        if self.story.hold:
            reason, text = self.story.hold
            since = self.on(5) if self.story.rests else min(self.due_on + timedelta(days=1), self.today)
            until = self.today + timedelta(days=self.story.rests) if self.story.rests else None
            set_at = timezone.make_aware(datetime.combine(since, time(9)))
            DeadlineHold.objects.create(
                deadline=deadline, reason=reason, text=text, since=since, until=until, set_by=self.lead_worker,
                set_at=set_at,
            )  # fmt: skip
            deadline.rest()
        return deadline

    # --- along the way --------------------------------------------------------------------------------------
    def write_down(self):
        story, case = self.story, self.case
        if self.application.pes_registered_on:
            PesRegistration.objects.create(case=case, owner=case.organisation, since=self.application.pes_registered_on)
        if story.assessed and story.received_ago > 5:
            self._assess()
        if story.note:
            Note.objects.create(
                case=case, owner=case.organisation, written_by=self.lead_worker, happened_on=self.on(1),
                heading="Önskemål om mötestider", text=story.note, shared_as=Category.NOTE,
                final_at=timezone.make_aware(datetime.combine(self.on(1), time(16))),
            )  # fmt: skip
        if story.referral:
            Referral.objects.create(
                case=case, owner=case.organisation, receiver=self.place.region, sent_by=self.lead_worker,
                purpose="Bedömning av vad som är möjligt att klara under en dag",
                sent_on=self.today - timedelta(days=16), answer_due_on=self.today + timedelta(days=5),
            )  # fmt: skip

    def _assess(self):
        template = AssessmentTemplate.objects.order_by("-version").first()
        made_on = self.on(4)
        assessment = Assessment.objects.create(
            case=self.case, owner=self.case.organisation, template=template, made_on=made_on, completed_on=made_on,
            made_by=self.lead_worker, own_words="Jag vill klara mig själv och ha något att göra om dagarna.",
        )  # fmt: skip
        AssessmentAnswer.objects.bulk_create(
            AssessmentAnswer(assessment=assessment, question=code, text=text, scale=scale, restricted=code == "health")
            for code, text, scale in ANSWERS
        )

    def leave(self):
        """The exit and the four looks back."""
        story = self.story
        if not story.exit:
            return
        closed_on = self.today - timedelta(days=story.exit_ago)
        CaseExit.objects.create(
            case=self.case,
            owner=self.case.organisation,
            reason=story.exit,
            closed_on=closed_on,
            closed_by=self.lead_worker,
        )
        AfterFollowUp.objects.bulk_create(self._look_back(closed_on, months) for months in (3, 6, 12, 24))
        self.case.closed_on = closed_on
        self.case.save(update_fields=["closed_on"])

    def _look_back(self, closed_on, months):
        """Made where its day has passed."""
        due_on = months_after(closed_on, months)
        row = AfterFollowUp(case=self.case, owner=self.case.organisation, months=months, due_on=due_on)
        if due_on < self.today:
            row.done_on, row.done_by = due_on, self.lead_worker
            row.occupation, row.on_assistance = self.story.exit, False
        return row


ANSWERS = [
    ("work", "Har arbetat i butik och på förskola.", 6),
    ("education", "Gymnasiet delvis klart.", 5),
    ("language", "Läser svenska på egen hand.", 6),
    ("resources", "Van att ta hand om andra och att passa tider.", 8),
    ("days", "Är mest hemma. Går promenader.", 4),
    ("obstacles", "Resorna till arbetsplatser utanför Flen.", 5),
]
