"""Who sees and changes which rows of the register, whichever way they come.

Everything of another group is a canary: its words are in no answer to who may not see them.
"""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Role
from lpsa_wagtail.models import Interest, Member, Membership
from tests import factories as make
from tests.modeladmins.lists import buttons, errors, listed, rows, url

PAST = dt.date(2021, 1, 1)


def person(name, group, role=Role.GUEST, **dates):
    """Somebody with a role, all of whose fields are canaries."""
    member = make.MemberFactory(
        name=f"{name} Name",
        email=f"{name.lower()}@example.net",
        affiliation=f"{name} Affiliation",
        country="KE",
        expertise=f"{name} Expertise",
        consent_source=f"{name} Consent",
        consent_at=timezone.now(),
    )
    organisation = f"{name} Organisation"
    return make.MembershipFactory(
        member=member, group=group.record, role=role, organisation=organisation, **dates
    )


@pytest.fixture
def register():
    """Two groups with people in them; another one has things of its own."""
    mine, other = make.group(title="Ours"), make.group(title="Theirs")
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    people = SimpleNamespace(
        secretariat=make.secretary(),
        administrator=make.UserFactory(is_superuser=True),
        chair=make.leader(of=mine),
        coordinator=make.leader(of=mine, role=Role.COORDINATOR),
        other=make.leader(of=other),
        former=make.leader(of=mine, end=yesterday),
        future=make.leader(of=mine, start=timezone.localdate() + dt.timedelta(days=1)),
        member=make.leader(of=mine, role=Role.REPRESENTATIVE),
        board=make.board_member(),
        board_chair=make.board_chair(),
        contributor=make.UserFactory(),
        visitor=None,
    )
    entrance = Group.objects.create(name="May enter")
    entrance.permissions.add(Permission.objects.get(codename="access_admin"))
    for user in (people.member, people.contributor, people.former):
        user.groups.add(entrance)
    Membership.objects.filter(member__user__isnull=False).update(accepted_at=timezone.now())
    return SimpleNamespace(
        mine=mine,
        other=other,
        people=people,
        guest=person("Own", mine),
        past=person("Past", mine, start=PAST, end=PAST),
        ahead=person("Ahead", mine, start=dt.date(2990, 1, 1)),
        colleague=person("Colleague", mine, role=Role.CO_CHAIR),
        foreign=person("Foreign", other),
        both=person("Both", other),
    )


@pytest.fixture
def as_(client, register):
    """Log in as the person of this name in the register."""

    def log_in(name):
        client.logout()
        if user := getattr(register.people, name):
            client.force_login(user)
        return client

    return log_in


KEEPERS = ("secretariat", "administrator")
LEADERS = ("chair", "coordinator", "other")
NOBODY = ("former", "future", "member", "board", "board_chair", "contributor", "visitor")
#: Words of the other group's people and place, which nobody else may read.
CANARIES = ("Foreign", "foreign@", "Theirs", "Both Org")
FILTERS = (
    {},
    {"q": "Foreign"},
    {"q": "foreign@example.net"},
    {"group": "other"},
    {"role": "guest"},
    {"when": "now"},
    {"on": "2024-01-01"},
    {"country": "KE"},
    {"o": "0"},
    {"o": "-1.2"},
    {"p": "1"},
    {"member__name": "Foreign Name"},
    {"group__page__title__startswith": "T"},
)


def text_of(answer) -> str:
    """The body, without what was asked for coming back in a form."""
    return answer.getvalue().decode()


def leaked(answer, asked=()) -> list[str]:
    found = [word for word in CANARIES if word in text_of(answer)]
    return [word for word in found if not any(word in str(value) for value in asked)]


# Lists, filters, searches, exports.


@pytest.mark.parametrize("name", NOBODY)
@pytest.mark.parametrize("model", ["members", "memberships"])
def test_the_register_is_closed(as_, register, model, name):
    row = register.guest if model == "memberships" else register.guest.member
    addresses = [
        url(model),
        f"{url(model)}?export=csv",
        f"{url(model)}?export=xlsx",
        url(model, "create"),
        *(url(model, view, row.pk) for view in ("edit", "delete", "history")),
        url(model, "edit", 987654321),
        *([url(model, "inspect", row.pk)] if model == "members" else []),
        *([url(model, "invite")] if model == "memberships" else []),
        *(url(model, v, row.pk) for v in ("end", "invite_again") if model == "memberships"),
    ]
    client = as_(name)
    for address in addresses:
        for method in (client.get, client.post):
            answer = method(address)
            assert (answer.status_code, "Own" in text_of(answer)) == (302, False)
    assert (Member.objects.count(), Membership.objects.count()) == (12, 12)


@pytest.mark.parametrize("asked", FILTERS, ids=str)
@pytest.mark.parametrize("name", ["chair", "coordinator"])
def test_nothing_of_another_group_is_in_any_list_or_export(as_, register, name, asked):
    client = as_(name)
    asked = {**asked, **({"group": register.other.record.pk} if "group" in asked else {})}
    for model in ("members", "memberships"):
        for export in ({}, {"export": "csv"}):
            answer = client.get(url(model), {**asked, **export})
            assert answer.status_code == 200
            assert leaked(answer, asked.values()) == []


