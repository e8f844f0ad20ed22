"""Residents who send reports and do not give up: what the form does, over and over, until it has
an answer."""

import http.client
import random
import re
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field

from riverain.site.bench.submit_client import BOUNDARY, multipart

PATH = "/signaler/type/sac-plein"
PATIENCE = 15.0  # seconds for one answer
HASTY = 0.15  # the share of those who do not hear the first answer
# Inside Lille's outline as the demo draws it: west, south, east, north.
BOX = (3.045, 50.625, 3.075, 50.64)
_TRACKED = re.compile(r"/suivi/([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})\?recu=1")


@dataclass(frozen=True)
class Sending:
    """One report to send, at an instant in seconds from the start, by one client address.
    `hasty` is who loses the network right after sending, and never hears the first answer."""

    rank: int
    at: float
    fields: dict[str, str]
    address: str
    hasty: bool

    @property
    def submission(self) -> uuid.UUID:
        return uuid.UUID(self.fields["submission"])

    @property
    def email(self) -> str:
        return self.fields["email"]


def sendings(count: int, *, over: float, dice: random.Random) -> list[Sending]:
    """`count` reports, each of one resident, at random instants within `over` seconds."""
    west, south, east, north = BOX
    instants = sorted(dice.uniform(0, over) for _ in range(count))
    return [
        Sending(
            rank=rank,
            at=instant,
            fields={
                "submission": str(uuid.UUID(int=dice.getrandbits(128), version=4)),
                "lon": f"{dice.uniform(west, east):.6f}",
                "lat": f"{dice.uniform(south, north):.6f}",
                "address": f"{rank} rue des Postes, 59000 Lille",
                "description": f"Le sac déborde depuis ce matin. C’est l’envoi {rank}.",
                "email": f"habitant-{rank}@demo.example",
                "phone": "",
                "name": "",
            },
            address=f"10.{rank // 65_536}.{rank // 256 % 256}.{rank % 256}",
            hasty=dice.random() < HASTY,
        )
        for rank, instant in enumerate(instants)
    ]


@dataclass
class Residents:
    """Several at once. `codes` are the acknowledged ones, by the report's rank; `troubles` counts
    what came instead of an acknowledgement."""

    port: int
    work: list[Sending]
    several: int
    codes: dict[int, str] = field(default_factory=dict)
    troubles: Counter[str] = field(default_factory=Counter)
    stopping: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        started = time.monotonic()
        for number in range(self.several):
            share = self.work[number :: self.several]
            thread = threading.Thread(target=self._send_all, args=(share, started), daemon=True)
            thread.start()
            self.threads.append(thread)

    def busy(self) -> bool:
        return any(thread.is_alive() for thread in self.threads)

    def stop(self) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join(PATIENCE + 5)

    def _send_all(self, share: list[Sending], started: float) -> None:
        for sending in share:
            self.stopping.wait(max(0.0, started + sending.at - time.monotonic()))
            hears = not sending.hasty
            while not self.stopping.is_set():
                code = self._once(sending, hears=hears)
                if code:
                    self.codes[sending.rank] = code
                    break
                hears = True
                self.stopping.wait(0.3)

    def _once(self, sending: Sending, *, hears: bool) -> str:
        """The tracking code, or nothing: then the same form is sent again."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(
                "POST",
                PATH,
                body=multipart(sending.fields),
                headers={
                    "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
                    "X-Forwarded-For": sending.address,
                },
            )
            if not hears:
                self.troubles["left before the answer"] += 1
                return ""
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.troubles[type(error).__name__] += 1
            return ""
        finally:
            connection.close()
        found = _TRACKED.fullmatch(answer.headers.get("Location", ""))
        if answer.status == http.HTTPStatus.SEE_OTHER and found:
            return found[1]
        self.troubles[str(answer.status)] += 1
        return ""
