"""What stands in the street and breaks, overflows or goes out. After: emptied, mended, upright."""

import math
from random import Random
from typing import Final

from riverain.site.demo.scenes.dumps import bag, boxes
from riverain.site.demo.scenes.sheet import DARK, HEIGHT, WIDTH, Colour, Sheet, shade
from riverain.site.demo.scenes.street import street

_GREEN: Final[Colour] = (58, 92, 70)
_WOOD: Final[Colour] = (152, 110, 68)
_STEEL: Final[Colour] = (122, 126, 130)
_RED: Final[Colour] = (192, 38, 42)
_WHITE: Final[Colour] = (240, 238, 232)


def litter_bin(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = street(rng)
    x = rng.randint(400, 520)
    sheet.shadow(x, 578, 130, 20)
    sheet.box(x - 78, 316, x - 66, 578, _STEEL)
    _barrel(sheet, x, 562)
    if after:
        sheet.disc(x, 350, 58, 12, (206, 210, 214))
        return sheet
    colours = [(226, 220, 208), (196, 60, 52), (238, 214, 96), (120, 160, 190), (190, 150, 100)]
    for piece in range(34):
        size = rng.uniform(9, 22)
        if piece % 2:
            at = (x + rng.uniform(-60, 60), 346 - rng.uniform(0, 54))
        else:
            at = (x + rng.uniform(-230, 230), rng.uniform(552, 602))
        sheet.blob(*at, size, size * 0.7, rng.choice(colours))
    bag(sheet, x + 120, 552, 50)
    return sheet


def fallen_bin(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    if after:
        return litter_bin(rng, True)
    sheet = street(rng)
    x = rng.randint(300, 420)
    sheet.shadow(x + 130, 586, 240, 18)
    sheet.blob(x + 130, 580, 210, 18, (70, 66, 62))
    sheet.round_box((x, 462, x + 230, 584), shade(_GREEN, 0.7), 24)
    for stripe in range(24, 220, 30):
        sheet.line([(x + stripe, 470), (x + stripe, 578)], shade(_GREEN, 0.5), 5)
    sheet.disc(x + 226, 523, 26, 60, shade(_GREEN, 0.4))
    sheet.box(x - 120, 560, x - 106, 590, _STEEL)
    for _piece in range(22):
        at = (x + rng.uniform(240, 420), rng.uniform(548, 602))
        tone = rng.choice([(60, 56, 52), (226, 220, 208), (120, 110, 98), (196, 60, 52)])
        sheet.blob(*at, rng.uniform(7, 20), 8, tone)
    return sheet


def _barrel(sheet: Sheet, x: float, low: float) -> None:
    sheet.round_box((x - 70, 350, x + 70, low), _GREEN, 20)
    sheet.round_box((x - 70, 350, x - 40, low), shade(_GREEN, 1.18), 16)
    for stripe in range(-50, 60, 25):
        sheet.line([(x + stripe, 372), (x + stripe, low - 15)], shade(_GREEN, 0.78), 5)
    sheet.disc(x, 352, 70, 18, shade(_GREEN, 0.55))


def wheeled_bins(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = street(rng)
    if after:
        return sheet
    x = rng.randint(200, 330)
    lids = [(176, 150, 44), (60, 96, 68), (72, 74, 78), (176, 150, 44)]
    rng.shuffle(lids)
    for place, lid in enumerate(lids[: rng.randint(3, 4)]):
        left, low = x + place * 146, 572 + place % 2 * 14
        body = (66, 70, 72)
        sheet.shadow(left + 62, low + 4, 84, 14)
        sheet.polygon(
            [(left, low - 190), (left + 124, low - 190), (left + 112, low), (left + 12, low)], body
        )
        sheet.polygon(
            [(left, low - 190), (left + 34, low - 190), (left + 40, low), (left + 12, low)],
            shade(body, 1.2),
        )
        gap = rng.choice([0, 0, 26])
        sheet.round_box((left - 8, low - 212 - gap, left + 132, low - 186 - gap), lid, 8)
        if gap:
            bag(sheet, left + 60, low - 204, 34)
            sheet.round_box((left - 8, low - 238, left + 132, low - 222), lid, 8)
        for wheel in (left + 20, left + 104):
            sheet.disc(wheel, low - 4, 15, 15, (26, 26, 28))
    return sheet


def column(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = street(rng)
    x = rng.randint(380, 480)
    colour = rng.choice([(46, 112, 84), (52, 92, 140), (170, 130, 60)])
    sheet.shadow(x, 580, 220, 22)
    sheet.polygon([(x - 160, 576), (x - 130, 250), (x + 130, 250), (x + 160, 576)], colour)
    sheet.polygon(
        [(x - 160, 576), (x - 130, 250), (x - 84, 250), (x - 104, 576)], shade(colour, 1.2)
    )
    sheet.polygon(
        [(x + 100, 576), (x + 84, 250), (x + 130, 250), (x + 160, 576)], shade(colour, 0.78)
    )
    sheet.disc(x, 252, 132, 44, shade(colour, 1.12))
    for hole in (-62, 62):
        sheet.disc(x + hole, 346, 38, 38, shade(colour, 0.7))
        sheet.disc(x + hole, 348, 32, 32, (26, 28, 30))
    sheet.round_box((x - 70, 424, x + 70, 500), _WHITE, 8)
    for row in (444, 462, 480):
        sheet.box(x - 54, row, x + 46, row + 7, shade(_STEEL, 1.1))
    if after:
        return sheet
    for _bottle in range(19):
        left = x + rng.choice([-1, 1]) * rng.uniform(140, 310)
        low = rng.uniform(566, 604)
        tint = rng.choice([(70, 110, 60), (120, 84, 40), (178, 196, 190)])
        sheet.round_box((left, low - 62, left + 22, low), tint, 7)
        sheet.box(left + 7, low - 86, left + 15, low - 56, tint)
        sheet.box(left + 4, low - 54, left + 8, low - 8, shade(tint, 1.5))
        sheet.box(left + 3, low - 40, left + 20, low - 20, (226, 218, 196))
    if rng.random() < 0.5:  # noqa: PLR2004 - half of them
        boxes(sheet, x - 420)
    return sheet


def lamp(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = Sheet(rng, (22, 28, 48))
    for band in range(12):
        sheet.box(
            0, band * 40, WIDTH, band * 40 + 40, (20 + band * 2, 26 + band * 2, 46 + band * 3)
        )
    for x in range(-20, WIDTH, 120):
        top = rng.randint(160, 290)
        sheet.box(x, top, x + 118, 604, (26, 28, 38))
        for y in range(top + 26, 540, 62):
            for left in (20, 68):
                lit = rng.random() < 0.22  # noqa: PLR2004 - a window in five
                tone = (236, 196, 112) if lit else (38, 42, 54)
                sheet.box(x + left, y, x + left + 28, y + 38, tone)
    sheet.soften(1.6)
    sheet.box(0, 590, WIDTH, HEIGHT, (40, 40, 46))
    sheet.box(0, 588, WIDTH, 598, (58, 58, 64))
    for x, lit in ((170, True), (480, after), (800, True)):
        if lit:
            sheet.add_light([(x + 84, 130), (x - 130, 700), (x + 270, 700)], (104, 84, 42))
        sheet.box(x - 6, 140, x + 6, 640, (66, 70, 78))
        sheet.box(x - 12, 590, x + 12, 642, (58, 62, 70))
        sheet.line([(x, 142), (x + 40, 118), (x + 84, 132)], (66, 70, 78), 9)
        sheet.disc(x + 84, 140, 30, 11, (255, 238, 182) if lit else (56, 58, 64))
    return sheet


def bench(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = street(rng)
    sheet.shadow(490, 588, 310, 20)
    for x in (240, 720):
        sheet.line([(x, 584), (x + 14, 400), (x + 8, 330)], DARK, 14)
        sheet.line([(x - 30, 586), (x - 26, 470), (x + 18, 462)], DARK, 14)
    for y in (335, 368, 401):
        sheet.round_box((190, y, 790, y + 22), shade(_WOOD, rng.uniform(0.9, 1.05)), 6)
        sheet.line([(196, y + 4), (784, y + 4)], shade(_WOOD, 1.2), 2)
    for place, y in enumerate((452, 476, 500)):
        if place == 1 and not after:
            sheet.polygon([(190, y), (470, y + 4), (452, y + 26), (190, y + 22)], _WOOD)
            sheet.polygon(
                [(452, y + 6), (474, y + 8), (458, y + 14), (470, y + 18), (452, y + 26)],
                (206, 170, 118),
            )
            sheet.polygon([(560, y + 50), (790, y), (790, y + 22), (566, y + 74)], _WOOD)
            continue
        sheet.round_box((190, y, 790, y + 22), shade(_WOOD, 1.12), 6)
    return sheet


def bollard(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = street(rng)
    brown = (92, 60, 48)
    fallen = rng.randrange(1, 3)
    for place, x in enumerate((150, 380, 610, 840)):
        if place == fallen and not after:
            sheet.shadow(x + 90, 592, 150, 12)
            sheet.blob(x, 590, 34, 12, (112, 108, 102))
            sheet.blob(x, 588, 20, 7, (56, 52, 48))
            sheet.line([(x + 20, 584), (x + 210, 560)], brown, 30)
            sheet.line([(x + 24, 576), (x + 206, 552)], shade(brown, 1.4), 6)
            sheet.line([(x + 168, 565), (x + 182, 563)], _WHITE, 30)
            continue
        sheet.shadow(x, 592, 44, 12)
        sheet.round_box((x - 15, 392, x + 15, 594), brown, 12)
        sheet.box(x - 10, 402, x - 4, 588, shade(brown, 1.4))
        sheet.box(x - 15, 424, x + 15, 444, _WHITE)
        sheet.disc(x, 392, 19, 15, shade(brown, 1.15))
    return sheet


def sign(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = street(rng)
    turn = 0.0 if after else rng.uniform(0.9, 1.25)
    foot = (430.0, 592.0)
    head = (foot[0] + 330 * math.sin(turn), foot[1] - 330 * math.cos(turn))
    sheet.shadow((foot[0] + head[0]) / 2, 594, 60 + abs(head[0] - foot[0]) / 2, 14)
    if not after:
        sheet.blob(*foot, 40, 13, (116, 112, 104))
    sheet.line([foot, head], _STEEL, 15)
    sheet.line([(foot[0] - 4, foot[1]), (head[0] - 4, head[1])], shade(_STEEL, 1.3), 4)
    sheet.disc(*head, 80, 80, _WHITE)
    sheet.disc(*head, 75, 75, _RED)
    along = (math.cos(turn) * 50, math.sin(turn) * 50)
    ends = [(head[0] - along[0], head[1] - along[1]), (head[0] + along[0], head[1] + along[1])]
    sheet.line(ends, _WHITE, 25)
    return sheet


def bicycle(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = street(rng)
    for x in (250, 520):
        sheet.line([(x, 590), (x, 380), (x + 130, 380), (x + 130, 590)], _STEEL, 13)
    if after:
        return sheet
    frame = rng.choice([(154, 52, 48), (52, 96, 120), (70, 72, 74), (190, 160, 60)])
    sheet.shadow(440, 592, 240, 14)
    sheet.ring(600, 500, 86, (40, 40, 42), 9)
    for spoke in range(14):
        turn = spoke * math.tau / 14
        sheet.line(
            [(600, 500), (600 + 80 * math.cos(turn), 500 + 80 * math.sin(turn))],
            (150, 152, 154),
            1.5,
        )
    seat, pedal, fork, rear = (380, 380), (440, 510), (548, 376), (300, 520)
    for start, end in ((seat, pedal), (pedal, fork), (seat, fork), (seat, rear), (pedal, rear)):
        sheet.line([start, end], frame, 11)
    sheet.line([fork, (600, 500)], frame, 9)
    sheet.line([fork, (540, 336), (586, 326)], DARK, 9)
    sheet.line([seat, (372, 352)], _STEEL, 8)
    sheet.round_box((338, 338, 410, 356), DARK, 9)
    sheet.disc(*pedal, 22, 22, (84, 70, 58))
    for _rust in range(30):
        at = (rng.uniform(300, 560), rng.uniform(378, 516))
        sheet.disc(*at, 3, 2, (138, 84, 48))
    return sheet


def wreck(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = street(rng)
    if after:
        return sheet
    body = rng.choice([(108, 118, 124), (122, 52, 48), (186, 184, 176), (62, 78, 100)])
    sheet.shadow(480, 664, 400, 18)
    sheet.polygon([(290, 430), (370, 330), (620, 330), (716, 430)], shade(body, 0.92))
    sheet.polygon([(312, 430), (380, 344), (484, 344), (484, 430)], (70, 84, 92))
    sheet.polygon([(500, 430), (500, 344), (612, 344), (690, 430)], (84, 98, 106))
    for crack in range(7):
        turn = crack * 0.9
        sheet.line(
            [(580, 392), (580 + 52 * math.cos(turn), 392 + 40 * math.sin(turn))], (206, 216, 218), 2
        )
    sheet.polygon([(130, 470), (180, 432), (800, 428), (862, 470), (866, 596), (128, 596)], body)
    sheet.polygon([(130, 470), (180, 432), (800, 428), (862, 470)], shade(body, 1.15))
    sheet.box(128, 560, 866, 600, shade(body, 0.7))
    sheet.line([(488, 432), (488, 586)], shade(body, 0.72), 4)
    sheet.round_box((520, 470, 566, 480), shade(body, 0.6), 4)
    sheet.round_box((138, 486, 190, 520), (216, 204, 160), 8)
    sheet.round_box((826, 486, 862, 524), (150, 44, 40), 8)
    for wheel in (250, 740):
        sheet.disc(wheel, 612, 66, 58, (28, 28, 30))
        sheet.blob(wheel, 656, 80, 14, (28, 28, 30))
        sheet.disc(wheel, 610, 32, 30, (140, 138, 132))
    for _mark in range(60):
        at = (rng.uniform(150, 850), rng.uniform(440, 590))
        sheet.disc(*at, rng.uniform(2, 7), rng.uniform(2, 5), shade(body, rng.uniform(0.7, 0.95)))
    return sheet
