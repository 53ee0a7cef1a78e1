"""A draft for who holds a token of its preview: that version of that page, and nothing else."""

import datetime as dt

import pytest
import time_machine
from django.core import signing

from lpsa_wagtail import actions, models
from lpsa_wagtail.api import schemas
from lpsa_wagtail.choices import Role
from lpsa_wagtail.models import previewing
from tests import factories as make

KINDS = ["group", "post", "webinar"]
ROW = {
    "title": "Opening",
    "contributors": [{"name": "Ama", "affiliation": "The County", "role": "moderator"}],
    "recording_url": "",
}


def token_of(page):
    return previewing.token_for(make.fresh(page).latest_revision)


@pytest.fixture
def words():
    return list(models.Interest.objects.filter(slug__in=["kenya", "health"]))


@pytest.fixture
def hills():
    return make.group(title="Hills", slug="hills")


@pytest.fixture
def drafts(words, hills):
    """A draft of each noun, with everything that it can have."""
    index = make.index_page(models.WorkingGroupIndexPage)
    group = make.draft(
        make.WorkingGroupPageFactory,
        index,
        title="Delta",
        slug="delta",
        interests=words,
        lead_image=make.image(),
        terms_of_reference=make.document(),
        partners=[models.WorkingGroupPartner(name="Towns United", logo=make.image())],
        body=[("heading", "Why")],
    )
    finance = make.group(title="Finance", slug="finance")
    post = make.draft(
        make.BlogPostFactory,
        finance,
        title="Bridges",
        interests=words,
        lead_image=make.image(),
        published_on=dt.date(2024, 2, 29),
        authors=[models.BlogPostAuthor(name="Ama"), models.BlogPostAuthor(name="Bo")],
        joint_groups=[hills],
    )
    webinar = make.draft(
        make.WebinarFactory,
        finance,
        title="Water",
        interests=words,
        agenda=[("row", ROW)],
        cities=[models.WebinarCity(time_zone="Asia/Tokyo")],
        co_hosts=[models.WebinarCoHost(name="Towns United")],
        joint_groups=[hills],
        slides=make.document(),
    )
    return {"group": group, "post": post, "webinar": webinar}


# What it shows.


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_has_the_shape_of_what_is_public(ask, drafts, kind):
    answer = ask("preview/", token=token_of(drafts[kind]))

    assert answer.status_code == 200
    assert set(answer.json()) == {"type", kind}
    assert answer.json()["type"] == kind
    schemas.Preview.model_validate(answer.json())


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_is_told_as_it_is_told_once_it_is_live(ask, drafts, kind):
    page = drafts[kind]
    draft = ask("preview/", token=token_of(page)).json()[kind]

    actions.install_page(actor=None, page=make.fresh(page))

    key = page.slug if kind == "group" else page.pk
    live = ask(f"{kind}s/{key}/").json()
    passing = {"published_at", "updated_at", "established_on", "state", "states", "decisions"}
    assert {k: v for k, v in draft.items() if k not in passing} == {
        k: v for k, v in live.items() if k not in passing
    }


def test_all_of_it_comes_from_the_revision(ask, words, hills):
    """What is live, and what is stored, say something else."""
    post = make.post(
        make.group(),
        title="Old",
        published_on=dt.date(2020, 1, 1),
        authors=[models.BlogPostAuthor(name="Ama")],
        interests=words,
    )
    post = make.fresh(post)
    post.title, post.slug, post.published_on = "New", "new", dt.date(2024, 2, 29)
    post.authors = [models.BlogPostAuthor(name="Bo")]
    post.joint_groups = [hills]
    post.interests.set(words[:1])
    post.save_revision()

    told = ask("preview/", token=token_of(post)).json()["post"]

    assert (told["title"], told["date"]) == ("New", "2024-02-29")
    assert told["url"].endswith("/new/")
    assert [author["name"] for author in told["authors"]] == ["Bo"]
    assert [group["slug"] for group in told["joint_groups"]] == ["hills"]
    assert [word["slug"] for word in told["interests"]] == [words[0].slug]


