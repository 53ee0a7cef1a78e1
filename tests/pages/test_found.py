"""What search engines and networks read of our pages, read by programs that we did not write."""

import datetime as dt
import json

import pytest
from django.test import Client
from extruct import extract
from rdflib import SDO, Graph
from wagtail.models import PageViewRestriction

from lpsa_wagtail.choices import Role
from lpsa_wagtail.models import (
    BlogIndexPage,
    BlogPostAuthor,
    Webinar,
    WebinarCoHost,
    WebinarIndexPage,
)
from tests import factories as make

SCHEMA = "https://schema.org/"
ODD = 'A </script><!-- <b> & "so" \u2028 on\x0b'
#: What Google asks for: developers.google.com/search/docs/appearance/structured-data
REQUIRED = {
    "Organization": {"name"},
    "BlogPosting": {"headline", "author", "datePublished", "dateModified", "image"},
    "Event": {"name", "startDate", "location", "eventStatus", "eventAttendanceMode"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "VirtualLocation": {"url"},
    "Place": {"name", "address"},
    "Person": {"name"},
}


def seen(page) -> str:
    return Client(headers={"host": "localhost"}).get(page.url).content.decode()


def read(page) -> dict:
    """What a page says of itself by type, checked against the vocabulary of schema.org."""
    text = seen(page)
    [found] = extract(text, syntaxes=["json-ld"], base_url=page.full_url)["json-ld"]
    assert found["@context"] == "https://schema.org"
    for thing in walk(found["@graph"]):
        kind = thing.get("@type")
        assert kind is None or REQUIRED[kind] <= set(thing), (kind, thing)
    graph = Graph()
    data = json.dumps({**found, "@context": {"@vocab": SCHEMA}})
    graph.parse(data=data, format="json-ld")
    used = {str(name) for triple in graph for name in triple if str(name).startswith(SCHEMA)}
    assert used - {str(name) for name in dir(SDO)} == set()
    return {thing["@type"]: thing for thing in found["@graph"]}


def walk(value):
    """All things inside, however deep."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for inside in value:
            yield from walk(inside)


def shared(page) -> dict:
    """What networks read: name → content; of several the list."""
    found: dict = {}
    text = seen(page)
    [graph] = extract(text, syntaxes=["opengraph"], base_url=page.full_url)["opengraph"]
    for name, content in graph["properties"]:
        found.setdefault(name, []).append(content)
    return {name: content[0] if len(content) == 1 else content for name, content in found.items()}


@pytest.fixture
def group():
    return make.group(title="Delta", slug="delta", purpose="To share what works.", focus="country")


@pytest.fixture(autouse=True)
def _named(settings):
    settings.WAGTAIL_SITE_NAME = "The Alliance"


def test_a_post_says_who_wrote_it_when_and_where(group):
    post = make.post(
        group,
        title="Who pays",
        slug="who",
        subtitle="A first look",
        summary="In short.",
        published_on=dt.date(2024, 3, 17),
        authors=[
            BlogPostAuthor(name="Ama", affiliation="Coast College"),
            BlogPostAuthor(name="Bo"),
        ],
        interests=[make.InterestFactory(name="Water")],
        original_source_url="https://gazette.example.org/1",
    )
    found = read(post)

    home, url = "http://localhost/", "http://localhost/working-groups/delta/who/"
    picture = f"http://localhost/lpsa/share/{post.pk}.png"
    group_id = "http://localhost/working-groups/delta/#organization"
    assert found["BlogPosting"] == {
        "@type": "BlogPosting",
        "@id": f"{url}#content",
        "url": url,
        "mainEntityOfPage": url,
        "headline": "Who pays",
        "alternativeHeadline": "A first look",
        "description": "In short.",
        "image": picture,
        "inLanguage": "en",
        "keywords": ["Water"],
        "datePublished": "2024-03-17",
        "dateModified": post.last_published_at.isoformat(),
        "author": [
            {
                "@type": "Person",
                "name": "Ama",
                "affiliation": {"@type": "Organization", "name": "Coast College"},
            },
            {"@type": "Person", "name": "Bo"},
        ],
        "publisher": {"@id": f"{home}#organization"},
        "sourceOrganization": {"@id": group_id},
        "isBasedOn": "https://gazette.example.org/1",
    }
    steps = found["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "Working groups", "http://localhost/working-groups/"),
        (2, "Delta", "http://localhost/working-groups/delta/"),
        (3, "Who pays", url),
    ]
    assert shared(post) == {
        "og:type": "article",
        "og:title": "Who pays",
        "og:description": "In short.",
        "og:url": url,
        "og:site_name": "The Alliance",
        "og:locale": "en_US",
        "og:image": picture,
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "The name of this page, and of the site",
        "article:published_time": "2024-03-17",
        "article:modified_time": post.last_published_at.isoformat(),
        "article:section": "Delta",
        "article:tag": "Water",
    }


PLACE = {"@type": "Place", "name": "Town hall", "address": "Town hall"}


@pytest.mark.parametrize(
    ("mode", "status", "expected"),
    [
        ("online", "scheduled", ("Online", "Scheduled", ["VirtualLocation"])),
        ("hybrid", "postponed", ("Mixed", "Postponed", ["VirtualLocation", "Place"])),
        ("on-site", "cancelled", ("Offline", "Cancelled", ["Place"])),
    ],
)
def test_an_event_says_when_where_and_whether(group, mode, status, expected):
    person = {"name": "Ama", "affiliation": "", "role": "speaker"}
    row = {"title": "Opening", "contributors": [person], "recording_url": ""}
    event = make.webinar(
        group,
        mode=mode,
        status=status,
        venue="Town hall",
        registration_url="https://example.org/join",
        agenda=[("row", row)],
        co_hosts=[WebinarCoHost(name="Coast College")],
    )
    found = read(event)["Event"]

    how, what, places = expected
    assert found["eventAttendanceMode"] == f"{SCHEMA}{how}EventAttendanceMode"
    assert found["eventStatus"] == f"{SCHEMA}Event{what}"
    assert [place["@type"] for place in found["location"]] == places
    assert (found["startDate"], found["endDate"]) == (
        "2030-05-07T16:00:00+03:00",
        "2030-05-07T17:30:00+03:00",
    )
    assert found["organizer"] == [
        {"@id": "http://localhost/working-groups/delta/#organization"},
        {"@type": "Organization", "name": "Coast College"},
    ]
    assert found["performer"] == [{"@type": "Person", "name": "Ama"}]
    assert shared(event)["og:type"] == "website"


def test_an_event_without_a_date_is_no_event_yet(group):
    event = make.webinar(group)
    Webinar.objects.update(starts_at=None, ends_at=None)
    assert "Event" not in read(event)


def test_groups_and_lists_name_who_is_behind_them(group):
    member = make.MemberFactory(name="Nobody Shown")
    make.MembershipFactory(group=group.record, member=member, role=Role.RESEARCHER)
    text = seen(group)

    url = "http://localhost/working-groups/delta/"
    [site, told, _way] = extract(text, syntaxes=["json-ld"])["json-ld"][0]["@graph"]
    assert site == {
        "@type": "Organization",
        "@id": "http://localhost/#organization",
        "name": "The Alliance",
        "url": "http://localhost/",
    }
    assert told == {
        "@type": "Organization",
        "@id": f"{url}#organization",
        "name": "Delta",
        "url": url,
        "parentOrganization": {"@id": "http://localhost/#organization"},
        "description": "To share what works.",
        "image": f"http://localhost/lpsa/share/{group.pk}.png",
        "foundingDate": group.record.established_on.isoformat(),
    }
    assert "Nobody Shown" not in text
    assert set(read(make.index_page(BlogIndexPage))) == {"Organization"}


def test_the_way_to_what_lies_in_no_group():
    post = make.post(make.index_page(BlogIndexPage), title="Ours")
    event = make.webinar(make.index_page(WebinarIndexPage), title="Talk")
    for page, name in ((post, "Blog"), (event, "Webinars")):
        steps = read(page)["BreadcrumbList"]["itemListElement"]
        assert [step["name"] for step in steps] == [name, page.title]


def test_no_text_breaks_it(group):
    post = make.post(group, title=ODD, summary=ODD, authors=[BlogPostAuthor(name=ODD)])
    said = 'A </script><!-- <b> & "so" on'

    found = read(post)["BlogPosting"]
    assert (found["headline"], found["description"]) == (said, said)
    assert found["author"] == [{"@type": "Person", "name": said}]
    assert shared(post)["og:title"] == said


def test_a_large_lead_image_is_cut_to_size_and_described(group):
    image = make.image(file__width=1600, file__height=1000)
    post = make.post(group, lead_image=image, lead_image_alt="A pier")

    found = shared(post)
    assert found["og:image"].startswith("http://localhost/media/images/")
    names = ("type", "width", "height", "alt")
    size = [found[f"og:image:{name}"] for name in names]
    assert size == ["image/jpeg", "1200", "630", "A pier"]


def test_a_draft_of_a_live_post_tells_nothing(group):
    post = make.post(group, title="As approved")
    post.title = post.seo_title = "Not yet"
    post.save_revision()
    assert "Not yet" not in seen(post)


def test_a_preview_tells_nothing(preview, group):
    shown = preview(make.draft(make.BlogPostFactory, group))
    assert shown.select("meta[property], script[type='application/ld+json']") == []


def test_languages_are_named_as_networks_name_them():
    from lpsa_wagtail.models.sharing import locale_of

    codes = {"en": "en_US", "fr": "fr_FR", "pt-br": "pt_BR", "ar": "ar_EG", "xx": "xx"}
    assert {code: locale_of(code) for code in codes} == codes


def test_restricted_pages_are_shared_without_a_picture_for_others(client, group):
    post = make.post(group)
    PageViewRestriction.objects.create(page=post, restriction_type="login")
    assert client.get(f"/lpsa/share/{post.pk}.png").status_code == 404
