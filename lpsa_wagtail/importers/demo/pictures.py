"""Abstract pictures for the sample content: a motif in the colours of a palette.

Drawn when the content is loaded, always alike for the same motif and palette; nothing is fetched.
"""

import io
import math
import random
from itertools import pairwise

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 900
SMOOTH = 2  # drawn this much larger, then reduced, so that edges are soft

#: Paper, five colours from light to dark, ink.
PALETTES = {
    "house": ("#f4f6f3", "#cfe3de", "#8fc3bd", "#4b9aa0", "#256d7b", "#174a5b", "#0e2e3d"),
    "ochre": ("#fbf5e9", "#f3d9a4", "#e5b25d", "#cf8a3a", "#a9612c", "#7c4223", "#472718"),
    "jade": ("#f2f7f1", "#cfe6cf", "#98cba4", "#5aa883", "#2f8069", "#1d5c52", "#12383a"),
    "slate": ("#f3f5f8", "#d3dbe6", "#a3b4cb", "#7089a9", "#4b6587", "#324865", "#1d2c42"),
    "forest": ("#f4f7ea", "#dce8b8", "#b3cf78", "#7fae4c", "#548536", "#386229", "#213d1d"),
    "sand": ("#fbf6ef", "#f0dfc6", "#e0bf94", "#c99a66", "#a87648", "#7d5635", "#493222"),
    "indigo": ("#f4f4fb", "#d6d8f0", "#a9aede", "#7b80c6", "#5558a6", "#3a3b80", "#232350"),
    "plum": ("#f9f3f8", "#ead2e6", "#cf9fca", "#ae6ca9", "#874985", "#623262", "#3b1e3e"),
    "coral": ("#fdf4f0", "#fbd8ca", "#f4ad97", "#e67d68", "#c45449", "#943a38", "#562427"),
    "ember": ("#faf4f1", "#ecd3c6", "#d6a18b", "#b96f58", "#934b3b", "#6b332c", "#3d1f1e"),
    "lagoon": ("#f0f8fa", "#c8e6ee", "#8ecbdb", "#4fa9c3", "#2a82a2", "#1b607d", "#113c52"),
}
WORDS = {
    "house": "blue-green",
    "ochre": "ochre",
    "jade": "jade green",
    "slate": "slate grey",
    "forest": "forest green",
    "sand": "sand",
    "indigo": "indigo",
    "plum": "plum",
    "coral": "coral",
    "ember": "ember red",
    "lagoon": "lagoon blue",
}


def draw(motif: str, palette: str) -> bytes:
    """Return the picture as a JPEG file."""
    size = (WIDTH * SMOOTH, HEIGHT * SMOOTH)
    image = Image.new("RGB", size, PALETTES[palette][0])
    dice = random.Random(f"{motif} {palette}")  # noqa: S311 - a picture, not a secret
    MOTIFS[motif][0](ImageDraw.Draw(image), PALETTES[palette], dice, *size)
    file = io.BytesIO()
    image.reduce(SMOOTH).save(file, "JPEG", quality=86, optimize=True)
    return file.getvalue()


def describe(motif: str, palette: str) -> str:
    """Alternative text of the picture."""
    return f"Abstract drawing in {WORDS[palette]}: {MOTIFS[motif][1]}"


def _wave(dice, count=4):
    """A smooth random function of one variable, between about -1 and 1."""
    parts = [(dice.uniform(0.4, 1) / n, n, dice.uniform(0, math.tau)) for n in range(1, count + 1)]
    total = sum(size for size, _n, _shift in parts)
    return lambda x: sum(s * math.sin(n * x + shift) for s, n, shift in parts) / total


