"""An agent who takes reports in hand and puts them off, in turn, by the desk's forms."""

from typing import Any
from urllib.parse import urlencode

from riverain.site.bench.turns import given, take_turns
from riverain.site.bench.wire import Wire

_DONE = 303


class Agent:
    """One kept-alive connection, and the reports that this client alone works on."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self.wire = Wire(asked["port"])
        self.cookie, self.csrf = asked["cookie"], asked["csrf"]
        self.steps: list[tuple[str, dict[str, str]]] = asked["steps"]
        # number, the last entry of its stream, which step comes next
        self.reports = [[number, seq, 0] for number, seq in asked["shares"][asked["client"]]]
        self.turn = 0

    def step(self) -> None:
        """The next step of the next report. Raises RuntimeError unless it is done."""
        report = self.reports[self.turn % len(self.reports)]
        self.turn += 1
        number, seq, at = report
        code, fields = self.steps[at % len(self.steps)]
        said = fields | {"csrfmiddlewaretoken": self.csrf, "seq": str(seq)}
        path = f"/agents/signalements/{number}/{code}"
        status, content = self.wire.post(path, urlencode(said), cookie=self.cookie)
        if status != _DONE:
            raise RuntimeError(f"{number}, {code}: {status}, {content[:300]!r}")
        report[1:] = [seq + 1, at + 1]


def main() -> None:
    asked = given()
    take_turns(asked, Agent(asked).step)


if __name__ == "__main__":
    main()
