"""The site on which the state machine plays: two groups, eight people, some words."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from wagtail.models import Locale, Page

from lpsa_wagtail.choices import Role
from lpsa_wagtail.models import (
    AdvisoryBoardApprovalTask,
    BlogIndexPage,
    InstallRecord,
    WorkingGroupIndexPage,
)
from tests import factories as make

#: Ada and Ben co-chair a group each, Cleo's role comes and goes; Dan and Eve are Board members,
#: Eve co-chairs the first group as well; Fay is the Board's Chair.
PEOPLE = ("ada", "ben", "cleo", "dan", "eve", "fay", "gil the secretary", "hue the superuser")
BOARD = ("dan", "eve", "fay")
CHAIR = "fay"
SECRETARY, ADMINISTRATOR = "gil the secretary", "hue the superuser"
#: Stands for whoever it is that drafts for a page.
ITS_LEADER = "its leader"
#: Whose roles in the first group come and go.
PASSING = ("ada", "cleo", "eve")


@dataclass(frozen=True)
class Stage:
    """Ids of what there is at the beginning of each play."""

    people: dict[str, int]
    members: dict[str, int]
    groups: tuple[int, int]
    indexes: tuple[int, int]
    posts: tuple[int, ...]
    words: tuple[int, ...]
    task: int
    language: int

    def person(self, name: str):
        """The account as a new request finds it."""
        return get_user_model().objects.get(pk=self.people[name])


def prepare() -> Stage:
    first, second = make.group(title="First"), make.group(title="Second")
    people = {
        "ada": make.leader(of=first),
        "ben": make.leader(of=second),
        "cleo": make.leader(of=first, role=Role.COORDINATOR, end=dt.date(2024, 1, 31)),
        "dan": make.board_member(),
        "eve": make.leader(of=first),
        "fay": make.board_chair(),
        "gil the secretary": make.secretary(),
        "hue the superuser": make.UserFactory(is_superuser=True),
    }
    people["eve"].groups.add(*make.board_member().groups.all())
    workflow = InstallRecord.objects.made("workflow.content")
    return Stage(
        people={name: user.pk for name, user in people.items()},
        members={name: people[name].lpsa_member.pk for name in PASSING},
        groups=(first.pk, second.pk),
        indexes=(make.index_page(WorkingGroupIndexPage).pk, make.index_page(BlogIndexPage).pk),
        posts=(make.post(first, title="Old").pk, make.webinar(second, title="Ancient").pk),
        words=tuple(make.InterestFactory().pk for _ in range(4)),
        task=AdvisoryBoardApprovalTask.objects.get(workflow_tasks__workflow=workflow).pk,
        language=Locale.objects.create(language_code="fr").pk,
    )


def page_of(pk: int):
    return Page.objects.get(pk=pk).specific
