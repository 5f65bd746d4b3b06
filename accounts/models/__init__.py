"""Who works where, in which dated roles, and how they came in."""

from accounts.models.conduct import ConductPromise, ConductText
from accounts.models.guesses import Guess
from accounts.models.identities import Identity, IdentityAnswer
from accounts.models.organisations import Municipality, Organisation, Unit
from accounts.models.people import Role, RoleAssignment, User
from accounts.models.sessions import Session

__all__ = [
    "ConductPromise",
    "ConductText",
    "Guess",
    "Identity",
    "IdentityAnswer",
    "Municipality",
    "Organisation",
    "Role",
    "RoleAssignment",
    "Session",
    "Unit",
    "User",
]