def test_an_older_version_stays_what_it_was(ask):
    post = make.draft(make.BlogPostFactory, make.group(), title="First")
    token = token_of(post)
    post.title = "Second"
    post.save_revision()

    assert ask("preview/", token=token).json()["post"]["title"] == "First"
    assert ask("preview/", token=token_of(post)).json()["post"]["title"] == "Second"


@pytest.mark.parametrize("kind", KINDS)
def test_an_unfinished_draft_is_told(ask, kind):
    parent = make.group() if kind != "group" else make.index_page(models.WorkingGroupIndexPage)
    factory, fields = {
        "group": (make.WorkingGroupPageFactory, {}),
        "post": (make.BlogPostFactory, {"body": [("figure", {}), ("paragraph", "")]}),
        "webinar": (
            make.WebinarFactory,
            {"starts_at": None, "ends_at": None, "time_zone": "", "agenda": [("row", {})]},
        ),
    }[kind]
    page = make.unfinished(factory, parent, title="Draft", **fields)

    assert ask("preview/", token=token_of(page)).json()[kind]["title"] == "Draft"


def test_a_draft_below_a_draft_names_its_group(ask, drafts):
    post = make.draft(make.BlogPostFactory, drafts["group"])

    told = ask("preview/", token=token_of(post)).json()["post"]

    assert told["group"]["title"] == "Delta"


def test_other_drafts_stay_in(ask, drafts):
    """A link to one has no address, and one that is credited is not named."""
    canary = drafts["group"]
    text = f'<p><a linktype="page" id="{canary.pk}">It</a></p>'
    post = make.draft(
        make.BlogPostFactory, make.group(), body=[("paragraph", text)], joint_groups=[canary]
    )

    answer = ask("preview/", token=token_of(post))

    assert answer.json()["post"]["joint_groups"] == []
    assert "delta" not in answer.content.decode().lower()


def test_nothing_of_members_and_reviewers_is_told(ask):
    group = make.group()
    hidden = make.MemberFactory(name="canary", email="canary@example.org")
    make.MembershipFactory(member=hidden, group=group.record, role=Role.RESEARCHER)
    author = models.BlogPostAuthor(name="Ama", member=hidden)
    chair = make.leader(group)
    post = make.draft(make.BlogPostFactory, group, authors=[author], owner=chair)
    make.submit(post, chair)
    actions.add_note(actor=make.board_member(), page=post, text="canary")

    told = [ask("preview/", token=token_of(page)) for page in (group, post)]

    assert [answer.status_code for answer in told] == [200, 200]
    assert "canary" not in "".join(answer.content.decode() for answer in told)


# Who keeps it.


def test_the_answer_is_for_one_reader(ask, drafts):
    token = token_of(drafts["post"])
    for parameters in ({"token": token}, {"token": "x"}, {}, {"token": token, "x": "y"}):
        answer = ask("preview/", **parameters)

        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "ETag" not in answer
        assert "Last-Modified" not in answer


