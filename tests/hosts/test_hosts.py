"""Six projects as their owners wrote them, before us, with us and without us again.

What each host saw is in its ``stay`` (see conftest.py): a mapping of step to what was noted.
"""

import json

import pytest

from tests.hosts.hosts import HOSTS, OWN_SHELL

pytestmark = pytest.mark.hosts

every_host = pytest.mark.parametrize("stay", HOSTS, indirect=True)
every_host_with_pages = pytest.mark.parametrize(
    "stay", [name for name, host in HOSTS.items() if host.front], indirect=True
)

QUIET = {"text": "Setup was complete; nothing was to do.\n", "failure": ""}
NO_DRIFT = {"text": "No changes detected\n", "failure": ""}
PAGES = ("directory", "group", "post", "webinar", "posts", "webinars")
#: Never to be seen by visitors: private links, an address, drafts.
PRIVATE = ("teams.example.org", "zoom.example.org", "amina.private@", "Half a thought")
WHAT_MUST_SHOW = {
    "directory": ("Bridges of the region", "Learning Circle"),
    "group": ("Bridges of the region", "Learning Circle", "Amina Cochair", "Who pays for bridges?"),
    "post": ("A bridge in three months", "What it took", "Money follows function."),
    "webinar": ("Who pays for bridges?",),
    "posts": ("A bridge in three months", "Bridges of the region"),
    "webinars": ("Who pays for bridges?", "Bridges of the region"),
}
WHAT_CAN_BE_FOLLOWED = {
    "atom": ("A bridge in three months", "Who pays for bridges?", "Bridges of the region"),
    "json": ("A bridge in three months", "Who pays for bridges?", "Bridges of the region"),
    "ics": ("Who pays for bridges?",),
}


def statuses(seen: dict) -> dict:
    return {label: one["status"] for label, one in seen.items()}


def wrong(seen: dict, status=200) -> dict:
    """What did not answer as it should, with the traceback if there is one."""
    return {
        label: one.get("error") or one["status"]
        for label, one in seen.items()
        if one["status"] != status
    }


def flat(seen: dict) -> dict:
    """Each look at several spellings of an address as one entry."""
    return {
        f"{label} ({number})": one
        for label, looks in seen.items()
        for number, one in enumerate(looks)
    }


def answers(stay) -> dict:
    """Everything that anybody can read: pages, lists, refusals, JSON."""
    here = stay["here"]
    found = flat(here["api"]) | here["feeds"]
    if stay.host.front:
        found |= flat(here["public"]) | here["bad filters"]
    return found


# Installing.


@every_host
def test_the_system_checks_tell_the_owner_nothing_but_what_is_true_of_this_host(stay):
    new = [line for line in stay["here"]["checks"] if line not in stay["before"]["checks"]]

    assert {line.split(":")[0] for line in new} == set(stay.host.explained), new


@every_host
@pytest.mark.parametrize("step", ["before", "here"])
def test_no_migration_is_pending_neither_ours_nor_the_hosts(stay, step):
    assert stay[step]["drift"] == NO_DRIFT


@every_host
def test_of_two_setups_at_once_one_makes_everything_and_the_other_nothing(stay):
    setups = sorted(stay["here"]["setups at once"], key=lambda said: len(said["text"]))

    assert [said["failure"] for said in setups] == ["", ""]
    assert [said["text"].splitlines()[-1] for said in setups] == [
        QUIET["text"].strip(),
        "Setup is complete.",
    ]


@every_host
def test_setup_is_quiet_when_it_is_called_again(stay):
    assert stay["here"]["setup again"] == QUIET


