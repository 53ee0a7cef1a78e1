"""What stands beside pages: rows, words, groups, pictures and files, all read in one query.

A list of the API names of each page its authors or cities, its words, the groups it lies in and is
credited to, and pictures in several sizes. Asked one by one these are six queries, and most of the
time of an answer goes into putting queries together.
"""

from collections import defaultdict
from dataclasses import dataclass, fields
from typing import NamedTuple

from django.db.models import CharField, F, IntegerField, Q, Value
from django.db.models.functions import Coalesce
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from lpsa_wagtail.models.blog import BlogPost, BlogPostAuthor
from lpsa_wagtail.models.prepared import Prepared, padded
from lpsa_wagtail.models.querysets import key_of
from lpsa_wagtail.models.webinars import Webinar, WebinarCity, WebinarCoHost
from lpsa_wagtail.models.working_groups import (
    Designated,
    WorkingGroupPage,
    WorkingGroupPartner,
)

ZERO, EMPTY = Value(0, output_field=IntegerField()), Value("", output_field=CharField())
NUMBERS, TEXTS = ("place", "item", "one", "two"), ("a", "b", "c", "d", "e", "f")
COLUMNS = ("arm", "whose", *NUMBERS, *TEXTS)
NOTHING = dict.fromkeys(NUMBERS, ZERO) | dict.fromkeys(TEXTS, EMPTY)

STATEMENTS = Prepared(Page)
#: Page type → name of each relation whose rows are shown → model, and the columns to read.
ROWS: dict = {
    BlogPost: {"authors": (BlogPostAuthor, {"a": "name", "b": "affiliation"})},
    Webinar: {
        "cities": (WebinarCity, {"a": "time_zone"}),
        "co_hosts": (WebinarCoHost, {"a": "name", "b": "link"}),
    },
    WorkingGroupPage: {
        "partners": (WorkingGroupPartner, {"a": "name", "b": "link", "one": "logo_id"})
    },
}


class Row(NamedTuple):
    """One row of a relation: what it says, and the id of its picture (0 for none)."""

    place: int
    pk: int
    first: str
    second: str
    image_id: int


class Picture(NamedTuple):
    """A picture as it was uploaded. ``focal`` is the middle of what matters in it, in pixels."""

    width: int
    height: int
    file: str
    focal: tuple[int, int] | None


class Size(NamedTuple):
    """A picture in one size."""

    file: str
    width: int
    height: int


class File(NamedTuple):
    title: str
    file: str


@dataclass
class GroupName(Designated):
    """A group as content names it."""

    pk: int
    title: str
    slug: str
    designation: str
    designation_other: str
    path: str
    url_path: str

    @classmethod
    def of(cls, group) -> "GroupName":
        """From a row or a page."""
        return cls(*(getattr(group, field.name) for field in fields(cls)))

    @property
    def texts(self) -> tuple[str, ...]:
        """All but the id."""
        return tuple(getattr(self, field.name) for field in fields(self))[1:]


