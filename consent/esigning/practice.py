"""A provider for the demo: signs nothing, says so, and forgets everything within an hour."""

import hashlib
import json
import secrets

from django.core.cache import cache
from django.core.signing import Signer

from consent.esigning.orders import Order, Result, Signed, Started, State

KEPT = 3600
SALT = "practice-signature"


class Practice:
    name = "e-underskrift (övning)"

    def start(self, order: Order) -> Started:
        reference = secrets.token_urlsafe(16)
        facts = {"nonce": order.nonce, "text": hashlib.sha256(order.text.encode()).hexdigest(), "practice": True}
        cache.set(_key(reference), {"state": State.WAITING.value, "facts": facts}, KEPT)
        return Started(reference, order.practice_url)

    def collect(self, reference: str) -> Result:
        known = cache.get(_key(reference))
        if known is None:
            return Result(State.CANCELLED)
        state = State(known["state"])
        return Result(state, _signed(known["facts"]) if state is State.SIGNED else None)

    def cancel(self, reference: str) -> None:
        self._end(reference, State.CANCELLED)

    def sign(self, reference: str) -> None:
        """What a real service would do after asking for the person's code."""
        self._end(reference, State.SIGNED)

    def _end(self, reference, state):
        known = cache.get(_key(reference))
        if known and known["state"] == State.WAITING.value:
            cache.set(_key(reference), known | {"state": state.value}, KEPT)


def _signed(facts):
    attested = Signer(salt=SALT).sign(json.dumps(facts, sort_keys=True))
    return Signed(
        signer="",
        number="",
        text_digest=facts["text"],
        nonce=facts["nonce"],
        document=json.dumps({"practice": True, "attestation": attested}).encode(),
        content_type="application/json",
    )


def _key(reference):
    return f"practice-signature:{reference}"
