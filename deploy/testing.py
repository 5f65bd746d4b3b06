"""./run test and ./run check: every step is run even when one fails, and the last line counts them."""

import argparse
import os
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

from deploy import chromium, keys
from deploy.failures import in_plain_words
from deploy.lock import Lock
from deploy.places import PYTHON, VAR, tool
from deploy.postgres import THROWAWAY
from deploy.programs import clean_up_when_stopped, in_front
from deploy.services import services

HERE = VAR / "test"
SPREAD = ["-n", "2", "--dist", "worksteal"]
MANAGE = [str(PYTHON), "manage.py"]

LIKE_PRODUCTION = {
    "DEBUG": "false",
    "DEMO": "false",
    "ALLOWED_HOSTS": "samverkan.example.se",
    "CSRF_TRUSTED_ORIGINS": "https://samverkan.example.se",
    "PUBLIC_URL": "https://samverkan.example.se",
    "EMAIL_URL": "submission://user:password@mail.example.se:587",
    "DEFAULT_FROM_EMAIL": "samverkan@example.se",
    "MUNICIPALITY_NAME": "Exempelkommun",
}


def static_steps() -> dict[str, list[str]]:
    return {
        "format": [tool("ruff"), "format", "--check", "--quiet", "."],
        "kodregler": [tool("ruff"), "check", "--quiet", "."],
        "mallar": [tool("djlint"), "--lint", "--quiet", "templates"],
        "typer": [tool("mypy"), "."],
        "importgränser": [tool("lint-imports")],
        "migrationer": [*MANAGE, "makemigrations", "--check", "--dry-run"],
        "driftkontroll": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
    }


def environment(started: dict[str, str], deep: bool) -> dict[str, str]:
    return started | {
        "DEMO": "true",  # plain http, as in the demo; the check before deployment has production's settings
        "SAMVERKAN_DEEP": "1" if deep else "",
        "PYTHONUNBUFFERED": "1",
    }


class Report:
    def __init__(self) -> None:
        self.steps: dict[str, tuple[bool, float]] = {}
        self.tests: Counter[str] = Counter()
        self.loud: list[str] = []

    def step(self, name: str, argv: list[str], env: dict[str, str]) -> None:
        print(f"── {name}", flush=True)
        start = time.monotonic()
        code = in_front(argv, env)
        self.steps[name] = (code == 0, time.monotonic() - start)
        if code in (-2, 130):
            sys.exit(130)

    def count(self, junit: Path) -> None:
        """A pytest that died before it could count leaves no file, and its step has failed already."""
        if junit.exists():
            for suite in ElementTree.parse(junit).getroot().iter("testsuite"):
                figures = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
                self.tests += Counter(figures)

    def close(self) -> int:
        """The exit code, after the table, the warnings and one line that counts tests and failed steps."""
        print()
        for name, (fine, seconds) in self.steps.items():
            print(f"  {'klart' if fine else 'FEL  '}  {name:<16}{seconds:6.1f} s")
        for line in self.loud:
            print(f"\n!! {line}")
        bad = self.tests["failures"] + self.tests["errors"]
        broken = sum(not fine for name, (fine, _) in self.steps.items() if name != "pytest" or not bad)
        whole = sum(fine for name, (fine, _) in self.steps.items() if name != "pytest")
        passed = self.tests["tests"] - bad - self.tests["skipped"] + whole
        skipped = f", {self.tests['skipped']} skipped" if self.tests["skipped"] else ""
        print(f"\n{passed} passed, {bad + broken} failed{skipped}", flush=True)
        return 1 if bad + broken else 0


def static(report: Report, env: dict[str, str]) -> None:
    secret = {name: value for name, value in keys.fresh().items() if name != "VALKEY_PASSWORD"}
    for name, argv in static_steps().items():
        report.step(name, argv, env | secret | LIKE_PRODUCTION if name == "driftkontroll" else env)


def find_browser(report: Report, env: dict[str, str], must: bool) -> None:
    found = chromium.ensure()
    if found:
        env["CHROMIUM"] = found
    elif must:
        report.steps["Chromium"] = (False, 0.0)
        report.loud.append(f"Chromium saknas och kunde inte installeras: {chromium.how_to_install()}")
    else:
        report.loud.append(f"WEBBLÄSARPROVEN ÄR ÖVERHOPPADE, Chromium saknas: {chromium.how_to_install()}")


def pytest(report: Report, env: dict[str, str], arguments: list[str]) -> None:
    junit = HERE / "junit.xml"
    junit.unlink(missing_ok=True)
    spread = [] if any(argument.startswith(("-n", "--pdb", "-s")) for argument in arguments) else SPREAD
    env = env | {"DJANGO_ALLOW_ASYNC_UNSAFE": "true"}  # Playwright keeps an event loop in the thread of the tests
    report.step("pytest", [str(PYTHON), "-m", "pytest", *spread, f"--junitxml={junit}", *arguments], env)
    report.count(junit)


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run test", allow_abbrev=False)
    parser.add_argument("--deep", action="store_true", help="hela volymen: även de prov som är märkta deep")
    parser.add_argument("--ci", action="store_true", help="Chromium måste finnas")
    parser.add_argument("--static", action="store_true", help="bara det som inte kör programmet")
    chosen, arguments = parser.parse_known_args()
    clean_up_when_stopped()
    report = Report()
    with in_plain_words(), Lock(HERE), services(HERE, **THROWAWAY) as started:
        env = environment(started.env, chosen.deep)
        if not arguments:
            static(report, env)
        if not chosen.static:
            find_browser(report, env, chosen.ci or os.environ.get("CI") == "true")
            pytest(report, env, arguments)
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
