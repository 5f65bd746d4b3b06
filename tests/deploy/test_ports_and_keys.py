"""A port to answer on, and secrets that stay."""

import base64
import re
import socket
import stat

import pytest

from deploy import keys, ports
from deploy.places import LEFT_IN_VAR
from deploy.postgres import Postgres
from deploy.services import Services, anchors_of


@pytest.fixture
def taken():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_passed_over(taken, monkeypatch):
    monkeypatch.setattr(ports, "FIRST", taken)
    assert ports.for_web(None) != taken


def test_when_all_usual_ports_are_taken_the_system_chooses(taken, monkeypatch):
    monkeypatch.setattr(ports, "FIRST", taken)
    monkeypatch.setattr(ports, "LAST", taken)
    assert ports.is_free(ports.for_web(None))


def test_a_port_asked_for_is_not_replaced_in_silence(taken):
    with pytest.raises(SystemExit, match=rf"Port {taken} är upptagen.*./run --port \d+"):
        ports.for_web(taken)


def test_secrets_are_made_once_and_only_for_their_owner(tmp_path):
    first = keys.of_folder(tmp_path)
    assert keys.of_folder(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secrets.env").stat().st_mode) == 0o600
    assert not (tmp_path / "secrets.half").exists()


def test_keys_have_the_form_that_the_settings_read(tmp_path):
    made = keys.of_folder(tmp_path)
    name, _, key = made["IDENTITY_KEYS"].partition(":")
    assert name == "1"
    assert len(base64.b64decode(key)) == len(base64.b64decode(made["IDENTITY_INDEX_KEY"])) == 32
    assert len(made["SECRET_KEY"]) >= 50
    assert re.fullmatch(r"[\w-]+", made["VALKEY_PASSWORD"])


def test_the_anchors_of_the_log_lie_beside_our_own_database_and_never_beside_somebody_elses(tmp_path):
    assert anchors_of(tmp_path, Services({}, None)) == {}
    ours = anchors_of(tmp_path, Services({}, Postgres(tmp_path)))
    assert ours == {"LOG_ANCHORS": str(tmp_path / "log-anchors.jsonl")}
    assert "log-anchors.jsonl" in LEFT_IN_VAR
