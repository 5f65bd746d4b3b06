"""Who I am here: my roles with dates."""

from dataclasses import dataclass

from cases.templatetags.wording import near_date


@dataclass(frozen=True)
class HeldRole:
    name: str
    where: str
    dates: str
    is_mine_now: bool


def build_roles(gate) -> list[HeldRole]:
    """All of them, also those that are over or have not begun."""
    now = {role.pk for role in gate.roles}
    rows = gate.user.roles.select_related("unit", "municipality").order_by("-since", "pk")
    return [
        HeldRole(
            name=row.get_role_display(),
            where=str(row.unit or row.municipality or gate.organisation),
            dates=f"från {near_date(row.since)}"
            + (f" till och med {near_date(row.until)}" if row.until else " tills vidare"),
            is_mine_now=row.pk in now,
        )
        for row in rows
    ]
