"""What the second lock, the lock of what is relied on and the row in the log cost a page, each taken away in turn."""

from contextlib import ExitStack
from unittest.mock import patch

from benchmarks.measuring.clock import interleaved
from benchmarks.measuring.roles import Sessions, become
from consent import gate
from consent.models import Disclosure

FULL, OPEN, BARE = "som den är", "utan radsäkerhet", "utan radsäkerhet, lås och logg"
# So often PostgreSQL plans a prepared statement anew before it keeps a plan.
CUSTOM_PLANS = 6
PLAIN = """
SELECT id, discloser_id, category, consent_id FROM consent_disclosure
 WHERE case_id = %s AND recipient_id = %s AND days @> %s::date ORDER BY id
"""


class Asked:
    """A page asked as the application, or as the owner, whom row-level security lets through. The connection is
    changed, and the page asked once, outside the measured time."""

    def __init__(self, sessions, browser, address, variant):
        self.sessions, self.browser, self.address, self.variant = sessions, browser, address, variant

    def prepare(self):
        self.sessions.become("DATABASE_URL" if self.variant == FULL else "DATABASE_OWNER_URL")
        self()

    def __call__(self):
        with ExitStack() as removed:
            if self.variant == BARE:
                removed.enter_context(patch.object(Disclosure.objects._queryset_class, "relied_on", _plainly))
                removed.enter_context(patch.object(gate, "record_read", lambda **_: None))
            return self.browser.ask(self.address)


def _plainly(rows, case_id, recipient_id, day):
    return rows.raw(PLAIN, [case_id, recipient_id, day])


def measure_locks(browser, pages, rounds, clock):
    """{(page, variant): Times} for {name: address}."""
    sessions = Sessions()
    acts = {
        (name, variant): Asked(sessions, browser, address, variant)
        for name, address in pages.items()
        for variant in (FULL, OPEN, BARE)
    }
    try:
        for _ in range(CUSTOM_PLANS):
            for act in acts.values():
                act.prepare()
        return interleaved(acts, rounds, clock=clock)
    finally:
        sessions.close()
        become("DATABASE_URL")
