"""What is written about the product is true of it: settings, commands, events, statuses, roles,
packages, templates, rows."""

import ast
import re
from pathlib import Path

import pytest

from riverain.accounts.permissions import Permission
from riverain.organisation.roles import DEFAULT_ROLES
from riverain.reports.lifecycle import Status

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / "riverain"


def text(*parts: str) -> str:
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


def python_files():
    return [path for path in CODE.rglob("*.py") if "migrations" not in path.parts]


def test_every_setting_is_explained():
    named = set(
        re.findall(r'"((?:RIVERAIN|DATABASE)_[A-Z_]+)"', text("riverain/config/settings.py"))
    )
    explained = set(re.findall(r"`([A-Z_]+)`", text("docs/settings.md")))
    assert named - explained == set()
    assert len(named) > 15


def test_every_command_is_explained_with_an_example():
    import importlib
    import pkgutil

    from riverain.site import commands

    written = text("docs/commands.md")
    names = [found.name for found in pkgutil.iter_modules(commands.__path__)]
    assert len(names) >= 9
    for name in names:
        module = importlib.import_module(f"riverain.site.commands.{name}")
        assert f"riverain {name}" in written, f"docs/commands.md says nothing of {name}"
        assert module.EXAMPLE.startswith(f"riverain {name}")
        assert (module.__doc__ or "").strip()


def kinds_recorded() -> set[str]:
    """Every kind of entry that the code writes: `kind="…"` in a call of record or write."""
    found = set()
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(
                node.func, "attr", getattr(node.func, "id", "")
            ) in {
                "record",
                "write",
            }:
                for keyword in node.keywords:
                    if keyword.arg == "kind":
                        found |= {
                            part.value
                            for part in ast.walk(keyword.value)
                            if isinstance(part, ast.Constant) and isinstance(part.value, str)
                        }
    return found


def test_every_event_is_explained():
    kinds = kinds_recorded()
    explained = set(re.findall(r"`([a-z_]+(?:[.-][a-z_.]+)*)`", text("docs/events.md")))
    assert kinds - explained == set()
    assert {"report.submitted", "report.moved", "erased"} <= kinds


def test_every_status_role_and_permission_is_explained():
    lifecycle = text("docs/lifecycle.md")
    roles = text("docs/roles.md")
    for status in Status:
        assert f"`{status.value}`" in lifecycle
    for role in DEFAULT_ROLES:
        assert f"`{role.code}`" in roles
    for permission in Permission:
        assert f"`{permission.value}`" in roles


def test_every_package_has_its_reason():
    reasons = text("docs/dependencies.md").lower()
    for path in (ROOT / "requirements").glob("*.in"):
        for line in path.read_text().splitlines():
            name = re.match(r"[A-Za-z0-9_.-]+", line)
            if name and not line.startswith("-"):
                assert f"`{name[0].lower()}`" in reasons, f"{name[0]} has no reason"


def test_no_lock_names_an_address():
    for path in [*(ROOT / "requirements").glob("*.lock"), ROOT / "package-lock.json"]:
        content = path.read_text()
        assert not re.search(r"(^|\s)(--(extra-)?index-url|-i|--find-links)\b", content)
        assert '"resolved"' not in content


def test_every_template_is_used():
    said = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [*CODE.rglob("*.py"), *CODE.rglob("*.html"), *CODE.rglob("*.txt")]
    )
    unused = []
    for path in CODE.rglob("templates/**/*"):
        if path.is_file():
            name = path.relative_to(next(p for p in path.parents if p.name == "templates"))
            # A component is also used by its tag's name.
            tag = name.parent.name == "parts" and f"{{% {name.stem} " in said
            if str(name) not in said and not tag and name.stem not in library_templates():
                unused.append(str(name))
    assert unused == []


def library_templates() -> set[str]:
    """Names that allauth and the error pages ask for by themselves."""
    import allauth

    from riverain.web.ui.errors import WORDS

    folder = Path(allauth.__file__).parent / "templates"
    return {path.stem for path in folder.rglob("*") if path.is_file()} | {
        str(code) for code in WORDS
    }


def test_only_the_door_writes_a_status():
    """One door: `.status =` on a report stands in reports/actions.py alone."""
    writers = {
        str(path.relative_to(CODE))
        for path in python_files()
        if re.search(r"\breport\.status\s*=[^=]", path.read_text(encoding="utf-8"))
    }
    assert writers == {"reports/actions.py"}


def test_only_the_clock_asks_the_time():
    asking = {
        str(path.relative_to(CODE))
        for path in python_files()
        if re.search(
            r"datetime\.now\(|timezone\.now\(|date\.today\(|utcnow\(",
            path.read_text(encoding="utf-8"),
        )
    }
    assert asking == {"core/clock.py"}


def test_no_file_is_long():
    long = {
        str(path.relative_to(ROOT)): count
        for path in python_files()
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


ROW = re.compile(r"\b(S[0-4]|P|L|N)-\d\d\b")


def rows_proved() -> set[str]:
    found = set()
    for path in (ROOT / "tests").rglob("*.py"):
        marks = r"mark\.row\(((?:[^()]|\([^()]*\))*)\)"
        for marker in re.findall(marks, path.read_text(encoding="utf-8")):
            found |= {match.group(0) for match in ROW.finditer(marker)}
    return found


def test_rows_said_to_work_are_proved_by_a_test():
    claimed = {
        match.group(0)
        for line in text("docs/coverage.md").splitlines()
        if line.startswith("| ")
        for match in [ROW.match(line[2:])]
        if match
    }
    assert claimed == rows_proved()


def rows_of_tests() -> dict[str, set[str]]:
    """The rows that each test is marked with, as docs/coverage.md names it."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "tests").rglob("test_*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = path.relative_to(ROOT / "tests").with_suffix("").as_posix()
        of_all = {
            match.group(0)
            for node in tree.body
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"
            for match in ROW.finditer(ast.unparse(node.value))
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                marks = " ".join(map(ast.unparse, node.decorator_list))
                rows = {match.group(0) for match in ROW.finditer(marks)}
                found.setdefault(f"{named}::{node.name}", set()).update(rows | of_all)
    return found


def test_each_test_named_as_a_proof_is_there_and_marked_with_its_row():
    marked = rows_of_tests()
    wrong = {
        f"{row.group(0)}: {name}"
        for line in text("docs/coverage.md").splitlines()
        if (row := ROW.match(line[2:]))
        for name in re.findall(r"`([\w/]+::\w+)`", line)
        if row.group(0) not in marked.get(name, ())
    }
    assert wrong == set()


@pytest.mark.parametrize("folder", ["tests", "riverain"])
def test_no_row_number_is_made_up(folder):
    last = {"S0": 97, "S1": 13, "S2": 33, "S3": 15, "S4": 17, "P": 42, "L": 7, "N": 12}
    for path in (ROOT / folder).rglob("*.py"):
        for match in re.finditer(r"\b(S[0-4]|P|L|N)-(\d\d)\b", path.read_text(encoding="utf-8")):
            assert 1 <= int(match[2]) <= last[match[1]], f"{path}: {match[0]}"
