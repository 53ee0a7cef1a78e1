"""Text, pictures and files leave as clean HTML with absolute addresses."""

import pytest
from wagtail.models import Page, PageViewRestriction, Site

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
        assert block["format"] == "html"
        return block["text"]

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
        ("<p>النص <b>مهم</b> и 水</p>",) * 2,
    ],
)
def test_rich_text_is_cleaned(html_of, stored, clean):
    assert html_of(stored) == clean


def test_links_to_pages_and_files_say_what_they_lead_to(body_of, group):
    document, index = make.document(title="Terms"), make.index_page(models.BlogIndexPage)
    post, webinar = make.post(group, slug="news"), make.webinar(group, slug="talk")
    pages = [group, post, webinar, index, post]
    links = "".join(f'<a linktype="page" id="{page.pk}">{page.slug}</a>' for page in pages)
    document_link = f'<a linktype="document" id="{document.pk}">Terms</a>'

    [block] = body_of(("paragraph", f"<p>{links}{document_link}</p>"))

    root = "http://localhost/working-groups/finance/"
    assert block["links"] == [
        {"type": "group", **named(group), "url": root},
        {"type": "post", **named(post), "url": f"{root}news/"},
        {"type": "webinar", **named(webinar), "url": f"{root}talk/"},
        {"type": "page", **named(index), "url": "http://localhost/blog/"},
        {
            "type": "document",
            "id": document.pk,
            "slug": "",
            "title": "Terms",
            "url": f"http://localhost{document.url}",
        },
    ]
    assert block["text"] == (
        f'<p><a href="{root}">finance</a><a href="{root}news/">news</a>'
        f'<a href="{root}talk/">talk</a><a href="http://localhost/blog/">blog</a>'
        f'<a href="{root}news/">news</a><a href="http://localhost{document.url}">Terms</a></p>'
    )


def named(page):
    return {"id": page.pk, "slug": page.slug, "title": page.title}


@pytest.mark.parametrize("hide", ["draft", "undecided", "restricted", "dissolved", "gone"])
def test_a_link_to_what_is_not_public_tells_nothing_of_it(body_of, group, hide):
    other = make.group(slug="other")
    if hide in ("draft", "undecided"):
        page = make.draft(make.BlogPostFactory, other, slug="secret-plan")
        Page.objects.filter(pk=page.pk).update(live=hide == "undecided")
    else:
        page = make.post(other, slug="secret-plan")
    if hide == "restricted":
        PageViewRestriction.objects.create(page=other, restriction_type="login")
    elif hide == "dissolved":
        models.WorkingGroupRecord.objects.filter(pk=other.record.pk).update(state="dissolved")
    link = f'<p><a linktype="page" id="{page.pk}">Soon</a></p>'
    if hide == "gone":
        Page.objects.filter(pk=page.pk).update(live=False)

    [block] = body_of(("paragraph", link))

    assert (block["text"], block["links"]) == ("<p><a>Soon</a></p>", [])


def test_a_link_to_a_page_of_another_site_has_that_sites_address(body_of):
    root = Page.objects.get(depth=1).add_child(instance=Page(title="Other", slug="other"))
    Site.objects.create(hostname="other.example.org", port=443, root_page=root)
    page = root.add_child(instance=Page(title="About", slug="about"))

    [block] = body_of(("paragraph", f'<p><a linktype="page" id="{page.pk}">About</a></p>'))

    address = "https://other.example.org/about/"
    assert block["text"] == f'<p><a href="{address}">About</a></p>'
    assert block["links"] == [{"type": "page", **named(page), "url": address}]


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("<h3>One</h3><p>Two <b>three</b> <i>four</i></p>", "### One\n\nTwo **three** *four*"),
        ("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
        ("<ol><li>One</li><li>Two</li></ol><hr/>", "1. One\n2. Two\n\n---"),
        ("<p>One<br/>two</p>", "One  \ntwo"),
        ('<p><a href="/about/">Us</a></p>', "[Us](http://localhost/about/)"),
        ('<p><a href="javascript:alert(1)">Us</a></p>', "Us"),
        ('<p><a linktype="page" id="999999">Us</a></p>', "Us"),
        (
            "<p>2 &lt; 3 &amp; *not* _this_ [or](that)</p>",
            "2 \\< 3 \\& \\*not\\* \\_this\\_ \\[or\\](that)",
        ),
        ("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", "\\<script\\>alert(1)\\</script\\>"),
        ("<p>نص <b>مهم</b> и 水</p>", "نص **مهم** и 水"),
    ],
)
def test_rich_text_can_be_markdown(ask, group, stored, text):
    post = make.post(group, body=[("paragraph", stored)])

    [block] = ask(f"posts/{post.pk}/", rich_text="markdown").json()["body"]
    [listed] = ask("posts/", rich_text="markdown", fields="body").json()["results"]

    assert block["format"] == "markdown"
    assert listed["body"] == [block]
    assert block["text"] == text


def test_a_markdown_link_says_what_it_leads_to(ask, group):
    link = f'<p><a linktype="page" id="{group.pk}">Us</a></p>'
    post = make.post(group, body=[("paragraph", link)])

    [block] = ask(f"posts/{post.pk}/", rich_text="markdown").json()["body"]

    address = "http://localhost/working-groups/finance/"
    assert block == {
        "type": "paragraph",
        "format": "markdown",
        "text": f"[Us]({address})",
        "links": [{"type": "group", **named(group), "url": address}],
    }


@pytest.mark.parametrize("path", ["posts/", "posts/{0}/", "groups/finance/"])
def test_a_format_that_does_not_exist_is_refused(ask, group, path):
    answer = ask(path.format(make.post(group).pk), rich_text="pdf")

    assert answer.status_code == 400
    assert answer.json()["parameter"] == "rich_text"
    assert answer.json()["allowed"] == ["html", "markdown"]


