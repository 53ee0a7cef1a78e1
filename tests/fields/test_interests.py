"""Choosing words of the vocabulary in a form."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from lpsa_wagtail.choices import InterestKind
from lpsa_wagtail.models import BlogPost, Interest, Member
from tests import editor
from tests import factories as make


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def chair(group):
    return make.leader(of=group)


@pytest.fixture
def editing(client, chair):
    client.force_login(chair)
    return client


@pytest.fixture
def words():
    Interest.objects.update(parent=None)
    Interest.objects.all().delete()
    broad = make.InterestFactory(name="Finance", slug="finance", aliases=["Money"])
    make.InterestFactory(name="Own revenue", slug="own-revenue", parent=broad)
    make.InterestFactory(name="Health", slug="health", kind=InterestKind.SECTOR)
    return {word.slug: word for word in Interest.objects.all()}


def offered(response) -> dict:
    """Map heading → [(label, css class, is chosen)] of the widget in the answer."""
    soup = BeautifulSoup(response.content, "html.parser")
    return {
        kind.legend.get_text(strip=True): [
            (
                item.label.get_text(strip=True),
                item["class"][0].removeprefix("lpsa-interests__depth-"),
                item.input.has_attr("checked"),
            )
            for item in kind.select("li")
        ]
        for kind in soup.select("fieldset.lpsa-interests__kind")
    }


def chosen_at_the_top(response) -> list:
    soup = BeautifulSoup(response.content, "html.parser")
    return [word.get_text() for word in soup.select("[data-lpsa-chosen] .lpsa-interests__word")]


def names(page) -> list:
    return sorted(word.name for word in page.interests.all())


def draft(group, chair, *words):
    return make.draft(make.BlogPostFactory, group, owner=chair, interests=words)


def newest(page):
    return BlogPost.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_words_are_offered_by_kind_with_narrower_ones_indented(editing, group, chair, words):
    page = draft(group, chair, words["own-revenue"])

    answer = editing.get(editor.edit_url(page))

    assert offered(answer) == {
        "Topic": [("Finance", "0", False), ("Own revenue", "1", True)],
        "Sector": [("Health", "0", False)],
    }
    assert chosen_at_the_top(answer) == ["Own revenue"]


def test_the_words_chosen_are_saved_with_the_draft(editing, group, chair, words):
    page = draft(group, chair, words["finance"])

    answer = editor.post(
        editing, editor.edit_url(page), BlogPost, interests=["own-revenue", "health"]
    )

    assert editor.errors(answer) == {}
    assert names(newest(page)) == ["Health", "Own revenue"]


def test_autosave_keeps_the_words_too(editing, group, chair, words):
    page = draft(group, chair)

    url = editor.edit_url(page)
    answer = editor.post(editing, url, BlogPost, autosave=True, interests=["health"])

    assert answer.json()["success"] is True
    assert names(newest(page)) == ["Health"]


def test_all_words_can_be_taken_off(editing, group, chair, words):
    page = draft(group, chair, words["finance"])

    editor.post(editing, editor.edit_url(page), BlogPost, interests=[])

    assert names(newest(page)) == []


def test_other_spellings_are_understood(editing, group, chair, words):
    page = draft(group, chair)

    editor.post(editing, editor.edit_url(page), BlogPost, interests=["money", "OWN REVENUE"])

    assert names(newest(page)) == ["Finance", "Own revenue"]


def test_an_unknown_word_is_refused_at_the_field_and_changes_nothing(editing, group, chair, words):
    page = draft(group, chair, words["finance"])
    count = Interest.objects.count()

    answer = editor.post(
        editing, editor.edit_url(page), BlogPost, interests=["health", "Sheep & goats"]
    )

    assert editor.errors(answer) == {
        "interests": [
            "“Sheep & goats” is not in the vocabulary. Choose one of the words offered, or ask "
            "the secretariat to add it under Working groups → Interests."
        ]
    }
    assert names(newest(page)) == ["Finance"]
    assert Interest.objects.count() == count


@pytest.mark.parametrize("carried", [True, False])
def test_a_retired_word_stays_where_it_is_and_is_offered_nowhere_else(
    editing, group, chair, words, carried
):
    page = draft(group, chair, *([words["finance"]] if carried else []))
    Interest.objects.filter(slug="finance").update(active=False)
    url = editor.edit_url(page)

    shown = [label for label, _depth, _on in offered(editing.get(url))["Topic"]]
    answer = editor.post(editing, url, BlogPost, interests=["finance", "health"])

    if carried:
        assert shown == ["Own revenue", "Finance (no longer offered)"]
        assert editor.errors(answer) == {}
        assert names(newest(page)) == ["Finance", "Health"]
    else:
        assert shown == ["Own revenue"]
        assert editor.errors(answer) == {
            "interests": ["“Finance” is no longer offered. Choose another word."]
        }


def test_versions_with_different_words_can_be_compared(editing, group, chair, words):
    page = draft(group, chair, words["finance"])
    editor.post(editing, editor.edit_url(page), BlogPost, interests=["health"])
    older, newer = page.revisions.order_by("pk").values_list("pk", flat=True)

    answer = editing.get(
        reverse("wagtailadmin_pages:revisions_compare", args=(page.pk, older, newer))
    )

    assert answer.status_code == 200
    soup = BeautifulSoup(answer.content, "html.parser")
    assert [s.get_text() for s in soup.select("span.deletion, span.addition")] == [
        "finance",
        "health",
    ]


def test_showing_the_widget_takes_as_many_queries_for_50_words_as_for_3(
    editing, group, chair, words, django_assert_max_num_queries
):
    field = BlogPost.get_edit_handler().get_form_class().base_fields["interests"]
    for count in (3, 50):
        for number in range(Interest.objects.count(), count):
            make.InterestFactory(name=f"New {number}", slug=f"new-{number}")
        with django_assert_max_num_queries(1):
            html = field.widget.render("interests", ["finance"], {"id": "x"})
        assert html.count('type="checkbox"') == count


def test_the_register_of_members_has_the_same_widget(client, words):
    client.force_login(make.secretary())
    member = make.MemberFactory()
    url = reverse("lpsa_members_modeladmin_edit", args=(member.pk,))
    fields = {"name": "A. Sample", "email": "a@example.org", "time_zone": "UTC"}

    refused = client.post(url, {**fields, "interests": ["sheep"]})
    accepted = client.post(url, {**fields, "interests": ["health"]})

    assert list(refused.context["form"].errors) == ["interests"]
    assert accepted.status_code == 302
    assert names(Member.objects.get(pk=member.pk)) == ["Health"]
