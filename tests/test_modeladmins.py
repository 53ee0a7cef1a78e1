"""The register of people and the ledger of decisions."""

import csv
import datetime as dt
import io

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from lpsa_wagtail import actions
from lpsa_wagtail.choices import DeliveryState, Outcome, Role
from lpsa_wagtail.models import Decision, Delivery, Member, Membership
from tests import factories as make


def url(model, view="index", *args):
    return reverse(f"lpsa_{model}_modeladmin_{view}", args=args)


@pytest.fixture
def group():
    return make.group(title="Local finance")


@pytest.fixture
def secretary(client):
    user = make.secretary()
    client.force_login(user)
    return user


def people(group):
    """Everybody who may not see the register."""
    return {
        "chair": make.leader(of=group),
        "former chair": make.leader(of=group, end=dt.date(2021, 1, 1)),
        "other chair": make.leader(of=make.group()),
        "board": make.board_member(),
        "board chair": make.board_chair(),
        "nobody": None,
    }


def listed(client, model, **params):
    """First column of the rows that the list shows."""
    answer = client.get(url(model), params)
    soup = BeautifulSoup(answer.content, "html.parser")
    cells = soup.select("table.listing tbody tr td:first-child .title-wrapper")
    return [cell.get_text(strip=True) for cell in cells]


def errors(answer) -> dict:
    return {} if answer.status_code == 302 else dict(answer.context["form"].errors)


# Who may.


@pytest.mark.parametrize("model", ["members", "memberships"])
def test_the_register_is_closed_to_everybody_but_the_secretariat(client, group, model):
    member = make.MemberFactory(name="Secret Person", email="secret@example.org")
    membership = make.MembershipFactory(member=member, group=group.record, role=Role.GUEST)
    pk = member.pk if model == "members" else membership.pk
    addresses = [
        url(model),
        f"{url(model)}?export=csv",
        url(model, "create"),
        *(url(model, view, pk) for view in ("edit", "delete", "history")),
        url(model, "edit", 987654321),
    ]

    for user in people(group).values():
        client.logout()
        if user:
            client.force_login(user)
        for address in addresses:
            for method in (client.get, client.post):
                answer = method(address, follow=True)
                assert answer.redirect_chain != []
                assert "ecret" not in answer.content.decode().replace("secretariat", "")
    assert Member.objects.filter(pk=member.pk).exists()
    assert Membership.objects.filter(pk=membership.pk).exists()
    client.force_login(make.secretary())
    assert [client.get(address).status_code for address in addresses] == [200] * 6 + [404]


def test_the_ledger_is_read_by_board_and_secretariat_and_written_by_nobody(client, group):
    decision = Decision.objects.get(page_id=group.pk)
    readers = [make.board_member(), make.board_chair(), make.secretary()]
    readers.append(make.UserFactory(is_superuser=True))
    for user in readers:
        client.force_login(user)
        read = [url("decisions"), url("decisions", "inspect", decision.pk)]
        assert [client.get(address).status_code for address in read] == [200, 200]
        write = [url("decisions", "create")]
        write += [url("decisions", view, decision.pk) for view in ("edit", "delete")]
        for address in write:
            assert [client.get(address).status_code, client.post(address).status_code] == [302, 302]
    for user in (make.leader(of=group), make.leader(of=make.group())):
        client.force_login(user)
        assert client.get(url("decisions")).status_code == 302
        assert client.get(url("decisions", "inspect", decision.pk)).status_code == 302
    assert Decision.objects.filter(page_id=group.pk).count() == 1


def test_only_digits_are_ids(client, secretary):
    for odd in ("abc", "1-2", "9" * 30, "-1"):
        assert client.get(url("members", "edit", odd)).status_code == 404


# Members.


def member_form(**fields):
    return {"name": "A. Sample", "email": "a@example.org", "time_zone": "UTC", **fields}


def test_a_member_is_entered(client, secretary):
    account = make.UserFactory()

    answer = client.post(
        url("members", "create"),
        member_form(email=" A@Example.ORG ", country="KE", user=account.pk, in_directory="on"),
    )

    assert errors(answer) == {}
    member = Member.objects.get()
    assert (member.email, member.country, member.user) == ("a@example.org", "KE", account)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": "TAKEN@example.org"}, "email"),
        ({"email": "nobody"}, "email"),
        ({"name": ""}, "name"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"country": "ZZ"}, "country"),
        ({"language": "tlh"}, "language"),
        ({"interests": ["sheep"]}, "interests"),
    ],
)
def test_what_is_wrong_with_a_member_is_said_at_the_field(client, secretary, fields, field):
    make.MemberFactory(email="taken@example.org")

    answer = client.post(url("members", "create"), member_form(**fields))

    assert list(errors(answer)) == [field]
    assert Member.objects.count() == 1


