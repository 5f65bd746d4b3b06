"""A case that nobody has been asked about yet."""

import pytest

from tests.casting import NUMBERS, individual, open_case, worker


@pytest.fixture
def bare(cast):
    """Asta's case: only her organisation works on it."""
    return open_case(worker(cast.ifo, "Asta"), individual(cast.ifo, "Ali", "Omar", NUMBERS[1]))


@pytest.fixture
def asta(bare):
    return bare.grants.get().user
