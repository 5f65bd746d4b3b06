"""Our wrapper around the embedded Valkey."""

import pytest
import redis

from deploy.valkey import Valkey


@pytest.fixture
def server(tmp_path):
    made = Valkey(tmp_path, "a-password").start()
    yield made
    made.stop()


def test_it_wants_its_password(server):
    with redis.Redis.from_url(server.url) as client:
        assert client.ping()
    with redis.Redis("127.0.0.1", server.port) as stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()


def test_the_password_is_not_on_the_command_line(server):
    assert not any("a-password" in str(part) for part in server.process.args)


def test_what_was_queued_survives_a_stop(server):
    with redis.Redis.from_url(server.url) as client:
        client.lpush("standard", "task")
    server.stop()
    with redis.Redis.from_url(server.start().url) as client:
        assert client.llen("standard") == 1


def test_a_queue_that_cannot_be_read_is_thrown_away(server):
    server.stop()
    for file in (server.folder / "appendonlydir").iterdir():
        file.write_bytes(b"not a queue")
    with redis.Redis.from_url(server.start().url) as client:
        assert client.dbsize() == 0
