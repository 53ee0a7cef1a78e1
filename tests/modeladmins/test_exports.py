"""What leaves as a file: what the filters leave, as text."""

import datetime as dt

import pytest

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Outcome, Role
from lpsa_wagtail.models import Decision, Member, Membership
from tests import factories as make
from tests.modeladmins.lists import rows, sheet, url


@pytest.mark.parametrize("model", ["members", "memberships", "decisions"])
def test_lists_take_as_many_queries_for_50_rows_as_for_1(
    client, secretary, group, model, django_assert_max_num_queries
):
    client.get(url(model))  # what is read once for the process is read
    for count in (1, 3, 50):
        while Membership.objects.count() < count:
            make.MembershipFactory(group=group.record, role=Role.GUEST)
        while Decision.objects.count() < count:
            actions.record_decision(
                actor=make.secretary(), content=group, outcome=Outcome.REJECTED, stage="content"
            )
        with django_assert_max_num_queries(24):
            assert client.get(url(model)).status_code == 200
        with django_assert_max_num_queries(14):
            answer = client.get(url(model), {"export": "csv"})
            assert len(rows(answer)) == count


DANGEROUS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\t=1", "\r=1", "\n=1"),
    *("＝1+1", "＋1", "－1", "＠A1", "−1"),
    *(" =1", "\u00a0=1", "\u200b=1", "\ufeff=1", "'=1", '"=1', "\u202e=1", "\x0b=1", "\x85=1"),
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_exports_hold_text_and_never_formulas(client, secretary, group, text):
    member = make.MemberFactory()
    Member.objects.update(name=text, affiliation=text, consent_source=text)
    make.MembershipFactory(member=member, group=group.record, organisation=text)
    actions.record_decision(
        actor=secretary, content=group, outcome=Outcome.REJECTED, stage="content", comment=text
    )
    kept = text.replace("\x0b", "")

    for model, columns in {
        "members": ["Name", "Affiliation", "Consent Given By"],
        "memberships": ["Member", "Organisation"],
        "decisions": ["Comment"],
    }.items():
        table = rows(client.get(url(model), {"export": "csv"}))
        cells = [table[0][column] for column in columns]
        assert [cell[0] for cell in cells] == ["'"] * len(columns)
        assert {cell.replace("'", "") for cell in cells} == {kept.replace("'", "")}

        cells = sheet(client.get(url(model), {"export": "xlsx"}))
        found = [cell for row in cells.iter_rows(min_row=2) for cell in row if cell.value]
        assert "f" not in {cell.data_type for cell in found}
        same = [cell for cell in found if text in str(cell.value) or kept == cell.value]
        assert {cell.data_type for cell in found if isinstance(cell.value, str)} == {"s"}
        assert len(same) >= len(columns) or "\r" in text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Town; =1+1", "Town; '=1+1"),
        ("Town\n@A1", "Town\n'@A1"),
        ("Ann-Marie + Co; a = b", "Ann-Marie + Co; a = b"),
        ("'quoted'", "'quoted'"),
    ],
)
def test_nor_where_cells_are_parted_by_other_signs(client, secretary, text, cell):
    make.MemberFactory(affiliation=text)

    assert rows(client.get(url("members"), {"export": "csv"}))[0]["Affiliation"] == cell


def test_what_looks_like_an_error_of_a_spreadsheet_is_text(client, secretary):
    make.MemberFactory(name="#REF!", affiliation="#N/A")

    cells = sheet(client.get(url("members"), {"export": "xlsx"}))

    assert [cells["A2"].data_type, cells["C2"].data_type] == ["s", "s"]


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
    assert sheet(client.get(url("memberships"), {"export": "xlsx"}))["A2"].value == "Amina"
