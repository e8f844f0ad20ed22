"""Six threads ask a fresh index at once, many times over: run as a process of its own by
`test_index`, because without its lock GEOS ends the process (corrupted memory)."""

import random
import threading

import shapely
from shapely.geometry import Point

from riverain.territory.facts import AreaFacts
from riverain.territory.index import AreaIndex, Outline
from tests.territory.facts import town

# Enough corners that preparing one takes as long as the threads need to meet.
CIRCLE = Point(0, 0).buffer(1, quad_segs=50_000)
ROUNDS = 30


def main():
    numbers = random.Random(7)
    points = [(numbers.uniform(-1.2, 1.2), numbers.uniform(-1.2, 1.2)) for _ in range(50)]
    truth = [x * x + y * y <= 1 for x, y in points]
    for _ in range(ROUNDS):
        area = AreaFacts(id=1, collectivity_id=1, kind="commune", code="a", name="A", precedence=0)
        copy = shapely.transform(CIRCLE, lambda coordinates: coordinates)
        index = AreaIndex({1: town(1)}, [Outline(area, copy)])
        gate, answers = threading.Barrier(6), []

        def ask(index=index, gate=gate, answers=answers):
            gate.wait()
            answers.append([index.locate(*point) is not None for point in points])

        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [truth] * 6


if __name__ == "__main__":
    main()
