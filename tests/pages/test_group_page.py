"""The page of a group."""

import datetime as dt

import pytest
from django.utils import timezone

from lpsa_wagtail.choices import GroupState, Role
from lpsa_wagtail.models import (
    BlogIndexPage,
    WebinarIndexPage,
    WorkingGroupIndexPage,
    WorkingGroupPartner,
    WorkingGroupSettings,
)
from tests import factories as make

HOUR = dt.timedelta(hours=1)


def accepted(group, role, **fields):
    """A role that the person accepted, in ``group``."""
    fields = {"accepted_at": timezone.now(), **fields}
    return make.MembershipFactory(group=group.record, role=role, **fields)


def test_designation_state_focus_purpose_and_text_are_shown(visit):
    group = make.group(
        title="Delta",
        designation="chapter",
        focus="country",
        purpose="First.\n\nSecond.",
        body=[("heading", "Why"), ("paragraph", "<p>Because.</p>")],
    )

    seen = visit(group)

    assert seen.text("h1") == "Delta"
    assert seen.text("header .lpsa-designation") == "Chapter"
    assert seen.text("header .lpsa-focus") == "Country"
    assert seen.text("header .lpsa-flag") == "Forming"
    assert seen.texts(".lpsa-lede p") == ["First.", "Second."]
    assert seen.texts(".lpsa-body h2, .lpsa-body p") == ["Why", "Because."]
    assert seen.text("title").startswith("Delta · Chapter")


def test_who_leads_is_shown_with_role_and_organisation(visit):
    group = make.group()
    member = make.MemberFactory(name="Ama", affiliation="Coast College")
    accepted(group, Role.CO_CHAIR, member=member)
    other = make.MemberFactory(name="Bo", affiliation="Inland College")
    accepted(group, Role.COORDINATOR, member=other, organisation="Towns United")

    seen = visit(group)

    assert seen.texts('[aria-labelledby="lpsa-leaders"] li') == [
        "Ama Co-chair Coast College",
        "Bo Coordinator Towns United",
    ]


def test_people_who_did_not_choose_to_be_shown_are_not(visit):
    group = make.group()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    hidden = [
        make.MembershipFactory(group=group.record, role=Role.CO_CHAIR),
        accepted(group, Role.CO_CHAIR, end=yesterday),
        accepted(group, Role.CO_CHAIR, start=timezone.localdate() + dt.timedelta(days=1)),
        accepted(group, Role.STAKEHOLDER, public=True),
        accepted(group, Role.GUEST, member=make.MemberFactory(in_directory=True)),
    ]
    shown = accepted(
        group,
        Role.RESEARCHER,
        public=True,
        member=make.MemberFactory(name="Cy", affiliation="Not ticked", in_directory=True),
    )

    seen = visit(group)

    assert seen.texts('[aria-labelledby="lpsa-participants"] li') == [
        f"{shown.member.name} Researcher or practitioner"
    ]
    assert seen.text('[aria-labelledby="lpsa-leaders"] p') == "Co-chairs are being identified."
    text = seen.get_text()
    assert [row.member.name for row in hidden if row.member.name in text] == []
    assert "Not ticked" not in text


def test_private_links_and_addresses_of_people_stay_in(visit):
    group = make.group(contact_email="delta@example.org")
    group.record.teams_link = "https://teams.example.org/secret"
    group.record.zoom_host_link = "https://zoom.example.org/secret"
    group.record.save()
    role = accepted(group, Role.CO_CHAIR)

    page = str(visit(group))

    assert "delta@example.org" in page
    assert [word for word in ("secret", role.member.email) if word in page] == []


def test_events_to_come_and_events_that_were(visit):
    group, now = make.group(), timezone.now().replace(microsecond=0)
    for title, hours, more in (
        ("Long ago", -90, {"recording_url": "https://video.example.org/1"}),
        ("Lately", -50, {}),
        ("Running", -0.5, {}),
        ("Soon", 40, {}),
        ("Later", 90, {"status": "postponed"}),
    ):
        start = now + hours * HOUR
        make.webinar(group, title=title, starts_at=start, ends_at=start + HOUR, **more)

    seen = visit(group)

    upcoming = '[aria-labelledby="lpsa-upcoming"]'
    assert seen.texts(f"{upcoming} h3") == ["Running", "Soon", "Later"]
    assert seen.texts(f"{upcoming} .lpsa-flag") == ["Postponed"]
    past = '[aria-labelledby="lpsa-past"]'
    assert seen.texts(f"{past} h3") == ["Lately", "Long ago"]
    assert seen.links(f"{past} .lpsa-more") == {"Recording": "https://video.example.org/1"}
    webinars = make.index_page(WebinarIndexPage).url
    assert seen.links(f"{past} .lpsa-all a") == {
        "All meetings of this group": f"{webinars}?group={group.slug}"
    }


