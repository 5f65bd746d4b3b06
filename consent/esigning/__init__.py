"""Signing through somebody else's service: what a provider does for us, and which one this installation uses."""

from typing import Protocol

from django.conf import settings

from consent.esigning.orders import Order, Result, Signed, Started, State
from consent.esigning.practice import Practice

__all__ = ["Order", "Practice", "Provider", "Result", "Signed", "Started", "State", "provider"]


class Provider(Protocol):
    """`name` is what the page calls it. Every method may raise OSError when the service does not answer."""

    name: str

    def start(self, order: Order) -> Started:
        """The service shows `order.text` to whoever opens `url`, and lets them sign it."""

    def collect(self, reference: str) -> Result:
        """How far it has come. May be asked again, also after it has ended, with the same answer."""

    def cancel(self, reference: str) -> None:
        """No longer wanted. Nothing happens if it has ended."""


PROVIDERS: dict[str, type[Provider]] = {"practice": Practice}


def provider() -> Provider | None:
    """None: signing is not offered here. The practice never outside the demo, whatever the setting says."""
    chosen = settings.E_SIGNATURE
    if not chosen or (chosen == "practice" and not settings.DEMO):
        return None
    return PROVIDERS[chosen]()
