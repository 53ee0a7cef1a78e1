"""The blocks that editors write with, as readers see them."""

from django.test import RequestFactory

from lpsa_wagtail.models import BlogPost, Webinar
from tests import factories as make


def shown(visit, *body):
    return visit(make.post(make.group(), body=list(body)))


def test_heading_and_text(visit):
    page = make.group()
    link = f'<p>See <a linktype="page" id="{page.pk}">the group</a>.</p>'
    seen = shown(visit, ("heading", "Why & how"), ("paragraph", link), ("paragraph", "<p>End.</p>"))
    assert seen.texts(".lpsa-body h2") == ["Why & how"]
    assert seen.texts(".lpsa-prose") == ["See the group .", "End."]
    assert seen.links(".lpsa-prose a") == {"the group": page.url}


def test_figure(visit):
    picture = {
        "image": make.image(file__width=1600, file__height=900),
        "alternative_text": 'A "pier"',
        "caption": "At the sea",
        "credit": "Ama",
    }
    seen = shown(visit, ("figure", picture))
    image = seen.select_one(".lpsa-figure img")
    assert image["alt"] == 'A "pier"'
    assert [part.split()[-1] for part in image["srcset"].split(",")] == ["720w", "1440w"]
    assert seen.texts(".lpsa-figure figcaption span") == ["At the sea", "Ama"]


def test_figure_for_decoration(visit):
    seen = shown(visit, ("figure", {"image": make.image(title="IMG_1234")}))
    assert seen.select_one(".lpsa-figure img")["alt"] == ""
    assert seen.select(".lpsa-figure figcaption") == []


def test_quotation(visit):
    seen = shown(visit, ("quote", {"text": "One.\n\nTwo.", "source": "Ama"}))
    assert seen.texts("blockquote p") == ["One.", "Two."]
    assert seen.text(".lpsa-quote figcaption") == "Ama"


def test_document(visit):
    paper = make.document(title="Paper")
    seen = shown(visit, ("document", {"document": paper, "description": "One page"}))
    assert seen.links(".lpsa-download a") == {"Paper": paper.url}
    assert seen.text(".lpsa-download > p.lpsa-quiet") == "One page"


def test_a_drawing_is_not_turned_into_pixels(visit):
    from django.core.files.base import ContentFile
    from wagtail.images import get_image_model

    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"/>'
    drawing = get_image_model()(title="Drawing", file=ContentFile(svg, name="drawing.svg"))
    drawing.width, drawing.height = 300, 200
    drawing.save()
    seen = visit(make.post(make.group(), lead_image=drawing))
    assert seen.select_one(".lpsa-lead-image img")["src"].endswith(".svg")


def test_every_block_has_its_template():
    for model in (BlogPost, Webinar):
        for name, block in model.body.field.stream_block.child_blocks.items():
            assert block.get_template() == f"lpsa_wagtail/blocks/{name}.html"
            block.render(block.get_default(), {"request": RequestFactory().get("/")})
