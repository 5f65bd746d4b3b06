"""Changing the keys of the identity numbers."""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.sealing import blind_index, needs_resealing
from audit.context import beyond
from cases.models import Individual

AT_A_TIME = 500


@beyond("resealing")
def reseal_numbers() -> int:
    """Seal with the first key what rests under an older one, and index anew what another index key made.

    Returns how many numbers were changed; 0 when there is nothing left to do. A few hundred at a time, so that it
    can be stopped and started again while people work. SealBroken names the row that no key opens.
    """
    changed, after = 0, UUID(int=0)
    while True:
        with transaction.atomic():
            rows = (
                Individual.objects.filter(pk__gt=after)
                .order_by("pk")
                .select_for_update(of=("self",), no_key=True)[:AT_A_TIME]
            )
            read = list(rows)
            stale = [person for person in read if _is_stale(person)]
            for person in stale:
                person.identity = person.identity
            Individual.objects.bulk_update(stale, ["identity_sealed", "identity_index"])
        if not read:
            return changed
        changed, after = changed + len(stale), read[-1].pk


def _is_stale(person):
    indexed = blind_index(person.identity.digits, settings.IDENTITY_INDEX_KEY) == bytes(person.identity_index)
    return not indexed or needs_resealing(person.identity_sealed, keys=settings.IDENTITY_KEYS)
