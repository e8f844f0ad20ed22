"""Sends reports through HTTP as a browser does: the same form, one new sender for each report."""

import http.client
import random
import re
import uuid
from typing import Any

from riverain.site.bench.turns import given, take_turns

BOUNDARY = "----riverain-bench"
_ACCEPTED = 303


class Sender:
    """One kept-alive connection, and the form's fields."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", asked["port"], timeout=30)
        self.path = asked["path"]
        self.fields: dict[str, str] = asked["fields"]
        self.uuid_field = asked["uuid_field"]
        self.box = asked["box"]
        self.random = random.Random(asked["client"])

    def report(self) -> dict[str, str]:
        """The fields of a new report, by someone else each time: no limit is met."""
        west, south, east, north = self.box
        identifier = uuid.uuid4()
        return self.fields | {
            self.uuid_field: str(identifier),
            "email": f"{identifier.hex[:7]}@demo.example",
            "lon": f"{self.random.uniform(west, east):.6f}",
            "lat": f"{self.random.uniform(south, north):.6f}",
        }

    def send(self) -> None:
        """Sends one report; raises RuntimeError unless it is accepted."""
        self.connection.request(
            "POST",
            self.path,
            body=multipart(self.report()),
            headers={
                "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
                "X-Forwarded-For": self._address(),
            },
        )
        response = self.connection.getresponse()
        content = response.read()
        if response.status != _ACCEPTED:
            raise RuntimeError(f"{response.status}: {_words(content)}")

    def _address(self) -> str:
        """A sender of its own for each report, for the same reason."""
        return ".".join(str(self.random.randrange(1, 255)) for _ in range(4))


def _words(page: bytes) -> str:
    """What a page says, without its marks."""
    text = re.sub(r"(?s)<(head|svg|script)\b.*?</\1>|<[^>]*>", " ", page.decode(errors="replace"))
    return " ".join(text.split())[:1500]


def multipart(fields: dict[str, str]) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    photo = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photos"; filename=""\r\n'
        "Content-Type: application/octet-stream\r\n\r\n\r\n"
    )
    return ("".join(parts) + photo + f"--{BOUNDARY}--\r\n").encode()


def main() -> None:
    asked = given()
    sender = Sender(asked)
    take_turns(asked, sender.send)


if __name__ == "__main__":
    main()
