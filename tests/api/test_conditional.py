"""What HTTP says around the answers: the same for everybody, and nothing twice."""

import datetime as dt

import pytest
import time_machine
from django.utils.http import http_date
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction

from lpsa_wagtail import actions, models
from lpsa_wagtail.api.conditional import REMEMBERED, Validators
from lpsa_wagtail.choices import Role
from lpsa_wagtail.models import PublicClock
from tests import factories as make
from tests.api.conftest import PREFIX

#: Nothing that a test does is as old as this, and no webinar of the factories has begun.
NOW = dt.datetime(2029, 6, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def group(committed):
    def made():
        target = Page.objects.get(depth=2)
        link = f'<p><a linktype="page" id="{target.pk}">home</a></p>'
        word = models.Interest.objects.get(slug="kenya")
        text = [("paragraph", link), ("figure", {"image": make.image(), "alternative_text": "A"})]
        group = make.group(slug="finance", interests=[word], body=text)
        make.post(group, slug="money")
        make.webinar(group, slug="talk")
        return group

    return committed(made)


@pytest.fixture
def paths(group):
    post, webinar = models.BlogPost.objects.get(slug="money"), models.Webinar.objects.get()
    return {
        "groups/": PREFIX + "groups/",
        "group": f"{PREFIX}groups/finance/",
        "posts/": PREFIX + "posts/?page_size=1",
        "post": f"{PREFIX}posts/{post.pk}/",
        "webinars/": PREFIX + "webinars/",
        "webinar": f"{PREFIX}webinars/{webinar.pk}/",
        "interests/": PREFIX + "interests/",
        "interest": PREFIX + "interests/kenya/",
        "changes/": PREFIX + "changes/",
        "missing": PREFIX + "posts/999999/",
        "refused": PREFIX + "posts/?page=x",
        "unknown": PREFIX + "nothing/",
    }


FOUND = (
    *("groups/", "group", "posts/", "post", "webinars/", "webinar"),
    *("interests/", "interest", "changes/"),
)
REFUSED = {"missing": 404, "refused": 400, "unknown": 404}


@pytest.mark.parametrize("what", FOUND)
def test_an_answer_says_how_it_is_kept(client, paths, what):
    answer = client.get(paths[what])

    assert {name: answer.get(name) for name in ("Cache-Control", "Vary", "Content-Language")} == {
        "Cache-Control": "public, max-age=60, stale-while-revalidate=60",
        "Vary": "Accept-Language",
        "Content-Language": "en",
    }
    assert answer["Last-Modified"] == http_date(NOW.timestamp())
    assert answer["ETag"].startswith('W/"')


@pytest.mark.parametrize(("what", "status"), REFUSED.items())
def test_a_refusal_is_kept_shortly_and_has_no_validators(client, paths, what, status):
    for headers in ({}, {"if-none-match": "*"}, {"if-modified-since": http_date(NOW.timestamp())}):
        answer = client.get(paths[what], headers=headers)

        assert answer.status_code == status
        assert answer["Cache-Control"] == "public, max-age=10"
        assert answer["Vary"] == "Accept-Language"
        assert "ETag" not in answer
        assert "Last-Modified" not in answer


@pytest.mark.parametrize("what", FOUND)
def test_who_has_it_hears_so_in_two_queries(client, paths, what, django_assert_max_num_queries):
    answer = client.get(paths[what])
    tag = answer["ETag"]
    bare = tag.removeprefix("W/")
    asked = [
        {"if-none-match": tag},
        {"if-none-match": bare},
        {"if-none-match": f"W/{tag}"},
        {"if-none-match": f'"a", W/"b" , {tag}'},
        {"if-none-match": f'{tag[:-1]}-gzip"'},
        {"if-none-match": f'{bare[:-1]};br"'},
        {"if-none-match": "*"},
        {"if-modified-since": answer["Last-Modified"]},
        {"if-none-match": tag, "if-modified-since": http_date(0)},
    ]
    for headers in asked:
        for method in (client.get, client.head):
            with django_assert_max_num_queries(2):
                again = method(paths[what], headers=headers)
            assert (again.status_code, again.content) == (304, b""), headers
            for name in ("ETag", "Cache-Control", "Vary", "Last-Modified"):
                assert again[name] == answer[name]


@pytest.mark.parametrize(
    "headers",
    [
        {"if-none-match": '"a"'},
        {"if-none-match": "a"},
        {"if-none-match": '"' * 9000},
        {"if-none-match": '"a"', "if-modified-since": http_date(NOW.timestamp())},
        {"if-modified-since": http_date(NOW.timestamp() - 1)},
        {"if-modified-since": "yesterday"},
        {"if-modified-since": ""},
    ],
)
def test_who_has_something_else_gets_it(client, paths, headers):
    client.get(paths["post"])

    assert client.get(paths["post"], headers=headers).status_code == 200


def test_a_date_alone_is_enough_also_where_nobody_remembers(client, paths):
    headers = {"if-modified-since": client.get(paths["post"])["Last-Modified"]}
    Validators.given.clear()

    assert client.get(paths["post"], headers=headers).status_code == 304


def test_only_so_much_is_remembered(client, paths):
    for number in range(REMEMBERED + 3):
        Validators.given[str(number)] = True
    client.get(paths["post"])

    assert len(Validators.given) == REMEMBERED


def test_within_the_second_of_a_change_there_is_no_date(client, paths, clock):
    clock.move_to(NOW)

    assert "Last-Modified" not in client.get(paths["post"])


def test_head_says_the_same_as_get_without_the_body(client, paths):
    for path in paths.values():
        got, head = client.get(path), client.head(path)
        assert head.content == b""
        assert dict(head.headers) == dict(got.headers) | {"Content-Length": str(len(got.content))}


#: What changes an answer: (which answer, what happens).
EVENTS = {
    "a post is published": ("posts/", lambda group: make.post(group, slug="new")),
    "a post is taken down": ("posts/", lambda group: models.BlogPost.objects.get().unpublish()),
    "a role is given": (
        "group",
        lambda group: make.MembershipFactory(group=group.record, accepted_at=NOW),
    ),
    "facts change": (
        "webinar",
        lambda group: actions.change_facts(
            actor=None, webinar=models.Webinar.objects.get(), venue="Hall"
        ),
    ),
    "a word is renamed": ("group", lambda group: rename_word()),
    "a page is closed": (
        "posts/",
        lambda group: close(group),
    ),
    "a group is dissolved": ("groups/", lambda group: dissolve(group)),
    "the address of a page that is linked changes": ("group", lambda group: rename_linked(group)),
    "a group is renamed": ("posts/", lambda group: rename(group)),
}


def rename_word():
    word = models.Interest.objects.get(slug="kenya")
    word.name = "Republic of Kenya"
    word.save()


def close(group):
    PageViewRestriction.objects.create(page_id=group.pk, restriction_type="login")


def dissolve(group):
    record = group.record
    record.state = "dissolved"
    record.save()


def rename_linked(group):
    page = Page.objects.get(pk=make.index_page(models.BlogIndexPage).pk).specific
    page.slug = "articles"
    page.save()


def rename(group):
    page = make.fresh(group)
    page.title = "Renamed"
    page.save_revision()
    actions.install_page(actor=None, page=make.fresh(page))


@pytest.fixture
def linked(committed, group):
    """The group links to the list of posts."""

    def change():
        page, target = make.fresh(group), make.index_page(models.BlogIndexPage)
        page.body = [("paragraph", f'<p><a linktype="page" id="{target.pk}">posts</a></p>')]
        page.save_revision()
        actions.install_page(actor=None, page=make.fresh(page))

    committed(change)


@pytest.mark.parametrize("event", EVENTS)
def test_an_answer_that_changed_is_given_anew_when(event, client, paths, group, linked, committed):
    what, act = EVENTS[event]
    before = client.get(paths[what])
    known = {"if-none-match": before["ETag"]}
    assert client.get(paths[what], headers=known).status_code == 304

    committed(lambda: act(group))
    for headers in (known, {"if-modified-since": before["Last-Modified"]}):
        after = client.get(paths[what], headers=headers)
        assert after.status_code == 200
        assert after["ETag"] != before["ETag"]
        assert after.content != before.content


def test_a_picture_that_is_replaced_is_told_anew(client, paths, group, committed):
    before = client.get(paths["group"])

    committed(get_image_model().objects.latest("pk").save)

    assert client.get(paths["group"], headers={"if-none-match": before["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("choice", "shown"), [({"in_directory": True}, 1), ({"in_directory": False}, 0)]
)
def test_what_a_member_chooses_is_told_anew(client, paths, group, committed, choice, shown):
    member = committed(
        lambda: (
            make.MembershipFactory(
                group=group.record,
                role=Role.GUEST,
                public=True,
                member=make.MemberFactory(in_directory=not choice["in_directory"]),
            ).member
        )
    )
    before = client.get(paths["group"])

    committed(lambda: (setattr(member, "in_directory", choice["in_directory"]), member.save()))
    after = client.get(paths["group"], headers={"if-none-match": before["ETag"]})

    assert len(after.json()["roles"]) == shown


def test_days_that_pass_are_told_anew_without_a_tick(client, paths, group, committed, clock):
    committed(
        lambda: make.MembershipFactory(
            group=group.record, accepted_at=NOW, start=dt.date(2029, 6, 2), end=dt.date(2029, 6, 3)
        )
    )
    roles, known = {}, {}
    for day in range(1, 6):
        clock.move_to(dt.datetime(2029, 6, day, 13, tzinfo=dt.UTC))
        answer = client.get(paths["group"], headers=known)
        roles[day] = len(answer.json()["roles"])
        known = {"if-none-match": answer["ETag"], "if-modified-since": answer["Last-Modified"]}

    assert roles == {1: 0, 2: 1, 3: 1, 4: 0, 5: 0}


def test_a_webinar_that_begins_and_ends_is_told_anew(client, paths, clock):
    path = f"{paths['webinars/']}?when=upcoming"
    counts, known = [], {}
    for moment in ("12:59:59", "13:00:01", "14:29:59", "14:30:02"):
        clock.move_to(f"2030-05-07 {moment}Z")
        answer = client.get(path, headers=known)
        counts.append(len(answer.json()["results"]) if answer.status_code == 200 else "same")
        known = {"if-none-match": answer["ETag"]}

    assert counts == [1, 1, "same", 0]


@pytest.mark.parametrize("middleware", [True, False])
def test_nobody_gets_another_answer_for_a_cookie(client, paths, settings, middleware):
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    if middleware:
        settings.MIDDLEWARE = [
            "django.middleware.gzip.GZipMiddleware",
            "django.middleware.http.ConditionalGetMiddleware",
            *settings.MIDDLEWARE,
            "django.middleware.locale.LocaleMiddleware",
        ]
    user = make.UserFactory(is_superuser=True)
    others = {"accept-encoding": "identity"}
    for path in [*paths.values(), f"{PREFIX}openapi.json"]:
        client.cookies.clear()
        anonymous = client.get(path, headers=others)
        client.force_login(user)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
        known = client.get(path, headers=others)

        assert known.content == anonymous.content
        assert dict(known.headers) == dict(anonymous.headers)
        assert "Cookie" not in known["Vary"]
        assert "Set-Cookie" not in known


def test_the_language_is_what_the_request_accepts(client, paths, settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    word = models.Interest.objects.get(slug="kenya")
    models.InterestLabel.objects.create(interest=word, language="fr", label="Le Kenya")
    asked = ["fr", "fr-CA, en;q=0.5", "de, fr;q=0.8", "xx", "", "x" * 5000, ", ".join(["fr"] * 999)]

    answers = [
        client.get(paths["interest"], headers={"accept-language": language}) for language in asked
    ]

    assert [answer["Content-Language"] for answer in answers] == [
        *("fr", "fr", "fr", "en", "en", "en", "fr"),
    ]
    assert [answer.json()["label"] for answer in answers] == [
        *["Le Kenya"] * 3,
        *["Kenya"] * 3,
        "Le Kenya",
    ]
    assert len({answer["ETag"] for answer in answers}) == 2


@pytest.mark.urls("tests.api.urls_in_languages")
def test_it_works_behind_a_language(client, group, settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.middleware.locale.LocaleMiddleware"]

    answer = client.get("/fr/api/changes/?type=group", headers={"accept-language": "en"})

    assert answer["Content-Language"] == "en"
    assert answer.json()["results"][0]["address"] == "http://testserver/fr/api/groups/finance/"
    again = client.get(
        "/fr/api/changes/?type=group",
        headers={"accept-language": "en", "if-none-match": answer["ETag"]},
    )
    assert again.status_code == 304


def test_a_setting_of_ours_is_another_answer(client, paths, settings):
    before = client.get(paths["post"])["ETag"]
    settings.LPSA_API_MAX_AGE = 5

    after = client.get(paths["post"])

    assert after["ETag"] != before
    assert after["Cache-Control"] == "public, max-age=5, stale-while-revalidate=5"


def test_before_anything_was_noted_nothing_is_told_apart(client, paths):
    PublicClock.objects.all().delete()

    answer = client.get(paths["post"])

    assert "ETag" not in answer
    assert "Last-Modified" not in answer
