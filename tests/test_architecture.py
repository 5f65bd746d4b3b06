"""The shape of the house, proven by machine: breaking a rule of docs/architecture.md breaks a test here."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, get_resolver

from audit.purposes import PURPOSES
from cases.models import CaseRecord

ROOT = Path(__file__).resolve().parent.parent
APPS = [
    "audit",
    "accounts",
    "cases",
    "notices",
    "consent",
    "actionplans",
    "needs",
    "meetings",
    "projects",
    "desk",
    "reports",
]
CODE = [p for app in [*APPS, "samverkan"] for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts]

# Routes that are about no single case. Everything else must say which case it is about.
WITHOUT_CASE = set((ROOT / "tests" / "routes_without_case.txt").read_text().replace("(start)", "").splitlines())

LOCK = re.compile(r"select_for_update\((?:[^()]|\([^()]*\))*\)")

# Rows that hang on a case but are no CaseRecord: the case's own parts, and the rows that decide about access.
# Each is reached through a method of the gate or through its parent.
NOT_RECORDS = {
    "cases.CaseParty", "consent.Consent", "consent.Disclosure", "consent.CaseScope",
    "consent.AccessRequest", "consent.Withholding", "consent.KeptRow", "consent.Telling", "consent.EmergencyAccess",
    "notices.Notice", "notices.OutboxMessage", "notices.Document", "projects.ProjectCase",
}  # fmt: skip


def _routes(patterns=None, prefix=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield path, pattern
        else:
            yield from _routes(pattern.url_patterns, path)


def _own_routes():
    return [(path, p) for path, p in _routes() if p.callback.__module__.split(".")[0] in {*APPS, "samverkan"}]


def test_every_route_names_its_case_or_is_on_the_short_list():
    without = {path for path, _ in _own_routes() if "<uuid:case_id>" not in path}
    assert without - WITHOUT_CASE == set(), "Nya adresser utan ärende: lägg dem på listan med eftertanke."
    assert WITHOUT_CASE - without == set(), "Adresser på listan som inte längre finns."


def test_everything_about_a_case_lies_under_its_own_address():
    for path, _ in _own_routes():
        assert "<uuid:case_id>" not in path or path.startswith("arenden/<uuid:case_id>/"), path


def test_every_row_that_hangs_on_a_case_is_a_protected_record():
    for model in apps.get_models():
        fields = {f.name: f for f in model._meta.fields}
        hangs = (
            "case" in fields
            and fields["case"].related_model is not None
            and fields["case"].related_model.__name__ == "Case"
        )
        if hangs and model._meta.label not in NOT_RECORDS and not model.__name__.endswith("Event"):
            assert issubclass(model, CaseRecord), model._meta.label


def test_every_protected_record_says_its_category_or_has_one_per_row():
    for model in apps.get_models():
        if issubclass(model, CaseRecord):
            assert model.category is not None or model._meta.get_field("shared_as"), model._meta.label


@pytest.mark.parametrize(
    "path", [p for p in CODE if {"views", "forms"} & {p.stem, *p.parts}], ids=lambda p: str(p.relative_to(ROOT))
)
def test_pages_and_forms_never_query_or_ask_for_permissions_themselves(path):
    text = path.read_text()
    for banned in (r"\.objects\b", r"\bhas_perm\b", r"\bget_objects_for_user\b", r"_default_manager"):
        assert not re.search(banned, text), f"{path.relative_to(ROOT)}: {banned}"


def _functions(path):
    return [n for n in ast.parse(path.read_text()).body if isinstance(n, ast.FunctionDef)]


@pytest.mark.parametrize(
    "path",
    [p for p in CODE if "services" in {p.stem, *p.parts} and p.name != "__init__.py"],
    ids=lambda p: str(p.relative_to(ROOT)),
)
def test_every_use_case_takes_the_gate_first_and_asks_it(path):
    for function in _functions(path):
        if function.name.startswith("_"):
            continue
        assert [a.arg for a in function.args.args][:1] == ["gate"], f"{path.name}: {function.name}"
        asks = [
            n.func.attr
            for n in ast.walk(function)
            if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and isinstance(n.func.value, ast.Name)
            and n.func.value.id == "gate" and n.func.attr.startswith("require_")
        ]  # fmt: skip
        assert asks, f"{path.relative_to(ROOT)}: {function.name} frågar aldrig grinden"


@pytest.mark.parametrize("path", [p for p in CODE if p.stem == "tasks"], ids=lambda p: str(p.relative_to(ROOT)))
def test_tasks_are_short_and_know_no_use_cases(path):
    assert "services" not in path.read_text()
    for function in _functions(path):
        length = function.end_lineno - function.body[0].lineno + 1
        assert length <= 12, f"{path.parent.name}.{function.name}: {length} rader"


def test_files_and_functions_stay_small():
    too_long = []
    for path in CODE:
        text = path.read_text()
        if text.count("\n") > 300:
            too_long.append(f"{path.relative_to(ROOT)}: {text.count(chr(10))} rader")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 40:
                too_long.append(f"{path.relative_to(ROOT)}:{node.name}: {node.end_lineno - node.lineno + 1} rader")
    assert too_long == []


def test_templates_stay_small_and_carry_nothing_inline():
    wrong = []
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        if text.count("\n") > 120:
            wrong.append(f"{path.relative_to(ROOT)}: {text.count(chr(10))} rader")
        if re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=\"|<style", text):
            wrong.append(f"{path.relative_to(ROOT)}: inbäddat skript eller stil")
    assert wrong == []


def test_every_template_is_used():
    text = "\n".join(p.read_text() for p in [*CODE, *(ROOT / "templates").rglob("*.html")])
    django_finds = re.compile(
        r"^(account|bootstrap5|mfa|socialaccount)/|^(403|404|409|429|500|driftstopp)\.html$|^admin/"
    )
    names = [str(p.relative_to(ROOT / "templates")) for p in (ROOT / "templates").rglob("*.html")]
    assert [n for n in names if not django_finds.search(n) and n not in text] == []


def test_nothing_imports_inside_functions_or_catches_everything():
    wrong = []
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                wrong += [f"{path}:{n.lineno}" for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
            if isinstance(node, ast.ExceptHandler) and (
                node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"}
            ):
                wrong.append(f"{path}:{node.lineno}")
    assert wrong == []


def test_what_production_may_lack_is_imported_where_it_is_used_and_nowhere_else():
    extra = re.compile(r"^\s*(from|import) (lxml|signxml)\b|^\s*(from|import) .*\bsaml_assertion\b", re.MULTILINE)
    assert [p.name for p in CODE if extra.search(p.read_text())] == ["saml_assertion.py"]


def test_rows_are_locked_so_that_foreign_keys_to_them_need_not_wait():
    """Whoever seals the log checks its foreign keys last, and must not wait for somebody who waits for the seal."""
    locks = [call for path in CODE for call in LOCK.findall(path.read_text())]
    assert locks
    assert [call for call in locks if "no_key=True" not in call] == []


def _lint_imports(folder):
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def copy_of_the_house(tmp_path):
    for app in [*APPS, "samverkan"]:
        for path in (ROOT / app).rglob("*.py"):
            target = tmp_path / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(path.read_text())
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    return tmp_path


def test_the_import_contracts_hold(copy_of_the_house):
    answer = _lint_imports(copy_of_the_house)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(
    ("path", "line", "contract"),
    [
        ("cases/models/case.py", "import meetings.models", "The staircase"),
        ("audit/log.py", "import accounts.models", "The staircase"),
        ("desk/context_processors.py", "import guardian.shortcuts", "Only consent speaks to guardian"),
        ("reports/rules.py", "import weasyprint", "Only notices.pdf speaks to WeasyPrint"),
        ("consent/models/consents.py", "import consent.gate", "Inside an app"),
        ("notices/tasks.py", "import notices.views", "Inside an app"),
    ],
)
def test_a_planted_wrong_import_breaks_its_contract(copy_of_the_house, path, line, contract):
    file = copy_of_the_house / path
    file.write_text(f"{file.read_text()}\n\n{line}\n")
    answer = _lint_imports(copy_of_the_house)
    assert answer.returncode != 0
    assert re.search(rf"{contract}.*BROKEN", answer.stdout.replace("\n", " ")), answer.stdout


# --- who may see further than the person who asks -----------------------------------------------------------------
BEYOND = {
    "access_request": {"consent/content/access_requests.py", "consent/services/access_requests.py"},
    "demo": {"samverkan/demo/loading.py"},
    "distribution": {
        "consent/content/assignments.py",
        "consent/gate.py",
        "consent/services/assignments.py",
        "desk/content/counts.py",
        "desk/content/first_meetings.py",
    },
    "emergency": {"consent/emergency.py", "consent/services/emergency.py"},
    "figures": {
        "reports/statistics/__init__.py",
        "reports/statistics/cohort.py",
        "reports/statistics/fidelity.py",
        "reports/statistics/looking_back.py",
        "reports/statistics/risk.py",
        "reports/tasks.py",
    },
    "audience": {"consent/hearers.py"},
    "capacity": {"meetings/capacity.py"},
    "free_time": {"meetings/feed.py", "meetings/free_time.py", "meetings/slots.py"},
    "hand_over": {
        "consent/content/hand_over.py",
        "consent/services/hand_over.py",
        "meetings/content/hand_over.py",
        "meetings/services/hand_over.py",
    },
    "health": {"samverkan/health.py"},
    "in_use": {"cases/admin.py"},
    "log_review": {"consent/tasks.py"},
    "log_watch": {"audit/chain.py"},
    "personal_link": {"meetings/doorstep.py", "meetings/proposal_door.py", "meetings/voice.py"},
    "reconciliation": {"consent/tasks.py"},
    "registration": {"cases/services/registration.py", "consent/gate.py"},
    "resealing": {"cases/resealing.py"},
    "sending": {"notices/delivery.py", "notices/rendering.py", "notices/tasks.py"},
    "side_effect": {
        "consent/services/telling.py",
        "actionplans/services/plans.py",
        "actionplans/services/versions.py",
        "cases/services/documentation.py",
        "cases/services/endings.py",
        "cases/services/promises.py",
        "meetings/answers.py",
        "meetings/reminders.py",
        "meetings/replies.py",
        "meetings/services/booking.py",
        "meetings/services/closing.py",
        "meetings/services/outcome.py",
        "meetings/services/proposals.py",
        "needs/services.py",
    },
    "sweep": {"consent/tasks.py", "meetings/tasks.py", "notices/tasks.py"},
    "withdrawal": {"consent/services/consents.py", "consent/services/withholding.py"},
    "workload": {"consent/content/assignments.py"},
}
# Tasks that read no protected row, and those that act for the one who asked (notices/rendering.py).
TASKS_WITHIN = {
    "anchor_head",
    "beat_pulse",
    "end_emergency_access",
    "make_months",
    "read_bounces",
    "sweep_entrance",
    "verify_log",
}
ACTS_FOR_SOMEBODY = re.compile(r"render_\w+")


def _said_beyond(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "beyond":
            yield node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None


def test_only_these_modules_see_further_than_the_person_who_asks():
    said = {purpose: set() for purpose in PURPOSES}
    for path in CODE:
        for purpose in _said_beyond(ast.parse(path.read_text())):
            said.setdefault(purpose, set()).add(str(path.relative_to(ROOT)))
    assert said == BEYOND, "Läs docs/row-security.md innan listan ändras."


def test_nobody_else_tells_the_database_who_asks():
    tellers = {str(p.relative_to(ROOT)) for p in CODE if "set_config" in p.read_text() or "app.beyond" in p.read_text()}
    assert tellers == {"audit/context.py", "consent/policies.py"}


def test_every_task_says_how_far_it_sees():
    for path in CODE:
        if path.name != "tasks.py":
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and "shared_task" in ast.unparse(node.decorator_list[0]):
                told = any("beyond(" in ast.unparse(decorator) for decorator in node.decorator_list)
                acts = bool(ACTS_FOR_SOMEBODY.fullmatch(node.name))
                assert told + acts + (node.name in TASKS_WITHIN) == 1, f"{path.relative_to(ROOT)}: {node.name}"
