"""What a slow phone waits for: `python -m tests.whole.weight http://127.0.0.1:8000 [/signaler …]`
opens pages of a running product in Chromium as a phone four times slower than this machine, over
400 kbit/s with 400 ms a round trip, with an empty cache, and prints as JSON: bytes received before
any map, requests, first words seen, and when the page can be used (its behaviours attached).

Stands with the tests since Chromium and Playwright do: the product itself needs neither.
"""

import json
import statistics
import sys

from tests.browser import chromium

RATE = 400_000 / 8
ROUND_TRIP_MS = 400
SLOWER = 4
RUNS = 5
READY = ".first-photo.live, form.live"


def measure(browser, url):
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    page = context.new_page()
    wire = context.new_cdp_session(page)
    received = {}
    for domain in ("Network.enable", "Performance.enable"):
        wire.send(domain)
    wire.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP_MS,
            "downloadThroughput": RATE,
            "uploadThroughput": RATE,
        },
    )
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    wire.on(
        "Network.loadingFinished",
        lambda told: received.update({told["requestId"]: told["encodedDataLength"]}),
    )
    page.goto(url, wait_until="commit")
    page.locator(READY).first.wait_for(timeout=60_000)
    usable = page.evaluate("performance.now()")
    first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
    page.wait_for_load_state("networkidle")
    context.close()
    return {
        "bytes": int(sum(received.values())),
        "requests": len(received),
        "first words, ms": round(first or 0),
        "usable, ms": round(usable),
    }


def main(root, *paths):
    with chromium() as browser:
        for path in paths or ("/signaler", "/"):
            runs = [measure(browser, root + path) for _ in range(RUNS)]
            middle = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
            sys.stdout.write(json.dumps({"page": path, "runs": RUNS, **middle}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
