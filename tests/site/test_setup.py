"""The set-up of a checkout, and what is locked."""

import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from riverain.site.setup import checks, frontend, packages, translations
from riverain.site.setup.__main__ import prepare
from riverain.site.setup.state import Checkout, SetupError, failure

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted(ROOT.glob("requirements/*.lock"))


def entries(path):
    """Name and marker of each pin, with its digests."""
    found = {}
    for block in re.split(r"\n(?=\S)", path.read_text().strip()):
        pin, *digests = [line.strip(" \\") for line in block.splitlines()]
        name, _, rest = pin.partition("==")
        found[name, rest.partition(";")[2].strip()] = digests
    return found


@pytest.fixture
def checkout(tmp_path):
    """A copy of what the set-up reads, with nothing installed."""
    shutil.copytree(ROOT / "bin", tmp_path / "bin")
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    shutil.copytree(ROOT / "riverain" / "site" / "setup", tmp_path / "riverain" / "site" / "setup")
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, tmp_path / name)
    return Checkout(tmp_path)


@pytest.fixture
def nobody():
    """The test as a user without rights, also where it is run as root."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_there_is_a_lock_for_production_one_for_the_demo_and_one_for_the_tests():
    assert [path.stem for path in LOCKS] == ["base", "dev", "embedded"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_pins_every_package_by_the_digests_of_its_files(lock):
    pins = entries(lock)
    assert len(pins) > 20
    assert [name for name, digests in pins.items() if not digests] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_names_no_registry_no_option_and_no_folder_of_a_machine(lock):
    outside = [
        line
        for line in lock.read_text().splitlines()
        if not re.fullmatch(
            r"[a-z0-9.-]+==\S+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line
        )
    ]
    assert outside == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_holds_files_for_each_python_that_is_promised(lock):
    """A package built for each Python has dozens of files: one Python's alone would be a few."""
    pins = entries(lock)
    for name in ("psycopg-binary", "granian", "pillow"):
        (digests,) = [digests for (pinned, _), digests in pins.items() if pinned == name]
        assert len(digests) > 30, name


@pytest.mark.parametrize("part", ["base", "embedded", "dev"])
def test_every_requirement_is_locked(part):
    wanted = (ROOT / "requirements" / f"{part}.in").read_text().split()
    names = {packages._normal(re.match(r"[A-Za-z0-9._-]+", line)[0]) for line in wanted}
    locked = {name for name, _ in entries(ROOT / "requirements" / f"{part}.lock")}
    assert names <= locked


def test_the_tests_run_on_the_versions_of_production():
    base, dev = ((ROOT / "requirements" / f"{name}.lock").read_text() for name in ("base", "dev"))
    pins = re.compile(r"^\S+==\S+", re.MULTILINE)
    assert set(pins.findall(base)) <= set(pins.findall(dev))


