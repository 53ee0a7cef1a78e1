"""Pictures come in the sizes that a front end needs, made once."""

import pytest
from django.core.files.base import ContentFile
from wagtail.images import get_image_model

from lpsa_wagtail import models
from tests import factories as make
from tests.api.test_material import picture

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" width="2400" height="1200"
viewBox="0 0 2400 1200"><rect width="10" height="10"/></svg>"""


@pytest.fixture
def group():
    return make.group(slug="finance")


@pytest.fixture
def shown(ask, group):
    def shown(image):
        """How the picture is told: the same in a list and alone, the first time and later."""
        post = make.post(group, lead_image=image, lead_image_alt="A market")
        told = [ask("posts/").json()["results"][0], ask(f"posts/{post.pk}/").json()]
        told += [ask("posts/").json()["results"][0], ask(f"posts/{post.pk}/").json()]
        assert [one["lead_image"] for one in told] == [told[0]["lead_image"]] * 4
        return told[0]["lead_image"]

    return shown


@pytest.mark.parametrize(
    ("size", "whole", "sources"),
    [
        ((3000, 1500), (1200, 600), [(480, 240, 480), (720, 360, 720), (1440, 720, 1440)]),
        ((1000, 2000), (600, 1200), [(480, 960, 480), (720, 1440, 720), (1000, 2000, 1440)]),
        ((1440, 720), (1200, 600), [(480, 240, 480), (720, 360, 720), (1440, 720, 1440)]),
        ((480, 240), (480, 240), [(480, 240, 480)]),
        ((481, 240), (481, 240), [(480, 239, 480), (481, 240, 720)]),
        ((100, 100), (100, 100), [(100, 100, 480)]),
    ],
)
def test_a_picture_comes_in_several_widths_and_is_never_enlarged(shown, size, whole, sources):
    image = make.image(file__width=size[0], file__height=size[1])

    assert shown(image) == picture(image, *whole, "A market", sources=sources)


def test_what_matters_in_a_picture_is_told_as_parts_of_it(shown):
    image = make.image(file__width=400, file__height=300)
    point = {"focal_point_x": 100, "focal_point_y": 100}
    type(image).objects.update(**point, focal_point_width=50, focal_point_height=50)

    told = shown(image)

    focal = {"x": 0.25, "y": 0.3333}
    assert told == picture(image, 400, 300, "A market", focal, [(400, 300, 480)])


def test_what_matters_lies_inside_the_picture(shown):
    image = make.image()
    type(image).objects.update(focal_point_x=5000, focal_point_y=10)

    assert shown(image)["focal_point"] == {"x": 1.0, "y": 0.1}


def test_a_drawing_needs_no_other_sizes(shown):
    drawing = get_image_model().objects.create(title="Plan", file=ContentFile(SVG, "plan.svg"))

    assert shown(drawing) == picture(drawing, 1200, 600, "A market", sources=[])
    assert shown(drawing)["url"].endswith(".svg")


def test_sizes_are_made_once_and_kept(ask, group):
    image = make.image()
    post = make.post(group, lead_image=image, body=[("figure", {"image": image})])

    first, second = ask(f"posts/{post.pk}/").json(), ask(f"posts/{post.pk}/").json()

    assert first == second
    assert image.renditions.count() == 2


BROKEN = {
    "empty.png": b"",
    "text.png": b"This is no picture.",
    "half.png": None,
    "no-xml.svg": b"<svg",
    "entities.svg": b"""<!DOCTYPE a [<!ENTITY b "c">]>
        <svg xmlns="http://www.w3.org/2000/svg">&b;</svg>""",
    "odd-size.svg": b"""<svg xmlns="http://www.w3.org/2000/svg" width="wide" height="1"></svg>""",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_picture_that_cannot_be_read_is_left_out(ask, group, name):
    image = make.image()
    with image.file.storage.open(image.file.name, "rb") as file:
        whole = file.read()
    content = ContentFile(whole[: len(whole) // 2] if BROKEN[name] is None else BROKEN[name])
    broken = image.file.storage.save(f"original_images/{name}", content)
    type(image).objects.filter(pk=image.pk).update(file=broken)
    post = make.post(group, lead_image=image, body=[("figure", {"image": image}), ("heading", "A")])

    answer = ask(f"posts/{post.pk}/").json()

    assert answer["lead_image"] is None
    assert answer["body"] == [{"type": "heading", "text": "A"}]


def test_a_picture_without_a_file_is_left_out(ask, group):
    image = make.image()
    image.file.storage.delete(image.file.name)
    make.post(group, lead_image=image)
    make.group(slug="health", partners=[models.WorkingGroupPartner(name="A partner", logo=image)])

    [partner] = ask("groups/health/").json()["partners"]

    assert ask("posts/").json()["results"][0]["lead_image"] is None
    assert partner["logo"] is None
