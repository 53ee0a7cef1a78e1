"""A site with many posts. The same amounts give the same site."""

import datetime as dt
import io
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import Site

from benchmarks import bulk
from benchmarks.texts import COMMON, RARE, RARE_EVERY, Writer
from lpsa_wagtail import actions
from lpsa_wagtail.choices import InterestKind, Role, WebinarFormat
from lpsa_wagtail.models import (
    BlogIndexPage,
    BlogPost,
    BlogPostAuthor,
    Interest,
    Member,
    Membership,
    Webinar,
    WebinarCity,
    WorkingGroupIndexPage,
    WorkingGroupPage,
    WorkingGroupPartner,
)

WORDS = 60
PICTURES = 24
FIRST_DAY = dt.date(2010, 1, 1)
SERIES = ("", "Talks on finance", "Cities at work", "The long view")
ZONES = ("Africa/Nairobi", "Asia/Kathmandu", "America/Bogota", "Europe/Istanbul")
DESIGNATED = (Role.CO_CHAIR, Role.COORDINATOR, Role.REPRESENTATIVE, Role.RESEARCHER)


@dataclass(frozen=True)
class Amounts:
    """How much there is."""

    posts: int
    webinars: int = 300
    groups: int = 20
    members: int = 200


def fill(amounts: Amounts) -> None:
    """Set the site up and fill it."""
    site = Site.objects.get()
    actions.install(actor=None, site=site, say=lambda line: None)
    material = Material(_words(), _pictures())
    groups = [_group(material, number) for number in range(amounts.groups)]
    material.groups = groups
    _people(groups, amounts.members)
    blog = BlogIndexPage.objects.get()
    for numbers in _parts(amounts.posts):
        bulk.publish(_post(material, number, blog) for number in numbers)
    bulk.publish(_webinar(material, number) for number in range(amounts.webinars))


def _parts(number: int) -> list[range]:
    """So many at a time are held in memory."""
    return [range(start, min(start + 2000, number)) for start in range(0, number, 2000)]


class Material:
    """What pages are made of."""

    def __init__(self, words, pictures):
        self.words_by_kind = {
            kind: [word for word in words if word.kind == kind] for kind in InterestKind.values
        }
        self.pictures = pictures
        self.groups: list = []

    def words(self, writer) -> list:
        """One or two topics, a region or country, and a sector for one of three."""
        pick = writer.dice.sample
        return [
            *pick(self.words_by_kind["topic"], writer.dice.randint(1, 2)),
            *pick(self.words_by_kind["region"], 1),
            *(pick(self.words_by_kind["sector"], 1) if writer.dice.random() < 0.3 else ()),
        ]

    def group(self, writer):
        """Any group; the first ones have the most."""
        return self.groups[int(len(self.groups) * writer.dice.random() ** 2)]

    def body(self, writer) -> list:
        """About 500 words: headings, texts with a link to a group, a quotation, maybe a figure."""
        link = f'linktype="page" id="{self.group(writer).pk}"' if self.groups else ""
        figure = {
            "image": writer.dice.choice(self.pictures),
            "alternative_text": writer.title(),
            "caption": writer.sentences(1),
            "credit": writer.person(),
        }
        quote = {"text": writer.sentences(2), "source": writer.person()}
        return [
            ("paragraph", writer.paragraph()),
            ("heading", writer.title()),
            ("paragraph", writer.paragraph(link)),
            ("quote", quote),
            ("paragraph", writer.paragraph()),
            *([("figure", figure)] if writer.dice.random() < 0.4 else ()),
            ("heading", writer.title()),
            ("paragraph", writer.paragraph() + writer.paragraph()),
        ]

    def lead_image(self, writer) -> dict:
        if writer.dice.random() < 0.4:
            return {}
        return {
            "lead_image": writer.dice.choice(self.pictures),
            "lead_image_alt": writer.title(),
        }


def _words() -> list:
    """The vocabulary that setup brings, and countries up to the number of words."""
    africa, known = Interest.objects.get(slug="africa"), Interest.objects.count()
    Interest.objects.bulk_create(
        Interest(kind="region", slug=f"district-{n}", name=f"District {n}", parent=africa)
        for n in range(known, WORDS)
    )
    return list(Interest.objects.all())


