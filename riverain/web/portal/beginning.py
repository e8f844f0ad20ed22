"""What a report begins with before its type is known, carried by the addresses of the pages in
between: words, a photo that waits, where and when it was taken. Pages without JavaScript have no
other place for it, and other tools may lead here with the same parameters.

The place of a problem stands in an address then, as `/signaler/type/depot?lon=3.05&lat=50.63`: it
is what the resident is about to tell us, and nothing of who they are.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.http import urlencode

from riverain.core.boxes import EARTH
from riverain.files.actions import store_picture
from riverain.files.queries import file_for_token, upload_token
from riverain.files.seen import seen_in
from riverain.guard.client import address
from riverain.reports import intake, wording
from riverain.reports.acting import Reporter

# As much as a sentence: the rest of a longer text finds nothing more.
LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Beginning:
    """Empty values where nothing is said. `point` is (longitude, latitude) in degrees; `taken` is
    the camera's own time, without a zone."""

    words: str = ""
    token: str = ""
    point: tuple[float, float] | None = None
    taken: datetime | None = None

    @property
    def taken_on(self) -> str:
        """The day of the photo, empty when it says none."""
        return wording.dated(self.taken) if self.taken else ""

    @property
    def query(self) -> str:
        """What a link carries on: `?…`, or nothing."""
        said = {"q": self.words, "jeton": self.token}
        if self.point:
            said |= {"lon": f"{self.point[0]:.6f}", "lat": f"{self.point[1]:.6f}"}
        if self.taken:
            said["pris"] = self.taken.strftime("%Y-%m-%dT%H:%M")
        kept = {name: value for name, value in said.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


def begun(request: HttpRequest) -> Beginning:
    """What the address carries; what cannot be read is left out."""
    said = request.GET
    token = said.get("jeton", "")
    return Beginning(
        words=" ".join(said.get("q", "").replace("\0", " ").split())[:LONGEST_WORDS],
        token=token if token and file_for_token(token) else "",
        point=_point(said),
        taken=_moment(said.get("pris", "")),
    )


def begin(request: HttpRequest, file: "UploadedFile[Any]") -> Beginning:
    """Keeps the photo that a report begins with. Raises TooMany past the limit on photos without
    a report, and what `store_picture` refuses."""
    intake.spend_upload(address(request))
    content = file.read(settings.PICTURE_BYTES + 1)
    seen = seen_in(content)
    stored = store_picture(acting=Reporter().label, content=content, name=file.name or "")
    point = None if seen.lon is None or seen.lat is None else (seen.lon, seen.lat)
    return Beginning(token=upload_token(stored), point=point, taken=seen.taken)


def _point(said: Mapping[str, str]) -> tuple[float, float] | None:
    with suppress(KeyError, ValueError):
        lon, lat = float(said["lon"]), float(said["lat"])
        if EARTH.holds(lon, lat):
            return lon, lat
    return None


def _moment(text: str) -> datetime | None:
    with suppress(ValueError):
        return datetime.strptime(text, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - the camera says no zone
    return None
