"""Keeping the vocabulary in the admin."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Outcome
from lpsa_wagtail.models import Decision, Interest, InterestLabel
from tests import factories as make


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def chair(group):
    return make.leader(of=group)


@pytest.fixture
def secretary(client):
    user = make.secretary()
    client.force_login(user)
    return user


def interest_form(**fields):
    labels = fields.pop("labels", ())
    rows = {
        f"labels-{n}-{name}": value
        for n, row in enumerate(labels)
        for name, value in {"id": "", "DELETE": "", **row}.items()
    }
    return {
        **{"kind": "topic", "parent": "", "aliases": "", "country_code": "", "active": "on"},
        **{"labels-TOTAL_FORMS": len(labels), "labels-INITIAL_FORMS": 0},
        **{"labels-MIN_NUM_FORMS": 0, "labels-MAX_NUM_FORMS": 1000},
        **rows,
        **fields,
    }


@pytest.mark.parametrize("view", ["index", "add", "edit", "delete", "history", "usage", "merge"])
def test_only_the_secretariat_keeps_the_vocabulary(client, group, chair, view):
    word = make.InterestFactory()
    args = () if view in ("index", "add") else (word.pk,)
    url = reverse(f"lpsa_interests:{view}", args=args)

    other_chair = make.leader(of=make.group())
    for user in (None, chair, other_chair, make.board_member(), make.board_chair()):
        client.logout()
        if user:
            client.force_login(user)
        assert client.get(url).status_code == 302
        assert client.post(url, interest_form(name="Mine")).status_code in (302, 405)
    client.force_login(make.secretary())
    assert client.get(url).status_code == 200
    assert Interest.objects.filter(name="Mine").count() == 0
    assert Interest.objects.filter(pk=word.pk, merged_into=None).count() == 1


def test_a_word_is_added_with_spellings_and_labels(client, secretary):
    labels = [{"language": "fr", "label": "Marchés"}, {"language": "es", "label": "Mercados"}]

    answer = client.post(
        reverse("lpsa_interests:add"),
        interest_form(
            name="Markets of towns", aliases="Bazaars\n  Town  fairs \n\n", labels=labels
        ),
    )

    assert answer.status_code == 302
    word = Interest.objects.get(name="Markets of towns")
    assert (word.slug, word.aliases) == ("markets-of-towns", ["Bazaars", "Town fairs"])
    assert sorted(word.labels.values_list("language", "label")) == [
        ("es", "Mercados"),
        ("fr", "Marchés"),
    ]


def test_renaming_keeps_the_address(client, secretary):
    word = make.InterestFactory(name="Market", slug="market", aliases=["Bazaar"])

    client.post(
        reverse("lpsa_interests:edit", args=(word.pk,)),
        interest_form(name="Market halls", aliases="Bazaar\nMarket", kind="sector"),
    )

    word = Interest.objects.get(pk=word.pk)
    assert (word.name, word.slug, word.kind) == ("Market halls", "market", "topic")
    assert word.aliases == ["Bazaar", "Market"]


def test_the_form_shows_one_spelling_on_each_line(client, secretary):
    word = make.InterestFactory(aliases=["Bazaar", "Fair"])

    answer = client.get(reverse("lpsa_interests:edit", args=(word.pk,)))

    assert answer.context["form"]["aliases"].value() == "Bazaar\nFair"


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"name": "taken"}, "name", "“taken” already means “Taken”."),
        (
            {"name": "New", "aliases": "Fresh\nalso  TAKEN"},
            "aliases",
            "“also TAKEN” already means “Taken”.",
        ),
        (
            {"name": "New", "country_code": "KE"},
            "country_code",
            "Only a word of the kind “region” can be a country.",
        ),
        ({"name": "New", "kind": "colour"}, "kind", "Select a valid choice."),
        ({"name": ""}, "name", "This field is required."),
    ],
)
def test_what_makes_no_sense_is_refused_at_the_field(client, secretary, fields, field, message):
    make.InterestFactory(name="Taken", slug="taken", aliases=["Also taken"])

    answer = client.post(reverse("lpsa_interests:add"), interest_form(**fields))

    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert [text.startswith(message) for text in errors[field]] == [True]


def test_a_label_that_means_another_word_is_refused(client, secretary):
    make.InterestFactory(name="Taken", slug="taken")
    labels = [{"language": "fr", "label": "Taken"}]

    answer = client.post(reverse("lpsa_interests:add"), interest_form(name="New", labels=labels))

    row = answer.context["form"].formsets["labels"].forms[0]
    assert row.errors == {"label": ["“Taken” already means “Taken”."]}
    assert Interest.objects.filter(name="New").count() == 0


def test_a_word_that_was_never_used_is_deleted(client, secretary):
    word = make.InterestFactory()
    url = reverse("lpsa_interests:delete", args=(word.pk,))

    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302
    assert Interest.objects.filter(pk=word.pk).count() == 0


@pytest.mark.parametrize("use", ["page", "draft", "old version", "member", "narrower", "merged"])
def test_a_word_in_use_is_not_deleted_and_the_ways_out_are_named(client, secretary, group, use):
    word = make.InterestFactory(name="Wells")
    if use == "page":
        make.post(group, interests=[word])
    elif use == "member":
        make.MemberFactory().interests.set([word])
    elif use == "narrower":
        make.InterestFactory(parent=word)
    elif use == "merged":
        actions.merge_interests(actor=None, word=make.InterestFactory(), into=word)
    else:
        page = make.post(group)
        page.interests.set([word])
        page.save_revision()
        if use == "old version":
            page.interests.set([])
            page.save_revision()
    url = reverse("lpsa_interests:delete", args=(word.pk,))

    for answer in (client.get(url, follow=True), client.post(url, follow=True)):
        message = next(str(m) for m in answer.context["messages"])
        assert message.split(" ")[0] == "“Wells”"
        assert reverse("lpsa_interests:merge", args=(word.pk,)) in message
    assert Interest.objects.filter(pk=word.pk).count() == 1


def test_a_word_is_made_inactive(client, secretary):
    word = make.InterestFactory()
    form = interest_form(name=word.name)
    del form["active"]

    client.post(reverse("lpsa_interests:edit", args=(word.pk,)), form)

    assert Interest.objects.get(pk=word.pk).active is False


def test_merging_shows_what_it_changes_and_asks_before_it_does(client, secretary, group):
    word, into = make.InterestFactory(name="Wells"), make.InterestFactory(name="Water wells")
    post = make.post(group, interests=[word])
    draft = make.post(group)
    draft.interests.set([word])
    draft.save_revision()
    make.MemberFactory().interests.set([word])
    url = reverse("lpsa_interests:merge", args=(word.pk,))

    asked = client.post(url, {"into": into.pk})
    shown = BeautifulSoup(asked.content, "html.parser")
    assert [item.get_text(strip=True) for item in shown.select(".lpsa-uses li")] == [
        "0 groups",
        "2 blog posts",
        "0 webinars",
        "1 member",
    ]
    assert Interest.objects.get(pk=word.pk).merged_into is None

    done = client.post(url, {"into": into.pk, "confirmed": "on"})
    assert done.status_code == 302
    assert Interest.objects.get(pk=word.pk).merged_into == into
    assert [w.name for w in make.fresh(post).interests.all()] == ["Water wells"]
    decision = Decision.objects.filter(page_id=post.pk).first()
    assert (decision.outcome, decision.actor_id) == (Outcome.MAINTENANCE, str(secretary.pk))


def test_a_merger_that_makes_no_sense_is_refused_with_its_sentence(client, secretary):
    word = make.InterestFactory(name="Wells")
    narrower = make.InterestFactory(name="Deep wells", parent=word)
    sector = make.InterestFactory(kind="sector")
    url = reverse("lpsa_interests:merge", args=(word.pk,))

    below = client.post(url, {"into": narrower.pk, "confirmed": "on"})
    assert below.context["form"].errors == {
        "into": ["“Deep wells” is below “Wells”. Move it first."]
    }
    for other in (word.pk, sector.pk, 10**20, "x"):
        answer = client.post(url, {"into": other, "confirmed": "on"})
        assert list(answer.context["form"].errors) == ["into"]
    assert Interest.objects.get(pk=word.pk).merged_into is None


def test_a_merged_word_is_not_merged_again(client, secretary):
    word = make.InterestFactory()
    actions.merge_interests(actor=None, word=word, into=make.InterestFactory())

    assert client.get(reverse("lpsa_interests:merge", args=(word.pk,))).status_code == 404


def test_words_are_found_by_other_spellings_and_labels(client, secretary):
    word = make.InterestFactory(name="Wells", aliases=["Boreholes"])
    InterestLabel.objects.create(interest=word, language="fr", label="Puits d’eau")

    for text in ("bore", "PUITS", "wells"):
        answer = client.get(reverse("lpsa_interests:index"), {"q": text})
        assert [row.pk for row in answer.context["object_list"]] == [word.pk]


def test_the_list_of_words_takes_as_many_queries_for_50_as_for_1(
    client, secretary, django_assert_max_num_queries
):
    for count in (1, 50):
        for _number in range(count):
            make.InterestFactory()
        with django_assert_max_num_queries(14):
            assert client.get(reverse("lpsa_interests:index")).status_code == 200
