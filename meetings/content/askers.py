"""Who may have asked for another time, or for none: the person, one of the organisations, the interpreter."""

from dataclasses import dataclass

from django.utils.functional import cached_property

from accounts.models import Organisation
from meetings.models import Meeting, Participant

ASKED_BY = Meeting.AskedBy


@dataclass(frozen=True)
class Askers:
    """The organisations that are called, and whether there is an interpreter. A party is named by its number."""

    organisations: dict[str, Organisation]
    has_interpreter: bool

    @cached_property
    def choices(self):
        parties = [(key, party.name) for key, party in self.organisations.items()]
        interpreter = [ASKED_BY.INTERPRETER] if self.has_interpreter else []
        others = [(who.value, who.label.capitalize()) for who in (*interpreter, ASKED_BY.OTHER)]
        return [(ASKED_BY.PERSON.value, ASKED_BY.PERSON.label.capitalize()), *parties, *others]

    def asked(self, chosen):
        """As the use cases want it; nothing chosen: one of us, and not told which."""
        party = self.organisations.get(chosen)
        return {"by": ASKED_BY.PARTY if party or not chosen else chosen, "organisation": party}


def askers(meeting):
    called = list(meeting.participants.all())
    organisations = {each.organisation.pk: each.organisation for each in called if each.organisation}
    return Askers(
        {f"party-{pk}": organisation for pk, organisation in organisations.items()},
        any(each.role == Participant.Role.INTERPRETER for each in called),
    )
