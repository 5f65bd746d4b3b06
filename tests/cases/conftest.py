import pytest


@pytest.fixture
def anna(client, cast):
    client.force_login(cast.anna)
    return client
