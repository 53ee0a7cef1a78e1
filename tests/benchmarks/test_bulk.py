"""Pages made in bulk are the same as pages that went the way of the verbs, row by row."""

import datetime as dt
import json

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.blocks import StreamValue
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.models import IndexEntry

from benchmarks import bulk
from lpsa_wagtail import actions, models
from lpsa_wagtail.models.listings import PostListing, WebinarListing
from lpsa_wagtail.permissions import may_go_live
from tests import factories as make

#: What differs from page to page; of these only the kind of value is compared.
OWN = {
    *("id", "pk", "page_ptr", "page_ptr_id", "page", "page_id", "object_id", "content_object_id"),
    *("path", "url_path", "translation_key", "numchild", "parent_id", "timestamp", "decided_at"),
    *("first_published_at", "last_published_at", "latest_revision_created_at", "created_at"),
    *("latest_revision", "latest_revision_id", "live_revision", "live_revision_id"),
    *(
        "title_norm",
        "revision_id",
        "digest",
        "previous_digest",
        "blogpost_id",
        "webinar_id",
        "content_object",
    ),
}


def told(value):
    """Plain data, with the kind of value in place of what is a page's own."""
    if isinstance(value, dict):
        return {
            key: type(item).__name__ if key in OWN else told(item) for key, item in value.items()
        }
    return [told(item) for item in value] if isinstance(value, list) else value


class Encoder(DjangoJSONEncoder):
    def default(self, value):
        return value.get_prep_value() if isinstance(value, StreamValue) else super().default(value)


def rows(queryset) -> list:
    plain = json.loads(json.dumps(list(queryset.values()), cls=Encoder))
    return sorted((told(row) for row in plain), key=lambda row: json.dumps(row, sort_keys=True))


def references(page):
    """What the page refers to and where, without the ids of its child rows."""
    found = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), object_id=str(page.pk)
    )
    names = ("content_type", "to_content_type", "to_object_id", "model_path")
    for reference in found:
        assert reference.content_path_hash == ReferenceIndex._get_content_path_hash(
            reference.content_path
        )
    return sorted(map(str, found.exclude(model_path="translation_key").values_list(*names)))


def footprint(page) -> dict:
    """All rows that there are about a page, by name of the table."""
    base = ContentType.objects.get_for_model(Page)
    found = {"page": rows(type(page)._base_manager.filter(pk=page.pk))}
    for relation in get_all_child_relations(page):
        kind, name = relation.related_model, relation.field.name
        found[kind.__name__] = rows(kind._base_manager.filter(**{name: page.pk}))
    for field in get_all_child_m2m_relations(page):
        through = field.remote_field.through._base_manager
        found[field.name] = rows(through.filter(**{field.m2m_field_name(): page.pk}))
    own = {"base_content_type": base, "object_id": str(page.pk)}
    entries = IndexEntry.objects.filter(content_type=page.content_type, object_id=str(page.pk))
    return found | {
        "revisions": rows(Revision.objects.filter(**own)),
        "decisions": rows(models.Decision.objects.filter(page_id=page.pk)),
        "log": rows(PageLogEntry.objects.filter(page=page.pk)),
        "search": rows(entries),
        "references": references(page),
    }


def body(group):
    """One block of each kind, their ids given."""
    link = f'<p>Of markets. <a linktype="page" id="{group.pk}">a</a></p>'
    values = {
        "heading": "Markets",
        "paragraph": link,
        "quote": {"text": "So it is.", "source": "A. Sample"},
        "figure": {
            "image": make.image().pk,
            "alternative_text": "A market",
            "caption": "A pier",
            "credit": "",
        },
        "document": {"document": make.document().pk, "description": "A table"},
    }
    return [
        {"type": kind, "value": value, "id": f"00000000-0000-4000-8000-00000000000{number}"}
        for number, (kind, value) in enumerate(values.items())
    ]


@pytest.fixture
def words():
    return list(models.Interest.objects.filter(slug__in=["kenya", "health"]))


@pytest.fixture
def groups():
    return [make.group(), make.group()]