def test_an_account_belongs_to_one_person(client, secretary):
    taken = make.MemberFactory(user=make.UserFactory())

    answer = client.post(url("members", "create"), member_form(user=taken.user_id))

    assert list(errors(answer)) == ["user"]


def test_the_log_says_what_was_done_but_not_to_whom(client, secretary):
    client.post(url("members", "create"), member_form(name="Secret Person"))
    member = Member.objects.get()
    client.post(url("members", "edit", member.pk), member_form(name="Secret Name"))
    client.post(url("members", "delete", member.pk))

    entries = ModelLogEntry.objects.order_by("pk").values_list("action", "label", "user")
    assert list(entries) == [
        (action, f"member {member.pk}", secretary.pk)
        for action in ("wagtail.create", "wagtail.edit", "wagtail.delete")
    ]


def test_members_are_found_by_search_and_filters(client, secretary, group):
    word = make.InterestFactory()
    narrow = make.InterestFactory(parent=word)
    amina = make.MemberFactory(name="Amina", country="KE", in_directory=True)
    amina.interests.set([narrow])
    make.MembershipFactory(member=amina, group=group.record, role=Role.COORDINATOR)
    boris = make.MemberFactory(name="Boris", email="boris@example.org", affiliation="Town hall")
    make.MembershipFactory(
        member=boris, group=group.record, role=Role.GUEST, end=dt.date(2021, 1, 1)
    )

    expected = [
        ({}, ["Amina", "Boris"]),
        ({"q": "town"}, ["Boris"]),
        ({"q": "boris@example"}, ["Boris"]),
        ({"q": "\x00"}, ["Amina", "Boris"]),
        ({"group": group.record.pk}, ["Amina"]),
        ({"role": "coordinator"}, ["Amina"]),
        ({"role": "none"}, ["Boris"]),
        ({"interest": word.slug}, ["Amina"]),
        ({"country": "KE"}, ["Amina"]),
        ({"directory": "no"}, ["Boris"]),
        ({"role": "boss"}, []),
        ({"group": "x"}, []),
        ({"country": "KE", "directory": "no"}, []),
    ]
    assert [(params, listed(client, "members", **params)) for params, _names in expected] == (
        expected
    )


def test_other_lookups_in_the_address_count_for_nothing(client, secretary):
    """Else a password's hash could be guessed letter by letter."""
    make.MemberFactory(name="Amina", user=make.UserFactory())

    for params in (
        {"user__password__startswith": "x"},
        {"name": "Boris"},
        {"o": "99"},
        {"o": "-1.x"},
        {"p": "9" * 9},
    ):
        assert listed(client, "members", **params) == ["Amina"]


@pytest.mark.parametrize("model", ["members", "memberships", "decisions"])
def test_lists_take_as_many_queries_for_50_rows_as_for_1(
    client, secretary, group, model, django_assert_max_num_queries
):
    for count in (1, 3, 50):
        while Membership.objects.count() < count:
            make.MembershipFactory(group=group.record, role=Role.GUEST)
        while Decision.objects.count() < count:
            actions.record_decision(
                actor=make.secretary(), content=group, outcome=Outcome.REJECTED, stage="content"
            )
        with django_assert_max_num_queries(23):
            assert client.get(url(model)).status_code == 200
        with django_assert_max_num_queries(14):
            answer = client.get(url(model), {"export": "csv"})
            assert len(rows(answer)) == count


# Exports.


def rows(answer) -> list[dict]:
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1+1"])
def test_exports_hold_text_and_never_formulas(client, secretary, name):
    make.MemberFactory(name="A", affiliation=name, expertise="\x0b")
    Member.objects.update(name=name)

    table = rows(client.get(url("members"), {"export": "csv"}))
    assert (table[0]["Name"], table[0]["Affiliation"]) == (f"'{name}", f"'{name}")

    book = client.get(url("members"), {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(book.streaming_content))).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == (name, "s")


