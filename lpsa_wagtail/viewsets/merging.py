"""Merging a word of the vocabulary into another: choose, see what changes, confirm."""

from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from lpsa_wagtail import actions
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import Interest, uses_of


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        queryset=Interest.objects.none(),
        label=gettext_lazy("Merge into"),
        help_text=gettext_lazy("Words of the same kind that are offered."),
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, word, **kwargs):
        super().__init__(*args, **kwargs)
        words = Interest.objects.filter(kind=word.kind, active=True, merged_into=None)
        self.fields["into"].queryset = words.exclude(pk=word.pk).order_by("name")


class MergeView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """What carries or follows the word then carries the other; the old address still answers."""

    model = Interest
    permission_required = "change"
    form_class = MergeForm
    template_name = "lpsa_wagtail/interests/merge.html"
    confirm_template_name = "lpsa_wagtail/interests/merge_confirm.html"
    page_title = gettext_lazy("Merge interest")
    header_icon = "tag"

    @cached_property
    def word(self):
        return get_object_or_404(Interest, pk=self.kwargs["pk"], merged_into=None)

    def get_page_subtitle(self):
        return self.word.name

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("lpsa_interests:index"), "label": _("Interests")},
            {
                "url": reverse("lpsa_interests:edit", args=(self.word.pk,)),
                "label": self.word.name,
            },
            {"url": "", "label": _("Merge “%(word)s”") % {"word": self.word.name}},
        ]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "word": self.word}

    def get_context_data(self, **kwargs):
        return super().get_context_data(word=self.word, uses=uses_of(self.word), **kwargs)

    def form_valid(self, form):
        into = form.cleaned_data["into"]
        if not form.cleaned_data["confirmed"]:
            context = self.get_context_data(form=form, into=into)
            return self.response_class(
                request=self.request, template=[self.confirm_template_name], context=context
            )
        try:
            actions.merge_interests(actor=self.request.user, word=self.word, into=into)
        except NotAllowed as refusal:
            form.add_error("into", str(refusal))
            return self.form_invalid(form)
        names = {"word": self.word.name, "into": into.name}
        messages.success(self.request, _("“%(word)s” was merged into “%(into)s”.") % names)
        return redirect("lpsa_interests:index")
