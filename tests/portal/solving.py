"""Solves the proof of work as the browser does (`guard.pow`)."""

import base64
import hashlib
import json


def solved(challenge):
    parameters = challenge["parameters"]
    start = bytes.fromhex(parameters["salt"]) + bytes.fromhex(parameters["nonce"])
    wanted = parameters["keyPrefix"]
    for counter in range(200_000):
        key = hashlib.sha256(start + counter.to_bytes(4, "big")).hexdigest()
        if key.startswith(wanted):
            answer = {
                "challenge": challenge,
                "solution": {"counter": counter, "derivedKey": key},
            }
            return base64.b64encode(json.dumps(answer).encode()).decode()
    raise AssertionError("the challenge has no solution")