def test_an_export_has_what_the_filters_leave(client, secretary, group):
    member = make.MemberFactory(name="Amina\x0b", email="amina@example.org")
    make.MembershipFactory(
        member=member, group=group.record, role=Role.GUEST, start=dt.date(2022, 3, 1)
    )
    make.MembershipFactory(group=group.record, end=dt.date(2021, 1, 1))

    table = rows(client.get(url("memberships"), {"export": "csv", "when": "now"}))

    assert [(row["Member"], row["Group"], row["Role"], row["First Day"]) for row in table] == [
        ("Amina", "Local finance", "Guest", "2022-03-01")
    ]
    assert client.get(url("memberships"), {"export": "xlsx"}).status_code == 200


# Memberships.


def membership_form(member, group, **fields):
    ids = {"member": member.pk, "group": group.record.pk}
    return {**ids, "role": "guest", "start": "2024-01-01", "end": "", **fields}


def test_a_role_is_given_and_rights_follow(client, secretary, group):
    member = make.MemberFactory(user=make.UserFactory())

    answer = client.post(
        url("memberships", "create"), membership_form(member, group, role="co-chair")
    )

    assert errors(answer) == {}
    assert list(group.record.auth_group.user_set.all()) == [member.user]


def test_ending_a_role_ends_the_rights(client, secretary, group):
    chair = make.leader(of=group)
    role = Membership.objects.get()

    form = membership_form(role.member, group, role="co-chair", end="2024-06-30")
    answer = client.post(url("memberships", "edit", role.pk), form)

    assert errors(answer) == {}
    assert chair.groups.filter(pk=group.record.auth_group_id).count() == 0


