"""Keeping the vocabulary."""

import pytest
from django.db.models import ProtectedError

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Outcome
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import BlogPost, Decision, Interest
from lpsa_wagtail.permissions import authors_since_last_go, may_go_live
from tests import factories as make


@pytest.fixture
def old():
    return make.InterestFactory(name="Climate policy", aliases=["Climate work"])


@pytest.fixture
def new():
    return make.InterestFactory(name="Climate action of towns")


@pytest.fixture
def group():
    return make.group()


def words(obj):
    return [word.name for word in obj.interests.all()]


def test_merging_moves_what_is_tagged_and_who_follows(old, new, group):
    post = make.post(group, interests=[old])
    draft = make.draft(make.WebinarFactory, group, interests=[old])
    member = make.MemberFactory()
    member.interests.set([old])

    actions.merge_interests(actor=None, word=old, into=new)

    assert words(make.fresh(post)) == words(make.fresh(draft)) == ["Climate action of towns"]
    assert words(draft.get_latest_revision_as_object()) == ["Climate action of towns"]
    assert words(member) == ["Climate action of towns"]


def test_who_has_both_keeps_one(old, new, group):
    post = make.post(group, interests=[old, new])
    member = make.MemberFactory()
    member.interests.set([old, new])

    actions.merge_interests(actor=None, word=old, into=new)

    assert words(make.fresh(post)) == words(member) == ["Climate action of towns"]


def test_approved_content_stays_approved_and_the_change_is_on_record(old, new, group):
    post = make.post(group, interests=[old])
    before = Decision.objects.get(page_id=post.pk).content_hash

    actions.merge_interests(actor=None, word=old, into=new)

    post = make.fresh(post)
    assert (post.live, may_go_live(post)) == (True, True)
    decision = Decision.objects.filter(page_id=post.pk).first()
    assert (decision.outcome, decision.replaced_hash) == (Outcome.MAINTENANCE, before)


def test_merging_approves_nothing_that_was_not_approved(old, new, group):
    draft = make.draft(make.BlogPostFactory, group, interests=[old])

    actions.merge_interests(actor=None, word=old, into=new)

    assert may_go_live(make.fresh(draft)) is False
    assert Decision.objects.filter(page_id=draft.pk).count() == 0


def test_the_merged_word_goes_on_answering(old, new):
    actions.merge_interests(actor=None, word=old, into=new)
    vocabulary = Interest.objects.vocabulary()

    for text in (old.slug, "climate POLICY", "Climate work", new.slug):
        assert vocabulary.find(text).pk == new.pk
    assert old.pk not in [word.pk for word in vocabulary.in_use()]


def test_merging_twice_in_a_row_ends_at_the_last_word(old, new, group):
    last = make.InterestFactory()
    post = make.post(group, interests=[old])

    actions.merge_interests(actor=None, word=old, into=new)
    actions.merge_interests(actor=None, word=new, into=last)

    assert Interest.objects.vocabulary().find(old.slug).pk == last.pk
    assert may_go_live(make.fresh(post)) is True


def test_pairs_that_cannot_be_merged_are_refused(old, new):
    region = make.InterestFactory(kind="region")
    narrower = make.InterestFactory(parent=old)
    for word, into in ((old, old), (old, region), (old, narrower)):
        with pytest.raises(NotAllowed):
            actions.merge_interests(actor=None, word=word, into=into)


def test_the_start_vocabulary_is_added_once():
    count = Interest.objects.count()
    rows = [{"kind": "topic", "slug": "decentralization", "label": "Decentralization"}]

    assert actions.import_vocabulary(actor=None, words=rows) == 0
    assert Interest.objects.count() == count


def test_a_word_in_use_cannot_be_deleted(old, group):
    make.post(group, interests=[old])

    with pytest.raises(ProtectedError):
        old.delete()
    assert BlogPost.objects.get().interests.count() == 1


def test_who_wrote_what_waits_wrote_it_also_after_a_merger(old, new, group):
    post = make.post(group, interests=[old])
    member = make.board_member()
    post.summary = "Other."
    post.save_revision(user=member)

    actions.merge_interests(actor=None, word=old, into=new)

    assert authors_since_last_go(make.fresh(post)) == {str(member.pk)}
