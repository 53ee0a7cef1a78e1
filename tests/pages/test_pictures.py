"""Pictures: every browser gets a format and a size that suits it, and nothing moves."""

import pytest
from django.core.files.base import ContentFile
from wagtail.images import get_image_model

from lpsa_wagtail.models import WorkingGroupPartner
from lpsa_wagtail.models.pictures import SHAPES, SHARED, avif_is_made, specs_of_all
from tests import factories as make

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20z"/></svg>'
FORMATS = [("image/avif", ".avif"), ("image/webp", ".webp")]


@pytest.fixture
def large():
    return make.image(file__width=1600, file__height=1000, file__filename="pier.jpg")


def break_file(image, content=b"no picture"):
    """Something else is where the file was; None for nothing."""
    storage, name = image.file.storage, image.file.name
    storage.delete(name)
    if content is not None:
        storage.save(name, ContentFile(content))
    return get_image_model().objects.get(pk=image.pk)


def sources(element):
    return [
        (source["type"], [place.split() for place in source["srcset"].split(", ")])
        for source in element.select("source")
    ]


def test_this_machine_makes_avif():
    assert avif_is_made()


def test_a_lead_image_comes_in_two_formats_and_two_widths(visit, large):
    post = make.post(make.group(), lead_image=large, lead_image_alt="A pier")

    seen = visit(post)
    [picture] = seen.select(".lpsa-lead-image picture")
    [image] = picture.select("img")
    for (kind, places), (wanted, ending) in zip(sources(picture), FORMATS, strict=True):
        assert (kind, [width for _url, width in places]) == (wanted, ["720w", "1440w"])
        assert all(url.endswith(ending) for url, _width in places)
    assert {source["sizes"] for source in picture.select("source")} == {SHAPES["lead"].width}
    assert image["src"].endswith(".jpg")
    assert [image.get(name) for name in ("alt", "width", "height", "fetchpriority", "loading")] == [
        *("A pier", "720", "450", "high", None)
    ]


def test_a_small_picture_is_not_made_larger(visit):
    post = make.post(make.group(), lead_image=make.image(), lead_image_alt="A pier")

    widths = [[w for _url, w in places] for _kind, places in sources(visit(post))]
    assert widths == [["100w"], ["100w"]]


def test_pictures_below_the_fold_wait_and_have_their_size(visit, large):
    body = [("figure", {"image": large, "alternative_text": "A pier"})]
    partners = [WorkingGroupPartner(name="Coast", logo=make.image())]
    group = make.group(body=body, partners=partners)
    make.post(make.group(title="Hills"), lead_image=large)

    seen = visit(group).select(".lpsa-page img") + visit("/blog/").select(".lpsa-page img")
    told = [(img["alt"], img["loading"], img["width"], img["height"]) for img in seen]
    assert told == [
        *(("A pier", "lazy", "720", "450"), ("Coast", "lazy", "100", "100")),
        ("", "lazy", "480", "300"),
    ]


def test_a_drawing_stays_one(visit):
    drawing = get_image_model().objects.create(
        title="Drawing", file=ContentFile(SVG, "drawing.svg"), width=40, height=20
    )
    post = make.post(make.group(), lead_image=drawing, lead_image_alt="A pier")

    [image] = visit(post).select(".lpsa-lead-image img")
    assert image["src"].endswith(".svg")


@pytest.mark.parametrize("content", [None, b"", b"no picture", b"\x89PNG\r\n\x1a\n\x00\x00"])
def test_of_a_broken_file_the_text_is_printed(visit, content):
    image = break_file(make.image(), content)
    figure = ("figure", {"image": image, "alternative_text": "A pier", "caption": "At low tide"})
    partners = [WorkingGroupPartner(name="Coast", logo=image)]
    group = make.group(
        lead_image=image, lead_image_alt="The <sea>", body=[figure], partners=partners
    )
    make.post(group, lead_image=image)

    seen = visit(group)
    assert seen.select(".lpsa-page img, .lpsa-page source") == []
    assert seen.texts(".lpsa-no-picture") == ["The <sea>", "A pier", "Coast"]
    assert visit("/blog/").select(".lpsa-page img") == []


def test_all_that_templates_ask_for_is_read_beforehand():
    asked = {spec for shape in SHAPES.values() for spec in (*shape.specs, *shape.sizes)} | {SHARED}

    assert set(specs_of_all()) == asked
