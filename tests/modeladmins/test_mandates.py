"""Who gives and ends which mandate in the admin. Nothing is changed, nothing deleted."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from lpsa_wagtail.choices import MandateKind
from lpsa_wagtail.models import Mandate, WorkingGroupIndexPage
from lpsa_wagtail.permissions import kinds_to_give, may_propose, why_not_mandate
from tests import factories as make
from tests.modeladmins.lists import buttons, errors, listed, rows, url

ACTING, DEPUTY, DECIDER, PROPOSER = MandateKind
TODAY = timezone.localdate()
LATER = TODAY + dt.timedelta(days=30)


@pytest.fixture
def chair():
    return make.board_chair()


def given(kind, user, **fields):
    return Mandate.objects.create(kind=kind, user=user, **{"end": LATER, **fields})


def give(client, kind, user, **fields):
    data = {"kind": kind, "user": user.pk, "start": TODAY, "end": LATER, **fields}
    return client.post(url("mandates", "create"), data)


def people():
    return {
        "administrator": make.UserFactory(is_superuser=True),
        "secretariat": make.secretary(),
        "chair": make.board_chair(),
        "board": make.board_member(),
        "leader": make.leader(of=make.group()),
        "nobody": make.UserFactory(),
        "inactive": make.UserFactory(is_superuser=True, is_active=False),
    }


@pytest.mark.parametrize("is_vacant", [False, True])
def test_what_is_offered_is_what_the_rule_allows(is_vacant):
    everybody, member = people(), make.board_member()
    if is_vacant:
        everybody.pop("chair").delete()
    for user in everybody.values():
        allowed = [
            k for k in MandateKind if not why_not_mandate(user, Mandate(kind=k, user=member))
        ]
        assert kinds_to_give(user) == allowed


@pytest.mark.parametrize("kind", list(MandateKind))
def test_who_gives_which_mandate(client, kind):
    member = make.board_member()
    page = make.draft(make.WorkingGroupPageFactory, WorkingGroupIndexPage.objects.get())
    make.submit(page, by=make.secretary())
    fields = {"page": page.pk} if kind == DECIDER else {}
    allowed = set()
    for name, user in people().items():
        client.logout()
        client.force_login(user)
        give(client, kind, member, **fields)
        if Mandate.objects.filter(granted_by_id=str(user.pk)).exists():
            allowed.add(name)

    by_secretariat = {"administrator", "secretariat"}
    assert allowed == (
        by_secretariat if kind in (DECIDER, PROPOSER) else {"administrator", "chair"}
    )


def test_while_the_post_is_vacant_the_secretariat_lets_a_member_act(client):
    client.force_login(make.secretary())
    member = make.board_member()

    assert errors(give(client, ACTING, member)) == {}
    assert Mandate.objects.get().user == member


def test_only_members_of_the_board_act_and_nobody_for_themselves(client, chair):
    client.force_login(chair)
    for user in (make.UserFactory(), make.secretary(), chair):
        assert list(errors(give(client, ACTING, user))) == ["user"]
    client.force_login(make.UserFactory(is_superuser=True))
    assert list(errors(give(client, DEPUTY, make.UserFactory()))) == ["__all__"]
    assert Mandate.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"end": ""}, "end"),
        ({"end": TODAY - dt.timedelta(days=1)}, "__all__"),
        ({"start": TODAY - dt.timedelta(days=1)}, "__all__"),
        ({"kind": "king"}, "kind"),
        ({"kind": DECIDER}, "kind"),
        ({"user": "x"}, "user"),
    ],
)
def test_what_cannot_be_is_refused(client, chair, fields, field):
    client.force_login(chair)

    data = {"kind": ACTING, "user": make.board_member().pk, "start": TODAY, "end": LATER}
    answer = client.post(url("mandates", "create"), data | fields)

    assert list(errors(answer)) == [field]
    assert Mandate.objects.count() == 0


def test_who_may_propose_enters_the_admin_as_long_as_it_lasts(client):
    client.force_login(make.secretary())
    user = make.UserFactory()

    give(client, PROPOSER, user, end="")
    fresh = type(user).objects.get(pk=user.pk)
    assert (may_propose(fresh), fresh.has_perm("wagtailadmin.access_admin")) == (True, True)

    mandate = Mandate.objects.get()
    Mandate.objects.update(start=TODAY - dt.timedelta(days=9))
    yesterday = TODAY - dt.timedelta(days=1)
    client.post(url("mandates", "end", mandate.pk), {"end": yesterday})
    fresh = type(user).objects.get(pk=user.pk)
    assert (may_propose(fresh), fresh.has_perm("wagtailadmin.access_admin")) == (False, False)


def test_the_list_is_read_by_the_board_and_the_secretariat(client, chair):
    given(ACTING, make.board_member(), reason="Leave")
    found = set()
    for name, user in people().items():
        client.logout()
        client.force_login(user)
        for address in (url("mandates"), f"{url('mandates')}?export=csv"):
            if client.get(address).status_code == 200:
                found.add(name)

    assert found == {"administrator", "secretariat", "chair", "board"}


def test_nothing_is_changed_or_deleted_by_anybody(client):
    mandate = given(ACTING, make.board_member())
    before = Mandate.objects.values().get()
    for user in people().values():
        client.logout()
        client.force_login(user)
        for view in ("edit", "delete"):
            address = url("mandates", view, mandate.pk)
            data = {"kind": DEPUTY, "start": TODAY, "end": LATER, "user": mandate.user_id}
            assert {client.get(address).status_code, client.post(address, data).status_code} == {
                302
            }
    assert Mandate.objects.values().get() == before


def test_a_mandate_ends_on_a_day_and_the_log_says_by_whom(client, chair):
    mandate = given(ACTING, make.board_member())
    client.force_login(chair)

    assert errors(client.post(url("mandates", "end", mandate.pk), {"end": TODAY})) == {}

    assert Mandate.objects.get().end == TODAY
    entry = ModelLogEntry.objects.get(action="lpsa_wagtail.end_mandate")
    assert (entry.user, entry.label) == (chair, f"mandate {mandate.pk}")


@pytest.mark.parametrize("days", [-2, 31, 400])
def test_the_last_day_is_neither_long_past_nor_later_than_it_was(client, chair, days):
    mandate = given(ACTING, make.board_member(), start=TODAY - dt.timedelta(days=9))
    client.force_login(chair)

    answer = client.post(
        url("mandates", "end", mandate.pk), {"end": TODAY + dt.timedelta(days=days)}
    )

    assert list(errors(answer)) == ["end"]
    assert Mandate.objects.get().end == LATER


def test_what_is_over_stays_as_it_is(client, chair):
    yesterday = TODAY - dt.timedelta(days=1)
    mandate = given(ACTING, make.board_member(), start=yesterday, end=yesterday)
    client.force_login(chair)

    assert client.get(url("mandates", "end", mandate.pk)).status_code == 302
    assert client.post(url("mandates", "end", mandate.pk), {"end": TODAY}).status_code == 302
    assert Mandate.objects.get().end == yesterday


def test_a_mandate_of_who_left_the_board_can_be_ended(client, chair):
    mandate = given(DEPUTY, make.UserFactory())
    client.force_login(chair)

    assert errors(client.post(url("mandates", "end", mandate.pk), {"end": TODAY})) == {}


def test_mandates_are_found_by_kind_and_day(client, chair):
    first, second = make.board_member(), make.board_member()
    given(ACTING, first, start=dt.date(2024, 1, 1), end=dt.date(2024, 1, 31))
    given(DEPUTY, second)
    client.force_login(chair)

    for params, names in (
        ({"kind": "deputy"}, [second.username]),
        ({"when": "past"}, [first.username]),
        ({"when": "now"}, [second.username]),
        ({"on": "2024-01-31"}, [first.username]),
        ({"on": "2024-02-01"}, []),
        ({"on": "x"}, []),
        ({"kind": "king"}, []),
    ):
        assert listed(client, "mandates", **params) == names
    assert [row["Task"] for row in rows(client.get(url("mandates"), {"export": "csv"}))] == [
        MandateKind.DEPUTY.label,
        MandateKind.ACTING_CHAIR.label,
    ]
    assert buttons(client, "mandates", second.username) == ["End this mandate"]
    assert buttons(client, "mandates", first.username) == []


def test_the_list_takes_as_many_queries_for_3_rows_as_for_1(
    client, chair, django_assert_max_num_queries
):
    client.force_login(chair)
    given(ACTING, make.board_member())
    client.get(url("mandates"))
    counted = []
    for _time in range(2):
        with django_assert_max_num_queries(30) as queries:
            client.get(url("mandates"))
        counted.append(len(queries))
        for _number in range(2):
            given(DEPUTY, make.board_member())

    assert counted[0] == counted[1]
