"""A block that lists posts or webinars by a word of the vocabulary."""

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lpsa_wagtail.blocks.text import MODULE

LIST_KINDS = [("posts", _("Posts")), ("webinars", _("Webinars"))]
MOST_LISTED = 10


def _vocabulary():
    return apps.get_model("lpsa_wagtail", "Interest").objects.vocabulary()


class WordField(forms.ChoiceField):
    """One word of the vocabulary: its slug. A merged word turns into what it was merged into."""

    def __init__(self, **kwargs):
        super().__init__(choices=self._offered, **kwargs)

    @staticmethod
    def _offered():
        return [("", _("Choose a word")), *_vocabulary().as_choices()]

    def prepare_value(self, value):
        word = _vocabulary().find(value) if value else None
        return word.slug if word else value

    def to_python(self, value):
        return self.prepare_value(super().to_python(value))

    def validate(self, value):
        forms.Field.validate(self, value)
        if value and value not in {word.slug for word in _vocabulary()}:
            raise ValidationError(_("This word is not offered. Choose another one."))


class WordBlock(blocks.FieldBlock):
    """A word of the vocabulary. Its slug is kept; that answers also after a merger."""

    __module__ = MODULE

    def __init__(self, required=True, help_text=None, **kwargs):
        self.field = WordField(required=required, help_text=help_text)
        super().__init__(**kwargs)

    class Meta:
        icon = "tag"


class ListValue(blocks.StructValue):
    """``word`` and ``found`` are set by who knows the page: ``models.listings.attach_lists``."""

    word = None
    found: tuple | list = ()


class ListByInterestBlock(blocks.StructBlock):
    """Says what to list. What is found is read with the page, as everybody may see it."""

    title = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("Title"),
        help_text=_("Leave empty for “Posts on …” or “Webinars on …”."),
    )
    kind = blocks.ChoiceBlock(
        choices=LIST_KINDS, default="posts", search_index=False, label=_("What to list")
    )
    interest = WordBlock(label=_("Interest"), help_text=_("Narrower words are found as well."))
    number = blocks.IntegerBlock(
        default=3, min_value=1, max_value=MOST_LISTED, label=_("How many at most")
    )

    class Meta:
        icon = "list-ul"
        label = _("List by interest")
        template = "lpsa_wagtail/blocks/list.html"
        preview_template = "lpsa_wagtail/blocks/previews/list.html"
        preview_value = {"title": "Posts on health", "kind": "posts", "interest": "", "number": 2}
        value_class = ListValue
        description = _("The newest posts or webinars on a topic, region or sector")