def test_what_somebody_has_is_told_again(client, drafts):
    """Conditional requests have no effect."""
    answer = client.get(
        "/api/lpsa/v1/preview/",
        {"token": token_of(drafts["post"])},
        headers={"if-none-match": "*", "if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    )

    assert answer.status_code == 200


# What it refuses.


def refusal(answer):
    assert answer["Content-Type"] == "application/problem+json"
    found = answer.json()
    kind = found["type"].removeprefix("urn:lpsa-wagtail:problem:")
    return answer.status_code, kind, found["detail"]


INVALID = (403, "preview-invalid", "This is no link to a preview, or it was changed on the way.")
EXPIRED = (
    403,
    "preview-expired",
    "This link to a preview has expired. Open the preview in the editor again.",
)
NO_PAGE = (404, "preview-gone", "The page of this preview is not there any more.")
NO_VERSION = (404, "preview-gone", "The version that this preview shows is not there any more.")


def changed(token):
    """The token with another payload, and with another signature."""
    payload, moment, signature = token.split(":")
    return [
        f"{payload[:-1]}{'A' if payload[-1] != 'A' else 'B'}:{moment}:{signature}",
        f"{payload}:{moment}:{signature[::-1]}",
        f"{payload}:zzzzzz:{signature}",
        token[:-1],
        f"{token}x",
        token.upper(),
    ]


def test_a_token_that_was_changed_opens_nothing(ask, drafts):
    token = token_of(drafts["post"])

    assert [refusal(ask("preview/", token=other)) for other in changed(token)] == [INVALID] * 6


@pytest.mark.parametrize(
    "token",
    [
        "x",
        ":::",
        "\u202e",
        "x" * 5000,
        signing.dumps([1, 1], salt="lpsa_wagtail.other"),
        signing.dumps([1, 1]),
    ],
    ids=["short", "colons", "marks", "long", "another use", "no use"],
)
def test_what_is_no_token_of_ours_opens_nothing(ask, token):
    assert refusal(ask("preview/", token=token)) == INVALID


def test_no_token_is_refused_with_what_is_wanted(ask):
    for parameters in ({}, {"token": ""}):
        answer = ask("preview/", **parameters)

        assert refusal(answer)[:2] == (400, "bad-value")
        assert answer.json()["parameter"] == "token"


@pytest.mark.parametrize(("minutes", "expected"), [(59, 200), (61, 403)])
def test_a_token_lasts_an_hour(ask, drafts, minutes, expected):
    token = token_of(drafts["post"])
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=minutes)):
        answer = ask("preview/", token=token)

    assert answer.status_code == expected
    assert expected == 200 or refusal(answer) == EXPIRED


def test_the_host_says_how_long_it_lasts(ask, drafts, settings):
    settings.LPSA_PREVIEW_MINUTES = 1
    token = token_of(drafts["post"])
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=2)):
        assert refusal(ask("preview/", token=token)) == EXPIRED


@pytest.mark.parametrize(("fallbacks", "status"), [(True, 200), (False, 403)])
def test_a_new_secret_key_keeps_tokens_while_the_old_one_is_named(
    ask, drafts, settings, fallbacks, status
):
    token = token_of(drafts["post"])
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    settings.SECRET_KEY_FALLBACKS = [old] if fallbacks else []

    assert ask("preview/", token=token).status_code == status


def test_what_was_deleted_is_gone(ask, drafts):
    post, webinar = drafts["post"], drafts["webinar"]
    of_page, of_version = token_of(post), token_of(webinar)
    post.delete()
    revision = webinar.latest_revision
    webinar.save_revision()
    revision.delete()

    assert refusal(ask("preview/", token=of_page)) == NO_PAGE
    assert refusal(ask("preview/", token=of_version)) == NO_VERSION


def test_a_token_does_not_fit_another_page(ask, drafts):
    """Not even when signed: page and version belong together."""
    post, webinar = make.fresh(drafts["post"]), make.fresh(drafts["webinar"])
    crossed = signing.dumps([str(post.pk), webinar.latest_revision_id], salt=previewing.SALT)

    assert refusal(ask("preview/", token=crossed)) == NO_VERSION


@pytest.mark.parametrize("where", ["index", "root"])
def test_only_groups_posts_and_webinars_are_told(ask, site, where):
    page = {"index": make.index_page(models.BlogIndexPage), "root": site.root_page}[where]
    revision = page.save_revision()

    assert refusal(ask("preview/", token=previewing.token_for(revision))) == NO_PAGE


def test_a_page_of_another_site_is_not_told(ask, drafts, site):
    other = models.BlogIndexPage(title="Other", slug="other")
    site.root_page.get_parent().add_child(instance=other)
    drafts["post"].move(other, pos="last-child")

    assert refusal(ask("preview/", token=token_of(drafts["post"]))) == NO_PAGE


def test_unknown_types_and_parameters_are_refused(ask, drafts):
    token = token_of(drafts["post"])

    answer = ask("preview/", token=token, content_type="wagtailcore.page")
    assert refusal(answer)[:2] == (400, "bad-value")
    assert answer.json()["allowed"] == [
        "lpsa_wagtail.workinggrouppage",
        "lpsa_wagtail.blogpost",
        "lpsa_wagtail.webinar",
    ]
    assert refusal(ask("preview/", token=token, page="1"))[:2] == (400, "unknown-parameter")