@pytest.fixture
def post(groups, words):
    """Gives a new post with everything that a post can have."""
    common = {
        "title": "On markets",
        "slug": "on-markets",
        "subtitle": "Who pays",
        "summary": "On irrigation.",
        "published_on": dt.date(2024, 1, 1),
        "lead_image": make.image(),
        "lead_image_alt": "A market",
        "original_source_name": "A Sample",
        "original_source_url": "https://example.org/original",
    }
    blocks, other, member = body(groups[0]), make.group(), make.MemberFactory()

    def make_post():
        new = models.BlogPost(**common, body=json.dumps(blocks))
        new.authors = [
            models.BlogPostAuthor(name="A", affiliation="B", member=member, sort_order=0),
            models.BlogPostAuthor(name="C", sort_order=1),
        ]
        new.interests.set(words)
        new.joint_groups = [other]
        return new

    return make_post


@pytest.fixture
def webinar(groups, words):
    """Gives a new webinar with everything that a webinar can have."""
    common = {
        "title": "Talk on markets",
        "slug": "talk",
        "format": "workshop",
        "series": "Talks",
        "summary": "On irrigation.",
        "starts_at": dt.datetime(2030, 5, 7, 13, tzinfo=dt.UTC),
        "ends_at": dt.datetime(2030, 5, 7, 14, tzinfo=dt.UTC),
        "time_zone": "Africa/Nairobi",
        "lead_image": make.image(),
        "slides": make.document(),
        "recording_url": "https://example.org/recording",
    }
    person = {"name": "A", "affiliation": "B", "role": "speaker"}
    agenda = [
        {
            "type": "row",
            "value": {"title": "Opening", "contributors": [], "recording_url": ""},
            "id": "10000000-0000-4000-8000-000000000000",
        }
    ]
    agenda[0]["value"]["contributors"] = [
        {"type": "item", "value": person, "id": "20000000-0000-4000-8000-000000000000"}
    ]
    blocks, other = body(groups[0]), make.group()

    def make_webinar():
        new = models.Webinar(**common, body=json.dumps(blocks), agenda=json.dumps(agenda))
        new.cities = [models.WebinarCity(time_zone="Asia/Kolkata")]
        new.co_hosts = [models.WebinarCoHost(name="A", link="https://example.org/")]
        new.interests.set(words)
        new.joint_groups = [other]
        return new

    return make_webinar


@pytest.fixture(params=["post", "webinar"])
def pair(request, groups, words):
    """The same page twice: made by the verbs in one group, in bulk in the other."""
    new = request.getfixturevalue(request.param)
    draft = actions.add_draft(actor=None, parent=groups[0], page=new(), interests=words)
    by_verbs = actions.install_page(actor=None, page=make.fresh(draft))
    in_bulk = new()
    bulk.publish([(groups[1], in_bulk)])
    return make.fresh(by_verbs), make.fresh(in_bulk)


def test_all_rows_are_the_same(pair):
    by_verbs, in_bulk = pair

    assert footprint(in_bulk) == footprint(by_verbs)


def test_it_is_public_listed_and_found(pair, site):
    same = [page.pk for page in pair]
    kind = type(pair[0])
    listing = PostListing if kind is models.BlogPost else WebinarListing
    found = listing(site=site, params={"q": "irrigation", "region": "africa"})

    assert {page.pk for page in kind.objects.public(site)} == set(same)
    assert {page.pk for page in found.page} == set(same)


def test_it_is_decided_and_goes_on_like_any_page(pair):
    _by_verbs, page = pair
    assert may_go_live(page)

    page.summary = "Changed."
    page.save_revision()
    assert not may_go_live(page.get_latest_revision_as_object())
    actions.install_page(actor=None, page=page)

    assert make.fresh(page).summary == "Changed."


def test_the_tree_and_the_chain_of_decisions_stay_whole(groups, post):
    group, day = groups[0], dt.date(2024, 1, 1)
    more = [models.BlogPost(title=f"P {n}", slug=f"p-{n}", published_on=day) for n in range(3)]
    make.post(group)
    bulk.publish((group, page) for page in [*more, post()])
    make.post(group)

    assert Page.find_problems() == ([], [], [], [], [])
    assert make.fresh(group).numchild == 6
    decisions = list(models.Decision.objects.order_by("pk"))
    assert [d.computed_digest() for d in decisions] == [d.digest for d in decisions]
    assert [d.previous_digest for d in decisions[1:]] == [d.digest for d in decisions[:-1]]
