"""What only one of the hosts has: languages, neighbours, a cache, workflows and APIs of its own."""

import json

import pytest

from tests.hosts.test_hosts import NO_DRIFT, PRIVATE, addresses, statuses, wrong

pytestmark = pytest.mark.hosts


def only(*names):
    return pytest.mark.parametrize("stay", names, indirect=True)


in_several_languages = only("three_locales")
TYPES = ("group", "post", "webinar")
ENGLISH, FRENCH = "Bridges of the region", "Ponts de la région"


def special(stay) -> dict:
    return stay["here"]["special"]


# Languages.


@in_several_languages
def test_a_page_made_in_the_editor_of_a_host_that_keeps_its_trees_in_step_is_saved(stay):
    assert statuses(special(stay)["editing"]) == {"group": 302, "post": 302, "webinar": 302}


@in_several_languages
def test_what_such_a_host_puts_into_other_languages_are_ordinary_drafts(stay):
    copies = special(stay)["copies"]

    assert languages_of(copies, "first") == dict.fromkeys(TYPES, ("ar", "fr"))
    assert {(live, alias) for *_, live, alias in copies} == {(False, None)}


def languages_of(copies, word) -> dict:
    """Into which languages a page of each type was put whose slug begins with the word."""
    found = {}
    for kind, slug, language, *_ in sorted(copies):
        if slug.startswith(word):
            found[kind] = (*found.get(kind, ()), language)
    return found


@in_several_languages
def test_a_translation_goes_live_by_the_board_and_has_its_place_in_its_language(stay):
    seen = special(stay)["translated"]

    assert wrong(seen) == {}
    assert seen["group"]["address"] == "/fr/working-groups/bridges-of-the-region/"
    assert FRENCH in seen["group"]["text"]
    assert "Un pont en trois mois" in seen["post"]["text"]
    assert '<html lang="fr" dir="ltr">' in seen["directory"]["text"]


@in_several_languages
def test_lists_in_two_languages_stay_apart(stay):
    seen = special(stay)["translated"]
    shown = {
        name: (ENGLISH in seen[name]["text"], FRENCH in seen[name]["text"])
        for name in ("directory", "english directory", "english posts")
    }

    assert shown == {
        "directory": (False, True),
        "english directory": (True, False),
        "english posts": (True, False),
    }


@in_several_languages
def test_a_list_without_a_translated_group_is_there_from_right_to_left_and_empty(stay):
    seen = special(stay)["translated"]["arabic directory"]

    assert '<html lang="ar" dir="rtl">' in seen["text"]
    assert (ENGLISH in seen["text"], FRENCH in seen["text"]) == (False, False)


@pytest.fixture
def moved(stay):
    """What was seen after the host had gone over to wagtail-localize."""
    if not stay.moves:
        pytest.skip(f"{stay.host.name} needs {stay.host.moving_needs}")
    return stay["moved"]


@in_several_languages
def test_with_wagtail_localize_nothing_is_pending_and_everything_answers(stay, moved):
    assert moved["drift"] == NO_DRIFT
    assert moved["checks"] == stay["here"]["checks"]
    assert wrong(moved["places"]) == {}


@in_several_languages
def test_what_wagtail_localize_puts_into_other_languages_are_ordinary_drafts(stay, moved):
    seen = moved["special"]

    assert statuses(seen["editing"]) == {"group": 302, "post": 302, "webinar": 302}
    assert languages_of(seen["copies"], "later") == dict.fromkeys(TYPES, ("fr",))
    assert {alias for *_, alias in seen["copies"]} == {None}


@in_several_languages
def test_wagtail_localize_publishes_nothing_without_the_board(stay, moved):
    seen = moved["special"]["translation"]

    assert (seen["submitted"]["status"], seen["editor"]["status"]) == (302, 200)
    assert (seen["published"]["status"], seen["live"]) == (302, False)


# Neighbours.


