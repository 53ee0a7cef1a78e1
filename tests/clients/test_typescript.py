"""A static site, built by a Node program from the API alone: it has what the public reads have."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.core.signals import request_started

from lpsa_wagtail import actions
from lpsa_wagtail.models import (
    BlogPost,
    Interest,
    Membership,
    Webinar,
    WorkingGroupPage,
    WorkingGroupRecord,
    public_record,
)
from lpsa_wagtail.models.listings import GroupListing, PostListing, WebinarListing
from tests import factories as make
from tests.clients.conftest import run
from tests.worlds import CANARY, dissolve, hide_things_in, public_world

pytestmark = [pytest.mark.clients, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(settings):
    """Public and hidden things; lists have several pages, so whoever reads follows ``next``."""
    settings.LPSA_API_PAGE_SIZE = 2
    world = public_world()
    hide_things_in(world)
    return world


class Built:
    """The site that was built, file by file, and what the program said that it did."""

    def __init__(self, folder: Path, said: str = ""):
        self.said = said.splitlines()
        self.texts = {
            str(path.relative_to(folder).parent): path.read_text(encoding="utf-8")
            for path in sorted(folder.rglob("*.html"))
        }

    def links(self, name: str) -> list[str]:
        """Where the links of a page lead that stay on the site."""
        found = re.findall(r'href="/([^"]*?)/?"', self.texts[name])
        return [unescape(path) or "." for path in found]

    def listed(self, name: str, kind: str) -> list[str]:
        """The items of a list on a page, as text."""
        [rows] = re.findall(rf'<ul class="{kind}">(.*?)</ul>', self.texts[name], re.DOTALL)
        items = re.findall("<li>(.*?)</li>", rows, re.DOTALL)
        return [unescape(re.sub("<.*?>", "", item)) for item in items]

    def linked(self, name: str, kind: str) -> list[str]:
        """Where the first link of each item of a list leads."""
        [rows] = re.findall(rf'<ul class="{kind}">(.*?)</ul>', self.texts[name], re.DOTALL)
        return re.findall(r'<li><a href="/([^"]*)/"', rows)


@pytest.fixture
def build(front_end, live_server, tmp_path):
    """Build a site of this name from the server, as the document says."""

    def build(name="site"):
        command = (front_end / "build.sh").read_text(encoding="utf-8").splitlines()[-1]
        folder = tmp_path / name
        said = run(command.replace(" site", f" {folder}"), front_end, CMS=live_server.url)
        return Built(folder, said)

    return build


def paths(pages):
    kinds = {WorkingGroupPage: "groups/{0.slug}", BlogPost: "posts/{0.pk}"}
    return [kinds.get(type(page), "webinars/{0.pk}").format(page) for page in pages]


def everything_public():
    kinds = (WorkingGroupPage, BlogPost, Webinar)
    return [page for kind in kinds for page in kind.objects.public()]


def test_a_block_that_is_not_handled_does_not_compile(front_end):
    blocks = front_end / "src" / "blocks.ts"
    whole = blocks.read_text(encoding="utf-8")
    cut = re.sub(r'    case "quote":\n.*\n', "", whole)
    blocks.write_text(cut, encoding="utf-8")

    with pytest.raises(AssertionError, match="not assignable to parameter of type 'never'"):
        run("npx tsc --noEmit", front_end)

    blocks.write_text(whole, encoding="utf-8")


def test_each_public_page_has_one_file_and_each_link_inside_leads_to_one(world, build):
    site = build()

    words = Interest.objects.vocabulary().in_use()
    lists = [".", "groups", "calendar", "interests", "people"]
    months = [name for name in site.texts if name.startswith("calendar/")]
    assert sorted(site.texts) == sorted(
        [*paths(everything_public()), *(f"interests/{w.slug}" for w in words), *lists, *months]
    )
    assert len(everything_public()) == len(world.public)
    wrong = {name: set(site.links(name)) - set(site.texts) for name in site.texts}
    assert {name: links for name, links in wrong.items() if links} == {}


def test_nothing_hidden_is_in_it(world, build):
    assert [name for name, text in build().texts.items() if CANARY in text] == []


def test_a_group_has_its_people_partners_decisions_and_pages(world, build):
    site, group = build(), world.group

    name = "groups/delta"
    held = Membership.objects.in_group(group).on().shown()
    assert site.listed(name, "roles") == [
        f"{role.member.name}, {role.role}, {role.shown_organisation}" for role in held
    ]
    assert site.listed(name, "partners") == [row.name for row in group.partners.all()]
    since = WorkingGroupRecord.objects.get(pk=group.record.pk).established_on
    assert site.listed(name, "decisions") == [
        f"{row.decided_on.isoformat()}: {row.outcome}" for row in public_record(group, since)
    ]
    for kind, model in (("posts", BlogPost), ("webinars", Webinar)):
        of_group = model.objects.public().of_group(group).in_listing_order()
        assert site.linked(name, kind) == paths(of_group)


def test_blocks_become_html_with_links_inside_the_site(world, build):
    post = world.posts[0]

    text = build().texts[f"posts/{post.pk}"]

    marks = ("<h2>What was found</h2>", "<figcaption>A pier Ama", "<cite>An engineer", "One page")
    assert [mark for mark in marks if mark not in text] == []
    assert '<a href="/groups/delta/">Delta</a>' in text.partition("</nav>")[2]
    assert f'<a href="/posts/{world.posts[1].pk}/">Older</a>' in text
    assert '<a href="https://example.org/">Elsewhere</a>' in text


def test_events_stand_in_the_month_in_which_they_begin_where_they_are(world, build):
    site = build()

    event = world.webinars[0]  # at the end of March in New York, in April in Tokyo
    assert site.listed(f"webinars/{event.pk}", "times") == [
        "2024-03-31 18:30 New York",
        "2024-04-01 07:30 Tokyo",
    ]
    by_month = {name: set(site.links(name)) for name in site.texts if name.startswith("calendar/")}
    for webinar in Webinar.objects.public():
        month = webinar.city_times[0][1].strftime("%Y-%m")
        [named] = paths([webinar])
        assert [name for name, links in by_month.items() if named in links] == [f"calendar/{month}"]


def test_an_interest_finds_what_the_filter_by_it_finds(world, build, site):
    built = build()
    lists = {"groups": GroupListing, "posts": PostListing, "webinars": WebinarListing}

    for word in Interest.objects.vocabulary().in_use():
        for kind, listing in lists.items():
            found = listing(site=site, params={word.kind: word.slug}).queryset
            assert sorted(built.linked(f"interests/{word.slug}", kind)) == sorted(paths(found))


@pytest.fixture
def details():
    """Which single things the server was asked for, in order; it may be emptied."""
    found = []

    def note(sender, environ, **kwargs):
        if detail := re.search(r"/v1/((?:groups|posts|webinars)/[^/]+)/$", environ["PATH_INFO"]):
            found.append(detail.group(1))

    request_started.connect(note)
    yield found
    request_started.disconnect(note)


def test_the_second_time_only_what_changed_is_read_and_written(world, build, details):
    first = build()
    assert sorted(details) == sorted(paths(everything_public()))
    assert len(first.said) == len(first.texts)
    details.clear()
    assert build().said == []

    changed, gone = make.fresh(world.posts[1]), world.webinars[1]
    changed.title = "Newer than before"
    changed.save_revision()
    actions.install_page(actor=None, page=changed)
    actions.take_down(actor=make.secretary(), page=make.fresh(gone), reason="A mistake.")
    second = build()

    linking = world.posts[0]
    assert sorted(details) == sorted(paths([linking, changed]))
    there = ["groups/hills/index.html", f"posts/{changed.pk}/index.html"]
    assert {f"written {name}" for name in there} <= set(second.said)
    assert f"removed webinars/{gone.pk}/index.html" in second.said
    assert f"written webinars/{world.webinars[0].pk}/index.html" not in second.said
    assert second.texts == build("anew").texts


def test_a_group_that_is_called_otherwise_is_so_where_it_is_credited(world, build, details):
    build()
    details.clear()

    group = make.fresh(world.other)
    group.title = "Hills and dales"
    group.save_revision()
    actions.install_page(actor=None, page=group)
    second = build()

    [credited, own, *_more], [joint, _spring, event, _all] = world.posts, world.webinars
    assert sorted(details) == sorted(["groups/hills", *paths([credited, own, joint, event])])
    assert "Hills and dales" in second.texts[f"posts/{credited.pk}"]
    assert second.texts == build("anew").texts


def test_a_role_that_ends_and_a_group_that_is_dissolved_go_from_it(world, build):
    build()

    Membership.objects.get(member__name="Ama Chair").delete()
    dissolve(world.other)
    second = build()

    assert "Ama Chair" not in second.texts["groups/delta"]
    assert "removed groups/hills/index.html" in second.said
    assert f"removed posts/{world.posts[1].pk}/index.html" in second.said
    assert second.texts == build("anew").texts
