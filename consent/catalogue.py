"""Every table of the database, and which rule of row-level security protects it, or why none does.

A rule is a condition in SQL on one row, `{t}` its table. tests/consent/test_row_security.py fails by name for a table
that stands nowhere here.
"""
# ruff: noqa: S608

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model

from cases.models import CaseRecord

USER = "(SELECT nullif(current_setting('app.user', true), '')::bigint)"
OURS = "(SELECT nullif(current_setting('app.organisation', true), '')::bigint)"
SCOPES = "(SELECT nullif(current_setting('app.scopes', true), '')::bigint[])::bigint[]"
DAY = "(SELECT nullif(current_setting('app.day', true), '')::date)"


@dataclass(frozen=True)
class Rule:
    """`reads`: the rows that may be seen. `writes`: how a row may be changed from and to; the same where None.
    `adds`: what may be added, where that is more than what may be written later."""

    reads: str
    writes: str | None = None
    adds: str | None = None

    def on(self, table: str) -> dict[str, str]:
        """The condition of each command on one table."""
        writes = self.writes or self.reads
        named = {"SELECT": self.reads, "INSERT": self.adds or writes, "UPDATE": writes, "DELETE": writes}
        return {command: condition.format(t=table) for command, condition in named.items()}


# --- what the rules ask -------------------------------------------------------------------------------------------
# A table named in a policy brings its own policies into every plan, and those the ones that they name. The projection,
# the disclosures and the withhold list stand in almost every rule: rules ask them through views of the owner, each with
# the asker's rows of today. They lie in a schema that the application may not enter: only a policy reaches them.
# `<> 0`, or PostgreSQL gathers what anybody may tell anybody that day, for each row that it asks about.
SCHEMA = "policies"
ASKED = {
    "seen": f"SELECT case_id FROM consent_casescope WHERE scope_id = ANY ({SCOPES}) AND days @> {DAY}",
    "told": "SELECT case_id, discloser_id, category FROM consent_disclosure"
    f" WHERE recipient_id = {OURS} AND (days @> {DAY})::int <> 0",
    "held": "SELECT case_id, record_kind, record_id FROM consent_withholding"
    f" WHERE recipient_id = {OURS} AND days @> {DAY}",
}


# --- the words of the rules ---------------------------------------------------------------------------------------
def exists(rows: str) -> str:
    """With OFFSET 0 it is asked row by row. Otherwise PostgreSQL makes a second plan of each, which first gathers all
    that the asker may see, and takes it where it guesses that few rows come of it: wrong for who sees many cases."""
    return f"EXISTS (SELECT 1 FROM {rows} OFFSET 0)"


def opened(case: str = "{t}.case_id") -> str:
    """The case is open to whoever asks, today: the predicate of `Gate.cases`."""
    return exists(f"{SCHEMA}.seen WHERE seen.case_id = {case}")


def told(category: str, owner: str = "{t}.owner_id", case: str = "{t}.case_id") -> str:
    """Its owner may tell us this category today."""
    return exists(
        f"{SCHEMA}.told WHERE told.case_id = {case} AND told.discloser_id = {owner} AND told.category = {category}"
    )


def through(parent: str, column: str, key: str = "id") -> Rule:
    """What hangs on a row is seen with it: the row's own rule answers."""
    return Rule(exists(f"{parent} up WHERE up.{key} = {{t}}.{column}"))


def record(model: type[CaseRecord]) -> Rule:
    """The two locks of a record: the case is open to us, and the row is ours, or told us and not withheld from us
    (`Gate.visible`). Told rows are written too where they belong to the cooperation."""
    category = "{t}.shared_as" if model.category is None else f"'{model.category!s}'"
    ours, heard = f"{{t}}.owner_id = {OURS}", told(category)
    withheld = exists(
        f"{SCHEMA}.held WHERE held.record_id = {{t}}.id AND held.case_id = {{t}}.case_id"
        f" AND held.record_kind = '{model._meta.model_name}'"
    )
    both = f"({ours} OR {heard} AND NOT {withheld}) AND {opened()}"
    return Rule(both, None if model.joint else f"{ours} AND {opened()}")


LEAD = exists(f"cases_case led WHERE led.id = {{t}}.case_id AND led.organisation_id = {OURS}")
PARTY = f"{{t}}.discloser_id = {OURS} OR consent_receives({{t}}.id, {OURS}) OR {LEAD}"

