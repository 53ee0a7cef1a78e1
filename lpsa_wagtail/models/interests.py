"""The vocabulary: topics, regions and sectors, one word per concept."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from lpsa_wagtail.choices import InterestKind, language_choices
from lpsa_wagtail.fields import CountryField
from lpsa_wagtail.models.prepared import Prepared

MAX_DEPTH = 4
WORD_COLUMNS = (
    *("id", "slug", "name", "kind", "parent_id", "aliases", "country_code", "active"),
    "merged_into_id",
)
LABEL = ("label_language", "label_text")


def _folded(text) -> str:
    return " ".join(str(text).split()).casefold()


def with_labels(words):
    """The words, each as often as it has labels, with ``label_language`` and ``label_text``."""
    return words.order_by("kind", "name", "pk").annotate(
        label_language=F("labels__language"), label_text=F("labels__label")
    )


def label_in(language: str | None, word) -> str:
    """What a word is called in a language: its label there, else its name."""
    return word.label_by_language.get((language or "").split("-")[0]) or word.name


class Word:
    """A word as answers tell of it, in one language: quick to make, and never saved."""

    def __init__(self, *values):
        self.pk = values[0]
        self.__dict__.update(zip(WORD_COLUMNS, values, strict=True))
        self.label_by_language: dict[str, str] = {}
        self.label = self.__dict__["name"]


class Vocabulary:
    """All words, for looking up, covering and naming.

    Words are few (tens to hundreds), so a request reads them once and asks this object. ``rows``
    are triples of a word and one of its labels: word, language (or None), text. A word may come
    several times.
    """

    def __init__(self, rows):
        self.by_id = {}
        for row, language, text in rows:
            word = self.by_id.setdefault(row.pk, row)
            if language:
                word.label_by_language[language.split("-")[0]] = text

    @cached_property
    def _names(self) -> dict:
        """Map each name of a word in small letters to the word."""
        found: dict = {}
        for word in self.by_id.values():
            labels = word.label_by_language.values()
            for name in (word.slug, word.name, *word.aliases, *labels):
                found.setdefault(_folded(name), word)
        return found

    def __iter__(self):
        return iter(self.in_use())

    def in_use(self, kind: str | None = None) -> list:
        """Words that may be chosen, broader words first, each followed by its narrower words."""
        words = [w for w in self.by_id.values() if w.active and not w.merged_into_id]
        if kind:
            words = [w for w in words if w.kind == kind]
        return sorted(words, key=lambda w: (w.kind, [a.label for a in self.line(w)]))

    def line(self, word) -> list:
        """The word with all broader words before it."""
        line = [word]
        while (parent := self.by_id.get(line[0].parent_id)) and len(line) <= MAX_DEPTH:
            line.insert(0, parent)
        return line

    def current(self, word_id):
        """The word with this id, or the one it was merged into; None if there is no such id."""
        word = self.by_id.get(word_id)
        for _level in range(MAX_DEPTH):
            if not (word and word.merged_into_id):
                break
            word = self.by_id.get(word.merged_into_id)
        return word

    def find(self, text):
        """The word with this slug, name, label or other spelling (any case), or None.

        A merged word gives the word it was merged into.
        """
        word = self._names.get(_folded(text))
        return self.current(word.pk) if word else None

    def containing(self, text) -> list:
        """Words of which a name, label or other spelling contains the text, in any case."""
        wanted = _folded(text)
        ids = {word.pk for name, word in self._names.items() if wanted in name}
        return [self.by_id[pk] for pk in ids]

    def covered_by(self, word, *, exact: bool = False) -> set[int]:
        """Ids that a filter by ``word`` covers: itself, merged words and all narrower words."""
        covered = {word.pk}
        while True:
            more = {
                other.pk
                for other in self.by_id.values()
                if other.merged_into_id in covered or (not exact and other.parent_id in covered)
            }
            if more <= covered:
                return covered
            covered |= more

    def as_choices(self) -> list:
        """Grouped choices ``[(kind label, [(slug, label), …]), …]`` in the reader's language."""
        return [
            (str(label), [(word.slug, word.label) for word in self.in_use(kind)])
            for kind, label in InterestKind.choices
        ]


def _light(rows) -> Vocabulary:
    """A vocabulary of ``Word``, from rows of their columns and a label."""
    vocabulary = Vocabulary((Word(*row[:-2]), *row[-2:]) for row in rows)
    language = get_language()
    for word in vocabulary.by_id.values():
        word.label = label_in(language, word)
    return vocabulary


