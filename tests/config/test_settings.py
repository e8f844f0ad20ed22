"""Each setting, wrong: one sentence that names it and shows what to write."""

import re
import runpy
from pathlib import Path

import pytest

from riverain.config import settings
from riverain.config.env import SettingError

FILE = settings.__file__
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
TILES = "https://tiles.example"

WRONG = [
    *((name, "short", "32 characters") for name in ("RIVERAIN_SECRET_KEY", "RIVERAIN_SEAL_KEY")),
    ("RIVERAIN_SECRET_KEY", "", "token_hex"),
    ("DATABASE_URL", "", "postgresql://user"),
    *(
        (name, url, "postgresql://user|host.example:5432|prepare=off")
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL")
        for url in (
            *("mysql://a@b/c", "postgresql://a@b", "sqlite:///x", "ville"),
            *("postgresql://a@b:port/c", "postgresql://a@b:99999/c", "postgresql://a@[b/c"),
            "postgresql://a@b/c?prepare=maybe",
        )
    ),
    *(("RIVERAIN_PORT", port, "8000") for port in ("eighty", "0", "70000", "80.5")),
    *(
        ("RIVERAIN_PUBLIC_URL", url, "https://signalement.ville.example|host.example")
        for url in (
            *("signalement.ville.example", "ftp://ville.example", "https://", "https://[ville"),
            *("https://ville.example/signaler", "https://ville.example?a=b"),
            *("https://ville.example:port", "https://a@ville.example"),
        )
    ),
    *(
        ("RIVERAIN_ALLOWED_HOSTS", hosts, "signalement.ville.example")
        for hosts in (
            "*",
            ",",
            "https://ville.example",
            "ville.example:443",
            "a b",
            "ville.example/",
        )
    ),
    *(
        ("RIVERAIN_TRUSTED_PROXIES", proxies, "10.0.0.0/8")
        for proxies in ("proxy", "10.0.0.0/99", "10.0.0.1;10.0.0.2", "0.0.0.0/0", "::/0")
    ),
    *(
        ("RIVERAIN_MAIL", mail, "smtp://user|host.example")
        for mail in ("mail.example", "smtp://", "pigeon://x", "smtp://h:port", "smtps://h:0x1")
    ),
    *(
        ("RIVERAIN_MAIL_FROM", sender, "signalement@ville.example")
        for sender in (
            *("ville", "@ville.example", "a@", "a@b.example, c@d.example", "a b@c.example"),
            *("a@b.example\nBcc: c@d.example", "Ville <a@b.example> d@e.example"),
        )
    ),
    *(("RIVERAIN_NOTICE_WINDOW", given, "600") for given in ("-1", "ten", "86401")),
    *(("RIVERAIN_PICTURE_BYTES", given, "15000000") for given in ("15MB", "1", "1e9")),
    *(("RIVERAIN_PICTURE_PIXELS", given, "60000000") for given in ("x", "1", "9000000000")),
    *(
        (name, given, "on or off")
        for name in ("RIVERAIN_PROOF_OF_WORK", "RIVERAIN_LIMITS", "RIVERAIN_GALLERY")
        for given in ("maybe", "2", "oui")
    ),
    *(
        ("RIVERAIN_TILES_URL", url, "tiles.example|host.example")
        for url in (
            *("osm", "ftp://x/{z}/{x}/{y}", "https://{z}", f"{TILES}/z/x/y.png"),
            *("https://[x/{z}/{x}/{y}", "https://x; script-src *;/{z}/{x}/{y}"),
        )
    ),
    *(
        ("RIVERAIN_GEOCODER_URL", url, "data.geopf.fr|host.example")
        for url in ("geocodage", "ftp://x", "https://x?q=a", "https://[x", "https://x:port")
    ),
]


@pytest.mark.parametrize(("name", "value", "example"), WRONG)
def test_a_wrong_setting_is_named_and_shown_right(monkeypatch, name, value, example):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError) as refused:
        runpy.run_path(FILE)
    assert name in str(refused.value)
    assert re.search(example, str(refused.value))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RIVERAIN_PUBLIC_URL", "https://signalement.ville.example/"),
        ("RIVERAIN_PUBLIC_URL", "http://[::1]:8000"),
        ("RIVERAIN_ALLOWED_HOSTS", "signalement.ville.example, .ville.example,10.0.0.1,[::1]"),
        ("RIVERAIN_TRUSTED_PROXIES", "10.0.0.1, ::1, 10.0.0.0/8"),
        ("RIVERAIN_MAIL", "smtp+starttls://user:p%40ss@mail.ville.example"),
        ("RIVERAIN_MAIL_FROM", "Ville de Lille <signalement@ville.example>"),
        ("RIVERAIN_MAIL_FROM", '"Ville, pôle propreté" <signalement@ville.example>'),
        ("RIVERAIN_TILES_URL", "https://{s}.tiles.example:8443/{z}/{x}/{y}.png"),
        ("RIVERAIN_GEOCODER_URL", "http://127.0.0.1:7878/"),
    ],
)
def test_a_right_setting_is_taken(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    runpy.run_path(FILE)


@pytest.mark.parametrize(
    "url", ["postgresql://a:hidden@b:port/c", "postgresql://a:hidden@[b/c", "mysql://a:hidden@b/c"]
)
@pytest.mark.parametrize("name", ["DATABASE_URL", "DATABASE_OWNER_URL"])
def test_the_sentence_does_not_show_a_password(monkeypatch, name, url):
    monkeypatch.setenv(name, url)
    with pytest.raises(SettingError) as refused:
        runpy.run_path(FILE)
    assert "hidden" not in str(refused.value)


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "is empty"), (b" \n", "is empty"), (b"\xff\xfe", "is no text in UTF-8")],
)
def test_a_file_that_holds_no_setting_is_named(monkeypatch, tmp_path, content, why):
    path = tmp_path / "key"
    path.write_bytes(content)
    monkeypatch.delenv("RIVERAIN_SECRET_KEY")
    monkeypatch.setenv("RIVERAIN_SECRET_KEY_FILE", str(path))
    with pytest.raises(SettingError, match=f"RIVERAIN_SECRET_KEY_FILE: {path} {why}"):
        runpy.run_path(FILE)


def test_every_setting_is_documented_and_every_documented_one_is_read(monkeypatch):
    from riverain.config import env

    monkeypatch.setattr(env, "asked", set())
    runpy.run_path(FILE)
    told = re.findall(r"^\| `([A-Z_]+)` \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    beyond = {"RIVERAIN_DEMO_PASSWORD", "RIVERAIN_CHROMIUM", "CI"}
    beyond |= {name for name in told if name.startswith("RIVERAIN_TEST_")}
    assert set(told) - beyond == env.asked
    assert len(told) == len(set(told))
