"""The main job: a co-chair drafts and submits, the Board approves, visitors and programs read."""

import pytest

from lpsa_wagtail.choices import Role
from tests import factories as make

pytestmark = pytest.mark.main_job


def test_a_post_goes_from_draft_to_reader(log_in, visitor):
    group = make.group(title="Fiscal Decentralization")
    make.post(make.group(title="Asia"), title="Something else")
    chair, member = make.leader(of=group), make.board_member()

    author = log_in(chair)
    author.follow("New blog post")
    author.write_title("Five questions about a budget")
    author.fill("Summary", "What to ask before you read.")
    author.write_paragraph("Text", "body", "Money follows function.")
    author.save_draft()
    author.take_time()
    author.choose_interests("Subnational finance", "Kenya", "Health")
    author.wait_until_saved()
    author.press("Submit")
    author.is_told("submitted for moderation")

    visitor.go("/blog/")
    assert visitor.results == ["Something else"]
    assert visitor.read_json("posts/?q=budget")["results"] == []

    reviewer = log_in(member)
    reviewer.follow("Five questions about a budget")
    reviewer.answer("Approve")
    reviewer.is_told("Five questions about a budget")

    for kind, choice in (
        ("Group", "Fiscal Decentralization"),
        ("Topic", "Subnational finance"),
        ("Region or country", "Kenya"),
        ("Sector", "Health"),
    ):
        visitor.go("/blog/")
        assert visitor.results == ["Five questions about a budget", "Something else"]
        visitor.filter_by(kind, choice)
        assert visitor.results == ["Five questions about a budget"]
    visitor.follow("Five questions about a budget")
    visitor.sees("Money follows function.")
    assert visitor.foreign == []

    found = visitor.read_json("posts/?group=fiscal-decentralization&topic=subnational-finance")
    assert [post["title"] for post in found["results"]] == ["Five questions about a budget"]
    post = visitor.read_json(f"posts/{found['results'][0]['id']}/")
    assert {word["slug"] for word in post["interests"]} == {
        "subnational-finance",
        "kenya",
        "health",
    }
    assert author.errors == reviewer.errors == []


def test_a_webinar_goes_from_draft_to_reader(log_in, visitor):
    group = make.group(title="Gender Equity")
    make.webinar(make.group(title="Asia"), title="Something else")
    coordinator, member = make.leader(of=group, role=Role.COORDINATOR), make.board_member()

    author = log_in(coordinator)
    author.follow("New webinar")
    author.write_title("Who sits on the council?")
    author.choose("Format*", "Open meeting")
    author.fill("Summary", "Seats, and who takes them.")
    author.write_paragraph("Description", "body", "Three councils report.")
    author.open_tab("Time and place")
    author.set_clock("starts_at", "2030-05-07 15:00")
    author.set_clock("ends_at", "2030-05-07 16:30")
    author.choose("Time zone*", "Africa/Nairobi")
    author.choose_interests("Gender equity and women’s empowerment", "Nepal", "Education")
    author.press("Submit")
    author.is_told("submitted for moderation")

    visitor.go("/webinars/")
    assert visitor.results == ["Something else"]
    assert visitor.read_json("webinars/?q=council")["results"] == []

    reviewer = log_in(member)
    reviewer.follow("Who sits on the council?")
    reviewer.answer("Approve")
    reviewer.is_told("Who sits on the council?")

    for kind, choice in (
        ("Group", "Gender Equity"),
        ("Topic", "Gender equity and women’s empowerment"),
        ("Region or country", "Nepal"),
        ("Sector", "Education"),
    ):
        visitor.go("/webinars/")
        assert sorted(visitor.results) == ["Something else", "Who sits on the council?"]
        visitor.filter_by(kind, choice)
        assert visitor.results == ["Who sits on the council?"]
    visitor.follow("Who sits on the council?")
    visitor.sees("Three councils report.")
    visitor.sees("Nairobi")
    assert visitor.foreign == []

    found = visitor.read_json("webinars/?group=gender-equity&region=nepal&format=open-meeting")
    assert [webinar["title"] for webinar in found["results"]] == ["Who sits on the council?"]
    webinar = visitor.read_json(f"webinars/{found['results'][0]['id']}/")
    assert webinar["starts_at"] == "2030-05-07T12:00:00Z"
    assert author.errors == reviewer.errors == []
