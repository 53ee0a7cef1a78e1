"""One small world for all doors: per kind of page one page in each state, and everybody who tries.

It is made once; each test works in a transaction of its own, so nothing of it stays. What nobody
has decided on says ``CANARY``.
"""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowTask,
)

from lpsa_wagtail import models
from lpsa_wagtail.permissions.roles import BOARD, BOARD_CHAIR, CONTRIBUTORS
from tests import factories as make
from tests.doors.house.models import HouseAuthor, HousePage

CANARY = "canary"

#: States of a page. A page that is LIVE says what was decided; CHANGED has a newer draft on top.
NEW, CHANGED, LIVE, DOWN, WAITING = "new", "changed", "live", "down", "waiting"
#: The first picture is the page's own, the last that of its row; the second is shown nowhere.
HUES = ("red", "blue", "green")
#: States in which the newest revision says what nobody decided on.
UNDECIDED = (NEW, CHANGED, WAITING)


@dataclass(frozen=True)
class Kind:
    """A page type: ``part`` makes a row of ``parts``, a child relation with a name."""

    model: type
    parts: str
    part: type
    text: str
    factory: Any = None

    @property
    def governed(self) -> bool:
        return issubclass(self.model, models.GovernedPage)


KINDS = {
    "post": Kind(
        models.BlogPost, "authors", models.BlogPostAuthor, "summary", make.BlogPostFactory
    ),
    "webinar": Kind(
        models.Webinar, "co_hosts", models.WebinarCoHost, "summary", make.WebinarFactory
    ),
    "group": Kind(
        models.WorkingGroupPage,
        "partners",
        models.WorkingGroupPartner,
        "purpose",
        make.WorkingGroupPageFactory,
    ),
    "house": Kind(HousePage, "authors", HouseAuthor, "summary"),
}
GOVERNED = [name for name, kind in KINDS.items() if kind.governed]


@dataclass
class World:
    """Ids only, since every test reads its own objects."""

    pages: dict = field(default_factory=dict)
    places: dict = field(default_factory=dict)
    elsewhere: dict = field(default_factory=dict)
    actors: dict = field(default_factory=dict)
    images: dict = field(default_factory=dict)
    documents: dict = field(default_factory=dict)
    words: dict = field(default_factory=dict)
    files: dict = field(default_factory=dict)

    def keep(self, item):
        """Remember the bytes of a picture or document: no transaction brings a file back."""
        with item.file.open() as file:
            self.files[item.file.name] = file.read()
        return item

    def put_files_back(self):
        for name, content in self.files.items():
            if not default_storage.exists(name):
                default_storage.save(name, ContentFile(content))


def build() -> World:
    world = World()
    root = Site.objects.get().root_page
    group, other = make.group(slug="first"), make.group(slug="second")
    directory = make.index_page(models.WorkingGroupIndexPage)
    annex = root.add_child(instance=models.WorkingGroupIndexPage(title="Annex", slug="annex"))
    house, cottage = (
        root.add_child(instance=HousePage(title=name, slug=name)) for name in ("house", "cottage")
    )
    world.places = {"post": group, "webinar": group, "group": directory, "house": house}
    world.elsewhere = {"post": other, "webinar": other, "group": annex, "house": cottage}
    word = models.Interest.objects.filter(slug="kenya").get()
    tag = Tag.objects.create(name="kenya")
    world.words = dict.fromkeys(GOVERNED, word.pk) | {"house": tag.pk}
    world.actors = _people(group, other)
    for name in KINDS:
        whose = {"collection": group.record.collection}
        whose["uploaded_by_user_id"] = world.actors["co-chair"]
        _files(world, name, whose)
        for state in (NEW, CHANGED, LIVE, DOWN, WAITING):
            world.pages[name, state] = _page(world, name, state).pk
    world.places = {name: page.pk for name, page in world.places.items()}
    world.elsewhere = {name: page.pk for name, page in world.elsewhere.items()}
    return world


