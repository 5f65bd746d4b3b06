"""Who works where, and in which dated roles."""

from accounts.models.organisations import Municipality, Organisation, Unit
from accounts.models.people import Role, RoleAssignment, User

__all__ = ["Municipality", "Organisation", "Role", "RoleAssignment", "Unit", "User"]
