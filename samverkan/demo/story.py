"""What a demo case can go through."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """One case. `…_ago` counts days back from today, `…_after` days after the application came in."""

    given_name: str
    family_name: str
    woman: bool
    received_ago: int
    born_between: tuple[int, int] = (1976, 2002)
    coordination_number: bool = False
    temporary_number: str = ""
    workers: tuple[str, ...] = ("maria", "per")
    pes_ago: int | None = None
    known: bool = False
    children: int = 0
    interpreter: str = ""
    support_needs: tuple[str, ...] = ()
    protection: str = "none"
    groups: tuple[str, ...] = ("unemployed_with_assistance",)
    consent: str = "given"  # given, declined, withdrawn, missing, expiring, own_matter
    withheld: str = ""  # a kind of data that the lead keeps from the first partner
    told_by_law: bool = False  # the employment service has told when the person registered
    extra: str = ""  # a specialist elsewhere whom the person has let in, for insight and for contact
    assessed: bool = True
    met_after: int | None = None
    booked_in: int | None = None
    no_show_after: int | None = None
    hold: tuple[str, str] | None = None
    rests: int = 0  # the reason was written on the fifth day, and the clock rests this many days more
    goal: str = ""
    goal_type: str = "work"
    milestones: int = 0
    agreed: bool = True
    follow_ups_ago: tuple[int, ...] = ()
    exit: str = ""
    exit_ago: int = 0
    need: str = ""
    referral: bool = False
    shares_application_with: str = ""
    unassigned: bool = False
    note: str = ""
