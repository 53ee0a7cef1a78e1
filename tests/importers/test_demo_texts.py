"""Our sentences fit the facts, and become blocks."""

import json
import re

import pytest
from wagtail_factories import ImageFactory

from lpsa_wagtail.importers.demo.facts import Facts
from lpsa_wagtail.importers.demo.texts import Texts, body
from lpsa_wagtail.models import BlogPost, Interest, WorkingGroupIndexPage
from tests import factories as make

TEXTS, FACTS = Texts(), Facts()


def test_every_group_post_and_event_has_a_text():
    assert set(TEXTS.groups) == {group["slug"] for group in FACTS.groups}
    assert set(TEXTS.posts) == {item["key"] for item in FACTS.posts}
    assert set(TEXTS.webinars) == {item["key"] for item in FACTS.events}


def test_no_two_texts_are_the_same():
    texts = [*TEXTS.posts.values(), *TEXTS.webinars.values(), *TEXTS.groups.values()]
    lines = [line for text in texts for line in text["text"] if isinstance(line, str)]
    lines = [line for line in lines if not line.startswith("#")]

    assert len(set(lines)) == len(lines)


def test_everybody_named_is_among_the_invented_people():
    texts = [*TEXTS.posts.values(), *TEXTS.webinars.values(), *TEXTS.ours.values()]
    rows = [row for text in texts for row in text.get("agenda", [])]
    named = {key for row in rows for key, _role in row["people"]}
    named |= {key for text in texts for key, _role in text.get("session", [])}
    named |= {key for text in texts for key in text.get("by", [])}

    assert named - set(TEXTS.people) == {"house"}


def test_addresses_lead_nowhere():
    everything = json.dumps([TEXTS.site, TEXTS.groups, TEXTS.posts, TEXTS.webinars, TEXTS.ours])
    everything += json.dumps([TEXTS.recording, TEXTS.terms, TEXTS.people])

    assert set(re.findall(r"https?://([^/\"]+)", everything)) == {"example.org"}
    assert set(re.findall(r"[\w.-]+@([\w.-]+)", everything)) == {"example.org"}


def test_people_choose_only_words_of_the_vocabulary():
    vocabulary = Interest.objects.vocabulary()
    chosen = {slug for person in TEXTS.people.values() for slug in person["interests"]}

    assert {slug for slug in chosen if vocabulary.find(slug) is None} == set()


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("Plain & simple.", ("paragraph", "<p>Plain &amp; simple.</p>")),
        ("# A heading", ("heading", "A heading")),
        ("- One; <two>", ("paragraph", "<ul><li>One</li><li>&lt;two&gt;</li></ul>")),
        ("> Said -- A. Sample", ("quote", {"text": "Said", "source": "A. Sample"})),
    ],
)
def test_a_line_becomes_a_block(line, block):
    assert body([line], None) == [block]


def test_a_figure_shows_the_picture_of_its_motif():
    drawn = {"city": ImageFactory(description="Houses")}

    assert body(["! A town. | city"], drawn.get) == [
        (
            "figure",
            {
                "image": drawn["city"],
                "alternative_text": "Houses",
                "caption": "A town.",
                "credit": "lpsa_wagtail contributors",
            },
        )
    ]


def test_other_blocks_stand_in_the_place_of_a_line():
    drawn = {"city": ImageFactory(description="Houses")}
    people = {"people": [{"name": "A. Sample"}]}
    pictures = {"pictures": [{"caption": "A town.", "motif": "city"}]}

    [figure] = body(["! A town. | city"], drawn.get)

    assert body([{"people": people}, {"gallery": pictures}], drawn.get) == [
        ("people", people),
        ("gallery", {"pictures": [figure[1]]}),
    ]


def test_the_sample_site_shows_most_kinds_of_blocks():
    texts = [*TEXTS.posts.values(), *TEXTS.webinars.values(), *TEXTS.groups.values()]
    blocks = [line for text in texts for line in text["text"] if isinstance(line, dict)]
    stream = BlogPost._meta.get_field("body").stream_block

    kinds = {"key_figures", "chart", "callout", "list", "sources", "table", "gallery", "people"}
    assert {kind for block in blocks for kind in block} == kinds
    for block in body(blocks, lambda motif: ImageFactory()):
        stream.clean(stream.normalize([block]))


def test_blocks_are_what_the_page_takes():
    lines = ["# Heading", "Text", "> Said -- By"]
    parent = make.index_page(WorkingGroupIndexPage)
    page = make.draft(make.WorkingGroupPageFactory, parent, body=body(lines, None))

    assert [block.block_type for block in make.fresh(page).body] == [
        "heading",
        "paragraph",
        "quote",
    ]


def test_a_single_session_becomes_a_row_with_its_recording():
    text = {"session": [["amina", "moderator"]], "recorded": True}

    assert TEXTS.agenda(text, title="The session", slug="meeting") == [
        (
            "row",
            {
                "title": "The session",
                "contributors": [
                    {
                        "name": "Amina Wekesa",
                        "affiliation": "Lakeside Institute of Public Administration",
                        "role": "moderator",
                    }
                ],
                "recording_url": "https://example.org/recordings/meeting-1",
            },
        )
    ]