class InterestQuerySet(models.QuerySet):
    """Reads of the vocabulary."""

    def vocabulary(self) -> Vocabulary:
        """Read all words with one query."""
        rows = list(with_labels(self))
        for word in rows:
            word.label_by_language = {}  # so that none is asked for
        return Vocabulary((word, word.label_language, word.label_text) for word in rows)

    def words(self) -> Vocabulary:
        """The same of light words that cannot be changed, for answers. One query."""
        rows = STATEMENTS.rows((), lambda: with_labels(self).values_list(*WORD_COLUMNS, *LABEL))
        return _light(rows)

    def worn_by(self, page) -> list:
        """The words of one page as visitors see them: merged words replaced, sorted. One query."""
        model = type(page)
        rows = STATEMENTS.rows((model,), partial(self._with_worn, model), page.pk)
        worn = {row[0] for row in rows if row[-3]}
        vocabulary = _light((*row[:-3], *row[-2:]) for row in rows)
        words = {vocabulary.current(pk) for pk in worn}
        return sorted(words, key=lambda word: (word.kind, word.label))

    def _with_worn(self, model, pk):
        rows = model.interests.through.objects.filter(content_object=pk)
        worn = ExpressionWrapper(Q(pk__in=rows.values("tag")), output_field=models.BooleanField())
        return with_labels(self.annotate(worn=worn)).values_list(*WORD_COLUMNS, "worn", *LABEL)

    def with_uses(self):
        """Annotate ``pages_count`` (as stored, without changes in drafts) and ``members_count``."""
        items = {
            relation.get_accessor_name(): relation.related_model
            for relation in self.model._meta.related_objects
            if issubclass(relation.related_model, InterestItem)
        }
        members = items.pop("member_items")
        pages = sum((_count_of(model) for model in items.values()), Value(0))
        return self.annotate(pages_count=pages, members_count=_count_of(members))


def _count_of(items):
    rows = items.objects.filter(tag=OuterRef("pk")).order_by().values("tag")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


class Interest(ClusterableModel, TagBase):
    """A word of the vocabulary (django-taggit tag).

    A country is an interest of kind region with a ``country_code``. A merged word keeps its row,
    so its slug and other spellings go on answering.
    """

    free_tagging = False

    kind = models.CharField(_("kind"), max_length=10, choices=InterestKind.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("broader word"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="narrower_words",
        help_text=_("A filter by the broader word also finds what has this one."),
    )
    aliases = models.JSONField(
        _("other spellings"),
        default=list,
        blank=True,
        help_text=_("Words that people also use; they find this word."),
    )
    country_code = CountryField(
        _("country"), help_text=_("Only for a country, which is a region of its own.")
    )
    active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("An inactive word stays where it is used and is no longer offered."),
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged_words",
    )

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        ordering = ["kind", "name"]

    @property
    def label(self) -> str:
        """The name in the reader's language. One query, none for words from a vocabulary."""
        return label_in(get_language(), self)

    @cached_property
    def label_by_language(self) -> dict[str, str]:
        """Labels by language. One query, none for words from a vocabulary."""
        rows = self.labels.values_list("language", "label") if self.pk else ()
        return {language.split("-")[0]: label for language, label in rows}

    def clean(self):
        super().clean()
        self._clean_parent()
        if self.country_code and self.kind != InterestKind.REGION:
            raise ValidationError(
                {"country_code": _("Only a word of the kind “region” can be a country.")}
            )
        self._clean_aliases()

    def _clean_parent(self):
        seen, word = {self.pk}, self.parent
        while word:
            if word.pk in seen or len(seen) > MAX_DEPTH:
                raise ValidationError(
                    {"parent": _("A word cannot be below itself, nor more than four levels deep.")}
                )
            if word.kind != self.kind:
                raise ValidationError({"parent": _("The broader word must be of the same kind.")})
            seen.add(word.pk)
            word = word.parent

    def _clean_aliases(self):
        self.aliases = list(dict.fromkeys(" ".join(str(a).split()) for a in self.aliases if a))
        others = type(self).objects.exclude(pk=self.pk).vocabulary()
        for name in (self.name, *self.aliases):
            other = others.find(name)
            if other:
                raise ValidationError(
                    {
                        "name" if name == self.name else "aliases": _(
                            "“%(name)s” already means “%(other)s”."
                        )
                        % {"name": name, "other": other.name}
                    }
                )


STATEMENTS = Prepared(Interest)


class InterestLabel(models.Model):
    """The name of a word in one language."""

    interest = ParentalKey(Interest, on_delete=models.CASCADE, related_name="labels")
    language = models.CharField(_("language"), max_length=12, choices=language_choices)
    label = models.CharField(_("label"), max_length=100)

    panels = [FieldRowPanel([FieldPanel("language"), FieldPanel("label")])]

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        constraints = [
            models.UniqueConstraint(
                fields=["interest", "language"], name="lpsa_interest_label_once"
            )
        ]

    def __str__(self):
        return f"{self.label} ({self.language})"


class InterestItem(ItemBase):
    """What every "is tagged with" row shares."""

    class Meta:
        abstract = True
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
