"""docker-compose.yml, .env.example and the settings speak of the same variables and programs."""

import os
import re
import subprocess
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import ClassVar

import pytest
import yaml

from deploy import devstack, healthcheck, ports
from deploy.places import ROOT

COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(COMPOSE_TEXT)
SERVICES = COMPOSE["services"]
EXAMPLE = (ROOT / ".env.example").read_text()
SETTINGS = (ROOT / "samverkan" / "settings.py").read_text()

# manage.py sets it for the commands that change the schema; an operator never does.
INTERNAL = {"SAMVERKAN_DATABASE_ROLE"}


def of_settings():
    return set(re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', SETTINGS)) - INTERNAL


def of_dj_urls():
    """A name chosen by a condition stands last before the comma: env.dj_db_url("A" if … else "B", …)."""
    return set(re.findall(r'\benv\.\w+\("([A-Z_]+)" if', SETTINGS)) | set(re.findall(r'else "([A-Z_]+)"', SETTINGS))


def required():
    return set(re.findall(r"\$\{([A-Z_]+):\?", COMPOSE_TEXT))


def of_compose():
    return set(re.findall(r"\$\{([A-Z_]+)", COMPOSE_TEXT))


def of_web():
    return set(re.findall(r'environ\.get\("([A-Z_]+)"', (ROOT / "deploy" / "web.py").read_text()))


def filled_in():
    return set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE))


def left_at_default():
    return set(re.findall(r"^#([A-Z_]+)=", EXAMPLE, re.MULTILINE))


def test_every_variable_is_explained_and_every_explained_variable_is_read():
    assert of_settings() | of_dj_urls() | of_compose() | of_web() == filled_in() | left_at_default()


def test_what_must_be_filled_in_is_what_compose_refuses_to_start_without():
    assert filled_in() == required()


def test_compose_hands_the_application_only_variables_that_it_reads():
    known = of_settings() | of_dj_urls() | of_web()
    for name in ("web", "worker", "beat", "prepare"):
        assert set(SERVICES[name]["environment"]) <= known


def test_all_settings_reach_the_application():
    """Except those that are for trying out, and the names that the roles' script fixes."""
    given = set(SERVICES["web"]["environment"]) | set(SERVICES["prepare"]["environment"])
    assert (of_settings() | of_dj_urls()) - given <= {"DEBUG", "DEMO", "DATABASE_APP_ROLE"}


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_has_a_health_check_and_a_restart_policy(name):
    assert SERVICES[name]["healthcheck"]
    assert SERVICES[name]["restart"]


@pytest.mark.parametrize("name", ["postgres", "valkey", "proxy"])
def test_what_must_survive_lies_in_a_named_volume(name):
    volumes = [volume.split(":")[0] for volume in SERVICES[name]["volumes"]]
    assert set(volumes) & set(COMPOSE["volumes"])


def test_every_named_volume_and_network_is_declared():
    for service in SERVICES.values():
        assert set(service["networks"]) <= set(COMPOSE["networks"])
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in COMPOSE["volumes"] or source.startswith((".", "$"))


@pytest.mark.parametrize("name", ["proxy", "postgres"])
def test_files_that_are_mounted_exist(name):
    for volume in SERVICES[name]["volumes"]:
        if volume.startswith("./"):
            assert (ROOT / volume.split(":")[0]).is_file()


def test_only_the_proxy_is_reachable_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"]
    assert SERVICES["postgres"]["networks"] == SERVICES["valkey"]["networks"] == ["inside"]


def test_only_prepare_knows_the_owner():
    text = {name: str(service) for name, service in SERVICES.items()}
    assert [name for name in text if "DATABASE_OWNER_PASSWORD" in text[name]] == ["prepare", "postgres"]


def test_one_image_runs_as_an_ordinary_user():
    assert len({SERVICES[name]["image"] for name in ("web", "worker", "beat", "prepare")}) == 1
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^USER samverkan$", dockerfile, re.MULTILINE)
    assert "--require-hashes" in dockerfile


def test_commands_point_at_things_that_exist():
    assert SERVICES["web"]["command"][-1] == "samverkan.wsgi:application"
    for module in ("samverkan/wsgi.py", "samverkan/celery.py", "deploy/web.py", "deploy/healthcheck.py", "manage.py"):
        assert (ROOT / module).is_file()
    assert list((ROOT / "samverkan").glob("management/commands/prepare_database.py"))


def test_the_worker_takes_every_queue_that_tasks_are_sent_to():
    queues = set(re.findall(r'"queue": "(\w+)"', SETTINGS)) | set(re.findall(r'DEFAULT_QUEUE = "(\w+)"', SETTINGS))
    command = SERVICES["worker"]["command"]
    assert set(command[command.index("-Q") + 1].split(",")) == set(devstack.QUEUES.split(",")) == queues


def test_everything_the_image_needs_is_let_in():
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert apps | {"samverkan", "deploy", "static", "templates", "manage.py", "requirements"} <= let_in


def test_the_roles_script_is_a_script_and_makes_the_roles_of_the_addresses():
    script = ROOT / "deploy" / "postgres-init.sh"
    subprocess.run(["bash", "-n", script], check=True)
    made = set(re.findall(r"CREATE ROLE (\w+)", script.read_text()))
    assert {"samverkan_owner", "samverkan_app", "samverkan_backup"} == made
    assert set(re.findall(r"postgresql://(\w+):", COMPOSE_TEXT)) <= made
    assert os.access(script, os.X_OK)


class Site(BaseHTTPRequestHandler):
    pages: ClassVar = {"/halsa/live": b"ok", "/halsa/redo": b'{"redo": true, "beat": true}'}

    def do_GET(self):
        right = self.headers["Host"] == "samverkan.example.se"
        self.send_response(200 if right else 400)
        self.end_headers()
        self.wfile.write(self.pages[self.path])

    def log_message(self, *arguments):
        pass


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://samverkan.example.se")
    with HTTPServer(("127.0.0.1", 0), Site) as server:
        thread = Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_container_asks_by_the_name_of_the_site(site, monkeypatch):
    assert healthcheck.web(site)
    monkeypatch.setenv("PUBLIC_URL", "https://another.example.se")
    assert not healthcheck.web(site)


def test_a_beat_without_a_pulse_is_not_well(site, monkeypatch):
    assert healthcheck.beat(site)
    monkeypatch.setitem(Site.pages, "/halsa/redo", b'{"redo": true, "beat": false}')
    assert not healthcheck.beat(site)


def test_no_answer_is_not_well(monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://samverkan.example.se")
    nobody = f"http://127.0.0.1:{ports.any_free()}"
    assert not healthcheck.web(nobody)
    assert not healthcheck.beat(nobody)
