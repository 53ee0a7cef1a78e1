"""Interests on a model and in a form: django-taggit with a closed vocabulary."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from taggit.managers import TaggableManager


class InterestSelect(forms.CheckboxSelectMultiple):
    """Checkboxes under one heading for each kind of interest, with a filter box."""

    template_name = "lpsa_wagtail/widgets/interest_select.html"

    class Media:
        css = {"all": ["lpsa_wagtail/admin/interests.css"]}
        js = ["lpsa_wagtail/admin/interests.js"]

    def value_from_datadict(self, data, files, name):
        if hasattr(data, "getlist"):
            return data.getlist(name)
        value = data.get(name) or []
        return [value] if isinstance(value, str) else list(value)


class InterestField(forms.MultipleChoiceField):
    """Words from the vocabulary: slugs from the widget; names and other spellings are understood.

    Cleans to a list of interests. An unknown or retired word is an error that names it; a
    retired word that the object already carries may stay.
    """

    widget = InterestSelect
    default_error_messages = {
        "unknown": _(
            "“%(word)s” is not in the vocabulary. Choose one of the words offered, or ask the "
            "secretariat to add it under Working groups → Interests."
        ),
    }

    def __init__(self, *, vocabulary_model, **kwargs):
        self.vocabulary_model = vocabulary_model
        super().__init__(choices=self._choices, **kwargs)

    def _choices(self):
        return self.vocabulary_model.objects.vocabulary().as_choices()

    def prepare_value(self, value):
        return [getattr(word, "slug", word) for word in value or []]

    def clean(self, value):
        words = self.prepare_value(value)
        if self.required and not words:
            raise ValidationError(self.error_messages["required"], code="required")
        vocabulary = self.vocabulary_model.objects.vocabulary() if words else None
        carried = set(self.prepare_value(self.initial))
        found, errors = {}, []
        for text in words:
            word = vocabulary.find(text)
            if word and (word.active or word.slug in carried):
                found[word.pk] = word
            else:
                message = self.error_messages["unknown"]
                errors.append(ValidationError(message, code="unknown", params={"word": text}))
        if errors:
            raise ValidationError(errors)
        return list(found.values())

    def has_changed(self, initial, data):
        return set(self.prepare_value(initial)) != set(self.prepare_value(data))


class _ClosedVocabulary:
    """What both taggit managers share: a form field that never makes words on the fly."""

    def formfield(self, form_class=None, **kwargs):
        # Wagtail passes the form field and widget for free tags; both are ignored.
        return InterestField(
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
            required=kwargs.get("required", not self.blank),
            vocabulary_model=self.remote_field.model,
        )


class ClusterInterests(_ClosedVocabulary, ClusterTaggableManager):
    """Interests of a page; kept in drafts and revisions like all content."""


class Interests(_ClosedVocabulary, TaggableManager):
    """Interests of an ordinary model."""
