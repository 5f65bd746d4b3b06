"""What goes to a provider of signatures and what comes back."""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Order:
    """`nonce` is to stand inside what is signed; `practice_url` is where the demo's provider has its page."""

    text: str
    nonce: str
    return_url: str
    practice_url: str


@dataclass(frozen=True)
class Started:
    reference: str
    url: str


@dataclass(frozen=True)
class Signed:
    """`number`: the signer's identity number, when the provider vouches for it; compared and never stored.
    `document` is kept as evidence as it came and must not hold the number in clear."""

    signer: str
    number: str
    text_digest: str
    nonce: str
    document: bytes
    content_type: str


class State(Enum):
    WAITING = "waiting"
    SIGNED = "signed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Result:
    state: State
    signed: Signed | None = None
