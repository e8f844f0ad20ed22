"""A made town for maps that have no database: a grid of streets with their doors, drawn by the
product's own code, and what is said of its points."""

import gzip
import json

from django.http import HttpResponse, JsonResponse
from django.urls import path

from riverain.core.quadkeys import Tile
from riverain.territory import plan
from riverain.territory.centrelines import Plane, network

PLANE = Plane(3.0573, 50.6292)
NAMES = [
    "Boulevard de la Liberté",
    "Rue Colbert",
    "Rue des Postes",
    "Rue Jules-Guesde",
    "Impasse du Puits",
    "Rue d’Artois",
    "Avenue du Peuple-Belge",
    "Rue de Béthune",
    "Rue Nationale",
]


def _streets():
    """Nine streets across nine others, 180 metres apart, and the whole a little turned."""
    found = {}
    for index in range(18):
        away, upwards = (index % 9 - 4) * 180, index >= 9
        doors = []
        for step in range(80):
            along, side = (step // 2) * 36 - 720, 8 if step % 2 else -8
            x, y = (away + side, along) if upwards else (along, away + side)
            doors.append((step + 1, *PLANE.degrees(x * 0.97 - y * 0.24, x * 0.24 + y * 0.97)))
        found[index] = doors
    return found


STREETS = _streets()
WIDTHS = {"Boulevard": 2, "Avenue": 2, "Impasse": 0}


def square(_request, depth, x, y):
    tile = Tile(depth, x, y)
    box = tile.box()
    if depth == plan.DOORS:
        said = {
            "doors": [
                (str(number), *plan._units(lon, lat))
                for doors in STREETS.values()
                for number, lon, lat in doors
                if box.holds(lon, lat)
            ]
        }
    else:
        there = {
            key: doors
            for key, doors in STREETS.items()
            if any(box.holds(lon, lat) for _number, lon, lat in doors)
        }
        said = {
            "streets": [
                {
                    "id": key,
                    "name": NAMES[key % 9],
                    "width": WIDTHS.get(NAMES[key % 9].split()[0], 1),
                    "lines": plan._drawn_lines(lines, PLANE, depth),
                }
                for key, lines in network(there, PLANE).items()
            ]
        }
    body = gzip.compress(json.dumps(said).encode())
    return HttpResponse(body, content_type="application/json", headers={"Content-Encoding": "gzip"})


def here(request):
    inside = 3.0 < float(request.GET["lon"]) < 3.1
    if not inside:
        said = "Cet endroit est hors du territoire."
        return JsonResponse({"said": said, "address": "", "inside": False})
    address = "12 Rue Colbert, 59000 Lille"
    return JsonResponse({"said": f"Repère placé : {address}.", "address": address, "inside": True})


urlpatterns = [
    path("plan/ici", here),
    path("plan/<int:depth>/<int:x>/<int:y>.json", square),
]
