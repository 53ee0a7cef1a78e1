"""Acts on one role in the register."""

from abc import abstractmethod

from django import forms
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.widgets import AdminDateInput

from lpsa_wagtail import actions
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.modeladmins.base import RecordEditView


class NamedRow:
    """Calls a role by what its row in the list shows, which may be less than the person's name."""

    def get_page_subtitle(self):
        return f"{self.instance.name_shown}: {self.instance.get_role_display()}"

    def get_success_message(self, instance):
        return _("The role of %(name)s was saved.") % {"name": instance.name_shown}


class EndForm(WagtailAdminModelForm):
    end = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=AdminDateInput,
        help_text=gettext_lazy("On the day after it the rights that come with the role are gone."),
    )


class EndView(RecordEditView):
    """Asks for the last day of a role or a mandate."""

    def check_action_permitted(self, user):
        return self.permission_helper.user_can_end_obj(user, self.instance)

    def get_template_names(self):
        return ["lpsa_wagtail/register/end_role.html"]

    def get_edit_handler(self):
        panels = ObjectList([FieldPanel("end")], base_form_class=EndForm)
        return panels.bind_to_model(self.model)

    def get_initial(self):
        return {"end": timezone.localdate()}

    def form_valid(self, form):
        try:
            done = self.finish(form.cleaned_data["end"])
        except NotAllowed as refusal:
            form.add_error("end", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, done)
        return redirect(self.index_url)

    @abstractmethod
    def finish(self, end) -> str:
        """End it with this day and return what to say. Raises what the verb raises."""


class EndRoleView(NamedRow, EndView):
    page_title = gettext_lazy("End this role")

    def finish(self, end):
        actions.end_role(actor=self.request.user, membership=self.instance, end=end)
        names = {"name": self.instance.name_shown, "day": end}
        return _("The role of %(name)s ends on %(day)s.") % names