def _people(group, other) -> dict:
    """Everybody, by what they are. Whose role ended still has Wagtail's rows: no tick came."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    ended = make.leader(of=group, end=yesterday)
    ended.groups.add(group.record.auth_group, Group.objects.get(name="LPSA Contributors"))
    people = {
        "co-chair": make.leader(of=group),
        "co-chair until yesterday": ended,
        "co-chair of another group": make.leader(of=other),
        "Board member": make.person(BOARD, CONTRIBUTORS),
        "Board Chair": make.person(BOARD, BOARD_CHAIR, CONTRIBUTORS),
        "secretary": make.secretary(),
        "superuser": get_user_model().objects.create_superuser("root"),
        "publisher": make.UserFactory(username="publisher"),
    }
    people["publisher"].groups.add(_publishers())
    return {name: person.pk for name, person in people.items()} | {"nobody": None}


def _publishers() -> Group:
    """A group of the host's that may do everything on its pages, Wagtail's ``publish`` too."""
    publishers = Group.objects.create(name="Publishers")
    for right in ("add", "change", "publish"):
        GroupPagePermission.objects.create(
            group=publishers, page=Page.get_first_root_node(), permission_type=right
        )
    for right in ("access_admin", "submit_translation", "change_task", "delete_task"):
        publishers.permissions.add(*Permission.objects.filter(codename=right))
    files = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"),
        codename__regex=r"^(add|change|delete|choose)_(image|document)$",
    )
    for right in files:
        GroupCollectionPermission.objects.create(
            group=publishers, collection=Collection.get_first_root_node(), permission=right
        )
    return publishers


def _page(world, name, state):
    """A page of this kind in this state, with a row, a word, a picture and a document."""
    kind, place = KINDS[name], world.places[name]
    fields = {"title": f"{state} {name}", "slug": f"{state}-{name}", kind.text: "As decided."}
    if state in (NEW, WAITING):
        fields |= _undecided(kind)
    fields["lead_image_id"] = world.images[name][0]
    if kind.governed:
        document = get_document_model().objects.get(pk=world.documents[name][0])
        fields["body"] = [("document", {"document": document, "description": ""})]
    else:
        fields["terms_of_reference_id"] = world.documents[name][0]
    page = _build(kind, fields)
    page.slug = fields["slug"]
    row = {"logo_id": world.images[name][2]} if hasattr(kind.part, "logo") else {}
    getattr(page, kind.parts).set([kind.part(name="Ada Sample", **row)])
    place = Page.objects.get(pk=place.pk)
    place.add_child(instance=page)
    page.save_revision()
    if state in (CHANGED, LIVE, DOWN):
        _go_live(kind, page)
    page = kind.model.objects.get(pk=page.pk)
    if state == CHANGED:
        for key, value in _undecided(kind).items():
            setattr(page, key, value)
        page.save_revision()
    if state == DOWN:
        page.unpublish()
    if state == WAITING:
        _workflow(name).start(page, make.UserFactory())
    return page


def _files(world, name, whose):
    """Pictures and documents for the pages of one kind, uploaded by a co-chair."""
    images = [make.image(title=f"{name} {hue}", file__color=hue, **whose) for hue in HUES]
    texts = (f"{name} one", f"{name} two")
    documents = [
        make.document(title=text, file__filename=f"{name}.txt", file__data=text.encode(), **whose)
        for text in texts
    ]
    world.images[name] = [world.keep(image).pk for image in images]
    world.documents[name] = [world.keep(document).pk for document in documents]


def _workflow(name) -> Workflow:
    """A workflow with a stage that only one page waits at: the Board's, or a stock one."""
    governed = KINDS[name].governed
    task_model = models.AdvisoryBoardApprovalTask if governed else GroupApprovalTask
    task = task_model.objects.create(name=f"Board for {name}")
    task.groups.add(Group.objects.create(name=f"Board for {name}"))
    workflow = Workflow.objects.create(name=f"Board for {name}")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    return workflow


def _undecided(kind) -> dict:
    return {"title": f"A {CANARY}", kind.text: f"What a {CANARY} says."}


def _build(kind, fields):
    return (kind.factory.build if kind.factory else kind.model)(**{"live": False, **fields})


def _go_live(kind, page):
    if kind.governed:
        make.actions.install_page(actor=None, page=page)
    else:
        page.get_latest_revision().publish()


@dataclass
class Door:
    """What a way works with: a page of one kind in one state, and somebody who tries."""

    world: World
    name: str
    state: str
    actor: Any = None
    client: Any = None
    typed: bool = False

    @cached_property
    def headers(self) -> dict:
        """The header by which Wagtail's own API knows the actor (8.0 only, so is the import)."""
        if not self.actor:
            return {}
        from wagtail.models import APIToken

        _token, plain = APIToken.create_token(user=self.actor, name="test")
        return {"Authorization": f"Bearer {plain}"}

    @property
    def kind(self) -> Kind:
        return KINDS[self.name]

    @property
    def page(self):
        """The page as it is now, a new object each time."""
        return self.kind.model.objects.get(pk=self.world.pages[self.name, self.state])

    @property
    def base(self) -> Page:
        """The same as a plain ``Page``."""
        return Page.objects.get(pk=self.page.pk)

    @property
    def place(self):
        return Page.objects.get(pk=self.world.places[self.name]).specific

    @property
    def elsewhere(self):
        return Page.objects.get(pk=self.world.elsewhere[self.name]).specific

    @property
    def revision(self):
        return self.page.get_latest_revision()

    @property
    def part(self):
        return self.kind.part.objects.get(page=self.page)

    @property
    def word(self):
        model = models.Interest if self.kind.governed else Tag
        return model.objects.get(pk=self.world.words[self.name])

    def another(self, **fields):
        """A page of the same kind that is not stored yet."""
        fields = {"title": f"One more {CANARY}", "slug": "one-more", **fields}
        return _build(self.kind, fields)


def at_once(page, **fields):
    """The page with these fields set."""
    for name, value in fields.items():
        setattr(page, name, value)
    return page


as_live = partial(at_once, live=True)
