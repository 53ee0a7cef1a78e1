"""What the API says about working groups."""

import datetime as dt

import pytest
from django.utils import timezone

from lpsa_wagtail import models
from lpsa_wagtail.choices import Designation, Focus, GroupState, Outcome, Role, Stage
from tests import factories as make
from tests.api.conftest import published


def record_of(group, **facts):
    models.WorkingGroupRecord.objects.filter(pk=group.record.pk).update(**facts)


def member_in(group, role, *, name, public=False, accepted=False, ended=False, **choices):
    """A person with a role in the group, and no account."""
    return make.MembershipFactory(
        member=make.MemberFactory(name=name, **choices),
        group=group.record,
        role=role,
        organisation=f"Organisation of {name}",
        public=public,
        accepted_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC) if accepted else None,
        end=dt.date(2024, 12, 31) if ended else None,
    )


def test_the_list_says_what_each_group_is_for(ask):
    word = models.Interest.objects.get(slug="subnational-finance")
    group = make.group(
        title="Local finance",
        slug="local-finance",
        designation=Designation.STANDING_PANEL,
        focus=Focus.SECTORAL,
        purpose="To share what works.",
        interests=[word],
        contact_email="finance@example.org",
        how_to_join="Write to us.",
    )
    record_of(group, state=GroupState.ACTIVE, established_on=dt.date(2022, 10, 3))

    answer = ask("groups/")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer.json() == {
        "results": [
            {
                "id": group.pk,
                "slug": "local-finance",
                "title": "Local finance",
                "designation": "Standing Panel",
                "url": "http://localhost/working-groups/local-finance/",
                "focus": "sectoral",
                "state": "active",
                "established_on": "2022-10-03",
                "purpose": "To share what works.",
                "language": "en",
                **published(group),
                "interests": [
                    {"slug": "subnational-finance", "kind": "topic", "label": word.label}
                ],
                "lead_image": None,
                "contact_email": "finance@example.org",
                "how_to_join": "Write to us.",
            }
        ],
        "next": None,
        "previous": None,
        "count": None,
    }


def test_one_group_adds_what_its_page_shows(ask):
    today = timezone.localdate().isoformat()
    document = make.document(title="Terms")
    make.group(
        slug="finance",
        terms_of_reference=document,
        body=[("heading", "What we do")],
        partners=[models.WorkingGroupPartner(name="A partner", link="https://example.org/a")],
    )
    [listed] = ask("groups/").json()["results"]

    answer = ask("groups/finance/").json()

    assert answer == listed | {
        "terms_of_reference": {"title": "Terms", "url": f"http://localhost{document.url}"},
        "body": [{"type": "heading", "text": "What we do"}],
        "roles": [],
        "partners": [{"name": "A partner", "link": "https://example.org/a", "logo": None}],
        "decisions": [
            {"date": today, "outcome": "established", "role": None, "effective_on": today}
        ],
        "states": [{"state": "forming", "since": today}],
    }
    assert ask("groups/", fields="*").json()["results"] == [answer]


def test_a_free_designation_is_shown_as_written(ask):
    make.group(
        slug="circle",
        designation=Designation.OTHER,
        designation_other="Learning Circle",
    )

    assert ask("groups/circle/").json()["designation"] == "Learning Circle"
    assert ask("groups/").json()["results"][0]["designation"] == "Learning Circle"


def test_people_are_shown_as_they_allowed(ask):
    group = make.group(slug="finance")
    member_in(group, Role.CO_CHAIR, name="Accepted", accepted=True)
    member_in(group, Role.CO_CHAIR, name="Not accepted")
    member_in(group, Role.CO_CHAIR, name="Ended", accepted=True, ended=True)
    listed = {"public": True, "in_directory": True}
    member_in(group, Role.REPRESENTATIVE, name="Open", show_affiliation=True, **listed)
    member_in(group, Role.REPRESENTATIVE, name="Silent on employer", **listed)
    member_in(group, Role.RESEARCHER, name="Not in directory", public=True)
    member_in(group, Role.RESEARCHER, name="Role not public", in_directory=True)

    assert ask("groups/finance/").json()["roles"] == [
        {"name": "Accepted", "role": "co-chair", "organisation": "Organisation of Accepted"},
        {"name": "Open", "role": "representative", "organisation": "Organisation of Open"},
        {"name": "Silent on employer", "role": "representative", "organisation": ""},
    ]


def test_groups_come_by_state_then_title(ask):
    for title, state in [
        ("Delta", GroupState.FORMING),
        ("Beta", GroupState.ACTIVE),
        ("Alpha", GroupState.DORMANT),
        ("Gamma", GroupState.ACTIVE),
    ]:
        record_of(make.group(title=title), state=state)

    titles = [group["title"] for group in ask("groups/").json()["results"]]

    assert titles == ["Beta", "Gamma", "Delta", "Alpha"]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"focus": "regional"}, ["North"]),
        ({"state": "active"}, ["South"]),
        ({"region": "africa"}, ["South"]),
        ({"region": "africa", "exact": "1"}, []),
        ({"q": "irrigation"}, ["North"]),
    ],
)
def test_groups_are_found_by_their_filters(ask, parameters, expected):
    kenya = models.Interest.objects.get(slug="kenya")
    make.group(title="North", focus=Focus.REGIONAL, purpose="Talks about irrigation.")
    south = make.group(title="South", focus=Focus.TOPIC, interests=[kenya])
    record_of(south, state=GroupState.ACTIVE)

    answer = ask("groups/", page="1", **parameters).json()

    assert [group["title"] for group in answer["results"]] == expected
    assert answer["count"] == len(expected)


