"""What the code itself may not do: each line here was a hole in a peer, or is one step from it."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

from riverain.config import settings as as_written
from tests.harness import ROOT

CODE = ROOT / "riverain"
MODULES = sorted(path for path in CODE.rglob("*.py") if "migrations" not in path.parts)


def named(path):
    return str(path.relative_to(CODE))


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def calls_of(path):
    """Name and keywords of each call."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            keywords = {one.arg: ast.unparse(one.value) for one in node.keywords}
            yield ast.unparse(node.func), keywords


def importing(*names):
    """The modules that import one of these."""
    return {
        named(path)
        for path in MODULES
        if any(
            one == name or one.startswith(f"{name}.") for one in imports_of(path) for name in names
        )
    }


def calling(*names):
    return {named(path) for path in MODULES if any(call in names for call, _ in calls_of(path))}


def test_nothing_that_is_received_becomes_code():
    assert importing("pickle", "marshal", "shelve", "dill", "jsonpickle", "code") == set()
    assert calling("eval", "exec", "compile", "__import__", "os.system", "os.popen") == set()
    assert calling("yaml.load_all", "yaml.unsafe_load", "yaml.full_load") == set()
    # This loader builds nothing but texts, lists and mappings.
    loaders = [
        keywords.get("Loader")
        for path in MODULES
        for call, keywords in calls_of(path)
        if call == "yaml.load"
    ]
    assert set(loaders) == {"yaml.BaseLoader"}


def test_no_xml_is_read():
    """Entities that read files, and bombs that fill the memory, came with each parser of it."""
    assert importing("xml", "lxml", "defusedxml", "html5lib", "xmltodict") == set()


def test_no_command_goes_through_a_shell_and_few_modules_start_one():
    for path in MODULES:
        assert not [call for call, keywords in calls_of(path) if keywords.get("shell") == "True"]
    starting = importing("subprocess", "pty", "multiprocessing")
    assert {one for one in starting if not one.startswith("site/")} == {"files/apart.py"}


def test_pages_fetch_nothing_from_an_address_that_someone_gave():
    """One request to another machine leaves the rooms that serve pages: to the geocoder that a
    setting names, which follows no redirect. `smtplib` is named for its errors; mail goes by
    Django."""
    outgoing = importing(
        *("urllib.request", "http.client", "requests", "httpx", "urllib3", "aiohttp", "ftplib"),
        *("socket", "telnetlib", "xmlrpc", "poplib", "imaplib"),
    )
    outside = {one for one in outgoing if not one.startswith("site/")}
    assert outside == {"territory/addresses/geocoder.py"}


def test_sql_is_written_in_few_places_and_never_with_values_in_it():
    """Values go beside the statement. The two that write names quote them or take numbers only."""
    writing = calling("cursor.execute", "connection.cursor", "RawSQL", "Entry.objects.raw")
    for path in (CODE / one for one in writing):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
                (".execute", "RawSQL", ".raw")
            ):
                built = [
                    part
                    for part in ast.walk(node.args[0])
                    if isinstance(part, ast.JoinedStr | ast.BinOp | ast.Mod)
                ]
                allowed = named(path) == "site/database.py" or named(path).startswith("site/bench/")
                assert allowed or not built, (named(path), ast.unparse(node))
    assert calling("extra", "Report.objects.extra", "RunSQL") == set()


def test_the_token_of_forms_is_left_out_in_two_places_only():
    """docs/decisions/0007."""
    exempt = {named(path) for path in MODULES if "csrf_exempt" in path.read_text(encoding="utf-8")}
    assert exempt == {"web/portal/origin.py", "web/ui/urls.py"}


def test_markup_is_trusted_in_the_components_only():
    trusting = calling("mark_safe", "SafeString", "format_html_join", "safestring.mark_safe")
    assert trusting == {
        "web/ui/parts.py",
        "web/ui/templatetags/ui.py",
        # rows of the list, steps of a report; each value is escaped (test_stored_scripts)
        "web/desk/item.py",
        "web/desk/drawn.py",
        "web/ui/fields.py",  # options of a select, each word escaped (the same)
        "web/desk/templatetags/desk.py",  # where an address may break, after escaping
        "web/portal/templatetags/portal.py",  # telephone numbers made links, after escaping
        "web/ui/gallery/views.py",  # components of ours, where the gallery is on
    }


@pytest.mark.parametrize(
    "path", sorted(CODE.rglob("templates/**/*.html")), ids=lambda one: one.name
)
def test_no_page_shows_anything_unescaped(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*(safe|safeseq)\b|autoescape\s+off|\{%\s*debug", text)
    markup = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "x", text, flags=re.DOTALL)
    assert not re.search(r"\s(href|src|action|value|class|id)=[^\"\s]", markup), (
        "no quotation marks"
    )
    assert not re.search(r"\son[a-z]+=|<script(?! type=\"module\"| src=\"x\")", markup)


def test_no_secret_and_no_address_of_ours_is_in_what_browsers_get():
    """Secrets were compiled into a peer's public application."""
    for path in CODE.rglob("static/**/*"):
        if path.is_file() and path.suffix in {".js", ".css", ".svg", ".json", ".html"}:
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not re.search(
                r"(?i)(secret|api)[_-]?key|password\s*[:=]|Bearer |-----BEGIN", text
            ), path
            assert settings.SECRET_KEY not in text


def test_sessions_and_signatures_hold_no_objects():
    assert settings.SESSION_SERIALIZER.endswith("JSONSerializer")
    assert settings.PASSWORD_HASHERS[0].endswith("PBKDF2PasswordHasher")
    # As they are written: the tests' runner sets its own.
    assert as_written.DEBUG is False
    assert "*" not in as_written.ALLOWED_HOSTS


def test_every_part_of_the_product_is_looked_at():
    assert len(MODULES) > 150
    assert {path.parts[len(CODE.parts)] for path in MODULES} >= {"reports", "web", "site", "guard"}
    assert Path(CODE / "web" / "portal" / "origin.py") in MODULES


def test_every_test_and_module_that_the_page_on_security_names_stands():
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    tests = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text)
    assert len(tests) > 40
    for path, function in tests:
        written = (ROOT / path).read_text(encoding="utf-8")
        assert f"def {function or 'test_'}" in written, (path, function)
    for path in re.findall(r"`([a-z_]+/[\w/]*(?:\.py)?)`", text):
        if not path.startswith("tests/"):
            assert (CODE / path).exists(), path