@pytest.mark.parametrize("stay", [name for name, host in HOSTS.items() if host.edit], indirect=True)
def test_setup_names_the_line_to_add_where_the_host_has_no_place_for_our_pages(stay):
    refused = stay["refused"]
    ours = {label: n for label, n in refused["census"].items() if label.startswith("lpsa_wagtail.")}

    assert refused["setup"]["failure"] == (
        "“The County” takes no pages of these types below it. Add to subpage_types of "
        'home.models.HomePage: "lpsa_wagtail.WorkingGroupIndexPage", '
        '"lpsa_wagtail.BlogIndexPage", "lpsa_wagtail.WebinarIndexPage". '
        "Or name another page with --parent."
    )
    assert {label: n for label, n in ours.items() if n} == {}


# The host goes on.


@every_host
def test_the_places_of_the_hosts_admin_answer(stay):
    assert wrong(stay["here"]["places"]) == {}


@every_host
def test_the_workflows_of_the_host_are_as_they_were(stay):
    before, here = stay["before"]["workflows"], stay["here"]["workflows"]

    assert here["of home"] == before["of home"]
    assert here["stages"] | before["stages"] == here["stages"]
    assert [row for row in here["assigned"] if row in before["assigned"]] == before["assigned"]
    assert here["in progress"] == before["in progress"]


# Pages.


@every_host_with_pages
def test_every_page_answers_with_and_without_a_slash_at_one_address(stay):
    here = stay["here"]
    looks = flat(here["public"])
    ends = {name: {one["address"] for one in looks} for name, looks in here["public"].items()}

    assert wrong(looks) == {}
    assert ends == {name: {here["addresses"][name]} for name in PAGES}
    assert {p.endswith("/") for (p,) in ends.values()} == {stay.host.ends_in_slash}


@every_host_with_pages
def test_what_is_new_can_be_followed(stay):
    seen = stay["here"]["feeds"]

    assert wrong(seen) == {}
    lacking = {
        name: [word for word in words if word not in seen[name]["text"]]
        for name, words in WHAT_CAN_BE_FOLLOWED.items()
    }
    assert lacking == {name: [] for name in WHAT_CAN_BE_FOLLOWED}


@every_host_with_pages
def test_every_page_shows_what_it_is_about(stay):
    texts = {name: looks[-1]["text"] for name, looks in stay["here"]["public"].items()}
    lacking = {name: [w for w in WHAT_MUST_SHOW[name] if w not in texts[name]] for name in PAGES}

    assert lacking == {name: [] for name in PAGES}


@every_host_with_pages
def test_every_page_and_refusal_and_preview_is_in_the_chrome_that_the_host_chose(stay):
    here = stay["here"]
    texts = {name: looks[-1]["text"] for name, looks in here["public"].items()}
    texts |= {name: one["text"] for name, one in here["bad filters"].items()}
    texts |= {k: one["text"] for k, one in here["admin"].items() if k.startswith("preview")}
    mark = stay.host.chrome or OWN_SHELL
    overridden = {"webinar", "preview of webinar", "preview of half_webinar"}

    bare = {name for name, text in texts.items() if mark not in text}
    assert bare == (overridden if stay.host.name == "jinja_house" else set())


@every_host_with_pages
def test_our_style_is_linked_once_in_every_page_and_every_file_is_at_hand(stay):
    contents = stay["here"]["contents"]
    linked = {
        name: sum("lpsa_wagtail/lpsa" in sheet for sheet in one["stylesheets"])
        for name, one in contents.items()
    }

    assert linked == dict.fromkeys(contents, 1)
    assert {name: one["missing"] for name, one in contents.items() if one["missing"]} == {}


@every_host_with_pages
def test_every_page_names_its_own_address_once_and_a_refusal_names_none(stay):
    here = stay["here"]
    own = {name: [f"https://{stay.host.hostname}{here['addresses'][name]}"] for name in PAGES}
    found = {name: one["canonical"] for name, one in here["contents"].items()}

    assert found == {name: own.get(name, []) for name in found}


@every_host_with_pages
def test_nothing_of_ours_is_inline_so_a_strict_content_policy_lets_all_of_it_through(stay):
    contents = stay["here"]["contents"]

    assert {name: one["inline"] for name, one in contents.items() if one["inline"]} == {}


