"""The clients of the benches speak HTTP."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from riverain.site.bench.wire import Wire


class Town(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    heard: list[tuple[str, str, str]] = []

    def do_POST(self):
        content = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.heard.append((self.path, self.headers["Cookie"], content))
        answer = b"" if "prendre" in self.path else "refus\u00e9".encode()
        self.send_response(422 if answer else 303)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_args):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Town) as served:
        thread = threading.Thread(target=served.serve_forever)
        thread.start()
        yield served
        served.shutdown()
        thread.join()


def test_forms_go_one_after_the_other_on_one_connection(server):
    Town.heard.clear()
    wire = Wire(server.server_port)
    assert wire.post("/1/prendre", "seq=1", cookie="a=b") == (303, b"")
    assert wire.post("/1/attente", "text=%C3%A9", cookie="a=b") == (422, "refus\u00e9".encode())
    assert wire.post("/2/prendre", "seq=2", cookie="a=b")[0] == 303
    assert [one[0] for one in Town.heard] == ["/1/prendre", "/1/attente", "/2/prendre"]
    assert Town.heard[1][1:] == ("a=b", "text=%C3%A9")
    wire._socket.close()


def test_a_server_that_hangs_up_is_no_answer(server):
    wire = Wire(server.server_port)
    wire._socket.shutdown(1)  # nothing more is sent: the server closes
    with pytest.raises(ConnectionError):
        wire._answer()
    wire._socket.close()