def test_searches_and_filters_do_not_tell_what_they_do_not_show(as_, register):
    """A person of both groups is found by what they are in mine, never in the other."""
    make.MembershipFactory(member=register.both.member, group=register.mine.record, role="guest")
    Membership.objects.filter(pk=register.both.pk).update(role="stakeholder")
    client = as_("chair")

    assert "Both Name" in listed(client, "members")
    assert "Both Name" in listed(client, "members", role="guest")
    assert listed(client, "members", role="stakeholder") == []
    assert listed(client, "members", role="none") == []
    assert listed(client, "members", group=register.other.record.pk) == []
    assert listed(client, "memberships", q="Both Organisation") == []
    assert listed(client, "members", q="Both Expertise") == []
    page = client.get(url("members"), {"q": "Both"}).content.decode()
    assert ("Guest, Ours" in page, "Theirs" in page) == (True, False)


def test_what_is_offered_to_filter_by_names_no_other_group_or_country(as_, register):
    Member.objects.filter(pk=register.foreign.member_id).update(country="FJ")

    for model in ("members", "memberships"):
        page = as_("chair").get(url(model)).content.decode()
        assert [word in page for word in ("Ours", "Theirs", "Fiji")] == [True, False, False]
        page = as_("secretariat").get(url(model)).content.decode()
        assert [word in page for word in ("Ours", "Theirs")] == [True, True]


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("chair", {"Own Name", "Ahead Name", "Colleague Name"}),
        ("coordinator", {"Own Name", "Ahead Name", "Colleague Name"}),
        ("other", {"Foreign Name", "Both Name"}),
        ("secretariat", {f"{word} Name" for word in ("Own", "Past", "Ahead", "Colleague")}
            | {"Foreign Name", "Both Name"}),
    ],
)  # fmt: skip
def test_people_are_listed_to_who_works_with_them(as_, register, name, names):
    found = set(listed(as_(name), "members"))

    assert {one for one in found if one.endswith("Name")} == names


def test_chairs_read_of_people_what_they_need_and_no_more(as_, register):
    client = as_("chair")
    pages = [
        client.get(url("members")),
        client.get(url("members"), {"export": "csv"}),
        client.get(url("members"), {"export": "xlsx"}),
        client.get(url("members", "inspect", register.guest.member_id)),
    ]

    table = rows(client.get(url("members"), {"export": "csv", "q": "Own"}))
    assert table == [
        {
            "Name": "Own Name",
            "E-Mail": "own@example.net",
            "Affiliation": "Own Affiliation",
            "Country": "KE",
            "Roles Today": "Guest, Ours",
        }
    ]
    for page in (pages[0], pages[3]):
        text = text_of(page)
        assert [word in text for word in ("own@example.net", "Own Affiliation")] == [True, True]
    hidden = ("Own Consent", "Own Expertise", "consent", "Consent", "Directory")
    assert [[word for word in hidden if word in text_of(page)] for page in pages[:2]] == [[], []]
    assert [word for word in hidden[:3] if word in text_of(pages[3])] == []


def test_the_history_of_the_group_names_people_and_not_their_addresses(as_, register):
    client = as_("chair")

    table = rows(client.get(url("memberships"), {"export": "csv"}))

    assert {row["Group"] for row in table} == {"Ours"}
    assert list(table[0]) == [
        *("Member", "Group", "Role", "Organisation", "First Day", "Last Day", "Accepted")
    ]
    assert "past@" not in text_of(client.get(url("memberships")))
    assert "Past Name" in {row["Member"] for row in table}


# One row.


def opened(client, model, view, row) -> int:
    return client.get(url(model, view, row.pk)).status_code


@pytest.mark.parametrize(
    ("name", "row", "views"),
    [
        ("chair", "guest", {"edit", "history", "end"}),
        ("chair", "ahead", {"edit", "history", "end"}),
        ("chair", "past", set()),
        ("chair", "colleague", set()),
        ("coordinator", "guest", set()),
        ("coordinator", "colleague", set()),
        ("secretariat", "guest", {"edit", "history", "end", "delete", "invite_again"}),
        ("secretariat", "colleague", {"edit", "history", "end", "delete", "invite_again"}),
        ("secretariat", "past", {"edit", "history", "delete"}),
        ("administrator", "foreign", {"edit", "history", "end", "delete", "invite_again"}),
        ("other", "foreign", {"edit", "history", "end"}),
    ],
)
def test_who_opens_which_screen_of_a_role(as_, register, name, row, views):
    client, role = as_(name), getattr(register, row)
    every = {"edit", "history", "end", "delete", "invite_again"}
    answers = {view: opened(client, "memberships", view, role) for view in every}

    assert answers == {view: 200 if view in views else 302 for view in every}