class Beside:
    """What stands beside ``pages`` of one type: rows with ``pk`` and ``path``, or page objects.

    ``images`` and ``documents`` are ids of files to read as well, pictures in these ``sizes``
    (specs, as Wagtail names them). One query.
    """

    def __init__(self, model, pages, site, *, images=(), documents=(), sizes=()):
        self.words: dict = defaultdict(list)
        self.rows: dict = {name: defaultdict(list) for name in ROWS.get(model, ())}
        self.pictures: dict[int, Picture] = {}
        self.sizes: dict = defaultdict(dict)
        self.files: dict[int, File] = {}
        self._joint: dict = defaultdict(set)
        self._groups: dict[int, GroupName] = {}
        self._by_path: dict[str, GroupName] = {}
        self._readers = [self._read_word, self._read_joint, self._read_group, self._read_picture]
        self._readers += [self._read_size, self._read_file, *map(self._reader_of, self.rows)]
        content = pages if hasattr(model, "joint_groups") else ()
        lists = {
            "pages": padded(page.pk for page in pages),
            "above": padded({page.path[: -Page.steplen] for page in content}),
            "images": padded(images),
            "documents": padded(documents),
        }
        if any(lists.values()):
            self._read(model, site, lists, sizes)

    def _read(self, model, site, lists: dict, sizes) -> None:
        lengths = {name: len(ids) for name, ids in lists.items()}

        def build(*marks):
            marks, cut = list(marks), {}
            for name, length in lengths.items():
                cut[name], marks = marks[:length], marks[length:]
            first, *others = _Arms(model, site, sizes, list(self.rows)).of(**cut)
            return first.union(*others, all=True)

        key = (*key_of(WorkingGroupPage, site), model, *lengths.values(), *sizes)
        values = (value for ids in lists.values() for value in ids)
        for arm, whose, *columns in STATEMENTS.rows(key, build, *values):
            self._readers[arm](whose, *columns)

    def group_of(self, page) -> GroupName | None:
        """The public group that the page lies in."""
        return self._by_path.get(page.path[: -Page.steplen])

    def joint_groups_of(self, page) -> list[GroupName]:
        """The public groups that the page is credited to besides its own, by title."""
        if page.pk not in self._joint:
            return []
        own = self.group_of(page)
        found = (self._groups.get(pk) for pk in self._joint[page.pk])
        return sorted(
            (group for group in found if group and group != own),
            key=lambda group: (group.title, group.pk),
        )

    def rows_of(self, name: str, page) -> list[Row]:
        """The rows of the relation ``name``, in their order."""
        return sorted(self.rows[name].get(page.pk, ()))

    # What the arms find.

    def _read_word(self, whose, _place, word, *_more):
        self.words[whose].append(word)

    def _reader_of(self, name):
        rows = self.rows[name]

        def read(whose, place, pk, image, _two, first, second, *_more):
            rows[whose].append(Row(place, pk, first, second, image))

        return read

    def _read_joint(self, whose, _place, group, *_more):
        self._joint[whose].add(group)

    def _read_group(self, pk, _place, _item, _one, _two, *texts):
        group = GroupName(pk, *texts)
        self._groups[pk] = self._by_path[group.path] = group

    def _read_picture(self, pk, width, height, x, y, file, *_more):
        self.pictures[pk] = Picture(width, height, file, (x, y) if x >= 0 and y >= 0 else None)

    def _read_size(self, image, width, height, _one, _two, file, spec, *_more):
        self.sizes[image][spec] = Size(file, width, height)

    def _read_file(self, pk, _place, _item, _one, _two, title, file, *_more):
        self.files[pk] = File(title, file)


class Draft:
    """A page that nobody sees yet, in the place of a row: its content is that of the object."""

    def __init__(self, page):
        self.page = page

    def __getattr__(self, name):
        return getattr(self.page, name)

    @property
    def locale__language_code(self) -> str:
        return self.page.locale.language_code


class BesideDraft(Beside):
    """The same for a draft: rows, words and groups as they are in it, not as they are stored."""

    def __init__(self, draft: Draft, site, *, images=(), **files):
        page = draft.page
        self.model = type(page)
        images = {*images, *(getattr(row, "logo_id", None) for row in self._objects(page))}
        super().__init__(type(page), [], site, images=images - {None}, **files)
        self.words[page.pk] = [item.tag_id for item in page.interest_items.all()]
        for name, (_model, columns) in ROWS[type(page)].items():
            for number, row in enumerate(getattr(page, name).all()):
                first, second = (getattr(row, columns.get(key, ""), "") for key in "ab")
                image = getattr(row, columns.get("one", ""), None) or 0
                self.rows[name][page.pk].append(Row(number, row.pk or 0, first, second, image))
        joint = [group.pk for group in page.joint_groups.all()] if self._joins(page) else []
        self._joint[page.pk] = set(joint)
        named = Q(path=page.path[: -Page.steplen]) | Q(pk__in=joint)
        for group in WorkingGroupPage.objects.public(site).filter(named):
            self._read_group(group.pk, 0, 0, 0, 0, *GroupName.of(group).texts)
        own = getattr(page, "group", None)
        if own and not self.group_of(page):  # it lies in a draft
            self._read_group(own.pk, 0, 0, 0, 0, *GroupName.of(own).texts)

    @staticmethod
    def _joins(page) -> bool:
        return hasattr(type(page), "joint_groups")

    @staticmethod
    def _objects(page):
        return (row for name in ROWS[type(page)] for row in getattr(page, name).all())


