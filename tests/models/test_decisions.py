"""The record of decisions: rows are added, never changed, and chained."""

import pytest

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Outcome, Stage
from lpsa_wagtail.models import BlogPost, Decision
from lpsa_wagtail.models.decisions import AppendOnly
from tests import factories as make


@pytest.fixture
def decisions():
    group = make.group()
    make.post(group)
    make.post(group)
    return list(Decision.objects.order_by("pk"))


def test_each_row_carries_the_digest_of_the_one_before(decisions):
    assert [row.previous_digest for row in decisions] == [
        "start",
        *(row.digest for row in decisions[:-1]),
    ]
    assert [row.computed_digest() for row in decisions] == [row.digest for row in decisions]


def test_a_changed_row_no_longer_fits_its_digest(decisions):
    row = decisions[1]
    row.comment = "altered"

    assert row.computed_digest() != row.digest


def test_rows_are_not_changed_and_not_removed(decisions):
    rows = Decision.objects.filter(pk=decisions[0].pk)
    for change in (
        decisions[0].save,
        decisions[0].delete,
        lambda: rows.update(comment="x"),
        rows.delete,
        lambda: Decision.objects.bulk_create([Decision()]),
        lambda: Decision.objects.bulk_update(rows, ["comment"]),
    ):
        with pytest.raises(AppendOnly):
            change()
    assert Decision.objects.count() == len(decisions)


@pytest.mark.parametrize(
    ("outcomes", "stands"),
    [
        ([], False),
        ([Outcome.REJECTED], False),
        ([Outcome.GO], True),
        ([Outcome.GO, Outcome.REJECTED], True),
        ([Outcome.GO, Outcome.WITHDRAWN], False),
        ([Outcome.WITHDRAWN, Outcome.GO], True),
        ([Outcome.GO, Outcome.GO, Outcome.WITHDRAWN], False),
        ([Outcome.GO, Outcome.WITHDRAWN, Outcome.REJECTED], False),
        ([Outcome.GO, Outcome.WITHDRAWN, Outcome.MAINTENANCE], True),
        ([Outcome.INSTALLATION, Outcome.WITHDRAWN, Outcome.GO, Outcome.WITHDRAWN], False),
    ],
)
def test_the_newest_ruling_says_whether_a_page_is_decided(outcomes, stands):
    group = make.group()
    page, other = (make.draft(make.BlogPostFactory, group) for _each in range(2))
    for outcome in outcomes:
        for content, what in ((other, Outcome.WITHDRAWN), (page, outcome), (other, Outcome.GO)):
            actions.record_decision(actor=None, content=content, outcome=what, stage=Stage.CONTENT)

    assert list(BlogPost.objects.decided().filter(pk=page.pk)) == [page] * stands
