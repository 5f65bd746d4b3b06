"""What the doors behind personal links have in common: which row the link is of, what its page says of whoever asks,
and the line in the log."""

from dataclasses import dataclass
from typing import ClassVar, Self

from django.conf import settings
from django.utils import timezone

from audit.log import Subject, record
from audit.models import Action
from meetings.mail import ROLE, phone_of, place_of
from meetings.models import CallingText, Meeting
from meetings.tongues import SWEDISH, House, Written, tongue_of
from notices.models import PersonalLink

GROUND = "personlig länk"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a page may say whatever it asks; never where a protected person will be."""

    kind: ClassVar[CallingText.Kind]
    tongue: House | Written
    place: str
    by_phone: bool
    sender: str
    phone: str

    @classmethod
    def of(cls, meeting: Meeting, role: str, **more: object) -> Self:
        """In the person's tongue to themselves, in Swedish to everybody else."""
        is_person = role == ROLE.INDIVIDUAL
        return cls(
            tongue=tongue_of(meeting.case.individual, cls.kind) if is_person else SWEDISH,
            place=place_of(meeting, told=meeting.tells_spot()),
            by_phone=is_person and meeting.form == Meeting.Form.PHONE,
            sender=settings.MUNICIPALITY_NAME,
            phone=phone_of(meeting),
            **more,
        )

    @property
    def page(self):
        return self.tongue.page(self.kind)


def row_behind(route, token):
    """The number of the row whose link this is. None: unknown, ended and over look the same."""
    link = PersonalLink.objects.behind(route, token, timezone.now())
    return link and link.object_key.rpartition(":")[2]


def note(row, case):
    """Their answer, in the log. Nobody is logged in: the link is the ground."""
    kind, category = row._meta.model_name, Meeting.category
    subject = Subject(case_id=case.pk, case_number=case.number, kind=kind, id=str(row.pk), category=category)
    record(Action.CHANGED, subject=subject, ground=GROUND)
