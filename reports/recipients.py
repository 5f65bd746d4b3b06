"""Who holds a role for a municipality today."""

from django.db.models import Q

from accounts.models import RoleAssignment, User


def holders(municipality, role, day):
    """People with the role for this municipality, or for the municipality of their own organisation."""
    held = (
        RoleAssignment.objects.in_force(day)
        .filter(role=role)
        .filter(Q(municipality=municipality) | Q(municipality=None, user__organisation__municipality=municipality))
    )
    return User.objects.filter(is_active=True, pk__in=held.values("user"))