def picture(image, width, height, alt, focal_point=None, sources=((100, 100, 480),)):
    """How a picture is told, with sources as (width, height, number in the name of the size)."""

    def address(spec):
        return f"http://localhost{image.renditions.get(filter_spec=spec).url}"

    return {
        "url": address("max-1200x1200"),
        "width": width,
        "height": height,
        "alt": alt,
        "focal_point": focal_point,
        "sources": [
            {
                "url": address(f"width-{number}|format-webp"),
                "width": width,
                "height": height,
                "type": "image/webp",
            }
            for width, height, number in sources
        ],
    }


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
        {"type": "paragraph", "format": "html", "text": "<p>Text</p>", "links": []},
        {
            "type": "figure",
            "image": picture(image, 100, 100, "A market"),
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


def test_pictures_of_a_gallery_and_texts_of_a_callout_are_told_as_others_are(body_of, group):
    image = make.image()
    link = f'<p><a linktype="page" id="{group.pk}">Us</a><script>x</script></p>'
    items = [{"image": image, "alternative_text": "A market", "caption": "Cap"}, {"image": None}]

    gallery, callout = body_of(
        ("gallery", {"pictures": items}), ("callout", {"kind": "important", "text": link})
    )

    shape = {"image": picture(image, 100, 100, "A market"), "caption": "Cap", "credit": ""}
    assert gallery == {"type": "gallery", "pictures": [shape]}
    address = "http://localhost/working-groups/finance/"
    assert callout == {
        "type": "callout",
        "kind": "important",
        "title": "",
        "format": "html",
        "text": f'<p><a href="{address}">Us</a></p>',
        "links": [{"type": "group", **named(group), "url": address}],
    }


def test_a_callout_can_be_markdown(ask, group):
    post = make.post(group, body=[("callout", {"kind": "note", "text": "<p><b>Now</b></p>"})])

    [block] = ask(f"posts/{post.pk}/", rich_text="markdown").json()["body"]

    assert (block["format"], block["text"]) == ("markdown", "**Now**")


def test_tables_figures_and_charts_leave_as_typed_and_as_numbers(body_of):
    cells = "Level | 2024 | 2025\nCentre | 71.5 | n/a\nTowns | 1,250"
    rows = [["Centre", "71.5", "n/a"], ["Towns", "1,250", ""]]
    figure = {"number": "38", "unit": "%", "label": "is local", "source": "A count"}
    texts = {"title": "Who spends", "description": "Less.", "unit": "%", "source": "The county"}

    table, figures, chart = body_of(
        ("table", {"caption": "Budgets", "cells": cells, "row_headings": True, "source": "C"}),
        ("key_figures", {"figures": [figure]}),
        ("chart", {"kind": "line", "cells": cells, **texts}),
    )

    header = ["Level", "2024", "2025"]
    about = {"caption": "Budgets", "source": "C", "row_headings": True}
    assert table == {"type": "table", "header": header, "rows": rows, **about}
    assert figures == {"type": "key_figures", "figures": [figure]}
    assert chart == {
        "type": "chart",
        "kind": "line",
        **texts,
        "categories": ["Centre", "Towns"],
        "series": [
            {"name": "2024", "values": [71.5, 1250.0]},
            {"name": "2025", "values": [None, None]},
        ],
        "header": header,
        "rows": rows,
    }


@pytest.mark.parametrize(
    ("address", "url", "embedded"),
    [
        (
            "https://youtu.be/dQw4w9WgXcQ",
            "https://youtu.be/dQw4w9WgXcQ",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        ),
        ("https://video.example.org/", "https://video.example.org/", None),
        ("javascript:alert(1)", None, None),
    ],
)
def test_a_recording_says_where_it_can_be_shown(body_of, address, url, embedded):
    [block] = body_of(("recording", {"title": "Talk", "url": address}))

    assert block == {"type": "recording", "title": "Talk", "url": url, "embed_url": embedded}


def test_people_and_sources_are_told_as_typed(body_of):
    person = {"name": "Ama", "role": "Editor", "affiliation": ""}
    sources = [{"text": "A book", "year": 2020, "link": "https://b.example.org/"}, {"text": "Talk"}]

    people, told = body_of(("people", {"people": [person]}), ("sources", {"sources": sources}))

    assert people == {"type": "people", "people": [person]}
    assert told == {
        "type": "sources",
        "sources": [
            {"text": "A book", "year": 2020, "url": "https://b.example.org/"},
            {"text": "Talk", "year": None, "url": None},
        ],
    }


def test_a_list_says_what_to_ask_and_not_what_is_found(body_of):
    word = make.InterestFactory(slug="water", name="Water")
    make.InterestFactory(slug="rain", merged_into=word)
    asked = {"title": "Read on", "kind": "webinars", "number": 4}

    blocks = body_of(
        ("list", {**asked, "interest": "rain"}), ("list", {**asked, "interest": "no-such-word"})
    )

    reference = {"slug": "water", "kind": "topic", "label": "Water"}
    assert blocks == [{"type": "list", **asked, "interest": reference}]


def test_blocks_that_nobody_finished_leave_as_empty(ask, group):
    names = ("table", "key_figures", "chart", "recording", "people", "sources", "gallery")
    post = make.post(group, body=[(name, {}) for name in names])

    body = ask(f"posts/{post.pk}/").json()["body"]

    assert [block["type"] for block in body] == list(names)
    told = dict(zip(names, body, strict=True))
    assert told["table"]["rows"] == told["chart"]["series"] == told["gallery"]["pictures"] == []
    assert (told["recording"]["url"], told["chart"]["kind"]) == (None, "bar")


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
