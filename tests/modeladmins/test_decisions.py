"""The ledger of decisions is read, and nothing else."""

import datetime as dt

import pytest
from django.urls import NoReverseMatch

from lpsa_wagtail import actions
from lpsa_wagtail.models import Decision
from tests import factories as make
from tests.modeladmins.lists import listed, rows, url


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


@pytest.mark.parametrize("who", ["board_member", "board_chair", "secretary"])
def test_decisions_are_found_by_group_role_and_kind(client, group, who):
    client.force_login(getattr(make, who)())
    other = make.group(title="Theirs")
    make.post(group, title="A post")
    page = make.draft(make.BlogPostFactory, other, title="Another", owner=make.UserFactory())
    actions.decide(
        actor=make.board_member(), task_state=make.submit(page, by=page.owner), action="approve"
    )

    for params, titles in (
        ({"group": group.record.pk}, ["A post", "Local finance"]),
        ({"group": other.record.pk}, ["Another", "Theirs"]),
        ({"group": other.record.pk, "acted_as": "LPSA Advisory Board"}, ["Another"]),
        ({"acted_as": "LPSA Advisory Board"}, ["Another"]),
        ({"acted_as": "Nobody"}, []),
        ({"group": "0"}, []),
        ({"year": "1999"}, []),
        ({"stage": "establishment", "group": group.record.pk}, ["Local finance"]),
        ({"comment__startswith": "x", "stage": "content"}, ["Another", "A post"]),
    ):
        assert (params, listed(client, "decisions", **params)) == (params, titles)


def test_who_may_not_read_decisions_gets_no_export_either(client, group):
    decision = Decision.objects.get(page_id=group.pk)
    for user in (make.leader(of=group), make.leader(of=group, end=dt.date(2021, 1, 1)), None):
        client.logout()
        if user:
            client.force_login(user)
        for address in (
            f"{url('decisions')}?export=csv",
            f"{url('decisions')}?export=xlsx",
            url("decisions", "inspect", decision.pk),
            url("decisions", "inspect", 987654321),
        ):
            answer = client.get(address)
            assert (answer.status_code, b"Local finance" in answer.getvalue()) == (302, False)
    with pytest.raises(NoReverseMatch):
        url("decisions", "history", decision.pk)