def _pictures() -> list:
    made = []
    for number in range(PICTURES):
        file = io.BytesIO()
        Picture.new("RGB", (1600, 1000), (10 * number, 90, 120)).save(file, "JPEG")
        name = f"picture-{number}.jpg"
        content = ContentFile(file.getvalue(), name)
        made.append(get_image_model().objects.create(title=f"Picture {number}", file=content))
    return made


def _group(material, number):
    """A group, the way of the verbs: there are few."""
    writer = Writer(1_000_000 + number)
    page = WorkingGroupPage(
        title=f"{writer.title()} group",
        slug=f"group-{number}",
        purpose=writer.sentences(3),
        body=material.body(writer),
        **material.lead_image(writer),
    )
    page.partners = [WorkingGroupPartner(name=writer.organisation(), sort_order=n) for n in (0, 1)]
    parent = WorkingGroupIndexPage.objects.get()
    actions.add_draft(actor=None, parent=parent, page=page, interests=material.words(writer))
    return actions.install_page(actor=None, page=WorkingGroupPage.objects.get(pk=page.pk))


def _people(groups, number: int) -> None:
    """Members, each with a role in one group."""
    members = Member.objects.bulk_create(
        Member(
            name=f"{Writer(n).person()} {n}",
            email=f"member-{n}@example.org",
            affiliation=Writer(n).organisation(),
            in_directory=n % 3 > 0,
            show_affiliation=n % 2 > 0,
        )
        for n in range(number)
    )
    Membership.objects.bulk_create(
        Membership(
            member=member,
            group=groups[n % len(groups)].record,
            role=DESIGNATED[n // len(groups) % len(DESIGNATED)],
            start=FIRST_DAY,
            public=True,
            accepted_at=timezone.now(),
        )
        for n, member in enumerate(members)
    )
    actions.sync_all_rights(actor=None)


def _post(material, number: int, blog) -> tuple:
    """A post with its parent; two for each day, one of ten is the alliance's own."""
    writer = Writer(number)
    title = writer.title()
    rare = f" {RARE.capitalize()}." if number % RARE_EVERY == 0 else ""
    post = BlogPost(
        title=title,
        slug=f"{slugify(title)}-{number}",
        subtitle=writer.title(),
        summary=f"{writer.sentences(2)} {COMMON.capitalize()}.{rare}",
        body=material.body(writer),
        published_on=FIRST_DAY + dt.timedelta(days=number // 2),
        **material.lead_image(writer),
    )
    post.authors = [
        BlogPostAuthor(name=writer.person(), affiliation=writer.organisation(), sort_order=place)
        for place in range(writer.dice.randint(1, 2))
    ]
    post.interests.set(material.words(writer))
    parent = material.group(writer)
    if writer.dice.random() < 0.1:
        parent = blog
    elif writer.dice.random() < 0.1:
        post.joint_groups = [material.groups[(material.groups.index(parent) + 1) % 20]]
    return parent, post


def _webinar(material, number: int) -> tuple:
    """A webinar with its group; the newest ten are still to come."""
    writer = Writer(2_000_000 + number)
    title = writer.title()
    start = timezone.now().replace(minute=0, second=0, microsecond=0)
    start += dt.timedelta(days=7 * (10 - number))
    people = [
        {"name": writer.person(), "affiliation": writer.organisation(), "role": "speaker"}
        for _each in range(3)
    ]
    rows = [
        ("row", {"title": writer.title(), "contributors": people, "recording_url": ""})
        for _each in range(3)
    ]
    webinar = Webinar(
        title=title,
        slug=f"{slugify(title)}-event-{number}",
        format=writer.dice.choice(WebinarFormat.values),
        series=writer.dice.choice(SERIES),
        summary=f"{writer.sentences(2)} {COMMON.capitalize()}.",
        starts_at=start,
        ends_at=start + dt.timedelta(minutes=90),
        time_zone=writer.dice.choice(ZONES),
        agenda=rows,
        body=[("paragraph", writer.paragraph())],
        **material.lead_image(writer),
    )
    webinar.cities = [WebinarCity(time_zone=zone, sort_order=n) for n, zone in enumerate(ZONES)]
    webinar.interests.set(material.words(writer))
    return material.group(writer), webinar
