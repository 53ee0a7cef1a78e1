"""Groups, posts and events of the facts file, as live pages."""

import datetime as dt
from functools import partial

from django.utils import timezone

from lpsa_wagtail.actions import add_draft, establish_group, install_page
from lpsa_wagtail.choices import GroupState
from lpsa_wagtail.importers.demo import facts as known
from lpsa_wagtail.importers.demo.texts import HOUSE, body
from lpsa_wagtail.models import (
    BlogPost,
    BlogPostAuthor,
    Webinar,
    WebinarCity,
    WebinarCoHost,
    WorkingGroupPage,
    WorkingGroupPartner,
)

SOURCE = "Decentralization.Net"
COMMENT = "Sample content"
INDEX_CODES = {"groups": "index.groups", "posts": "index.blog", "webinars": "index.webinars"}


class Desk:
    """What making a page needs at hand: parents, texts, pictures, vocabulary, people."""

    def __init__(self, *, indexes, facts, texts, gallery, vocabulary):
        self.indexes, self.facts, self.texts = indexes, facts, texts
        self.gallery, self.vocabulary = gallery, vocabulary
        self.groups: dict = {}  # slug → page
        self.members: dict = {}  # key of a person → member

    def words(self, labels) -> list:
        """Interests for the labels; labels that are none ("Community") are left out."""
        found = (self.vocabulary.find(label) for label in labels)
        return list({word.pk: word for word in found if word and word.active}.values())

    def authors(self, keys) -> list:
        rows = []
        for key in keys:
            person = self.texts.people.get(key, {"name": HOUSE, "affiliation": ""})
            rows.append(
                BlogPostAuthor(
                    name=person["name"],
                    affiliation=person["affiliation"],
                    member=self.members.get(key),
                )
            )
        return rows

    def illustrated(self, text, slug) -> dict:
        """Lead image and body of a post or event of the group ("" for the alliance)."""
        picture = self.gallery.of_page(text.get("picture"), slug)
        return {
            "lead_image": picture,
            "lead_image_alt": picture.description if picture else "",
            "body": body(text["text"], partial(self.gallery.of_page, slug=slug)),
        }


def morning(day: dt.date) -> dt.datetime:
    """Nine o'clock on that day, but never later than now."""
    return min(dt.datetime.combine(day, dt.time(9), dt.UTC), timezone.now())


def add_group(desk, group, *, actor=None, terms=None):
    """Make the page of a group; live and established unless it is only proposed."""
    slug, text = group["slug"], desk.texts.groups[group["slug"]]
    began = desk.facts.beginnings[slug]
    proposed = group["state"] == GroupState.PROPOSED
    page = WorkingGroupPage(
        title=group["name"],
        slug=slug,
        focus=group["focus"],
        purpose=text["purpose"],
        search_description=text["purpose"],
        contact_email=f"{slug}@example.org",
        partners=[WorkingGroupPartner(name=name) for name in text.get("partners", [])],
        terms_of_reference=None if proposed else terms,
        first_published_at=None if proposed else morning(began or timezone.localdate()),
        **known.designation_of(group["designation"]),
    )

    def illustrate(page):
        desk.gallery.collections[slug] = page.record.collection
        picture = desk.gallery.of_group(slug)
        page.lead_image, page.lead_image_alt = picture, picture.description
        page.body = body(text["text"], partial(desk.gallery.of_page, slug=slug))

    page = add_draft(
        actor=actor,
        parent=desk.indexes["groups"],
        page=page,
        interests=desk.words(group["interests"]),
        complete=illustrate,
    )
    desk.groups[slug] = page
    if not proposed:
        establish_group(actor=None, page=page, state=group["state"], established_on=began)
        desk.groups[slug] = install_page(actor=None, page=page, comment=COMMENT)
    return page


def add_post(desk, item):
    """Make a post live below its group, or below the blog."""
    slug, text, date = item.get("group", ""), desk.texts.posts[item["key"]], None
    date = desk.facts.post_date(item)
    page = BlogPost(
        title=item["title"],
        slug=item["key"],
        subtitle=item.get("subtitle", ""),
        summary=text["summary"],
        search_description=text["summary"],
        published_on=date,
        first_published_at=morning(date),
        original_source_name=SOURCE if item.get("url") else "",
        original_source_url=item.get("url", ""),
        authors=desk.authors(text["by"]),
        **desk.illustrated(text, slug),
    )
    _make_live(desk, page, desk.groups.get(slug) or desk.indexes["posts"], item)


def add_event(desk, item):
    """Make a webinar, meeting or workshop live below its group, or below the webinars.

    An event of the old site lies below the webinars and is credited to its group.
    """
    slug, text = item.get("group", ""), desk.texts.webinars[item["key"]]
    group = desk.groups.get(slug)
    credited = item["type"] in known.ALLIANCE_EVENTS
    times = desk.facts.times(item)
    page = Webinar(
        title=item["title"],
        slug=item["key"],
        format=known.format_of(item),
        series=item.get("series", ""),
        summary=text["summary"],
        search_description=text["summary"],
        mode=known.mode_of(item),
        venue=text.get("venue", ""),
        languages=", ".join(item.get("languages", ["English"])),
        agenda=desk.texts.agenda(text, title=item.get("session_title", ""), slug=item["key"]),
        co_hosts=[WebinarCoHost(name=name) for name in item.get("co_hosts", [])],
        joint_groups=[group] if group and credited else [],
        first_published_at=morning(desk.facts.announced_on(item)),
        **desk.illustrated(text, slug),
        **when(times, text),
    )
    parent = desk.indexes["webinars"] if credited else group
    _make_live(desk, page, parent, item)


def when(times, text) -> dict:
    """The fields of a webinar that say when it is."""
    zones = dict.fromkeys((*times.cities, *text.get("cities", ())))
    return {
        "starts_at": times.starts_at,
        "ends_at": times.ends_at,
        "time_zone": times.time_zone,
        "cities": [WebinarCity(time_zone=zone) for zone in zones],
    }


def _make_live(desk, page, parent, item):
    words = desk.words(item.get("tags", []))
    page = add_draft(actor=None, parent=parent, page=page, interests=words)
    install_page(actor=None, page=page, comment=COMMENT)