@pytest.mark.parametrize(
    ("before", "posted", "field", "sentence"),
    [
        (
            {"start": dt.date(2024, 1, 1)},
            {"start": "2025-01-01"},
            "role",
            "This person already holds this role in this group from 2024-01-01 to today and on. "
            "End that one first, or choose other days.",
        ),
        (
            {"start": dt.date(2024, 1, 1), "end": dt.date(2024, 12, 31)},
            {"start": "2024-12-31"},
            "role",
            "This person already holds this role in this group from 2024-01-01 to 2024-12-31. "
            "End that one first, or choose other days.",
        ),
        (
            {"start": dt.date(2030, 1, 1)},
            {"start": "2024-01-01", "end": "2023-12-31"},
            "end",
            "The last day cannot be before the first day.",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_the_field(
    client, secretary, group, before, posted, field, sentence
):
    member = make.MemberFactory()
    make.MembershipFactory(member=member, group=group.record, role=Role.GUEST, **before)

    answer = client.post(url("memberships", "create"), membership_form(member, group, **posted))

    assert errors(answer) == {field: [sentence]}
    assert Membership.objects.count() == 1


def test_the_same_role_again_later_and_other_roles_beside_it_are_fine(client, secretary, group):
    member = make.MemberFactory()
    make.MembershipFactory(
        member=member, group=group.record, role=Role.GUEST, end=dt.date(2023, 12, 31)
    )

    for fields in ({}, {"role": "stakeholder"}):
        answer = client.post(url("memberships", "create"), membership_form(member, group, **fields))
        assert errors(answer) == {}
    assert Membership.objects.count() == 3


def test_person_and_group_of_a_role_stay(client, secretary, group):
    role = make.MembershipFactory(group=group.record, role=Role.GUEST)
    form = membership_form(make.MemberFactory(), make.group(), organisation="Town hall")

    client.post(url("memberships", "edit", role.pk), form)

    after = Membership.objects.get(pk=role.pk)
    assert (after.member_id, after.group_id, after.organisation) == (
        role.member_id,
        role.group_id,
        "Town hall",
    )


def test_the_register_leads_to_a_new_role_of_the_person(client, secretary, group):
    member = make.MemberFactory()
    create = url("memberships", "create")

    page = BeautifulSoup(client.get(url("members")).content, "html.parser")
    link = page.select_one(f'a[href^="{create}"]')["href"]

    assert link == f"{create}?member={member.pk}"
    assert client.get(link).context["form"]["member"].value() == member.pk
    assert client.get(f"{create}?member=x&group=99999999999999999999").status_code == 200


@pytest.mark.parametrize(
    ("when", "roles"), [("now", {"guest"}), ("past", {"stakeholder"}), ("future", {"researcher"})]
)
def test_memberships_are_filtered_by_time(client, secretary, group, when, roles):
    for role, days in {
        Role.GUEST: {},
        Role.STAKEHOLDER: {"end": dt.date(2021, 1, 1)},
        Role.RESEARCHER: {"start": dt.date(2990, 1, 1)},
    }.items():
        make.MembershipFactory(group=group.record, role=role, **days)

    answer = client.get(url("memberships"), {"when": when})

    assert {row.role for row in answer.context["object_list"]} == roles


# Decisions.


def test_the_ledger_says_who_decided_what_as_whom(client, secretary, group):
    chair, member = make.leader(of=group), make.board_member()
    page = make.draft(make.BlogPostFactory, group, title="A post", owner=chair)
    actions.decide(
        actor=member, task_state=make.submit(page, by=chair), action="reject", comment="Why?"
    )

    table = rows(client.get(url("decisions"), {"export": "csv", "outcome": "rejected"}))
    found = listed(client, "decisions", outcome="rejected", stage="content", q="post")

    assert found == ["A post"]
    kept = ("Page", "Outcome", "Decided By", "Decided As", "Comment")
    assert [[row[name] for name in kept] for row in table] == [
        ["A post", "Changes requested", member.username, "LPSA Advisory Board", "Why?"]
    ]


# Deliveries.


@pytest.fixture
def delivery(group):
    person = make.UserFactory(first_name="Amina", last_name="Reader", email="amina@example.net")
    event = actions.record_event(actor=None, kind="override", key="fact:1", page=group)
    return Delivery.objects.create(
        event=event,
        channel="mail",
        recipient_id=str(person.pk),
        message_id="<1@example.org>",
        state=DeliveryState.UNKNOWN,
    )


def test_deliveries_are_read_by_the_secretariat_and_superusers_alone(client, group, delivery):
    read = [url("deliveries"), url("deliveries", "inspect", delivery.pk)]
    settle = url("deliveries", "edit", delivery.pk)
    for user in (make.secretary(), make.UserFactory(is_superuser=True)):
        client.force_login(user)
        assert [client.get(address).status_code for address in (*read, settle)] == [200] * 3
        for address in (url("deliveries", "create"), url("deliveries", "delete", delivery.pk)):
            assert [client.get(address).status_code, client.post(address).status_code] == [302, 302]
    for user in filter(None, people(group).values()):
        client.force_login(user)
        for address in (*read, settle):
            assert client.get(address).status_code == 302
            assert client.post(address, {"arrived": "yes"}).status_code == 302
    assert Delivery.objects.get().state == DeliveryState.UNKNOWN


def test_deliveries_show_names_and_no_addresses(client, secretary, delivery):
    account = make.UserFactory(username="someone@example.net", email="someone@example.net")
    Delivery.objects.create(
        event=delivery.event, channel="mail", recipient_id=str(account.pk), message_id="<2@x>"
    )
    pages = [
        url("deliveries"),
        f"{url('deliveries')}?export=csv",
        url("deliveries", "inspect", delivery.pk),
        url("deliveries", "edit", delivery.pk),
    ]

    shown = [client.get(page).getvalue().decode() for page in pages]

    assert ["example.net" in text for text in shown] == [False] * 4
    assert ["Amina Reader" in text for text in shown[:2]] == [True] * 2


@pytest.mark.parametrize(
    ("params", "count"),
    [
        ({"state": "unknown"}, 1),
        ({"state": "sent"}, 0),
        ({"kind": "override"}, 1),
        ({"kind": "submitted"}, 0),
        ({"q": "finance"}, 1),
        ({"q": "amina"}, 0),
        ({"event__page_id": "0"}, 1),
    ],
)
def test_deliveries_are_found_by_state_kind_and_page(client, secretary, delivery, params, count):
    assert len(listed(client, "deliveries", **params)) == count


@pytest.mark.parametrize(
    ("arrived", "state"), [("yes", DeliveryState.SENT), ("no", DeliveryState.PENDING)]
)
def test_an_unknown_delivery_is_settled_once(client, secretary, delivery, arrived, state):
    assert "Say what became of it" in client.get(url("deliveries")).content.decode()
    settle = url("deliveries", "edit", delivery.pk)

    answer = client.post(settle, {"arrived": arrived})

    assert (answer.status_code, Delivery.objects.get().state) == (302, state)
    client.post(settle, {"arrived": "no" if arrived == "yes" else "yes"})
    assert Delivery.objects.get().state == state
    assert "Say what became of it" not in client.get(url("deliveries")).content.decode()


def test_an_answer_is_needed(client, secretary, delivery):
    answer = client.post(url("deliveries", "edit", delivery.pk), {"arrived": "maybe"})

    assert list(errors(answer)) == ["arrived"]
    assert Delivery.objects.get().state == DeliveryState.UNKNOWN
