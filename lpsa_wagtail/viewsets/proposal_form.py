"""The form in which a group is proposed."""

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from lpsa_wagtail.choices import DRAFTING_ROLES, Designation, Focus, Role
from lpsa_wagtail.fields import InterestField
from lpsa_wagtail.models import Interest, WorkingGroupIndexPage

#: Empty rows below those that are filled.
EMPTY_ROWS = 3
MOST_ROWS = 10


class PlaceField(forms.ModelChoiceField):
    def label_from_instance(self, index):
        site = index.get_site()
        return f"{index.title} ({site})" if site else index.title


class ProposalForm(forms.Form):
    index = PlaceField(label=_("Directory"), queryset=WorkingGroupIndexPage.objects.none())
    title = forms.CharField(label=_("Title"), max_length=255)
    designation = forms.ChoiceField(label=_("Designation"), choices=Designation.choices)
    designation_other = forms.CharField(
        label=_("Own designation"),
        max_length=80,
        required=False,
        help_text=_("Only with “Another name”, for example “Learning Circle”."),
    )
    focus = forms.ChoiceField(label=_("Focus"), choices=Focus.choices)
    purpose = forms.CharField(
        label=_("Scope and purpose"),
        widget=AdminAutoHeightTextInput,
        help_text=_("One paragraph. It will stand at the top of the group's page."),
    )
    interests = InterestField(
        label=_("Interests"),
        vocabulary_model=Interest,
        required=False,
        help_text=_("Topics, regions and sectors. Visitors will find the group by them."),
    )
    plan = forms.CharField(
        label=_("Plan for the first year"),
        widget=AdminAutoHeightTextInput,
        max_length=5000,
        help_text=_("Meetings, blog posts, webinars, publications. The Board reads it."),
    )
    differs_from = forms.CharField(
        label=_("How it differs from groups that exist"),
        widget=AdminAutoHeightTextInput,
        max_length=2000,
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["index"].queryset = places
        if len(places) < 2:
            del self.fields["index"]

    def clean(self):
        cleaned = super().clean()
        own = cleaned.get("designation") == Designation.OTHER
        if own and not cleaned.get("designation_other"):
            self.add_error("designation_other", _("Say what the group calls itself."))
        return cleaned


class LeaderForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in DRAFTING_ROLES],
        initial=Role.CO_CHAIR,
    )


class PartnerForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    link = forms.URLField(label=_("Link"), required=False, assume_scheme="https")


class Rows(BaseFormSet):
    """Rows of which empty ones are left out."""

    @property
    def filled(self) -> list[dict]:
        return [form.cleaned_data for form in self.forms if form.cleaned_data]


class LeaderRows(Rows):
    def clean(self):
        addresses = [row["email"].lower() for row in self.filled if "email" in row]
        if len(addresses) != len(set(addresses)):
            raise forms.ValidationError(_("Name each person once."))


LeaderFormSet = formset_factory(
    LeaderForm, LeaderRows, extra=EMPTY_ROWS, max_num=MOST_ROWS, validate_max=True
)
PartnerFormSet = formset_factory(
    PartnerForm, Rows, extra=EMPTY_ROWS, max_num=MOST_ROWS, validate_max=True
)
