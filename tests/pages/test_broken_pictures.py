"""Pictures whose file is missing or broken: the page is there, without a broken picture."""

import pytest
from django.core.files.base import ContentFile

from lpsa_wagtail.models import BlogIndexPage, WorkingGroupPartner
from tests import factories as make

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
CONTENTS = {"missing": None, "empty": b"", "no picture": b"<html>", "half a picture": PNG}


@pytest.fixture(params=CONTENTS)
def broken(request):
    """A large picture; when it is shown for the first time, its file is no longer what it was."""
    image = make.image(file__width=1600, file__height=1000)
    name, content = image.file.name, CONTENTS[request.param]
    image.file.storage.delete(name)
    if content is not None:
        image.file.storage.save(name, ContentFile(content))
    return image


def test_a_broken_picture_breaks_no_page(visit, broken):
    group = make.group(lead_image=broken, partners=[WorkingGroupPartner(name="Coast", logo=broken)])
    figure = {"image": broken, "alternative_text": "A pier", "caption": "In May", "credit": "Ama"}
    post = make.post(group, lead_image=broken, body=[("figure", figure)])

    for page in (group, post, make.webinar(group, lead_image=broken)):
        assert visit(page).select(".lpsa-page img") == []
    assert visit(group).text(".lpsa-partners") == "Coast"
    seen = visit(post)
    assert seen.text(".lpsa-figure") == "A pier In May Ama"
    picture = f"http://testserver/lpsa/share/{post.pk}.png"
    assert [meta["content"] for meta in seen.select("meta[property='og:image']")] == [picture]
    assert visit(make.index_page(BlogIndexPage)).select(".lpsa-page img") == []
