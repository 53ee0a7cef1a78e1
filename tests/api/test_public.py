"""Only what everybody may see leaves, whoever asks."""

import datetime as dt

import pytest
from wagtail.models import Locale, Page, PageViewRestriction, Site

from lpsa_wagtail import models
from lpsa_wagtail.choices import GroupState, Role
from tests import factories as make
from tests.api.conftest import PREFIX

CANARY = "canary"


def everything(client, *pages, **headers) -> str:
    """All that the API says: lists, and the details of these pages."""
    paths = [
        *("groups/?fields=*", "posts/?fields=*", "webinars/?fields=*", "interests/?fields=*"),
        *("series/", "people/", "search/?q=a", f"search/?q={CANARY}", "navigation/", "changes/"),
        *("groups/?as_of=2021-01-01&fields=*", "openapi.json"),
    ]
    nouns = {models.BlogPost: "posts", models.Webinar: "webinars"}
    for page in pages:
        noun = nouns.get(type(page))
        paths.append(f"{noun}/{page.pk}/" if noun else f"groups/{page.slug}/")
    return "\n".join(client.get(PREFIX + path, **headers).content.decode() for path in paths)


@pytest.fixture
def group():
    """A live group whose private side is full of canaries."""
    group = make.group(title="Finance", slug="finance")
    models.WorkingGroupRecord.objects.filter(pk=group.record.pk).update(
        teams_link=f"https://{CANARY}.example.org/teams",
        zoom_host_link=f"https://{CANARY}.example.org/zoom",
    )
    private = {
        "email": f"{CANARY}@example.org",
        "expertise": CANARY,
        "affiliation": f"Employer {CANARY}",
        "country": "KE",
        "consent_source": CANARY,
    }
    chair = make.MemberFactory(name="A. Chair", **private)
    hidden = make.MemberFactory(name=f"B. {CANARY}", email=f"b.{CANARY}@example.org")
    now = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    make.MembershipFactory(member=chair, group=group.record, accepted_at=now, organisation="A city")
    make.MembershipFactory(member=hidden, group=group.record, role=Role.GUEST, public=True)
    return group


@pytest.fixture
def content(group):
    """Live content, with drafts on top, below and beside it."""
    member = models.Member.objects.get(name="A. Chair")
    post = make.post(group, authors=[models.BlogPostAuthor(name="A. Chair")])
    models.BlogPostAuthor.objects.update(member=member)
    webinar = make.webinar(group)
    for page in (group, post, webinar):
        page = make.fresh(page)
        page.title = f"{CANARY} in a later draft"
        page.save_revision()
    hidden = {"title": f"{CANARY} draft", "slug": f"{CANARY}-draft"}
    return {
        "live": [group, post, webinar],
        "drafts": [
            make.draft(make.BlogPostFactory, group, **hidden),
            make.draft(make.WebinarFactory, group, **hidden | {"slug": f"{CANARY}-event"}),
            make.draft(
                make.WorkingGroupPageFactory,
                make.index_page(models.WorkingGroupIndexPage),
                **hidden,
            ),
        ],
    }


def test_nothing_private_and_no_draft_leaves(client, content):
    said = everything(client, *content["live"], *content["drafts"])

    assert "A. Chair" in said
    assert CANARY not in said.replace(f"?q={CANARY}", "")


@pytest.mark.parametrize("person", [make.secretary, make.board_chair, "superuser", "chair"])
def test_everybody_gets_the_same(client, content, django_user_model, person):
    pages = [*content["live"], *content["drafts"]]
    anonymous = everything(client, *pages)

    if person == "superuser":
        user = django_user_model.objects.create_superuser("root")
    elif person == "chair":
        user = make.leader(of=content["live"][0])
        anonymous = everything(client, *pages)
    else:
        user = person()
    client.force_login(user)

    assert everything(client, *pages) == anonymous


def statuses(ask, *pages):
    nouns = {models.BlogPost: "posts/{0.pk}/", models.Webinar: "webinars/{0.pk}/"}
    paths = (nouns.get(type(page), "groups/{0.slug}/").format(page) for page in pages)
    return [ask(path).status_code for path in paths]