def test_without_python_the_commands_say_so(tmp_path, checkout):
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname"):
        (tools / name).symlink_to(shutil.which(name))
    old = tools / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")  # what a Python that is too old answers
    old.chmod(0o755)
    for command in ("riverain", "demo", "test"):
        run = subprocess.run(
            [checkout.root / "bin" / command],
            env={"PATH": str(tools)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 1
        assert run.stderr == (
            "Riverain needs Python 3.11 or later, and none was found on this machine.\n"
        )


@pytest.mark.slow
def test_without_network_the_set_up_says_so_and_a_later_one_starts_over(checkout):
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(checkout.root),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "1",
        "PIP_NO_CACHE_DIR": "1",
    }
    run = subprocess.run(
        [checkout.root / "bin" / "riverain", "doctor"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stdout == ""
    made, installing, refused = run.stderr.splitlines()
    assert re.fullmatch(r"Making a Python 3\.\d+ environment in \.venv …", made)
    assert re.fullmatch(r"Installing \d+ Python packages into \.venv …", installing)
    assert refused == (
        "The Python packages could not be installed: the package registry cannot be reached. "
        "The first start needs the network; where it goes through a proxy or a mirror, set "
        "HTTPS_PROXY, or PIP_INDEX_URL and npm_config_registry."
    )
    assert checkout.noted("packages") == ""


def test_a_folder_that_cannot_be_written_is_a_sentence(nobody):
    with (
        pytest.raises(SetupError, match="cannot be written by this user"),
        Checkout(Path("/usr")).alone(),
    ):
        pass


def test_two_set_ups_wait_for_one_another(tmp_path, capfd):
    order = []
    inside = threading.Event()

    def second():
        inside.wait()
        with Checkout(tmp_path).alone():
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with Checkout(tmp_path).alone():
        inside.set()
        while "Waiting for another set-up" not in capfd.readouterr().err:
            assert thread.is_alive()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_what_is_noted_is_believed_only_while_the_lock_is_the_same(checkout):
    checkout.venv.mkdir()
    checkout.note("packages", f"dev:{checkout.digest('requirements/dev.lock')}")
    assert packages._noted(checkout, "dev")
    assert not packages._noted(checkout, "embedded")
    lock = checkout.root / "requirements" / "dev.lock"
    lock.write_text(lock.read_text() + "\n")
    assert not packages._noted(checkout, "dev")


def test_the_larger_set_is_enough_for_the_demo(checkout):
    checkout.python.parent.mkdir(parents=True)
    checkout.python.symlink_to(sys.executable)
    checkout.note("packages", f"dev:{checkout.digest('requirements/dev.lock')}")
    packages.install(checkout, "embedded")  # would say and install something otherwise
    assert checkout.noted("packages").startswith("dev:")


def laid(checkout):
    """What a set-up for the tests leaves, but for the packages themselves."""
    checkout.python.parent.mkdir(parents=True)
    checkout.python.symlink_to(sys.executable)
    checkout.note("packages", f"dev:{checkout.digest('requirements/dev.lock')}")
    digest = checkout.digest("package.json", "package-lock.json")
    checkout.note("frontend", f"tools:{digest}")
    for copy in (*frontend._copies(checkout).values(), frontend._record(checkout)):
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.touch()


def test_what_is_installed_runs_without_a_right_to_write(checkout, monkeypatch):
    """A service beside its administrator: nothing is written where nothing is missing."""
    laid(checkout)
    monkeypatch.setattr(Checkout, "alone", lambda self: pytest.fail("locked for nothing"))
    prepare(checkout, tests=False)
    prepare(checkout, tests=True)


def test_an_environment_whose_python_is_out_of_reach_is_none(checkout, request):
    """As one made by root from a Python under /root, for the service's user."""
    laid(checkout)
    assert packages.installed(checkout, "embedded")
    closed = checkout.root / "closed"
    closed.mkdir()
    (closed / "python").symlink_to(sys.executable)
    checkout.python.unlink()
    checkout.python.symlink_to(closed / "python")
    closed.chmod(0)
    request.addfinalizer(lambda: closed.chmod(0o700))
    request.getfixturevalue("nobody")
    assert not packages.installed(checkout, "embedded")


def test_tools_that_somebody_removed_are_installed_again(checkout):
    laid(checkout)
    assert frontend.installed(checkout, tools=True)
    shutil.rmtree(checkout.root / "node_modules")
    assert frontend.installed(checkout, tools=False)
    assert not frontend.installed(checkout, tools=True)


def test_an_unreadable_note_is_like_none(checkout):
    checkout.venv.mkdir()
    (checkout.venv / "set-up.json").write_text("{")
    assert checkout.noted("packages") == ""
    checkout.note("frontend", "x")
    assert checkout.noted("frontend") == "x"


def test_a_failure_is_told_by_the_package_manager_s_own_words():
    said = "WARNING: something\nERROR: No matching distribution found for django==99\n"
    assert str(failure("It failed", said)) == (
        "It failed: ERROR: No matching distribution found for django==99"
    )
    assert "cannot be reached" in str(failure("It failed", "npm error code ENOTFOUND"))
    assert str(failure("It failed", "")) == "It failed: no reason given"


def test_the_npm_of_the_python_package_works_with_the_caller_s_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))  # a machine without Node
    here = Checkout(ROOT)
    version = subprocess.run(
        [*frontend.npm(here), "--version"],
        env=frontend.environment(here),
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(version.stdout.split(".")[0]) >= 10
    assert frontend.environment(here)["PATH"].endswith(str(tmp_path))


def test_without_node_at_all_the_set_up_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetupError, match=r"Node\.js is missing: install version 20"):
        frontend.npm(Checkout(tmp_path))


def test_the_files_that_ship_are_those_of_the_list():
    import json

    listed = json.loads((ROOT / "package.json").read_text())["riverain"]
    vendor = ROOT / listed["into"]
    shipped = {str(path.relative_to(vendor)) for path in vendor.rglob("*") if path.is_file()}
    assert shipped == set(listed["copy"].values())


def test_translations_are_compiled_when_they_change(tmp_path):
    folder = tmp_path / "riverain" / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Voirie"\nmsgstr "Roads"\n'
    )
    assert translations.stale(tmp_path) == [source]
    translations.main(tmp_path)
    assert b"Roads" in source.with_suffix(".mo").read_bytes()
    assert translations.stale(tmp_path) == []
    later = source.stat().st_mtime_ns + 10**10
    os.utime(source, ns=(later, later))
    assert translations.stale(tmp_path) == [source]


def test_a_check_that_fails_is_named_with_its_output(capfd):
    program = [sys.executable, "-c", "print('the reason'); raise SystemExit(3)"]
    assert not checks._passes(Checkout(ROOT), "lint", program)
    told = capfd.readouterr().err
    assert re.search(r"^lint +FAILED +\d+\.\d s$", told, re.MULTILINE)
    assert "the reason" in told


def test_everything_that_the_house_promises_is_checked():
    names = {name for name, _ in checks.commands(Checkout(ROOT))}
    assert names >= {"lint", "format", "types", "imports", "migrations", "templates"}