@pytest.mark.parametrize("name", ["chair", "coordinator"])
def test_what_is_another_groups_does_not_exist(as_, register, name):
    """The same answer as for a number that nobody has."""
    client = as_(name)
    for pk in (register.foreign.pk, 987654321):
        for view in ("edit", "history", "end", "delete", "invite_again"):
            for method in (client.get, client.post):
                assert method(url("memberships", view, pk)).status_code == 404
    for pk in (register.foreign.member_id, register.past.member_id, 987654321):
        for view in ("edit", "history", "inspect", "delete"):
            for method in (client.get, client.post):
                assert method(url("members", view, pk)).status_code == 404


def test_chairs_change_no_person(as_, register):
    client = as_("chair")
    member = register.guest.member
    assert opened(client, "members", "inspect", member) == 200
    for view in ("edit", "history", "delete"):
        assert client.get(url("members", view, member.pk)).status_code == 302
        client.post(url("members", view, member.pk), {"name": "Changed", "email": "x@example.net"})
    assert client.get(url("members", "create")).status_code == 302
    assert Member.objects.get(pk=member.pk).name == "Own Name"


def test_the_form_that_offers_everybody_is_the_secretariats(as_, register):
    address = f"{url('memberships', 'create')}?member={register.foreign.member_id}"
    data = {"member": register.foreign.member_id, "group": register.mine.record.pk}
    for name in LEADERS + NOBODY:
        client = as_(name)
        for answer in (client.get(address), client.post(address, {**data, "role": "guest"})):
            assert (answer.status_code, leaked(answer)) == (302, [])
    assert as_("secretariat").get(address).status_code == 200


# What chairs may say of a role.


def form(**fields):
    return {"role": "stakeholder", "organisation": "Town hall", "start": "2022-01-01", **fields}


def test_a_chair_changes_an_ordinary_role_and_nothing_of_consent(as_, register):
    posted = form(
        end="2990-01-01",
        public="on",
        accepted_at="2020-01-01 10:00",
        member=register.foreign.member_id,
        group=register.other.record.pk,
    )

    answer = as_("chair").post(url("memberships", "edit", register.guest.pk), posted)

    assert errors(answer) == {}
    row = Membership.objects.get(pk=register.guest.pk)
    assert (row.role, row.organisation, str(row.start)) == (
        *("stakeholder", "Town hall", "2022-01-01"),
    )
    assert (row.member, row.group, row.public, row.accepted_at) == (
        *(register.guest.member, register.mine.record, False, None),
    )


@pytest.mark.parametrize("role", ["co-chair", "coordinator", "boss", ""])
def test_a_chair_makes_nobody_a_leader(as_, register, role):
    answer = as_("chair").post(url("memberships", "edit", register.guest.pk), form(role=role))

    assert list(errors(answer)) == ["role"]
    assert Membership.objects.get(pk=register.guest.pk).role == Role.GUEST


def test_a_chair_whose_role_ends_is_out_at_the_next_request(as_, register):
    client = as_("chair")
    assert client.get(url("memberships", "edit", register.guest.pk)).status_code == 200

    mine = Membership.objects.filter(member__user=register.people.chair)
    mine.update(end=timezone.localdate() - dt.timedelta(days=1))

    for address in (url("memberships"), url("members"), url("memberships", "invite")):
        assert client.get(address).status_code == 302
    client.post(url("memberships", "edit", register.guest.pk), form())
    assert Membership.objects.get(pk=register.guest.pk).role == Role.GUEST


# Buttons and numbers.


@pytest.mark.parametrize(
    ("name", "row", "labels"),
    [
        ("chair", "Own Name", ["Edit", "End this role"]),
        ("chair", "Colleague Name", []),
        ("chair", "Past Name", []),
        ("coordinator", "Own Name", []),
        ("secretariat", "Own Name", ["Edit", "End this role", "Delete", "Invite"]),
        ("secretariat", "Past Name", ["Edit", "Delete"]),
    ],
)
def test_buttons_are_what_one_can_do(as_, register, name, row, labels):
    assert buttons(as_(name), "memberships", row) == labels


@pytest.mark.parametrize("name", ["chair", "coordinator", "secretariat"])
@pytest.mark.parametrize(("model", "allowed"), [("members", 27), ("memberships", 27)])
def test_lists_take_as_many_queries_for_3_rows_as_for_1(
    as_, register, name, model, allowed, django_assert_max_num_queries
):
    client = as_(name)
    Membership.objects.filter(member__user=None).exclude(pk=register.guest.pk).delete()
    client.get(url(model))
    with django_assert_max_num_queries(allowed) as one:
        client.get(url(model))
    for number in range(2):
        member = person(f"More{number}", register.mine).member
        member.interests.set(Interest.objects.all()[:1])
    with django_assert_max_num_queries(allowed) as three:
        client.get(url(model))

    assert len(three) == len(one)


def test_a_verb_asks_as_the_screen_does(register):
    """Who calls it from elsewhere gets no further."""
    people = register.people
    for actor in (people.former, people.other, people.coordinator, people.member, people.board):
        with pytest.raises(actions.memberships.NotAllowed):
            actions.end_role(actor=actor, membership=register.guest, end=timezone.localdate())
    assert Membership.objects.get(pk=register.guest.pk).end is None