def test_latest_posts_with_those_of_others_that_credit_the_group(visit):
    group, other = make.group(), make.group()
    for day in range(1, 7):
        make.post(group, title=f"Day {day}", published_on=dt.date(2024, 1, day))
    make.post(other, title="Joint", published_on=dt.date(2024, 1, 9), joint_groups=[group])
    make.draft(make.BlogPostFactory, group, title="Draft")

    seen = visit(group)

    posts = '[aria-labelledby="lpsa-posts"]'
    assert seen.texts(f"{posts} h3") == ["Joint", *(f"Day {n}" for n in (6, 5, 4, 3, 2))]
    blog = make.index_page(BlogIndexPage).url
    assert seen.links(f"{posts} .lpsa-all a") == {
        "All posts of this group": f"{blog}?group={group.slug}"
    }


def test_interests_lead_to_the_directory_narrowed_by_them(visit):
    region = make.InterestFactory(name="Islands", slug="islands", kind="region")
    group = make.group(interests=[region])
    directory = make.index_page(WorkingGroupIndexPage).url
    assert visit(group).links("header .lpsa-words a") == {"Islands": f"{directory}?region=islands"}


def test_how_to_join_is_the_groups_own_text_else_the_line_of_the_site(visit, site):
    settings = WorkingGroupSettings.for_site(site)
    settings.join_text, settings.join_email = "Come in.", "groups@example.org"
    settings.save()
    general, own = make.group(), make.group(how_to_join="Ring twice.")

    joining = '[aria-labelledby="lpsa-joining"]'
    assert visit(general).texts(f"{joining} p") == ["Come in. groups@example.org"]
    assert visit(own).texts(f"{joining} p") == ["Ring twice."]


def test_partners_and_terms_of_reference(visit):
    terms = make.document(title="Terms 2022")
    group = make.group(
        terms_of_reference=terms,
        partners=[
            WorkingGroupPartner(name="Towns United", link="https://towns.example.org"),
            WorkingGroupPartner(name="Coast College", logo=make.image()),
        ],
    )

    seen = visit(group)

    assert seen.links(".lpsa-partners a") == {"Towns United": "https://towns.example.org"}
    assert [image["alt"] for image in seen.select(".lpsa-partners img")] == ["Coast College"]
    assert seen.links(".lpsa-document a") == {"Terms of reference": terms.url}


def test_the_lead_image_has_its_alternative_text(visit):
    group = make.group(lead_image=make.image(), lead_image_alt="A pier")
    assert visit(group).select_one(".lpsa-lead-image img")["alt"] == "A pier"
    bare = make.group(lead_image=make.image(title="IMG_1234"))
    assert visit(bare).select_one(".lpsa-lead-image img")["alt"] == ""


def test_a_group_without_anything_has_a_decent_page(visit):
    group = make.group(title="Bare", purpose="")
    seen = visit(group)
    assert seen.text("h1") == "Bare"
    assert seen.text("p.lpsa-empty") == "There are no posts and no meetings yet."
    panels = ["Who leads it", "How to join", "Follow the group", "Foundation", "Decisions"]
    assert seen.texts("aside h2") == panels


@pytest.mark.parametrize("title", ["東京 · القاهرة · Київ · Nairobi", "W" * 255, "<b>&amp;"])
def test_any_title_is_shown_as_it_is(title, visit):
    group = make.group(title=title, slug="any")
    post = make.post(group, title=title, slug="any-post")
    event = make.webinar(group, title=title, slug="any-event")
    for page in (group, post, event):
        seen = visit(page)
        assert seen.text("h1") == title
        assert seen.select_one("h1")["dir"] == "auto"


def test_a_dissolved_group_and_what_is_below_it_are_gone(visit):
    group = make.group()
    post = make.post(group)
    group.record.state = GroupState.DISSOLVED
    group.record.save()
    visit(group, status=410)
    visit(post, status=410)


def test_what_lies_below_an_unpublished_group_is_gone(visit):
    group = make.group()
    event = make.webinar(group)
    group.unpublish()
    assert make.fresh(event).live is True
    visit(event, status=404)