@every_host_with_pages
def test_a_filter_that_does_not_exist_is_answered_400_with_what_would_do(stay):
    seen = stay["here"]["bad filters"]

    assert statuses(seen) == {"directory": 400, "posts": 400, "webinars": 400}
    for one in seen.values():
        assert "no-such-word" in one["text"]
        assert "local-democracy" in one["text"]


@every_host_with_pages
def test_every_link_of_our_pages_leads_somewhere(stay):
    links = stay["here"]["links"]

    assert wrong(links) == {}
    assert len(links) > len(PAGES)


@every_host_with_pages
def test_drafts_are_nowhere(stay):
    assert wrong(stay["here"]["drafts"], status=404) == {}


@every_host
def test_private_things_are_in_no_answer(stay):
    leaks = {
        label: [word for word in PRIVATE if word in one.get("text", "")]
        for label, one in answers(stay).items()
    }

    assert {label: words for label, words in leaks.items() if words} == {}


# The admin.


@every_host
def test_every_place_in_the_admin_answers_for_everybody_whose_work_is_there(stay):
    assert wrong(stay["here"]["admin"]) == {}


@every_host
def test_a_draft_with_nearly_nothing_in_it_has_an_editor_and_a_preview(stay):
    admin = stay["here"]["admin"]

    assert {"cochair: editor of half_post", "cochair: editor of half_webinar"} <= set(admin)
    assert (stay.host.client or "Half a thought") in admin["preview of half_post"]["text"]
    assert (stay.host.client or "Half a thought too") in admin["preview of half_webinar"]["text"]


# The JSON.


@every_host
def test_the_json_answers_with_and_without_a_slash(stay):
    seen = stay["here"]["api"]
    good = {
        path: looks for path, looks in seen.items() if not path.startswith(("draft", "unknown"))
    }

    assert wrong(flat(good)) == {}
    for looks in good.values():
        assert len({one["text"].replace("/?", "?") for one in looks}) == 1


@every_host
def test_the_json_has_what_is_live_and_nothing_else(stay):
    api, pages = stay["here"]["api"], stay["here"]["pages"]
    listed = {
        name: [row["id"] for row in json.loads(api[name][0]["text"])["results"]]
        for name in ("posts", "webinars")
    }

    assert listed == {"posts": [pages["post"]], "webinars": [pages["webinar"]]}


@every_host
def test_the_json_refuses_in_json_in_every_host(stay):
    api = stay["here"]["api"]
    refusals = {path: api[path][0] for path in api if path.startswith(("draft", "unknown"))}
    drafts = [path for path in refusals if path.startswith("draft")]

    assert statuses(refusals) == {**dict.fromkeys(drafts, 404), "unknown parameter": 400}
    for one in refusals.values():
        assert one["headers"]["content-type"] == "application/problem+json"
        assert one["redirects"] in ([], [301])


@every_host
def test_every_address_in_the_json_has_this_sites_name_and_is_https(stay):
    here = stay["here"]
    own = f"https://{stay.host.hostname}"
    seen = [json.loads(looks[0]["text"]) for at, looks in here["api"].items() if "." not in at]
    others = ("https://register.example.org/bridges", *stay.host.elsewhere)

    assert [at for at in addresses(seen) if not at.startswith((f"{own}/", *others))] == []
    urls = {
        name: json.loads(here["api"][label][0]["text"])["url"]
        for name, label in details(here).items()
    }
    expected = {name: stay.host.front and own + here["addresses"][name] for name in urls}
    assert urls == expected


def details(here) -> dict:
    names = [path for path in here["api"] if "/" in path and not path.startswith("draft")]
    return {path.split("/")[0].removesuffix("s"): path for path in names}


def addresses(data):
    """Every address in an answer."""
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, str) and data.startswith("http"):
        yield data
    if isinstance(data, list):
        for item in data:
            yield from addresses(item)
