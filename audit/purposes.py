"""Why a statement may see further than the person who asks, and which tables it then sees: a closed list, the same in
the policies of the database.

tests/test_architecture.py says which modules may use which; docs/row-security.md how.
"""

from dataclasses import dataclass

HISTORY = "event"  # ends the name of the table that keeps another's


@dataclass(frozen=True)
class Purpose:
    """`reads`, `writes`: the tables it opens. What is written is read too, and its history is added to. `everything`:
    every table."""

    why: str
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    everything: bool = False

    def opens(self, table: str, command: str = "SELECT") -> bool:
        if self.everything or table in self.writes:
            return True
        if command == "SELECT":
            return table in self.reads
        return command == "INSERT" and table.removesuffix(HISTORY) in self.writes


CASE_AND_PERSON = ("cases_case", "cases_individual")
WHO_MAY_KNOW = ("consent_casescope", "consent_disclosure", "consent_keptrow")
OUT_OF_THE_HOUSE = ("notices_document", "notices_outboxmessage")
WHO_WORKS = ("consent_casegrant", "consent_caseunitgrant")
CALLED = ("meetings_meeting", "meetings_participant")
PROPOSED = ("meetings_proposal", "meetings_proposalrecipient")

PURPOSES: dict[str, Purpose] = {
    # somebody's act, in a case that they may not open
    "registration": Purpose(
        "A person and a case that are just being written are nobody's yet, and met only once.",
        writes=(
            *CASE_AND_PERSON,
            *WHO_WORKS,
            "cases_application",
            "cases_deadline",
            "cases_household",
            "cases_pesregistration",
            "cases_targetgroupmembership",
        ),
    ),
    "distribution": Purpose(
        "Who hands out cases that nobody has sees number and dates, and may not open them.", everything=True
    ),
    "access_request": Purpose(
        "A colleague asks for a case by its number, the manager answers; neither sees it.", everything=True
    ),
    "emergency": Purpose(
        "Who lets themselves in has no way in yet; whose time is up may have none any longer.", everything=True
    ),
    "hand_over": Purpose(
        "A manager moves all of a colleague's cases, by their numbers, without opening them.", everything=True
    ),
    "side_effect": Purpose(
        "What one does moves another's clock, notice or message, and shows nothing of it.",
        reads=("consent_casegrant", "consent_casescope", "needs_needoccurrence"),
        writes=(
            "actionplans_actionplan",
            "cases_afterfollowup",
            "cases_case",
            "cases_caseexit",
            "cases_deadline",
            "cases_pesregistration",
            "cases_referral",
            *CALLED,
            "meetings_meetingphase",
            *PROPOSED,
            "notices_notice",
            "notices_outboxmessage",
        ),
    ),
    "withdrawal": Purpose(
        "What is taken back is closed for everybody, also where the one who writes it cannot see.",
        reads=("cases_case", "consent_casegrant"),
        writes=(
            "cases_caseparty",
            "consent_consent",
            "consent_consent_receivers",
            "consent_consentstep",
            "consent_disclosure",
            "notices_notice",
            *OUT_OF_THE_HOUSE,
        ),
    ),
    "personal_link": Purpose(
        "Who holds a personal link sees one call and answers it, without log-in.", everything=True
    ),
    # a figure, a time, a yes or no
    "audience": Purpose(
        "Who else may know of a row, whom one tells of it.",
        ("consent_casegrant", "consent_disclosure", "consent_keptrow"),
    ),
    "workload": Purpose("How many open cases each colleague is responsible for.", ("cases_case", "consent_casegrant")),
    "free_time": Purpose("When people and rooms are busy.", CALLED),
    "capacity": Purpose(
        "How many first meetings wait in a unit, and how many times there are for them.",
        ("cases_case", "cases_deadline", "cases_deadlinehold", *CALLED),
    ),
    "in_use": Purpose("Whether clocks have started by a promise.", ("cases_deadline",)),
    "health": Purpose("Whether messages lie too long.", (*CASE_AND_PERSON, *OUT_OF_THE_HOUSE)),
    "figures": Purpose("Statistics: counted, suppressed, and without a name.", everything=True),
    # work that nobody has asked for
    "sweep": Purpose(
        "A task looks through all rows for what is due, and shows nobody anything.",
        reads=(
            *CASE_AND_PERSON,
            *WHO_MAY_KNOW,
            *CALLED,
            *PROPOSED,
            "actionplans_actionplan",
            "actionplans_milestone",
            "audit_entry",
            "cases_afterfollowup",
            "cases_deadline",
            "cases_deadlinehold",
            "cases_pesregistration",
            "cases_referral",
            "consent_accessrequest",
            "consent_casegrant",
            "consent_consent",
        ),
        writes=("notices_notice", "notices_outboxmessage"),
    ),
    "sending": Purpose(
        "What waits in the queue is sent, if its reader may still know, or given back.",
        (*CASE_AND_PERSON, *WHO_MAY_KNOW),
        OUT_OF_THE_HOUSE,
    ),
    "log_review": Purpose("The sample is drawn by lot from what everybody has read.", everything=True),
    "log_watch": Purpose("The chain of the log is followed through every row.", ("audit_entry",)),
    "reconciliation": Purpose(
        "The projection of access is compared with its definition, every row of both.", everything=True
    ),
    "resealing": Purpose("Identity numbers get new keys.", writes=("cases_individual", "cases_individualevent")),
    "demo": Purpose("Invented people, or a measured volume of them, are written for nobody.", everything=True),
}
IN_A_TEST = {"test": Purpose("A test sets its stage, and looks behind it.", everything=True)}
