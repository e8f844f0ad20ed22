"""What is wrong underfoot. After: filled, laid again, cleared."""

import math
from random import Random

from riverain.site.demo.scenes.sheet import HEIGHT, WIDTH, Sheet, shade
from riverain.site.demo.scenes.street import asphalt, slabs


def hole(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = asphalt(rng)
    sheet.polygon([(60, 0), (130, 0), (90, HEIGHT), (-10, HEIGHT)], (212, 212, 206))
    if after:
        sheet.polygon([(262, 214), (776, 200), (806, 544), (244, 562)], (48, 50, 53))
        sheet.polygon([(270, 222), (768, 208), (798, 536), (252, 554)], (58, 60, 64))
        for _stone in range(300):
            tone = rng.randint(48, 76)
            at = (rng.uniform(276, 770), rng.uniform(226, 534))
            sheet.disc(*at, 2, 1.5, (tone, tone, tone + 2))
        return sheet
    sheet.shadow(520, 380, 280, 170, depth=60)
    for share, colour in ((1.0, (70, 68, 66)), (0.86, (46, 42, 38)), (0.74, (34, 31, 28))):
        sheet.blob(520, 380 + 8 * (1 - share), 262 * share, 160 * share, colour)
    for _stone in range(60):
        turn, far = rng.uniform(0, math.tau), rng.uniform(0.4, 1.35)
        at = (520 + 230 * far * math.cos(turn), 380 + 140 * far * math.sin(turn))
        tone = rng.randint(60, 120)
        sheet.blob(*at, rng.uniform(4, 13), rng.uniform(3, 9), (tone, tone - 3, tone - 8))
    if rng.random() < 0.6:  # noqa: PLR2004 - rain stands in most
        sheet.blob(510, 400, 150, 72, (84, 100, 110))
        sheet.blob(480, 390, 70, 20, (136, 152, 162))
    return sheet


def paving(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = slabs(rng)
    if after:
        return sheet
    x, y = 320, 263
    sheet.box(x, y, x + 160, y + 130, (104, 92, 76))
    for _stone in range(90):
        at = (rng.uniform(x + 6, x + 154), rng.uniform(y + 6, y + 124))
        sheet.blob(
            *at,
            rng.uniform(4, 12),
            rng.uniform(3, 8),
            shade((136, 122, 100), rng.uniform(0.7, 1.2)),
        )
    sheet.shadow(x + 250, y + 90, 96, 62, depth=110)
    sheet.polygon(
        [(x + 168, y + 30), (x + 318, y - 6), (x + 346, y + 116), (x + 196, y + 150)],
        shade(sheet.background, 1.08),
    )
    sheet.polygon(
        [(x + 196, y + 150), (x + 346, y + 116), (x + 348, y + 128), (x + 198, y + 163)],
        shade(sheet.background, 0.7),
    )
    return sheet


def drain(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = asphalt(rng)
    sheet.box(0, 0, WIDTH, 170, (186, 182, 174))
    for x in range(0, WIDTH, 190):
        sheet.line([(x, 0), (x, 170)], (160, 156, 148), 3)
    sheet.box(0, 170, WIDTH, 196, (206, 202, 194))
    sheet.box(0, 196, WIDTH, 206, (58, 58, 60))
    if not after:
        sheet.blob(470, 420, 430, 190, (72, 78, 84))
        sheet.blob(420, 380, 210, 40, (118, 128, 136))
    sheet.round_box((330, 230, 650, 470), (56, 58, 60), 10)
    for bar in range(7):
        sheet.round_box((350, 248 + bar * 31, 630, 262 + bar * 31), (110, 112, 114), 5)
    if not after:
        for _leaf in range(150):
            at = (rng.gauss(490, 130), rng.gauss(350, 90))
            tone = rng.choice([(132, 90, 46), (108, 74, 42), (156, 112, 54), (86, 82, 60)])
            sheet.blob(*at, rng.uniform(12, 26), rng.uniform(7, 14), tone)
        for _paper in range(6):
            at = (rng.gauss(490, 120), rng.gauss(350, 80))
            sheet.blob(*at, 26, 14, (222, 218, 208))
    return sheet


def oil(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = asphalt(rng)
    sheet.polygon([(800, 0), (850, 0), (930, HEIGHT), (860, HEIGHT)], (212, 212, 206))
    if after:
        sheet.blob(460, 380, 300, 170, (150, 140, 122))
        for _grain in range(400):
            at = (rng.gauss(460, 130), rng.gauss(380, 70))
            sheet.disc(*at, 3, 2, shade((186, 170, 140), rng.uniform(0.8, 1.1)))
        return sheet
    for share, colour in (
        (1, (52, 52, 58)),
        (0.82, (64, 58, 84)),
        (0.6, (58, 82, 92)),
        (0.36, (92, 84, 64)),
    ):
        sheet.blob(460 + 20 * share, 380, 320 * share, 180 * share, colour)
    sheet.blob(400, 330, 120, 22, (140, 146, 156))
    return sheet


def crossing(rng: Random, after: bool) -> Sheet:  # noqa: FBT001 - one table of scenes
    sheet = asphalt(rng)
    for stripe in range(5):
        left = 40 + stripe * 190
        corners = [(left + 30, 90), (left + 130, 90), (left + 110, 640), (left - 10, 640)]
        sheet.polygon(corners, (226, 226, 220) if after else (150, 151, 151))
    if not after:
        for _wear in range(560):
            at = (rng.uniform(20, 940), rng.uniform(80, 650))
            tone = rng.randint(86, 106)
            sheet.blob(*at, rng.uniform(5, 24), rng.uniform(4, 16), (tone, tone + 1, tone + 4))
    return sheet
