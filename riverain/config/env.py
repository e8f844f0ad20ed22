"""Reads settings from the environment, and says in one sentence what is wrong with one.

Each secret may come from a file instead: `NAME_FILE` holds the path (Docker and systemd
credentials work so).
"""

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

# Times that a connection sees a statement before it has it planned for good (psycopg's default).
_PREPARED_AFTER = 5

# Plan IGN of the Géoplateforme: WMTS in the grid that all web maps share.
_IGN = (
    "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
    "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&STYLE=normal&FORMAT=image/png"
    "&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
)


class SettingError(Exception):
    """A setting is missing or wrong. The message names it and says what to write."""


def text(name: str, default: str | None = None) -> str:
    """The value of `name`, or of the file that `name`_FILE points to.

    Raises SettingError when neither stands and there is no default, when both stand, and when
    the file cannot be read.
    """
    value, path = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value and path:
        raise SettingError(f"{name} and {name}_FILE are both set: keep one of them.")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingError(f"{name}_FILE: cannot read {path} ({error.strerror}).") from error
    if value is None or value == "":
        if default is None:
            raise SettingError(f"{name} is not set, and has no default.")
        return default
    return value


def flag(name: str, *, default: bool) -> bool:
    """`on` or `off` (also 1/0, true/false, yes/no)."""
    value = text(name, "on" if default else "off").lower()
    if value in {"on", "1", "true", "yes"}:
        return True
    if value in {"off", "0", "false", "no"}:
        return False
    raise SettingError(f"{name}={value!r}: write on or off.")


def integer(name: str, default: int, *, low: int, high: int) -> int:
    value = text(name, str(default))
    try:
        number = int(value)
    except ValueError as error:
        raise SettingError(f"{name}={value!r}: write a whole number.") from error
    if not low <= number <= high:
        raise SettingError(f"{name}={number}: it must be from {low} to {high}.")
    return number


def listing(name: str, default: str = "") -> list[str]:
    """Comma-separated values, blanks dropped."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


@dataclass(frozen=True)
class Tiles:
    """The pictures under maps; `url` is empty where the town itself is drawn instead."""

    url: str = ""
    attribution: str = ""
    origins: tuple[str, ...] = ()


def tiles(name: str, attribution: str) -> Tiles:
    """`ign` (the default: the plan of the French mapping agency, open and without a key), `off`,
    or an address such as https://tiles.example/{z}/{x}/{y}.png, whose licence asks for
    `attribution`. A "{s}" for subdomains becomes the "*" that a content policy understands.
    """
    value = text(name, "ign")
    if value == "off":
        return Tiles()
    url = _IGN if value == "ign" else value
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise SettingError(f"{name}={value!r}: write ign, off, or an https:// address.")
    missing = [mark for mark in ("{z}", "{x}", "{y}") if mark not in url]
    if missing:
        raise SettingError(f"{name}={value!r}: {', '.join(missing)} must stand in the address.")
    return Tiles(
        url=url,
        attribution=text(attribution, "© IGN Géoplateforme" if value == "ign" else ""),
        origins=(f"{parts.scheme}://{parts.netloc}".replace("{s}", "*"),),
    )


def service(name: str, default: str) -> str:
    """The address of a service of others, without its last slash; empty for `off`."""
    url = text(name, default).rstrip("/")
    if url == "off":
        return ""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query:
        raise SettingError(f"{name}={url!r}: write an https:// address, or off.")
    return url


def networks(name: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """Comma-separated addresses or CIDR networks."""
    try:
        return [ipaddress.ip_network(part, strict=False) for part in listing(name)]
    except ValueError as error:
        raise SettingError(
            f"{name}: {error}. Write addresses or networks such as 10.0.0.0/8."
        ) from error


def database(name: str, default: str | None = None) -> dict[str, object]:
    """A Django database from `postgresql://user:password@host:port/name`.

    A socket is written `postgresql://user@/name?host=/path/to/folder`. Only PostgreSQL is
    accepted: the product relies on its locks, constraints and French full text.

    Values are bound by the server, and a statement that comes back is planned once a connection:
    half of the server's work on a report, a third of ours. A pooler that gives each transaction
    another connection, and does not follow prepared statements, needs `prepare=off`.
    """
    url = text(name, default)
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise SettingError(
            f"{name}: write postgresql://user:password@host:5432/name (only PostgreSQL works)."
        )
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    try:
        port = parts.port
    except ValueError as error:
        raise SettingError(f"{name}: the port is not a number.") from error
    prepare = query.pop("prepare", "on")
    if prepare not in {"on", "off"}:
        raise SettingError(f"{name}: prepare={prepare}: write prepare=on or prepare=off.")
    host = query.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or query.pop("port", "")),
        "CONN_MAX_AGE": None,
        # A connection is tried before a request uses it: after an absence of the database none
        # of the kept ones fails a visitor.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **query,
            "server_side_binding": True,
            "prepare_threshold": _PREPARED_AFTER if prepare == "on" else None,
        },
    }


@dataclass(frozen=True)
class Mail:
    """Where mail goes: a folder of .eml files, or an SMTP server."""

    folder: Path | None
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def mail(name: str, folder: Path) -> Mail:
    """`folder:` (the default), `folder:/a/path`, `smtp://user:password@host:25`,
    `smtp+starttls://…` or `smtps://…`."""
    value = text(name, "folder:")
    if value.startswith("folder:"):
        given = value.removeprefix("folder:")
        return Mail(folder=Path(given) if given else folder)
    parts = urlsplit(value)
    ports = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise SettingError(f"{name}: write folder:, smtp://host:25, smtp+starttls:// or smtps://.")
    return Mail(
        folder=None,
        host=parts.hostname,
        port=parts.port or ports[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+starttls",
        tls=parts.scheme == "smtps",
    )
