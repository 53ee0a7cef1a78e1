"""Interests on a model and in a form: django-taggit with a closed vocabulary."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from taggit.managers import TaggableManager

from lpsa_wagtail.choices import InterestKind


class InterestSelect(forms.CheckboxSelectMultiple):
    """Checkboxes under one heading for each kind of interest, narrower words indented.

    What is chosen is named at the top. A script adds a box that filters the words; without it
    everything works. ``words_for`` is given by the field: it takes the chosen values and returns
    ``[(kind label, [(slug, label, depth, is chosen), …]), …]``.
    """

    template_name = "lpsa_wagtail/widgets/interest_select.html"
    words_for = None

    class Media:
        css = {"all": ["lpsa_wagtail/admin/interests.css"]}
        js = ["lpsa_wagtail/admin/interests.js"]

    def get_context(self, name, value, attrs):
        context = forms.Widget.get_context(self, name, value, attrs)
        chosen = self.format_value(value)
        kinds = self.words_for(chosen) if self.words_for else []
        context["kinds"] = kinds
        context["chosen"] = [label for _k, words in kinds for _s, label, _d, on in words if on]
        return context

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
        "retired": _("“%(word)s” is no longer offered. Choose another word."),
    }

    def __init__(self, *, vocabulary_model, **kwargs):
        self.vocabulary_model = vocabulary_model
        self.carried = frozenset()
        super().__init__(choices=self._choices, **kwargs)
        self.widget.words_for = self._words_for

    def _vocabulary(self):
        return self.vocabulary_model.objects.vocabulary()

    def _choices(self):
        return self._vocabulary().as_choices()

    def _words_for(self, chosen) -> list:
        """What the widget shows: words in use, and retired ones only where they are chosen."""
        vocabulary = self._vocabulary()
        found = {word.pk: word for text in chosen if (word := vocabulary.find(text))}
        kinds = []
        for kind, label in InterestKind.choices:
            words = vocabulary.in_use(kind)
            words += [w for w in found.values() if w.kind == kind and not w.active]
            rows = [(w.slug, _label(w), len(vocabulary.line(w)) - 1, w.pk in found) for w in words]
            kinds.append((label, rows))
        return kinds

    def get_bound_field(self, form, field_name):
        """Note what the object carries already: a retired word in it may stay."""
        initial = form.get_initial_for_field(self, field_name)
        self.carried = frozenset(self.prepare_value(initial))
        return super().get_bound_field(form, field_name)

    def prepare_value(self, value):
        if isinstance(value, str):
            value = [value]
        return [getattr(word, "slug", word) for word in value or []]

    def clean(self, value):
        words = self.prepare_value(value)
        if self.required and not words:
            raise ValidationError(self.error_messages["required"], code="required")
        vocabulary = self._vocabulary() if words else None
        carried = {w.pk for text in self.carried if words and (w := vocabulary.find(text))}
        found, errors = {}, []
        for text in words:
            word = vocabulary.find(text)
            if word and (word.active or word.pk in carried):
                found[word.pk] = word
            else:
                code = "retired" if word else "unknown"
                params = {"word": word.name if word else str(text)[:80]}
                errors.append(ValidationError(self.error_messages[code], code=code, params=params))
        if errors:
            raise ValidationError(errors)
        return list(found.values())

    def has_changed(self, initial, data):
        return set(self.prepare_value(initial)) != set(self.prepare_value(data))


def _label(word) -> str:
    if word.active:
        return word.label
    return str(_("%(word)s (no longer offered)") % {"word": word.label})


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
