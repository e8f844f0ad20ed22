"""Decodes HEIC, HEIF and AVIF in a process of its own.

These are video codecs: large, native, and their headers may announce a small picture while the
coded one is huge. The child has no secret in its environment, a bounded memory and a bounded
time; what kills it is a refused photo, not a stopped service. It costs a tenth of a second a
photo, and one such photo is decoded at a time in each process of ours.
"""

import json
import os
import resource
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from riverain.files.pictures import PATIENCE, Picture, Reason, Unusable, guard_pillow, prepare

FORMATS: Final = ("HEIF", "AVIF")
# Processor seconds and wall seconds given to one photo.
CPU_SECONDS: Final = 20
WALL_SECONDS: Final = 60
# Address space: the interpreter and its libraries, then planes, RGB and Pillow's own copy of the
# largest picture allowed.
BASE_BYTES: Final = 250_000_000
BYTES_PER_PIXEL: Final = 12

_PACKAGE_ROOT: Final = Path(__file__).resolve().parents[2]
_KEPT_ENVIRONMENT: Final = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
_one_at_a_time = threading.Semaphore(1)


def concerns(content: bytes) -> bool:
    """Whether the content is in the ISO base media format (its first box is `ftyp`)."""
    return content[4:8] == b"ftyp"


def prepare_apart(content: bytes, *, max_pixels: int, patience: float = PATIENCE) -> Picture:
    """As `pictures.prepare`, for HEIF and AVIF, in a child process. Raises Unusable alone."""
    if not _one_at_a_time.acquire(timeout=patience):
        raise Unusable(Reason.BUSY)
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-P", "-m", "riverain.files.apart", str(max_pixels)],
            input=content,
            capture_output=True,
            check=False,
            timeout=WALL_SECONDS,
            env={
                "PYTHONPATH": str(_PACKAGE_ROOT),
                **{name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ},
            },
        )
    except subprocess.TimeoutExpired as error:
        raise Unusable(Reason.DAMAGED) from error
    finally:
        _one_at_a_time.release()
    if child.returncode != 0:
        raise Unusable(Reason.DAMAGED)
    head, _, body = child.stdout.partition(b"\n")
    facts = json.loads(head)
    if "refused" in facts:
        raise Unusable(Reason(facts["refused"]))
    return Picture(
        width=facts["width"],
        height=facts["height"],
        full=body[: facts["full"]],
        thumb=body[facts["full"] :],
    )


def main(arguments: list[str]) -> int:
    """The child: a photo on standard input; one line of JSON, then both variants, on output."""
    max_pixels = int(arguments[0])
    memory = BASE_BYTES + BYTES_PER_PIXEL * max_pixels
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    import pillow_heif
    from PIL import AvifImagePlugin  # noqa: F401 - registers its decoder

    guard_pillow(max_pixels)
    # Thumbnails, depth maps and auxiliary pictures of the file are never looked at.
    pillow_heif.register_heif_opener(
        thumbnails=False, depth_images=False, aux_images=False, decode_threads=1
    )
    output = sys.stdout.buffer
    try:
        picture = prepare(sys.stdin.buffer.read(), max_pixels=max_pixels, formats=FORMATS)
    except Unusable as refusal:
        output.write(json.dumps({"refused": refusal.reason}).encode() + b"\n")
        return 0
    facts = {"width": picture.width, "height": picture.height, "full": len(picture.full)}
    output.write(json.dumps(facts).encode() + b"\n" + picture.full + picture.thumb)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
