"""The only place that decides who may see and do what; it filters, marks, refuses and logs."""

from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Expression, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.models import Role, RoleAssignment, User
from accounts.trace import actor_of
from audit.context import beyond
from audit.log import Actor, Subject, record, record_read
from audit.models import Action, Entry
from cases.identity import IdentityNumber
from cases.models import Case, CaseParty, CaseQuerySet, CaseRecord, Individual
from consent import emergency
from consent.models.consents import Consent, ConsentQuerySet, concerning
from consent.models.disclosures import Disclosure, DisclosureQuerySet
from consent.models.predicates import Among, Assigned, Told, Withheld
from consent.models.scopes import AccessScope, CaseGrant, CaseScope, CaseUnitGrant
from consent.models.statutes import Telling, TellingQuerySet
from consent.models.withholdings import Withholding, WithholdingQuerySet
from consent.sight import Sight, held_for, read_case, sight_of, subject_of
from consent.turn import let_readers_finish, take_turn

LISTED_AT_MOST = 1000


class Gate:
    """One person's key ring for one day. Pages have it as `request.gate`; tasks make one for a user id."""

    def __init__(self, user: User, day: date | None = None, request_id: str = "", factor: str = "system") -> None:
        self.user = user
        self.organisation = user.organisation
        self.day = day or timezone.localdate()
        self.request_id = request_id
        self.factor = factor
        self._sights: dict[UUID, Sight] = {}
        self._refusals: list[dict[str, Any]] = []

    # --- who I am today -------------------------------------------------------------------------------------
    @cached_property
    def roles(self) -> list[RoleAssignment]:
        around = ("unit__scope", "user__scope", "municipality")
        return list(self.user.roles.in_force(self.day).select_related(*around).order_by("pk"))

    def has_role(self, *roles: str) -> bool:
        return any(held.role in roles for held in self.roles)

    def reach(self, *roles: str) -> Q:
        """Rows of our organisation (`organisation`, `unit`) as far as these roles go: the units they name, or all."""
        units = [held.unit_id for held in self.roles if held.role in roles]
        return Q(organisation=self.organisation) & (Q() if None in units else Q(unit__in=units))

    @cached_property
    def scopes(self) -> list[int]:
        """My own scope and those of the units whose work I share. A unit of another organisation never counts."""
        emergency.end_due(self.user)
        shared = [held.unit for held in self.roles if held.role == Role.UNIT_WORKER and held.unit]
        own = self.roles[0].user.scope if self.roles else AccessScope.objects.get(user=self.user)
        units = [unit.scope for unit in shared if unit.organisation_id == self.organisation.pk]
        return list(dict.fromkeys(scope.pk for scope in (own, *units)))

    @property
    def actor(self) -> Actor:
        return actor_of(self.user, self.factor)

    # --- which cases ----------------------------------------------------------------------------------------
    def cases(self, told: str = "", *, by_row: bool = False) -> CaseQuerySet:
        """Every case I may open today, in one predicate; with `told` only where that category is ours or told us.
        `by_row` where what is looked for is rarer than my cases."""
        mine = Case.objects.filter(Assigned("pk", self.scopes, self.day, by_row=by_row))
        ours = Q(organisation=self.organisation)
        return mine.filter(ours | Told("pk", "organisation", told, self.organisation, self.day)) if told else mine

    def next_cases(self, *, after: UUID | None = None, size: int = 25) -> CaseQuerySet:
        """One page of the default list: open cases by next date that follow `after`. Two queries at any depth."""
        ids = CaseScope.objects.page(self.scopes, self.day, after=after, size=size)
        return Case.objects.filter(Among("pk", ids)).by_next_date()

    def counted(self) -> Expression:
        """How many open cases I may see, counted to LISTED_AT_MOST + 1 and no further: a figure for any statement."""
        return CaseScope.objects.counted(self.scopes, self.day, LISTED_AT_MOST + 1)

    def open(self, case_id: UUID) -> Case:
        """The case, with its read in the log, or 404: forbidden and missing look the same. TooManyPeople: wait."""
        held = held_for(case_id, self.organisation, self.day)
        case = read_case(self.cases(), case_id)
        if case is None:
            self.refuse(Subject(kind="case", id=str(case_id)[:40]), "öppna ärende")
            raise Http404("Sidan finns inte.")
        case.sight = self._sights[case.pk] = sight = sight_of(case, held, self)
        record_read(actor=self.actor, subject=subject_of(case), ground=sight.ground, request_id=self.request_id)
        return case

    def unassigned(self) -> QuerySet:
        """Process data of our open cases that nobody is responsible for yet; no names. For intake and managers."""
        responsible = CaseGrant.objects.in_force(self.day).filter(content_object=OuterRef("pk"), is_responsible=True)
        mine = Case.objects.open().filter(~Exists(responsible), self.reach(Role.INTAKE, Role.UNIT_MANAGER))
        return mine.process_facts()

    def askable(self, number: str) -> CaseQuerySet:
        """Cases of that number that our organisation knows of and I may not open: what I may ask for access to."""
        ours = Case.objects.known_to(self.organisation, self.day)
        return ours.filter(~Assigned("pk", self.scopes, self.day), number=number)

    # --- which rows inside them -----------------------------------------------------------------------------
    def visible(self, model: type[CaseRecord], case: Case) -> QuerySet:
        """Rows of one opened case: our own, and those another organisation may tell us today. Adds `writable`."""
        sight = self._sight(case)
        return model._default_manager.filter(sight.rows(model), case=case).annotate(
            writable=sight.writable(model, case)
        )

    def across(self, model: type[CaseRecord]) -> QuerySet:
        """The same rule over all my cases at once, for lists."""
        category = F("shared_as") if model.category is None else model.category
        told = Q(Told("case", "owner", category, self.organisation, self.day))
        told &= ~Q(Withheld(model, self.organisation.pk, self.day))
        mine = Assigned("case", self.scopes, self.day)
        return model._default_manager.filter(Q(owner=self.organisation) | told, mine)

    def consents(self, case: Case) -> ConsentQuerySet:
        """Consents we disclose or receive under; as lead all of them."""
        sight = self._sight(case)
        rows = Consent.objects.filter(case=case)
        return rows if sight.is_lead else rows.filter(concerning(self.organisation))

    def withholdings(self, case: Case) -> WithholdingQuerySet:
        """Our own list: from whom we keep what is nobody else's to know, also as lead."""
        self._sight(case)
        return Withholding.objects.filter(case=case, owner=self.organisation)

    def tellings(self, case: Case) -> TellingQuerySet:
        """What the law has let or made us tell, and what others have told us by it."""
        self._sight(case)
        return Telling.objects.filter(Q(discloser=self.organisation) | Q(recipient=self.organisation), case=case)

    def workers(self, case: Case) -> QuerySet[CaseGrant]:
        """Those who work on the case now, of organisations whose part we may know: they tell us or we tell them."""
        listeners = Disclosure.objects.in_force(self.day).filter(case=case, discloser=self.organisation)
        known = Q(user__organisation__in=self._sight(case).tellers)
        known |= Q(user__organisation__in=listeners.values("recipient"))
        return CaseGrant.objects.in_force(self.day).filter(known, content_object=case, ends_at=None).for_page()

    def parties(self, case: Case) -> QuerySet[CaseParty]:
        """Organisations beside the lead: the lead knows whom it invited, the others only those that tell them."""
        sight = self._sight(case)
        known = Q() if sight.is_lead else Q(organisation__in=sight.tellers)
        return CaseParty.objects.filter(known, case=case).select_related("organisation").order_by("organisation__name")

    def trace(self, case: Case) -> QuerySet[Entry]:
        """The log of a case. The lead reads all of it; others not what organisations they do not know of have done."""
        sight, rows = self._sight(case), Entry.objects.about(case.pk).newest_first()
        return rows if sight.is_lead else rows.filter(organisation_id__in=sight.tellers)

    def knows(self, case: Case, category: str) -> bool:
        return self._sight(case).knows(category)

    # --- what I may do --------------------------------------------------------------------------------------
    def may_write(self, thing: Case | CaseRecord, category: str | None = None) -> bool:
        """For buttons. A record: ours, or joint and told to us. A case: open; with `category`, also told to us."""
        case = thing if isinstance(thing, Case) else thing.case
        sight = self._sight_or_none(case)
        if sight is None or sight.emergency or not case.is_open:
            return False
        if isinstance(thing, Case):
            return category is None or sight.knows(category)
        return sight.may_change(thing)

    def require_write(
        self, thing: Case | CaseRecord, category: str | None = None, *, action: Action = Action.CHANGED
    ) -> None:
        """Logs the change, in the caller's transaction; PermissionDenied with a logged refusal if not allowed."""
        if not self.may_write(thing, category):
            self.refuse(subject_of(thing), "ändra")
            raise PermissionDenied("Du kan läsa det här men inte ändra det.")
        self.log(action, thing)

    def require_open(self, case: Case, *, action: Action | None = Action.PRINTED, **why: str) -> None:
        """Somebody who may read the case, for acts that change nothing in it. Logged, or None: as the page is."""
        self._sight(case)
        if action:
            self.log(action, case, **why)

    def require_hands(self, case: Case) -> None:
        """Somebody who works on the case, open or not; whoever came in by an emergency only reads."""
        if self._sight(case).emergency:
            self.refuse(subject_of(case), "ändra")
            raise PermissionDenied("Du kan läsa det här men inte ändra det.")

    def require_withdraw(self, consent: Consent, *, action: Action = Action.CONSENT_WITHDRAWN) -> None:
        """Whoever may read the case: the person may tell any of us. `action`: not all of it is taken back."""
        self.require_shut(consent.case, Disclosure.objects.filter(consent=consent), action=action, note="consent")

    def require_shut(self, case: Case, told: DisclosureQuerySet, *, action: Action, note: str) -> None:
        """Before what is told ends: the lock comes before the log row, so that no read that relied on it is logged
        after its end."""
        take_turn(case.pk)
        self._sight(case)
        let_readers_finish(case.pk)
        list(told.held())
        self.log(action, case, note=note)

    def require_role(self, *roles: str) -> None:
        if not self.has_role(*roles):
            wanted = ", ".join(Role(r).label.lower() for r in roles)
            self.refuse(Subject(kind="role", id=",".join(roles)[:40]), "roll saknas")
            raise PermissionDenied(f"Sidan är för: {wanted}.")

    def require_register(self) -> None:
        """Intake and caseworkers take in applications for their own organisation."""
        self.require_role(Role.INTAKE, Role.CASE_WORKER)

    @beyond("registration")
    def find_person(self, number: IdentityNumber) -> Individual | None:
        """Somebody our own organisation has registered, by exact number, before a new application. Logged."""
        self.require_register()
        person = Individual.objects.filter(organisation=self.organisation).with_number(number).first()
        found = Subject(kind="individual", id=str(person.pk) if person else "")
        record(Action.SEARCHED, actor=self.actor, subject=found, request_id=self.request_id)
        return person

    def take_in(self, case: Case, *, until: date | None, reason: str) -> None:
        """First hands on a case just registered: the registering worker, responsible unless `until`, and its unit."""
        if case.organisation_id != self.organisation.pk or case.grants.exists():
            raise PermissionDenied("Ärendet är redan taget emot.")
        dates = {"since": self.day, "until": until, "reason": reason}
        CaseGrant.objects.engage(case, self.user, is_responsible=until is None, **dates)
        CaseUnitGrant.objects.engage(case, case.unit.group, since=self.day, reason=reason)

    def require_lead(self, case: Case, *, open_only: bool = True, action: Action = Action.CHANGED) -> None:
        """The organisation that leads the case keeps the person's facts and closes and reopens it. Logged."""
        if not self.may_lead(case, open_only=open_only):
            self.refuse(subject_of(case), "ändra")
            raise PermissionDenied("Bara organisationen som leder ärendet kan ändra det här.")
        self.log(action, case)

    def may_lead(self, case: Case, *, open_only: bool = True) -> bool:
        sight = self._sight_or_none(case)
        leads = sight is not None and sight.is_lead and not sight.emergency
        return leads and (case.is_open or not open_only)

    def require_distribution(self) -> None:
        """Intake and managers distribute cases; to everybody else the page does not exist."""
        if not self.has_role(Role.INTAKE, Role.UNIT_MANAGER):
            self.refuse(Subject(kind="unassigned"), "ej fördelade")
            raise Http404("Sidan finns inte.")

    @beyond("distribution")
    def require_assign(self, case: Case) -> None:
        """Somebody of our organisation who works on the case, or intake or manager of its unit when nobody does."""
        sight = self._sight_or_none(case)
        if (sight and not sight.emergency) or self.unassigned().filter(pk=case.pk).exists():
            return
        self.refuse(subject_of(case), "tilldela")
        raise PermissionDenied("Du kan inte tilldela det här ärendet.")

    # --- the trace ------------------------------------------------------------------------------------------
    def log(self, action: Action, thing: Case | CaseRecord | None = None, *, ground: str = "", note: str = "") -> None:
        """One row in the log, in the running transaction."""
        subject = Subject(kind=note) if thing is None else subject_of(thing, note)
        sight = self._sights.get(subject.case_id) if subject.case_id else None
        why = ground or (sight.ground if sight else "")
        record(action, actor=self.actor, subject=subject, ground=why, request_id=self.request_id)

    def shut(self, case: Case | None) -> None:
        """A page said no before a use case was asked; nothing more if the gate has already noted it."""
        if not self._refusals:
            self.refuse(subject_of(case) if case else Subject(kind="page"), "sidan nekad")

    def refuse(self, subject: Subject, ground: str) -> None:
        """Told to the log when the answer goes out (`write_refusals`)."""
        self._refusals.append({"subject": subject, "ground": ground})

    def write_refusals(self) -> None:
        """Called by the middleware outside the view's transaction, so that a refusal survives the rollback."""
        for refusal in self._refusals:
            record(Action.REFUSED, actor=self.actor, request_id=self.request_id, **refusal)
        self._refusals.clear()

    # --- inside ---------------------------------------------------------------------------------------------
    def _sight_or_none(self, case: Case) -> Sight | None:
        if case.pk not in self._sights:
            held = held_for(case.pk, self.organisation, self.day)
            mine = self.cases().filter(pk=case.pk).select_related("individual").first()
            if mine is None:
                return None
            self._sights[case.pk] = sight_of(mine, held, self)
        return self._sights[case.pk]

    def _sight(self, case: Case) -> Sight:
        sight = self._sight_or_none(case)
        if sight is None:
            raise Http404("Sidan finns inte.")
        return sight
