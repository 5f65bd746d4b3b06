"""Why a statement may see further than the person who asks: a closed list, the same in the policies of the database.

tests/test_architecture.py says which modules may use which; docs/row-security.md how.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Purpose:
    """`only`: the tables it opens; every one without."""

    why: str
    only: tuple[str, ...] = ()

    def opens(self, table: str) -> bool:
        return not self.only or table in self.only


CASE_AND_PERSON = ("cases_case", "cases_individual")
WHO_MAY_KNOW = ("consent_casescope", "consent_disclosure", "consent_keptrow")
OUT_OF_THE_HOUSE = ("notices_document", "notices_outboxmessage")

PURPOSES: dict[str, Purpose] = {
    # somebody's act, in a case that they may not open
    "registration": Purpose("A person and a case that are just being written are nobody's yet, and met only once."),
    "distribution": Purpose("Who hands out cases that nobody has sees number and dates, and may not open them."),
    "access_request": Purpose("A colleague asks for a case by its number, the manager answers; neither sees it."),
    "emergency": Purpose("Who lets themselves in has no way in yet; whose time is up may have none any longer."),
    "hand_over": Purpose("A manager moves all of a colleague's cases, by their numbers, without opening them."),
    "side_effect": Purpose("What one does moves another's clock, notice or message, and shows nothing of it."),
    "withdrawal": Purpose("What is taken back is closed for everybody, also where the one who writes it cannot see."),
    "personal_link": Purpose("Who holds a personal link sees one call and answers it, without log-in."),
    # a figure, a time, a yes or no
    "audience": Purpose(
        "Who else may know of a row, whom one tells of it.",
        ("consent_casegrant", "consent_disclosure", "consent_keptrow"),
    ),
    "workload": Purpose("How many open cases each colleague is responsible for.", ("cases_case", "consent_casegrant")),
    "free_time": Purpose("When people and rooms are busy.", ("meetings_meeting", "meetings_participant")),
    "capacity": Purpose(
        "How many first meetings wait in a unit, and how many times there are for them.",
        ("cases_case", "cases_deadline", "cases_deadlinehold", "meetings_meeting", "meetings_participant"),
    ),
    "in_use": Purpose("Whether clocks have started by a promise.", ("cases_deadline",)),
    "health": Purpose("Whether messages lie too long.", (*CASE_AND_PERSON, *OUT_OF_THE_HOUSE)),
    "figures": Purpose("Statistics: counted, suppressed, and without a name."),
    # work that nobody has asked for
    "sweep": Purpose("A task looks through all rows for what is due, and shows nobody anything."),
    "sending": Purpose(
        "What waits in the queue is sent, if its reader may still know, or given back.",
        (*CASE_AND_PERSON, *OUT_OF_THE_HOUSE, *WHO_MAY_KNOW),
    ),
    "log_review": Purpose("The sample is drawn by lot from what everybody has read."),
    "log_watch": Purpose("The chain of the log is followed through every row.", ("audit_entry",)),
    "reconciliation": Purpose("The projection of access is compared with its definition, every row of both."),
    "resealing": Purpose("Identity numbers get new keys.", ("cases_individual", "cases_individualevent")),
    "demo": Purpose("Invented people, or a measured volume of them, are written for nobody."),
}
IN_A_TEST = {"test": Purpose("A test sets its stage, and looks behind it.")}
