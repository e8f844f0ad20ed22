"""The geocoder behind our own addresses: that of the Géoplateforme, or any addok (GeocodeJSON).

It may be slow, down, or answer nonsense: then it has no answer, and nothing else happens. A call
takes `TIMEOUT` seconds at most, whatever it waits for; after a few that failed nobody calls for a
while, so that an outage of theirs costs our pages nothing. Only what was typed is sent, and the
middle of the town: nothing of who typed it.
"""

import json
import logging
import math
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import urlencode

from django.conf import settings

from riverain.core.boxes import EARTH
from riverain.territory import memory
from riverain.territory.addresses.facts import Exactness, Found
from riverain.territory.rules import one_line

TIMEOUT: Final = 1.0
# An answer of fifteen addresses weighs ten kilobytes.
MOST_BYTES: Final = 256_000
_ASKED_FOR: Final = 15
_LONGEST: Final = 200
# Its scores run lower than ours for what is right; under this it found something else.
_SHOWN: Final = 0.5
_AT_ONCE: Final = 4
_FAILURES: Final = 3
_PAUSE: Final = 30.0

logger = logging.getLogger(__name__)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The address is the one that was set: no answer leads us to another host."""

    def redirect_request(self, *_args: object, **_named: object) -> None:
        return None


class _Breaker:
    """Counts failures in a row, for all threads of the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_until = float("-inf")

    def lets_through(self) -> bool:
        """After a pause one call tries again; the others wait for what becomes of it."""
        with self._lock:
            if self._failures < _FAILURES:
                return True
            if time.monotonic() < self._closed_until:
                return False
            self._closed_until = time.monotonic() + _PAUSE
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self, why: object) -> None:
        with self._lock:
            self._failures += 1
            self._closed_until = time.monotonic() + _PAUSE
            is_new = self._failures == _FAILURES
        if is_new:
            logger.warning("the geocoder does not answer (%s): not asked for a while", why)


breaker = _Breaker()
_opener = urllib.request.build_opener(_NoRedirect)
_threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="geocoder")
_free = threading.BoundedSemaphore(_AT_ONCE)


def search(text: str, *, near: tuple[float, float] | None, limit: int) -> list[Found]:
    """What the geocoder finds inside the towns that we serve; nothing where it has no answer or
    cannot be asked. `near` (longitude, latitude) draws its choice there."""
    asked: dict[str, object] = {"q": text[:_LONGEST], "limit": _ASKED_FOR, "autocomplete": 1}
    if near is not None:
        asked |= {"lon": round(near[0], 5), "lat": round(near[1], 5)}
    return [one for one in _features(asked) if one.score >= _SHOWN][:limit]


def _features(asked: Mapping[str, object]) -> Iterator[Found]:
    """The addresses of an answer that lie where someone of ours receives."""
    if not settings.GEOCODER_URL:
        return
    said = _ask(f"{settings.GEOCODER_URL}/search/?{urlencode(asked)}")
    features = said.get("features") if isinstance(said, dict) else None
    index = memory.territory().index
    for feature in features if isinstance(features, list) else ():
        found = read(feature)
        if found is not None and index.locate(found.lon, found.lat) is not None:
            yield found


def read(feature: object) -> Found | None:
    """An answer's feature as an address; None for a commune, and for what is not GeocodeJSON."""
    try:
        lon, lat = feature["geometry"]["coordinates"]  # type: ignore[index]
        said = feature["properties"]  # type: ignore[index]
        kind, score = said["type"], said["score"]
        name, city, postcode = (
            one_line(str(said.get(key) or ""))[:_LONGEST] for key in ("name", "city", "postcode")
        )
    except (TypeError, KeyError, ValueError, AttributeError):
        return None
    is_placed = _is_number(lon) and _is_number(lat) and EARTH.holds(lon, lat)
    if not is_placed or not _is_number(score) or not name or kind not in _EXACT:
        return None
    return Found(
        name=name,
        context=f"{postcode} {city}".strip(),
        lon=float(lon),
        lat=float(lat),
        exactness=_EXACT[kind],
        score=max(0.0, min(1.0, float(score))),
    )


_EXACT: Final = {
    "housenumber": Exactness.HOUSE,
    "street": Exactness.STREET,
    "locality": Exactness.STREET,
}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _ask(url: str) -> Any:
    """The JSON of an answer, or None. Looking a name up has no time-out of its own, and a server
    may send a byte a second: the call is made in a thread, and left there when it is late."""
    if not breaker.lets_through() or not _free.acquire(blocking=False):
        return None
    call = _threads.submit(_call, url)
    try:
        answer = call.result(timeout=TIMEOUT)
    except TimeoutError:
        breaker.failed("late")
    except (OSError, HTTPException, ValueError, RecursionError) as error:
        # 400 and 404 are its way to have no answer; 429 asks us to stop for a while.
        status = getattr(error, "code", 500)
        if status in {400, 404, 422}:
            breaker.succeeded()
        else:
            breaker.failed(error)
    else:
        breaker.succeeded()
        return answer
    return None


def _call(url: str) -> Any:
    try:
        request = urllib.request.Request(url, headers={"Accept": "application/json"})  # noqa: S310 - the setting is http or https
        with _opener.open(request, timeout=TIMEOUT) as response:
            body = response.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise ValueError("an answer of more than 256 kB")
        return json.loads(body)
    except HTTPError as error:
        error.close()  # it is the answer too, with its connection
        raise
    finally:
        _free.release()
