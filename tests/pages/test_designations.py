"""A group is called what it calls itself, wherever it is named."""

import pytest

from lpsa_wagtail.models import BlogIndexPage, WebinarIndexPage, WorkingGroupIndexPage
from tests import factories as make

WAYS = [
    ({"designation": "working-group"}, "Working Group"),
    ({"designation": "standing-panel"}, "Standing Panel"),
    ({"designation": "other", "designation_other": "Learning Circle"}, "Learning Circle"),
]


@pytest.mark.parametrize(("fields", "word"), WAYS)
def test_the_designation_stands_beside_every_mention(fields, word, visit):
    group, other = make.group(**fields), make.group(designation="chapter")
    post = make.post(group)
    event = make.webinar(group)
    joint = make.post(other, joint_groups=[group])
    indexes = (WorkingGroupIndexPage, BlogIndexPage, WebinarIndexPage)

    for page in (group, post, event, *map(make.index_page, indexes)):
        assert set(visit(page).texts(".lpsa-designation")) - {"Chapter"} == {word}
    assert visit(joint).texts(".lpsa-joint .lpsa-designation") == [word]


def test_no_page_of_ours_uses_another_designation(visit):
    group = make.group(title="Salt", designation="other", designation_other="Learning Circle")
    for page in (group, make.post(group), make.webinar(group)):
        text = visit(page).select_one("main").get_text().lower()
        assert [word for word in ("working group", "panel", "chapter") if word in text] == []
