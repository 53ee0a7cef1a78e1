"""The vocabulary."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from lpsa_wagtail.models import Interest, InterestLabel
from tests import factories as make


def vocabulary():
    return Interest.objects.vocabulary()


def test_the_whole_vocabulary_is_one_query(django_assert_num_queries):
    word = make.InterestFactory()
    InterestLabel.objects.create(interest=word, language="fr", label="Mot")

    with django_assert_num_queries(1):
        words = vocabulary()
        found = words.find("mot")
        labels = [word.label for word in words.in_use()]

    assert found == word
    assert len(labels) == Interest.objects.filter(active=True).count()


@pytest.mark.parametrize(
    "text", ["africa", "Sub-Saharan Africa", "AFRICA", " africa  (sub-saharan) "]
)
def test_a_word_is_found_by_slug_name_and_other_spellings(text):
    assert vocabulary().find(text).slug == "africa"


def test_an_unknown_word_is_not_found():
    assert vocabulary().find("astrology") is None


def test_a_filter_covers_narrower_words_unless_it_is_exact():
    words = vocabulary()
    africa = words.find("africa")

    covered = {words.by_id[pk].slug for pk in words.covered_by(africa)}

    assert {"africa", "kenya", "dr-congo"} <= covered
    assert "nepal" not in covered
    assert words.covered_by(africa, exact=True) == {africa.pk}


def test_names_are_in_the_readers_language_where_there_is_a_label():
    word = make.InterestFactory(name="Health care")
    InterestLabel.objects.create(interest=word, language="fr", label="Santé")
    found = vocabulary().by_id[word.pk]

    labels = []
    for language in ("en", "fr-ca", "es"):
        with translation.override(language):
            labels.append((found.label, Interest.objects.get(pk=word.pk).label))

    assert labels == [("Health care",) * 2, ("Santé",) * 2, ("Health care",) * 2]


def test_broader_words_come_before_their_narrower_words():
    regions = [word.slug for word in vocabulary().in_use("region")]

    assert regions.index("africa") + 1 == regions.index("dr-congo")
    assert regions.index("asia") < regions.index("india") < regions.index("nepal")


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"name": "africa"}, "name"),
        ({"aliases": ["MENA"]}, "aliases"),
        ({"country_code": "KE"}, "country_code"),
        ({"parent": "africa"}, "parent"),
    ],
)
def test_a_word_that_would_mean_two_things_is_refused_at_its_field(fields, at):
    if "parent" in fields:
        fields = {"parent": Interest.objects.get(slug=fields["parent"])}
    word = make.InterestFactory.build(**fields)

    with pytest.raises(ValidationError) as refusal:
        word.clean()

    assert list(refusal.value.message_dict) == [at]


def test_a_word_below_itself_is_refused():
    broad = make.InterestFactory()
    narrow = make.InterestFactory(parent=broad)
    broad.parent = narrow

    with pytest.raises(ValidationError) as refusal:
        broad.clean()

    assert list(refusal.value.message_dict) == ["parent"]