class _Arms:
    """The parts of the query. Each row says with its first column which reader takes it."""

    WORD, JOINT, GROUP, PICTURE, SIZE, FILE, FIRST_OF_ROWS = range(7)

    def __init__(self, model, site, sizes, names: list[str]):
        self.model, self.site, self.sizes, self.names = model, site, sizes, names

    def of(self, *, pages, above, images, documents):
        if pages:
            yield from self._of_pages(pages, above)
        if images or (pages and self.model is WorkingGroupPage):
            yield from self._of_images(images, pages)
        if documents:
            files = get_document_model()._base_manager.filter(pk__in=documents)
            yield self._arm(self.FILE, files, "pk", a="title", b="file")

    @staticmethod
    def _arm(reader, queryset, whose, **columns):
        columns = {name: F(c) if isinstance(c, str) else c for name, c in columns.items()}
        arm = {"arm": Value(reader), "whose": F(whose)}
        return queryset.order_by().annotate(**arm, **(NOTHING | columns)).values_list(*COLUMNS)

    def _of_pages(self, ids, above):
        model = self.model
        words = model.interests.through.objects.filter(content_object__in=ids)
        yield self._arm(self.WORD, words, "content_object_id", item="tag_id")
        for number, name in enumerate(self.names):
            rows, columns = ROWS[model][name]
            columns = {"place": Coalesce("sort_order", 0), "item": "pk", **columns}
            if "one" in columns:
                columns["one"] = Coalesce(columns["one"], 0)
            found = rows.objects.filter(page__in=ids)
            yield self._arm(self.FIRST_OF_ROWS + number, found, "page_id", **columns)
        if above:
            yield from self._of_groups(ids, above)

    def _of_groups(self, ids, above):
        page = f"{self.model._meta.model_name}_id"
        joint = self.model.joint_groups.through.objects.filter(**{f"{page}__in": ids})
        yield self._arm(self.JOINT, joint, page, item="workinggrouppage_id")
        named = Q(path__in=above) | Q(pk__in=joint.values("workinggrouppage_id"))
        yield self._arm(
            self.GROUP,
            WorkingGroupPage.objects.public(self.site).filter(named),
            "pk",
            **{"a": "title", "b": "slug", "c": "designation", "d": "designation_other"},
            **{"e": "path", "f": "url_path"},
        )

    def _of_images(self, ids, pages):
        model = get_image_model()
        found, made = Q(pk__in=ids), Q(image__in=ids)
        if self.model is WorkingGroupPage:  # the logos of its partners
            logos = WorkingGroupPartner.objects.filter(page__in=pages, logo__isnull=False)
            found, made = (
                found | Q(pk__in=logos.values("logo")),
                made | Q(image__in=logos.values("logo")),
            )
        focal = {"one": Coalesce("focal_point_x", -1), "two": Coalesce("focal_point_y", -1)}
        yield self._arm(
            self.PICTURE,
            model._base_manager.filter(found),
            "pk",
            **{"place": "width", "item": "height", "a": "file", **focal},
        )
        renditions = model.get_rendition_model()._base_manager.filter(
            made, filter_spec__in=self.sizes, focal_point_key=""
        )
        columns = {"place": "width", "item": "height", "a": "file", "b": "filter_spec"}
        yield self._arm(self.SIZE, renditions, "image_id", **columns)