def _districts(pen, colours, dice, width, height):
    """A map: districts with borders, a river and a few towns."""
    step = width / 9
    sites = [
        (step * (x + dice.uniform(0.1, 0.9)), step * (y + dice.uniform(0.1, 0.9)))
        for x in range(-1, 10)
        for y in range(-1, 6)
    ]
    for site in sites:
        cell = [(-step, -step), (width + step, -step), (width + step, 6 * step), (-step, 6 * step)]
        for other in sites:
            if other != site and math.dist(site, other) < 4 * step:
                cell = _nearer(cell, site, other)
        if len(cell) > 2:
            pen.polygon(cell, fill=dice.choice(colours[1:5]))
            pen.line([*cell, *cell[:2]], fill=colours[0], width=width // 320, joint="curve")
    wave, base = _wave(dice), dice.uniform(0.35, 0.65)
    river = [(x, height * (base + 0.22 * wave(4 * x / width))) for x in range(-40, width + 80, 40)]
    pen.line(river, fill=colours[0], width=width // 70, joint="curve")
    pen.line(river, fill=colours[5], width=width // 130, joint="curve")
    inside = [(x, y) for x, y in sites if 0 < x < width and 0 < y < height]
    for x, y in dice.sample(inside, 9):
        _dot(pen, x, y, width / 110, colours[6])
        _dot(pen, x, y, width / 200, colours[0])


def _nearer(cell, site, other):
    """The part of a polygon that is nearer to ``site`` than to ``other``."""
    middle = ((site[0] + other[0]) / 2, (site[1] + other[1]) / 2)
    away = (other[0] - site[0], other[1] - site[1])

    def side(point):
        return (point[0] - middle[0]) * away[0] + (point[1] - middle[1]) * away[1]

    kept = []
    for a, b in pairwise([*cell, *cell[:1]]):
        before, after = side(a), side(b)
        if before <= 0:
            kept.append(a)
        if before * after < 0:
            part = before / (before - after)
            kept.append((a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])))
    return kept


def _terrain(pen, colours, dice, width, height):
    """Hills one behind the other, below a sun."""
    _dot(pen, width * dice.uniform(0.6, 0.8), height * 0.3, height * 0.15, colours[2])
    for level in range(6):
        wave = _wave(dice, 3 + level % 3)
        top = height * (0.34 + 0.12 * level)
        hills = [
            (x, top + height * 0.11 * wave(math.tau * x / width)) for x in range(0, width + 20, 20)
        ]
        pen.polygon([*hills, (width, height), (0, height)], fill=colours[level + 1])


def _contours(pen, colours, dice, width, height):
    """Lines of equal height around two summits, with a path between them."""
    tops = [(0.34, 0.46, 0.62), (0.78, 0.6, 0.34)]
    for part_x, part_y, reach in tops:
        wave = _wave(dice, 5)
        for ring in range(9):
            radius = height * reach * (1 - ring / 9)
            line = [
                (
                    width * part_x + 1.35 * radius * (1 + 0.28 * wave(turn)) * math.cos(turn),
                    height * part_y + radius * (1 + 0.28 * wave(turn)) * math.sin(turn),
                )
                for turn in (math.tau * n / 240 for n in range(241))
            ]
            pen.polygon(line, fill=colours[1 + ring * 5 // 9])
            pen.line(line, fill=colours[0], width=width // 500, joint="curve")
    (x1, y1, _r1), (x2, y2, _r2) = tops
    for n in range(1, 24):
        bend = 0.12 * math.sin(math.pi * n / 24)
        x = width * (x1 + (x2 - x1) * n / 24)
        _dot(pen, x, height * (y1 + (y2 - y1) * n / 24 + bend), width / 260, colours[6])


def _columns(pen, colours, dice, width, height):
    """Columns of stacked slices, of different height."""
    ground = height * 0.88
    step, slice_height = width / 12, height / 18
    for n in range(1, 11):
        left = n * step + step * 0.12
        for level in range(max(2, round(9 + 4.5 * math.sin(n * 0.9 + dice.uniform(0, 2))))):
            top = ground - (level + 1) * slice_height
            box = (left, top + slice_height * 0.12, left + step * 0.76, top + slice_height)
            shade = colours[1 + (level + n) % 5] if level % 3 else colours[3]
            pen.rounded_rectangle(box, radius=slice_height * 0.28, fill=shade)
    pen.line([(step / 2, ground), (width - step / 2, ground)], fill=colours[6], width=width // 200)


def _network(pen, colours, dice, width, height):
    """Places of different size, joined by lines."""
    places = []
    while len(places) < 26:
        x, y = width * dice.uniform(0.05, 0.95), height * dice.uniform(0.08, 0.92)
        if all(math.dist((x, y), place[:2]) > width / 11 for place in places):
            places.append((x, y, width * dice.choice((0.008, 0.012, 0.018, 0.03))))
    for x, y, _size in places:
        near = sorted(places, key=lambda place: math.dist(place[:2], (x, y)))[1:4]
        for other in near:
            pen.line([(x, y), other[:2]], fill=colours[2], width=width // 400)
    for n, (x, y, size) in enumerate(places):
        _dot(pen, x, y, size * 1.7, colours[1])
        _dot(pen, x, y, size, colours[3 + n % 3])


def _weave(pen, colours, dice, width, height):
    """Broad threads that pass over and under each other."""
    step = height / 9
    band = step * 0.72
    across = [dice.choice(colours[1:4]) for _n in range(9)]
    down = [dice.choice(colours[3:6]) for _n in range(17)]
    for row, shade in enumerate(across):
        top = row * step + (step - band) / 2
        pen.rectangle((0, top, width, top + band), fill=shade)
    for column, shade in enumerate(down):
        left = column * step + (step - band) / 2
        for row in range(-1, 10):
            if (row + column) % 2 == 0:
                top = row * step - step * 0.14
                box = (left, top, left + band, top + step * 1.28)
                pen.rounded_rectangle(box, radius=band * 0.12, fill=shade)


def _city(pen, colours, dice, width, height):
    """Houses in three rows with lit windows."""
    for row, shade in enumerate((colours[2], colours[4], colours[5])):
        left, ground = -width * 0.02, height * (0.74 + 0.13 * row)
        while left < width:
            wide = width * dice.uniform(0.045, 0.095)
            top = ground - height * dice.uniform(0.12, 0.46 - 0.09 * row)
            pen.rectangle((left, top, left + wide, height), fill=shade)
            if row:
                _windows(pen, colours, dice, (left, top, left + wide, ground))
            left += wide + width * dice.choice((0, 0, 0.012))
    pen.rectangle((0, height * 0.955, width, height), fill=colours[6])


def _windows(pen, colours, dice, house):
    left, top, right, ground = house
    size = (right - left) / 7
    y = top + size
    while y + size < ground:
        for n in (1, 3, 5):
            lit = colours[1] if dice.random() < 0.45 else colours[3]
            pen.rectangle((left + n * size, y, left + (n + 1) * size, y + size * 1.2), fill=lit)
        y += size * 2.4


def _dot(pen, x, y, radius, colour):
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


MOTIFS = {
    "districts": (_districts, "a map of districts with a river and towns"),
    "terrain": (_terrain, "hills one behind the other, below a sun"),
    "contours": (_contours, "contour lines around two summits"),
    "columns": (_columns, "columns of stacked slices"),
    "network": (_network, "places joined by lines"),
    "weave": (_weave, "threads woven across each other"),
    "city": (_city, "rows of houses with lit windows"),
}
