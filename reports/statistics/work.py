"""What the cooperation did: meetings, reached milestones, kept promises, the participants' voice."""

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce

from actionplans.models import Milestone
from meetings.models import Meeting, PersonFeedback
from reports.statistics import definitions
from reports.statistics.figures import Promise
from reports.statistics.publishing import beside, by_sex, each_alone, split, tally, totals_only
from reports.suppression import share, suppress

ABSENT = (Meeting.Outcome.ABSENT_ACCEPTABLE, Meeting.Outcome.ABSENT, Meeting.Outcome.ABSENT_LOGISTICS)
ASKERS = list(Meeting.AskedBy)
FACES = {3: "Ja", 2: "Delvis", 1: "Nej"}


def count_meetings(municipality, period):
    meetings = Meeting.objects.filter(case__municipality=municipality, starts_at__date__range=period.days)
    kinds = suppress(_chosen(meetings.held(), "kind", Meeting.Kind))
    forms = totals_only(_rows(meetings.held(), "form", Meeting.Form))
    absent = suppress(_chosen(meetings, "outcome", ABSENT))
    called_off = suppress(_called_off(meetings))
    return {
        "meetings": split("meetings", "Hållna möten", "Slag av möte", kinds, definitions.MEETINGS),
        "meeting_forms": split("meeting_forms", "Så sågs man", "Form", beside(kinds, forms), definitions.FORMS),
        "no_shows": split("no_shows", "Personen kom inte", "Orsak", absent, definitions.NO_SHOWS),
        "called_off": split(
            "called_off", "Inställda och flyttade möten", "På begäran av", called_off, definitions.CALLED_OFF
        ),
    }


def _called_off(meetings):
    """By the coded party: the person, each organisation by its name, the interpreter, somebody else."""
    asked = meetings.filter(status=Meeting.Status.CANCELLED).exclude(asked_by="")
    party = Coalesce("outcome_details__cancelled_by__short_name", Value(""))
    counted = {}
    for who, name, sex, number in asked.values_list("asked_by", party, "case__individual__sex").annotate(n=Count("pk")):
        by_sex_of = counted.setdefault((ASKERS.index(who), name), {})
        by_sex_of[sex] = by_sex_of.get(sex, 0) + number
    fixed = {(position, ""): {} for position, who in enumerate(ASKERS) if who != Meeting.AskedBy.PARTY}
    rows = sorted((fixed | counted).items())
    return by_sex([(name or Meeting.AskedBy(ASKERS[at]).label.capitalize(), found) for (at, name), found in rows])


def _rows(rows, field, choices):
    counted = tally(rows.values_list(field, "case__individual__sex").annotate(n=Count("pk")))
    return [(choice.label.capitalize(), counted.get(choice.value, {})) for choice in choices]


def _chosen(rows, field, choices):
    return by_sex(_rows(rows, field, choices))


def count_milestones(municipality, period):
    """Reached in the month by sex, and how each organisation kept its own over twelve months."""
    milestones = Milestone.objects.filter(case__municipality=municipality)
    reached = milestones.reached().filter(done_on__range=period.days).values_list("case__individual__sex")
    published = each_alone(by_sex([("Delmål som nåddes", dict(reached.annotate(n=Count("pk"))))]))
    return {
        "milestones_reached": split(
            "milestones_reached", "Delmål", "Delmål", published, definitions.MILESTONES, shows_total=False
        ),
        "promises": _promises(milestones, period),
        "promises_definition": definitions.PROMISES,
    }


def _promises(milestones, period):
    due = milestones.exclude(status=Milestone.Status.ENDED).filter(
        responsible_organisation__isnull=False, due_on__range=(period.year[0], period.passed_to)
    )
    rows = (
        due.values_list("responsible_organisation__kind", "responsible_organisation__short_name")
        .annotate(kept=Count("pk", filter=Q(status=Milestone.Status.DONE, done_on__lte=F("due_on"))), n=Count("pk"))
        .order_by("responsible_organisation__short_name")
    )
    return tuple(Promise(kind, short_name, share(kept, n)) for kind, short_name, kept, n in rows)


def count_voice(municipality, period):
    """Not collected at all is not zero: then every figure says so."""
    answers = PersonFeedback.objects.filter(
        meeting__case__municipality=municipality,
        meeting__starts_at__date__range=period.days,
        listened_to__isnull=False,
    )
    counted = tally(answers.values_list("listened_to", "meeting__case__individual__sex").annotate(n=Count("pk")))
    rows = [(word, counted.get(face, {}) if counted else None) for face, word in FACES.items()]
    return {"voice": split("voice", "Blev du lyssnad på?", "Svar", suppress(by_sex(rows)), definitions.VOICE)}
