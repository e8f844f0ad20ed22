"""HTTP over one kept-alive connection, and no more of it than a bench needs: what clients spend is
taken from the same cores as what is measured, and `http.client` spends a third of a millisecond a
call."""

import socket
from typing import Final

_SECONDS: Final = 30


class Wire:
    """A connection to a server of this machine that answers with a length, as ours does."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._answers = self._socket.makefile("rb")
        self._always = f"Host: 127.0.0.1:{port}\r\nConnection: keep-alive\r\n"

    def post(self, path: str, form: str, *, cookie: str) -> tuple[int, bytes]:
        """The status and the content of the answer to a form."""
        content = form.encode()
        head = (
            f"POST {path} HTTP/1.1\r\n{self._always}Cookie: {cookie}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(content)}\r\n\r\n"
        )
        self._socket.sendall(head.encode() + content)
        return self._answer()

    def _answer(self) -> tuple[int, bytes]:
        """Raises ConnectionError where the server hangs up."""
        first = self._answers.readline()
        if not first:
            raise ConnectionError("the server closed the connection")
        length = 0
        while (line := self._answers.readline().strip()) != b"":
            name, _colon, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        return int(first.split(b" ", 2)[1]), self._answers.read(length)