KEPT = exists(
    "consent_consent up JOIN cases_case led ON led.id = up.case_id"
    f" WHERE up.id = {{t}}.consent_id AND (up.discloser_id = {OURS} OR led.organisation_id = {OURS})"
)

# --- the tables ---------------------------------------------------------------------------------------------------
# Besides every CaseRecord and the history of every protected model, which find their own rule.
PROTECTED: dict[str, Rule] = {
    # the case and the person
    "cases_case": Rule(opened("{t}.id")),
    "cases_individual": through("cases_case", "id", "individual_id"),
    "cases_application": through("cases_case", "id", "application_id"),
    "cases_household": Rule(
        exists("cases_individual up WHERE up.household_id = {t}.id")
        + " OR "
        + exists("cases_application up WHERE up.household_id = {t}.id")
    ),
    "cases_caseparty": Rule(opened()),
    "cases_deadlinehold": through("cases_deadline", "deadline_id"),
    "cases_assessmentanswer": through("cases_assessment", "assessment_id"),
    # who works on it, and what may be told
    "consent_casescope": Rule(f"{{t}}.scope_id = ANY ({SCOPES})"),
    "consent_casegrant": Rule(opened("{t}.content_object_id")),
    "consent_caseunitgrant": Rule(opened("{t}.content_object_id")),
    "consent_consent": Rule(f"{opened()} AND ({PARTY})"),
    "consent_consent_receivers": through("consent_consent", "consent_id"),
    "consent_consentstep": through("consent_consent", "consent_id"),
    # what the person signed is for the discloser, whose evidence it is, and the lead
    "consent_consentproof": Rule(KEPT),
    "consent_signingattempt": Rule(KEPT),
    "consent_extra": through("consent_consent", "consent_id"),
    "consent_disclosure": Rule(opened()),
    # whoever it is kept from finds which row it is in SHOWN, and no reason
    "consent_withholding": Rule(f"{{t}}.owner_id = {OURS} AND {opened()}"),
    "consent_telling": Rule(
        f"({{t}}.discloser_id = {OURS} OR {{t}}.recipient_id = {OURS}) AND {opened()}",
        f"{{t}}.discloser_id = {OURS} AND {opened()}",
    ),
    "consent_emergencyaccess": Rule(f"{{t}}.organisation_id = {OURS}"),
    "consent_accessrequest": Rule(f"{{t}}.organisation_id = {OURS}"),
    # the log and its review
    "audit_entry": Rule(f"{{t}}.organisation_id = {OURS} OR {opened()}", "false", "true"),
    "consent_logreview": Rule(f"{{t}}.organisation_id = {OURS}"),
    "consent_logvisit": through("consent_logreview", "review_id"),
    "consent_logfinding": through("consent_logvisit", "visit_id"),
    # the plan
    "actionplans_planversion": through("actionplans_actionplan", "plan_id"),
    "actionplans_agreement": through("actionplans_planversion", "version_id"),
    "actionplans_condition": through("actionplans_milestone", "milestone_id"),
    "actionplans_milestone_with_organisations": through("actionplans_milestone", "milestone_id"),
    # the meetings
    "meetings_participant": Rule(
        f"{{t}}.user_id = {USER} OR " + exists("meetings_meeting up WHERE up.id = {t}.meeting_id")
    ),
    "meetings_consentconfirmation": through("meetings_meeting", "meeting_id"),
    "meetings_decision": through("meetings_meeting", "meeting_id"),
    "meetings_feedback": through("meetings_meeting", "meeting_id"),
    "meetings_meetingminutes": through("meetings_meeting", "meeting_id"),
    "meetings_meetingphase": through("meetings_meeting", "meeting_id"),
    "meetings_milestonereview": through("meetings_meeting", "meeting_id"),
    "meetings_outcomedetails": through("meetings_meeting", "meeting_id"),
    "meetings_personfeedback": through("meetings_meeting", "meeting_id"),
    "meetings_preparation": through("meetings_meeting", "meeting_id"),
    "meetings_processfeedback": through("meetings_meeting", "meeting_id"),
    "meetings_proposalrecipient": through("meetings_proposal", "proposal_id"),
    "meetings_responsibility": through("meetings_participant", "participant_id"),
    "meetings_voiceslip": through("meetings_meeting", "meeting_id"),
    # what somebody is told, and what leaves the house
    "notices_notice": Rule(f"{{t}}.recipient_id = {USER}", adds="true"),
    "notices_document": Rule(
        f"{{t}}.requested_by_id = {USER} OR {{t}}.kind = 'monthly_report'",  # figures that are suppressed already
        f"{{t}}.requested_by_id = {USER}",
    ),
    "notices_outboxmessage": Rule(
        f"{{t}}.organisation_id = {OURS} AND {{t}}.kind <> 'factors' AND ({{t}}.case_id IS NULL OR {opened()})",
        adds=f"{{t}}.case_id IS NULL OR {opened()}",
    ),
    # the development project knows which cases it counts
    "projects_projectcase": Rule(opened()),
}