@in_several_languages
def test_nothing_of_one_site_is_on_the_other(stay):
    www, academy = (seen for _hostname, seen in sorted(special(stay)["sites"].items())[::-1])
    of_www = (ENGLISH, "A bridge in three months", "Who pays for bridges?")
    of_academy = ("Pilots of tomorrow", "A day in the tower", "Tides explained")

    for seen, own, foreign in ((www, of_www, of_academy), (academy, of_academy, of_www)):
        assert wrong(seen) == {}
        texts = "".join(one["text"] for one in seen.values())
        assert [words for words in own if words not in texts] == []
        assert [words for words in foreign if words in texts] == []


@in_several_languages
def test_each_site_is_named_with_its_own_host_in_its_json(stay):
    for hostname, seen in special(stay)["sites"].items():
        for path, one in seen.items():
            if path.startswith(stay.host.api):
                found = list(addresses(json.loads(one["text"])))
                foreign = [at for at in found if not at.startswith(f"https://{hostname}/")]
                assert (bool(found), set(foreign)) == (
                    True,
                    {"https://register.example.org/bridges"} if "webinars" in path else set(),
                )


# A cache in front.


@only("slashless")
def test_a_visitor_never_gets_what_the_cache_kept_of_somebody_else(stay):
    for name, (cochair, visitor, again) in special(stay)["seen"].items():
        assert (cochair["status"], visitor["status"], again["status"]) == (200, 200, 200), name
        assert visitor["text"] == again["text"]
        assert "set-cookie" not in visitor["headers"]


@only("slashless")
def test_the_preview_of_a_draft_is_for_its_author_and_stays_out_of_the_cache(stay):
    draft = special(stay)["draft"]

    assert "Half a thought" in draft["author"]["text"]
    assert "no-store" in draft["author"]["headers"]["cache-control"]
    assert draft["visitor"]["address"].startswith("/admin/login/")


@only("slashless")
def test_every_answer_carries_the_hosts_policy(stay):
    looks = [one for looks in stay["here"]["public"].values() for one in looks]

    assert {"script-src 'self'" in one["headers"]["content-security-policy"] for one in looks} == {
        True
    }


# Templates in another language.


@only("jinja_house")
def test_a_template_of_the_host_takes_the_place_of_ours_in_jinja_too(stay):
    text = stay["here"]["public"]["webinar"][-1]["text"]

    assert 'class="house-nav"' in text
    assert '<time datetime="2031-05-07T13:00:00+00:00">07.05.2031 16:00</time>' in text
    assert "Money follows function." in text


# Page types and workflows of its own.


@only("strict_home")
def test_the_hosts_own_posts_and_workflow_go_on_working(stay):
    seen = special(stay)

    assert (seen["before"]["status"], seen["editor"]["status"], seen["after"]["status"]) == (
        200,
        200,
        200,
    )
    assert "The bridge is open again" not in seen["before"]["text"]
    assert "The bridge is open again" in seen["after"]["text"]
    assert seen["tags"] == ["bridges", "roads"]


# Other APIs.


@only("headless")
def test_wagtails_own_apis_show_our_pages_when_they_are_live_and_only_then(stay):
    seen = special(stay)
    drafts = {at for at in seen if at.endswith(("half_post", "half_webinar"))}

    assert wrong({at: one for at, one in seen.items() if at not in drafts}) == {}
    assert wrong({at: seen[at] for at in drafts}, status=404) == {}
    assert "A bridge in three months" in seen["/api/v2/pages/post"]["text"]
    assert json.loads(seen["/api/v2/pages/?type=Webinar"]["text"])["meta"]["total_count"] == 1


@only("headless")
def test_wagtails_own_apis_tell_nothing_private(stay):
    theirs = [one for at, one in special(stay).items() if at not in ("preview", "told")]
    texts = "".join(one.get("text", "") for one in theirs)

    assert [word for word in PRIVATE if word in texts] == []


@only("headless")
def test_the_hosts_headless_preview_shows_our_drafts(stay):
    seen = special(stay)
    told = json.loads(seen["told"]["text"])

    assert seen["preview"]["frames"] == "https://front.example.com/draft/"
    assert (told["type"], told["post"]["title"]) == ("post", "Half a thought")


@only("headless")
def test_the_hosts_front_end_gets_what_it_got(stay):
    assert json.loads(special(stay)["front.json"]["text"]) == {
        "claim": "Content is all we do.",
        "articles": [{"id": 4, "title": "First"}],
    }
