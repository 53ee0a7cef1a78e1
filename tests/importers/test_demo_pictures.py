"""Pictures are drawn, always alike, each motif and palette differently."""

import io

import pytest
from PIL import Image

from lpsa_wagtail.importers.demo import pictures


@pytest.mark.parametrize("motif", pictures.MOTIFS)
def test_a_motif_is_drawn_in_the_colours_of_its_palette(motif):
    image = Image.open(io.BytesIO(pictures.draw(motif, "ochre")))

    assert (image.format, image.size) == ("JPEG", (1600, 900))
    assert len(image.reduce(10).getcolors(maxcolors=20_000)) > 20


def test_the_same_picture_is_drawn_again():
    assert pictures.draw("districts", "jade") == pictures.draw("districts", "jade")


def test_no_two_pictures_are_the_same():
    drawn = {
        (motif, palette): pictures.draw(motif, palette)
        for motif in pictures.MOTIFS
        for palette in ("house", "plum")
    }

    assert len(set(drawn.values())) == len(drawn)


def test_every_palette_has_a_word():
    assert set(pictures.WORDS) == set(pictures.PALETTES)
    assert pictures.describe("city", "plum") == (
        "Abstract drawing in plum: rows of houses with lit windows"
    )