# What a rule must know of a row that is another's, and no more of it: (columns, of which rows) and who may read them.
# Views of the owner that statements name as they do a table, with the purposes that see further.
SHOWN: dict[str, tuple[str, str, str]] = {
    "consent_keptrow": (
        "id, case_id, recipient_id, record_kind, record_id, days",
        "consent_withholding {t} WHERE record_kind <> ''",
        f"{{t}}.recipient_id = {OURS} AND {{t}}.days @> {DAY} AND {opened()}",
    ),
}

STAFF = "who works where and how they prove who they are: no case"
REFERENCE = "rules, words and lists that are the same for everybody"
PROCESS = "the work of organisations and projects, without a person"
TECHNICAL = "the framework's own"

UNPROTECTED: dict[str, str] = {
    **dict.fromkeys(
        (
            "account_emailaddress",
            "account_emailconfirmation",
            "accounts_conductpromise",
            "accounts_guess",
            "accounts_identity",
            "accounts_identityanswer",
            "accounts_municipality",
            "accounts_organisation",
            "accounts_organisation_serves",
            "accounts_roleassignment",
            "accounts_session",
            "accounts_unit",
            "accounts_user",
            "accounts_user_groups",
            "accounts_user_user_permissions",
            "auth_group",
            "auth_group_permissions",
            "auth_permission",
            "mfa_authenticator",
            "notices_notificationchoice",
            "meetings_absence",
            "meetings_availability",
            "meetings_calendarfeed",
            "meetings_otherhours",
        ),
        STAFF,
    ),
    **dict.fromkeys(
        (
            "accounts_conducttext",
            "actionplans_plantemplate",
            "cases_assessmenttemplate",
            "cases_deadlinerule",
            "cases_deadlinerung",
            "consent_consenttext",
            "consent_statute",
            "meetings_callingtext",
            "meetings_interpreter",
            "meetings_room",
        ),
        REFERENCE,
    ),
    **dict.fromkeys(
        (
            "needs_needraise",
            "needs_unmetneed",
            "projects_agendaitem",
            "projects_budgetline",
            "projects_contextfigure",
            "projects_diaryentry",
            "projects_funding",
            "projects_group",
            "projects_groupmeeting",
            "projects_improvementaction",
            "projects_membership",
            "projects_project",
            "projects_project_municipalities",
            "projects_project_partners",
            "projects_projectphase",
            "projects_selfevaluation",
            "projects_surveyresult",
            "projects_surveyround",
            "projects_swot",
        ),
        PROCESS,
    ),
    "reports_monthlyreport": "figures that are counted and suppressed before they are kept",
    "cases_caseseries": "the last case number of a year",
    "consent_accessscope": "an id for each user and unit",
    "audit_seal": "checksums of the log",
    "pghistory_context": "who and in which request, as ids",
    "notices_personallink": "a fingerprint of a link, which opens nothing, and when it ends",
    "notices_pulse": "when the beat last beat",
    "guardian_groupobjectpermission": "always empty: grants have tables of their own",
    "guardian_userobjectpermission": "always empty: grants have tables of their own",
    **dict.fromkeys(("django_admin_log", "django_content_type", "django_migrations", "django_session"), TECHNICAL),
}


def rule_of(model: type[Model]) -> Rule | None:
    """None for a table that has no rule of its own, which must then be in UNPROTECTED."""
    tracked = getattr(model, "pgh_tracked_model", None)
    if tracked is not None:
        return rule_of(tracked)
    if issubclass(model, CaseRecord):
        return record(model)
    return PROTECTED.get(model._meta.db_table)


def rules() -> dict[str, Rule]:
    """Every protected table and its rule."""
    models = apps.get_models(include_auto_created=True)
    found = {model._meta.db_table: rule_of(model) for model in models}
    return {table: rule for table, rule in found.items() if rule is not None}
