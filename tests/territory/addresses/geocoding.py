"""A geocoder on loopback. Its answers have the shape that a real addok (1.3, addok-france) gave for
the addresses of Gap; streets and figures here are invented."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


def feature(name="12 Rue Neuve", lon=3.005, lat=50.605, **properties):
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {
            "label": f"{name} 59000 Lille",
            "score": 0.94,
            "housenumber": "12",
            "id": "59350_0360_00012",
            "type": "housenumber",
            "name": name,
            "postcode": "59000",
            "citycode": "59350",
            "city": "Lille",
            "importance": 0.3,
            "context": "59, Nord, Hauts-de-France",
            "street": "Rue Neuve",
            **properties,
        },
    }


def collection(*features):
    said = {"type": "FeatureCollection", "version": "draft", "features": list(features)}
    return json.dumps({**said, "attribution": "BANO", "licence": "ODbL", "limit": 15}).encode()


class Geocoder:
    """What it answers next, and what it was asked."""

    def __init__(self):
        self.status = 200
        self.body = collection(feature())
        self.wait = 0.0
        self.drip = False
        self.location = ""
        self.asked = []


@contextmanager
def geocoder():
    """(the geocoder, its address), on a port of its own."""
    said = Geocoder()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            said.asked.append((parts.path, parse_qs(parts.query)))
            time.sleep(said.wait)
            self.send_response(said.status)
            if said.location:
                self.send_header("Location", said.location)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said.body)))
            self.end_headers()
            step = 1 if said.drip else len(said.body) or 1
            for at in range(0, len(said.body), step):
                self.wfile.write(said.body[at : at + step])
                if said.drip:
                    time.sleep(0.05)

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield said, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