# As they were on a day.

APRIL, MAY, JUNE = (dt.date(2024, month, 1) for month in (4, 5, 6))
HELD = {"accepted": True}


def decision_on(group, outcome, day):
    """A decision on the state of a group, which took effect on that day."""
    models.Decision.objects.create(
        page_id=group.pk,
        page_title=group.title,
        stage=Stage.ESTABLISHMENT,
        outcome=outcome,
        acted_as="chair",
        decided_at=dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC),
    )


@pytest.fixture
def old_group():
    """Forming since April, active since May, dormant since June."""
    group = make.group(slug="old", title="Old")
    record_of(group, state=GroupState.DORMANT, established_on=APRIL)
    decision_on(group, Outcome.REVIVED, MAY)
    decision_on(group, Outcome.DORMANT, JUNE)
    before = {"start": dt.date(2024, 4, 20), "end": dt.date(2024, 5, 10)}
    member_in(group, Role.CO_CHAIR, name="Before", **HELD)
    models.Membership.objects.update(**before)
    member_in(group, Role.CO_CHAIR, name="After", **HELD)
    models.Membership.objects.filter(member__name="After").update(start=dt.date(2024, 5, 11))
    return group


STATES = [
    {"state": "forming", "since": "2024-04-01"},
    {"state": "active", "since": "2024-05-01"},
    {"state": "dormant", "since": "2024-06-01"},
]


@pytest.mark.parametrize(
    ("day", "states", "names", "outcomes"),
    [
        ("2024-04-01", STATES[:1], [], ["established"]),
        ("2024-04-19", STATES[:1], [], ["established"]),
        ("2024-04-20", STATES[:1], ["Before"], ["established"]),
        ("2024-05-01", STATES[:2], ["Before"], ["revived", "established"]),
        ("2024-05-10", STATES[:2], ["Before"], ["revived", "established"]),
        ("2024-05-11", STATES[:2], ["After"], ["revived", "established"]),
        ("2024-06-01", STATES, ["After"], ["dormant", "revived", "established"]),
    ],
)
def test_a_group_is_told_as_it_was_on_a_day(ask, old_group, day, states, names, outcomes):
    answer = ask("groups/old/", as_of=day).json()

    assert answer["state"] == states[-1]["state"]
    assert answer["states"] == states
    assert [role["name"] for role in answer["roles"]] == names
    assert [decision["outcome"] for decision in answer["decisions"]] == outcomes
    assert ask("groups/", as_of=day, fields="*").json()["results"] == [answer]


def test_a_group_as_of_today_is_the_group(ask, old_group):
    today = timezone.localdate().isoformat()

    assert ask("groups/old/", as_of=today).json() == ask("groups/old/").json()


def test_a_group_that_was_not_yet_established_is_left_out(ask, old_group):
    assert ask("groups/", as_of="2024-03-31").json()["results"] == []
    assert ask("groups/old/", as_of="2024-03-31").status_code == 404


@pytest.mark.parametrize("day", ["2024-05-10", "2024-06-01"])
@pytest.mark.parametrize("state", ["active", "dormant"])
def test_a_state_is_asked_for_as_it_was_on_the_day(ask, old_group, day, state):
    found = [group["state"] for group in ask("groups/", as_of=day, state=state).json()["results"]]

    assert found == ([state] if (state == "active") == (day == "2024-05-10") else [])


def test_states_of_a_day_are_read_anew_each_time(ask, old_group):
    def asked():
        answer = ask("groups/", as_of="2024-05-10", state="active").json()
        return [group["slug"] for group in answer["results"]]

    assert asked() == ["old"]
    other = make.group(slug="other", title="Other")
    record_of(other, state=GroupState.ACTIVE, established_on=APRIL)

    assert asked() == ["other", "old"]  # in the order of today, when one of them sleeps


@pytest.mark.parametrize("path", ["groups/", "groups/old/"])
@pytest.mark.parametrize(
    "day",
    ["tomorrow", "2024-13-01", "24-01-01", "20240101", "2024-W01-1", "0001-01-01", "x" * 10],
)
def test_a_day_that_is_none_is_refused(ask, old_group, path, day):
    answer = ask(path, as_of=day)

    assert (answer.status_code, answer.json()["parameter"]) == (400, "as_of")
    assert answer.json()["allowed"] == ["a day such as 2024-03-01"]


def test_a_day_to_come_is_refused(ask, old_group):
    today = timezone.localdate()
    answer = ask("groups/", as_of=(today + dt.timedelta(days=1)).isoformat())

    assert (answer.status_code, answer.json()["parameter"]) == (400, "as_of")
    assert answer.json()["allowed"] == [f"a day up to {today.isoformat()}"]


@pytest.mark.parametrize("slug", ["nobody", "%00", "%ED%A0%80", "..", "a b"])
def test_a_group_that_is_not_there(ask, slug):
    answer = ask(f"groups/{slug}/")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == "There is nothing at this address."
