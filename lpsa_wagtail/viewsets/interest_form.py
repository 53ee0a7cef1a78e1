"""The form of a word of the vocabulary."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets import AdminAutoHeightTextInput

from lpsa_wagtail.choices import InterestKind
from lpsa_wagtail.models import Interest


class LinesField(forms.CharField):
    """A list of words, one on each line."""

    def __init__(self, **kwargs):
        super().__init__(widget=AdminAutoHeightTextInput, **kwargs)

    def prepare_value(self, value):
        return value if isinstance(value, str) else "\n".join(value or ())

    def to_python(self, value):
        lines = (" ".join(line.split()) for line in super().to_python(value).splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial, data):
        return list(initial or ()) != self.to_python(data)


class BroaderWordField(forms.ModelChoiceField):
    def label_from_instance(self, word):
        return f"{InterestKind(word.kind).label}: {word.name}"


class InterestForm(WagtailAdminModelForm):
    """Name, kind, place, other spellings and labels. The kind is chosen once."""

    parent = BroaderWordField(
        queryset=Interest.objects.none(),
        required=False,
        label=_("Broader word"),
        help_text=_("A filter by the broader word also finds what has this one."),
    )
    aliases = LinesField(
        required=False,
        label=_("Other spellings"),
        help_text=_("One on each line. Words that people also use; they find this word."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = Interest.objects.filter(merged_into=None).exclude(pk=self.instance.pk)
        if self.instance.pk:
            words = words.filter(kind=self.instance.kind)
            self.fields["kind"].disabled = True
            self.fields["name"].help_text = _(
                "The short name in addresses stays “%(slug)s”, so links and saved searches go on "
                "working."
            ) % {"slug": self.instance.slug}
        self.fields["parent"].queryset = words.order_by("kind", "name")

    def clean(self):
        cleaned = super().clean()
        others = Interest.objects.exclude(pk=self.instance.pk).vocabulary()
        for row in self.formsets["labels"].forms:
            if not row.is_valid() or not (label := row.cleaned_data.get("label")):
                continue
            if not row.cleaned_data.get("DELETE") and (other := others.find(label)):
                message = _("“%(label)s” already means “%(other)s”.")
                params = {"label": label, "other": other.name}
                row.add_error("label", ValidationError(message, params=params))
                self.add_error(None, _("A label means another word already."))
        return cleaned


interest_panels = ObjectList(
    [
        FieldPanel("name"),
        FieldPanel("kind"),
        FieldPanel("parent"),
        FieldPanel("aliases"),
        InlinePanel("labels", heading=_("Labels in other languages"), label=_("Label")),
        MultiFieldPanel(
            [FieldPanel("country_code"), FieldPanel("active")], heading=_("More about this word")
        ),
    ],
    base_form_class=InterestForm,
)
