"""What an identity provider vouches for, in whichever language it speaks, and what we demand before we believe it."""

import time
from dataclasses import dataclass

WITHIN = 600
RECENT = 300
LEEWAY = 30


class Refused(Exception):
    """The answer is not believed. The reason is for the log, never for the page."""


@dataclass(frozen=True)
class Vouched:
    """What the issuer says about the person. `strong`: at the level of assurance that we demand."""

    issuer: str
    subject: str
    label: str
    strong: bool
    authenticated_at: int

    @property
    def is_recent(self):
        return time.time() - self.authenticated_at <= RECENT


@dataclass(frozen=True)
class Provider:
    """An issuer that this installation believes, and the names of its pages. No levels: it replaces the password only.
    No organisations: whomever it knows."""

    issuer: str
    name: str
    levels: list[str]
    organisations: list[str]
    log_in: str
    link: str
    confirm: str

    def vouch(self, subject, *, level, organisation, words, authenticated_at):
        """`words`: what tells the user which account it is, on their own page."""
        if self.organisations and organisation not in self.organisations:
            raise Refused("organisation")
        strong = level in self.levels
        if self.levels and not strong:
            raise Refused("nivå")
        if not subject or not isinstance(subject, str) or len(subject) > 255:
            raise Refused("subjekt")
        label = ", ".join(str(word) for word in words if word)[:200]
        return Vouched(self.issuer, subject, label, strong, authenticated_at)


def ask(request, language, purpose, **secrets):
    """Remembers the question in the browser's session. `purpose` is login, link or confirm."""
    request.session[language] = {**secrets, "purpose": purpose, "at": time.time()}


def asked(request, language):
    """The question that waits. It is used up by any answer, so that none can be tried twice."""
    pending = request.session.pop(language, None)
    if pending is None or time.time() - pending["at"] > WITHIN:
        raise Refused("ingen fråga väntar")
    return pending
