"""What a figure was measured on."""

import os
import platform
from pathlib import Path

import psycopg

_SHOWN = ("server_version", "shared_buffers", "fsync", "synchronous_commit", "max_connections")


def machine() -> dict[str, object]:
    """Processor, cores, memory, Python; as the system tells them."""
    return {
        "processor": _field("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": os.cpu_count(),
        "memory": _field("/proc/meminfo", "MemTotal"),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def database(url: str) -> dict[str, str]:
    """The settings of the server that durability and speed hang on."""
    with psycopg.connect(url) as connection:
        return {
            name: str(connection.execute(f"SHOW {name}").fetchone()[0])  # type: ignore[index]
            for name in _SHOWN
        }


def _field(path: str, name: str) -> str:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
