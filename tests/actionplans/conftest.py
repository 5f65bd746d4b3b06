import pytest

from actionplans import services
from consent.gate import Gate


@pytest.fixture
def gate(cast):
    gate = Gate(cast.anna)
    cast.case = gate.open(cast.case.pk)
    return gate


@pytest.fixture
def plan(gate, cast):
    return services.start(gate, case=cast.case, own_goal="Jobba som barnskötare")
