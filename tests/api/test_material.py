"""Text, pictures and files leave as clean HTML with absolute addresses."""

import pytest
from wagtail.models import Page, Site

from lpsa_wagtail import models
from tests import factories as make


@pytest.fixture
def group():
    return make.group(slug="finance")


@pytest.fixture
def body_of(ask, group):
    def body_of(*blocks):
        post = make.post(group, body=list(blocks))
        return ask(f"posts/{post.pk}/").json()["body"]

    return body_of


@pytest.fixture
def html_of(body_of):
    def html_of(stored):
        [block] = body_of(("paragraph", stored))
        return block["html"]

    return html_of


@pytest.mark.parametrize(
    ("stored", "clean"),
    [
        (
            '<h3 data-block-key="a1">One</h3><p data-block-key="b2">Two <b>three</b></p>',
            "<h3>One</h3><p>Two <b>three</b></p>",
        ),
        ("<ol><li>One</li></ol><hr/>", "<ol><li>One</li></ol><hr>"),
        ('<p>Hi<script>alert(1)</script><img src="x" onerror="alert(1)"></p>', "<p>Hi</p>"),
        (
            '<p onclick="x" style="color:red" dir="rtl" lang="ar">Hi</p>',
            '<p dir="rtl" lang="ar">Hi</p>',
        ),
        ('<p><a href="javascript:alert(1)">Hi</a></p>', "<p><a>Hi</a></p>"),
        ('<p><a href="mailto:a@example.org">Hi</a></p>',) * 2,
        ('<p><a href="https://example.org/?a=1&amp;b=2">Hi</a></p>',) * 2,
        ('<p><a href="/about/">Hi</a></p>', '<p><a href="http://localhost/about/">Hi</a></p>'),
        ('<p><a href="#part">Hi</a></p>',) * 2,
        ('<p><a linktype="page" id="999999">Hi</a></p>', "<p><a>Hi</a></p>"),
        ('<p><a linktype="page" id="none">Hi</a></p>', "<p><a>Hi</a></p>"),
        (f'<p><a linktype="page" id="{"9" * 30}">Hi</a></p>', "<p><a>Hi</a></p>"),
        ('<p><a linktype="odd" id="1">Hi</a></p>', "<p><a>Hi</a></p>"),
    ],
)
def test_rich_text_is_cleaned(html_of, stored, clean):
    assert html_of(stored) == clean


def test_links_to_pages_and_files_get_their_address(html_of, group):
    document = make.document(title="Terms")

    html = html_of(
        f'<p><a linktype="page" id="{group.pk}">Us</a>'
        f' <a linktype="document" id="{document.pk}">Terms</a></p>'
    )

    assert html == (
        '<p><a href="http://localhost/working-groups/finance/">Us</a>'
        f' <a href="http://localhost{document.url}">Terms</a></p>'
    )


def test_a_link_to_a_draft_does_not_tell_its_address(html_of, group):
    draft = make.draft(make.BlogPostFactory, group, slug="secret-plan")

    assert html_of(f'<p><a linktype="page" id="{draft.pk}">Soon</a></p>') == "<p><a>Soon</a></p>"


def test_a_link_to_a_page_of_another_site_has_that_sites_address(html_of):
    root = Page.objects.get(depth=1).add_child(instance=Page(title="Other", slug="other"))
    Site.objects.create(hostname="other.example.org", port=443, root_page=root)
    page = root.add_child(instance=Page(title="About", slug="about"))

    html = html_of(f'<p><a linktype="page" id="{page.pk}">About</a></p>')

    assert html == '<p><a href="https://other.example.org/about/">About</a></p>'


def test_every_kind_of_block_has_its_shape(body_of):
    image, document = make.image(), make.document(title="Terms")

    blocks = body_of(
        ("heading", "A & B"),
        ("paragraph", "<p>Text</p>"),
        (
            "figure",
            {"image": image, "alternative_text": "A market", "caption": "Cap", "credit": "C"},
        ),
        ("quote", {"text": "Well said.", "source": ""}),
        ("document", {"document": document, "description": "The rules"}),
    )

    assert blocks == [
        {"type": "heading", "text": "A & B"},
        {"type": "paragraph", "html": "<p>Text</p>"},
        {
            "type": "figure",
            "image": {
                "url": f"http://localhost{image.renditions.get().url}",
                "width": 100,
                "height": 100,
                "alt": "A market",
            },
            "caption": "Cap",
            "credit": "C",
        },
        {"type": "quote", "text": "Well said.", "source": ""},
        {
            "type": "document",
            "document": {"title": "Terms", "url": f"http://localhost{document.url}"},
            "description": "The rules",
        },
    ]


def test_a_large_picture_comes_in_a_size_for_the_web(ask, group):
    image = make.image(file__width=3000, file__height=1500)
    post = make.post(group, lead_image=image)

    answer = ask(f"posts/{post.pk}/").json()["lead_image"]

    assert (answer["width"], answer["height"]) == (1200, 600)


def test_renditions_are_made_once_and_kept(ask, group):
    image = make.image()
    post = make.post(group, lead_image=image, body=[("figure", {"image": image})])

    first, second = ask(f"posts/{post.pk}/").json(), ask(f"posts/{post.pk}/").json()

    assert first == second
    assert image.renditions.count() == 1


def test_pictures_and_files_that_are_gone_are_left_out(ask, group):
    image, broken, document = make.image(), make.image(), make.document()
    post = make.post(
        group,
        lead_image=image,
        body=[
            ("figure", {"image": image}),
            ("figure", {"image": broken}),
            ("document", {"document": document}),
            ("heading", "What stays"),
        ],
    )
    models.BlogPost.objects.filter(pk=post.pk).update(lead_image=None)
    for thing in (image, document):  # as SQL does it: our own guard would refuse
        type(thing).objects.filter(pk=thing.pk)._raw_delete(using="default")
    broken.file.storage.delete(broken.file.name)

    answer = ask(f"posts/{post.pk}/").json()

    assert answer["lead_image"] is None
    assert answer["body"] == [{"type": "heading", "text": "What stays"}]


def test_a_partners_logo_is_described_by_the_partners_name(ask):
    logo = make.image()
    make.group(slug="health", partners=[models.WorkingGroupPartner(name="A partner", logo=logo)])

    [partner] = ask("groups/health/").json()["partners"]

    assert partner["logo"]["alt"] == "A partner"
