"""What a slow phone waits for: `python -m tests.whole.weight http://127.0.0.1:8000 [/signaler …]`
opens pages of a running product in Chromium as a phone four times slower than this machine, over
400 kbit/s with 400 ms a round trip, with an empty cache, and prints as JSON: bytes received before
any map, requests, first words seen, when the page can be used, and by how much it jumped meanwhile
(Cumulative Layout Shift: good below 0.1).

A page can be used once its first words are drawn, every behaviour on it that answers a gesture (the
photo, the words, the steps of the form) is attached, and the page has time for a gesture. The page
notes that moment itself: asking from outside costs a tenth of a second on so slow a processor.
Links and fields need no behaviour: they answer from the first words on.

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
# A task of its own after a frame: it runs when the page has nothing more urgent, as a tap would.
NOTES_WHEN_USABLE = """globalThis.usable = new Promise((resolve) => {
  const answers = "[data-first-photo], [data-words], [data-steps]";
  const look = () => {
    const seen = performance.getEntriesByName("first-contentful-paint").length > 0;
    const ready = document.readyState !== "loading"
      && [...document.querySelectorAll(answers)].every((one) => one.classList.contains("live"));
    if (seen && ready) setTimeout(() => resolve(performance.now()));
    else requestAnimationFrame(look);
  };
  look();
});
globalThis.shifted = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) globalThis.shifted += one.value;
}).observe({ type: "layout-shift", buffered: true });"""


def measure(browser, url):
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    context.add_init_script(NOTES_WHEN_USABLE)
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
    usable = page.evaluate("globalThis.usable")
    first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    page.wait_for_load_state("networkidle")
    shifted = page.evaluate("globalThis.shifted")
    context.close()
    return {
        "bytes": int(sum(received.values())),
        # What stands in an address itself (data:) is no request.
        "requests": len([size for size in received.values() if size > 0]),
        "first words, ms": round(first),
        "usable, ms": round(usable),
        "shift": round(shifted, 4),
    }


def main(root, *paths):
    with chromium() as browser:
        for path in paths or ("/signaler", "/"):
            runs = [measure(browser, root + path) for _ in range(RUNS)]
            middle = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
            sys.stdout.write(json.dumps({"page": path, "runs": RUNS, **middle}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
