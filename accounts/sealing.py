"""Secrets at rest: AES-256-GCM bound to their place; for identity numbers also a keyed index for exact search."""

import base64
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16


class SealBroken(ValueError):
    """Another place, another key, or a changed blob: nothing about the content may be told."""


def parse_keys(text):
    """'2:base64,1:base64' as {2: bytes, 1: bytes}; the first seals, all of them open. Key ids are 1–255."""
    keys = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        key_id, separator, encoded = part.partition(":")
        if not separator or not key_id.isdecimal() or not 1 <= int(key_id) <= 255:
            raise ValueError("A key is written id:base64, with an id from 1 to 255.")
        if int(key_id) in keys:
            raise ValueError(f"Key {key_id} is given twice.")
        keys[int(key_id)] = _decoded(key_id, encoded)
    if not keys:
        raise ValueError("At least one key is needed, written id:base64.")
    return keys


def new_key():
    """A fresh key as parse_keys reads it, without its id."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def seal(plain, *, place, keys):
    """One byte key id, twelve bytes nonce, ciphertext.

    Place is table.column.pk: a blob that somebody moves to another row is refused there.
    """
    key_id, key = next(iter(keys.items()))
    nonce = secrets.token_bytes(NONCE_BYTES)
    return bytes([key_id]) + nonce + AESGCM(key).encrypt(nonce, plain.encode(), _bound_to(place))


def unseal(blob, *, place, keys):
    blob = bytes(blob)
    key = keys.get(blob[0]) if len(blob) >= 1 + NONCE_BYTES + TAG_BYTES else None
    if key is None:
        raise SealBroken("The seal cannot be opened with these keys.")
    nonce, sealed = blob[1 : 1 + NONCE_BYTES], blob[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, sealed, _bound_to(place)).decode()
    except InvalidTag:
        raise SealBroken(f"The seal at {place} is broken.") from None


def needs_resealing(blob, *, keys):
    """True while a blob still rests under a key that is no longer the first."""
    return bytes(blob)[0] != next(iter(keys))


def blind_index(plain, key):
    """32 bytes that are equal for equal numbers; worthless without the key, which must differ from the sealing keys.

    An unkeyed hash would be no protection: all 40 million possible numbers are tried in half a minute.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("The index key must be 32 bytes.")
    return hmac.digest(key, _normalised(plain).encode(), hashlib.sha256)


def _normalised(plain):
    """19570428-9999 and 195704289999 are one number; a hyphen inside a temporary number is part of it."""
    written = "".join(plain.split()).upper()
    digits = written.replace("-", "").replace("+", "")
    return digits if len(digits) == 12 and digits.isdecimal() else written


def _bound_to(place):
    if not place:
        raise ValueError("A seal needs its place: table.column.pk.")
    return place.encode()


def _decoded(key_id, encoded):
    try:
        key = base64.b64decode(encoded.strip(), validate=True)
    except ValueError:
        raise ValueError(f"Key {key_id} is not base64.") from None
    if len(key) != KEY_BYTES:
        raise ValueError(f"Key {key_id} must be {KEY_BYTES} bytes.")
    return key
