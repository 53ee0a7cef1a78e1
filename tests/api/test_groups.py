"""What the API says about working groups."""

import datetime as dt

import pytest
from django.utils import timezone

from lpsa_wagtail import models
from lpsa_wagtail.choices import Designation, Focus, GroupState, Role
from tests import factories as make


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
    )
    record_of(group, state=GroupState.ACTIVE, established_on=dt.date(2022, 10, 3))

    answer = ask("groups/")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer.json() == {
        "results": [
            {
                "slug": "local-finance",
                "title": "Local finance",
                "designation": "Standing Panel",
                "focus": "sectoral",
                "state": "active",
                "established_on": "2022-10-03",
                "purpose": "To share what works.",
                "interests": [
                    {"slug": "subnational-finance", "kind": "topic", "label": word.label}
                ],
                "url": "http://localhost/working-groups/local-finance/",
            }
        ],
        "next": None,
        "previous": None,
        "count": 1,
    }


def test_one_group_adds_what_its_page_shows(ask):
    today = timezone.localdate().isoformat()
    document = make.document(title="Terms")
    make.group(
        slug="finance",
        contact_email="finance@example.org",
        how_to_join="Write to us.",
        terms_of_reference=document,
        body=[("heading", "What we do")],
        partners=[models.WorkingGroupPartner(name="A partner", link="https://example.org/a")],
    )
    [listed] = ask("groups/").json()["results"]

    answer = ask("groups/finance/").json()

    assert answer == listed | {
        "lead_image": None,
        "body": [{"type": "heading", "text": "What we do"}],
        "roles": [],
        "partners": [{"name": "A partner", "link": "https://example.org/a", "logo": None}],
        "contact_email": "finance@example.org",
        "how_to_join": "Write to us.",
        "terms_of_reference": {"title": "Terms", "url": f"http://localhost{document.url}"},
        "decisions": [
            {"date": today, "outcome": "established", "role": None, "effective_on": today}
        ],
    }


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

    answer = ask("groups/", **parameters).json()

    assert [group["title"] for group in answer["results"]] == expected
    assert answer["count"] == len(expected)


@pytest.mark.parametrize("slug", ["nobody", "%00", "%ED%A0%80", "..", "a b"])
def test_a_group_that_is_not_there(ask, slug):
    answer = ask(f"groups/{slug}/")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == "There is nothing at this address."
