"""A site in which every template of ours is used: lists, a group, a post, events of all states."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from lpsa_wagtail.choices import Role
from lpsa_wagtail.models import (
    BlogIndexPage,
    BlogPostAuthor,
    WebinarCity,
    WebinarCoHost,
    WebinarIndexPage,
    WorkingGroupIndexPage,
    WorkingGroupPartner,
    WorkingGroupSettings,
)
from tests import factories as make

DAY = dt.timedelta(days=1)
TEXT = "<p>Money <b>follows</b> function.</p><h3>Why</h3><ul><li>one</li></ul><ol><li>two</li></ol>"


def body(word="subnational-finance"):
    """All blocks; the lists in it are by this word."""
    return [
        ("heading", "What was found"),
        ("paragraph", TEXT),
        ("figure", {"image": make.image(), "caption": "A pier", "credit": "Ama"}),
        ("quote", {"text": "It holds.", "source": "An engineer"}),
        ("document", {"document": make.document(), "description": "One page"}),
        *more_blocks(word),
    ]


def more_blocks(word):
    """The blocks of which most texts need none."""
    pictures = [
        {"image": make.image(), "alternative_text": "A pier", "caption": "A pier", "credit": "Ama"},
        {"image": make.image(), "alternative_text": "", "caption": "", "credit": ""},
    ]
    people = [{"name": "Ama", "role": "Editor", "affiliation": "Coast College"}, {"name": "Bo"}]
    lists = [{"kind": kind, "interest": word, "number": 2} for kind in ("posts", "webinars")]
    numbers = "Level | 2014 | 2024\nCentre | 71.5 | 62\nTowns | -5 | n/a\nCounties | 1,250 | 9"
    chart = {"title": "Who spends", "unit": "%", "description": "Less.", "source": "The county"}
    youtube = "https://www.youtube.com/watch?v=aaaaaaaaaaa"
    return [
        ("gallery", {"pictures": pictures}),
        ("callout", {"kind": "note", "title": "", "text": TEXT}),
        ("callout", {"kind": "important", "title": "Until Friday", "text": TEXT}),
        ("table", {"caption": "Budgets", "cells": numbers, "source": "The county"}),
        (
            "key_figures",
            {"figures": [{"number": "38", "unit": "%", "label": "is local", "source": "A count"}]},
        ),
        ("chart", {"kind": "bar", "cells": numbers, **chart}),
        ("chart", {"kind": "line", "cells": numbers, **chart}),
        ("recording", {"title": "Who pays?", "url": youtube}),
        ("recording", {"title": "Who pays?", "url": "https://video.example.org/"}),
        ("people", {"people": people}),
        *(("list", {"title": "", **wanted}) for wanted in lists),
        (
            "sources",
            {
                "sources": [
                    {"text": "A book", "year": 2020, "link": "https://book.example.org/"},
                    {"text": "A talk"},
                ]
            },
        ),
    ]


def add_group(site, words):
    partners = [
        WorkingGroupPartner(name="Towns United", logo=make.image()),
        WorkingGroupPartner(name="Hills", link="https://hills.example.org/"),
    ]
    group = make.group(
        title="Delta",
        interests=words,
        lead_image=make.image(),
        terms_of_reference=make.document(),
        contact_email="delta@example.org",
        partners=partners,
        body=body(words[0].slug),
    )
    for role in (Role.CO_CHAIR, Role.RESEARCHER):
        member = make.MemberFactory(in_directory=True, affiliation="Coast College")
        dates = {"public": True, "accepted_at": timezone.now()}
        make.MembershipFactory(group=group.record, member=member, role=role, **dates)
    return group


def add_post(group, words, other):
    return make.post(
        group,
        title="A bridge in three months",
        subtitle="What it took",
        interests=words,
        lead_image=make.image(),
        lead_image_alt="A bridge",
        authors=[BlogPostAuthor(name="Ama", affiliation="The County")],
        joint_groups=[other],
        original_source_name="The Paper",
        body=[*body(words[0].slug), ("heading", "What follows")],
    )


def add_webinar(group, words, days, **fields):
    start = timezone.now().replace(microsecond=0) + days * DAY
    row = {"title": "Opening", "contributors": [], "recording_url": "https://video.example.org/"}
    row["contributors"] = [{"name": "Bo", "affiliation": "Coast College", "role": "speaker"}]
    return make.webinar(
        group,
        starts_at=start,
        ends_at=start + dt.timedelta(hours=1),
        summary="Bring a question.",
        series="Bridges",
        interests=words,
        lead_image=make.image(),
        slides=make.document(),
        registration_url="https://register.example.org/",
        cities=[WebinarCity(time_zone="Asia/Kolkata")],
        co_hosts=[WebinarCoHost(name="Hills")],
        agenda=[("row", row)],
        body=body(words[0].slug),
        **fields,
    )


def rich_pages(site, settings) -> dict:
    """Make everything; map a name for each page → (address, status)."""
    settings.LPSA_PAGE_SIZE = 2
    line = WorkingGroupSettings.for_site(site)
    line.join_email = "groups@example.org"
    line.save()
    words = [make.InterestFactory(kind=kind) for kind in ("topic", "region", "sector")]
    other = make.group(title="Hills", interests=words)
    group = add_group(site, words)
    post = add_post(group, words, other)
    for _each in range(2):
        make.post(group)
    event = add_webinar(group, words, days=5, joint_groups=[other])
    held = add_webinar(group, words, days=-5, recording_url="https://video.example.org/")
    add_webinar(group, words, days=9, status="postponed")
    lists = {
        "groups": make.index_page(WorkingGroupIndexPage),
        "posts": make.index_page(BlogIndexPage),
        "webinars": make.index_page(WebinarIndexPage),
    }
    made = {"group": group, "post": post, "webinar": event, "recap": held, **lists}
    pages = {name: (page.url, 200) for name, page in made.items()}
    blog = lists["posts"].url
    narrowed = {"narrowed": (f"{blog}?group=delta&page=2", 200), "empty": (f"{blog}?q=xyz", 200)}
    search = reverse("lpsa_wagtail:search")
    searched = {"found": (f"{search}?q=bridge", 200), "not found": (f"{search}?q=xyz", 200)}
    pages |= {"compact": (f"{lists['groups'].url}?view=list", 200), **searched}
    return {**pages, **narrowed, "refused": (f"{blog}?topic=no-such-word", 400)}