def counts(ask):
    """Numbers of results, the same by number and by cursor."""
    found = {}
    for noun in ("groups", "posts", "webinars"):
        found[noun] = ask(f"{noun}/", page="1").json()["count"]
        assert len(ask(f"{noun}/").json()["results"]) == found[noun]
    return found


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def dissolve(page):
    models.WorkingGroupRecord.objects.filter(translation_key=page.translation_key).update(
        state=GroupState.DISSOLVED
    )


def unpublish(page):
    page.unpublish()


@pytest.mark.parametrize(("hide", "status"), [(restrict, 404), (dissolve, 410), (unpublish, 404)])
def test_what_lies_below_a_hidden_group_is_hidden(ask, hide, status):
    group = make.group()
    other = make.group()
    pages = [make.post(group), make.webinar(group)]
    make.post(other)
    assert statuses(ask, group, *pages) == [200, 200, 200]

    hide(group)

    assert statuses(ask, group, *pages) == [status] * 3
    assert counts(ask) == {"groups": 1, "posts": 1, "webinars": 0}
    assert ask("posts/", group=group.slug).json()["allowed"] == [other.slug]


@pytest.mark.parametrize("published", [True, False])
def test_what_is_restricted_or_was_never_public_is_not_said_to_be_gone(ask, published):
    group = make.group()
    page = make.post(group) if published else make.draft(make.BlogPostFactory, group)
    if published:
        restrict(page)

    dissolve(group)

    assert statuses(ask, group, page) == [410, 404]


def test_a_hidden_group_is_not_named_where_it_was_credited(ask):
    group, hidden = make.group(), make.group(slug="hidden")
    post = make.post(group, joint_groups=[hidden])
    restrict(hidden)

    assert ask(f"posts/{post.pk}/").json()["joint_groups"] == []


def test_what_is_live_without_a_decision_is_not_shown(ask):
    group = make.group()
    page = make.draft(make.BlogPostFactory, group)
    Page.objects.filter(pk=page.pk).update(live=True)

    assert statuses(ask, page) == [404]
    assert counts(ask)["posts"] == 0


def test_a_site_shows_its_own(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    ours = make.post(make.group(slug="ours"))
    root = Page.objects.get(depth=1).add_child(instance=Page(title="Second", slug="second"))
    Site.objects.create(hostname="second.example.org", port=443, root_page=root)
    index = root.add_child(instance=models.WorkingGroupIndexPage(title="Groups", slug="groups"))
    group = make.live(make.WorkingGroupPageFactory, index, slug="theirs", title="Theirs")
    theirs = make.post(group, slug="news", title="News")

    def ask(path, host):
        return client.get(PREFIX + path, headers={"host": host})

    answer = ask("posts/", "second.example.org").json()
    assert [post["id"] for post in answer["results"]] == [theirs.pk]
    assert answer["results"][0]["url"] == "https://second.example.org/groups/theirs/news/"
    assert ask(f"posts/{ours.pk}/", "second.example.org").status_code == 404
    assert ask("groups/ours/", "second.example.org").status_code == 404
    assert ask(f"posts/{theirs.pk}/", "localhost").status_code == 404
    assert [p["id"] for p in ask("posts/", "localhost").json()["results"]] == [ours.pk]


def test_an_address_of_no_site_shows_nothing(ask):
    make.post(make.group())
    Site.objects.all().delete()

    assert ask("posts/").status_code == 404
    assert ask("groups/").status_code == 404


def test_a_site_in_two_languages_shows_both_each_at_its_address(
    ask, site, settings, django_assert_max_num_queries
):
    make.post(make.group(slug="finance"), slug="news", title="A")
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "French")]
    french = Locale.objects.create(language_code="fr")
    root = site.root_page.copy_for_translation(french)
    root.save_revision().publish()
    index = models.WorkingGroupIndexPage(title="Groupes", slug="groupes", locale=french)
    root.add_child(instance=index)
    group = make.live(make.WorkingGroupPageFactory, index, slug="finances", locale=french)
    make.post(group, slug="nouvelles", title="B", locale=french)

    with django_assert_max_num_queries(7):  # one asks the clock of the public record
        answer = ask("posts/").json()

    assert [(post["title"], post["url"]) for post in answer["results"]] == [
        ("B", "http://localhost/groupes/finances/nouvelles/"),
        ("A", "http://localhost/working-groups/finance/news/"),
    ]
