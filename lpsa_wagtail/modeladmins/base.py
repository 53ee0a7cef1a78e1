"""What our lists of records share, and where modeladmin alone would say or allow too much."""

import re
from abc import abstractmethod

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.utils import lookup_field
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import (
    CreateView,
    DeleteView,
    EditView,
    HistoryView,
    IndexView,
    InspectView,
    ModelFormView,
)

SIGNS = "[=+@＝＋－＠−-]"
UNSEEN = "\\s\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
#: A cell that begins like this is a formula to a spreadsheet program, or to the next that reads
#: what the first one stored.
FORMULA = re.compile(f"[\\t\\r\\n]|[\"'{UNSEEN}]*{SIGNS}")
#: The same after what ends a cell where cells are not parted by commas.
INSIDE = re.compile(f"([;\\t\\r\\n][\"'{UNSEEN}]*)({SIGNS})")
CONTROL_CHARACTERS = {code: None for code in range(32) if chr(code) not in "\t\n\r"}


def yes_or_no(value) -> str:
    """A word for a column. Django's own icons come with its admin, which a host need not have."""
    return _("Yes") if value else _("No")


def as_text(value: str) -> str:
    """The value as a cell of a CSV file that no spreadsheet program takes for a formula."""
    quote = "'" if FORMULA.match(value) else ""
    return quote + INSIDE.sub(r"\1'\2", value)


class ChoiceListFilter(SimpleListFilter):
    """A filter that shows nothing for a value it does not offer."""

    #: Folded together until needed, for filters with many values.
    template = "lpsa_wagtail/listings/list_filter.html"
    long = False

    def queryset(self, request, queryset):
        value = self.value()
        if value is None:
            return queryset
        if value not in {str(offered) for offered, _label in self.lookup_choices}:
            return queryset.none()
        return self.narrow(queryset, value)

    @abstractmethod
    def narrow(self, queryset, value):
        """The records that this value of the filter stands for."""


class RecordIndexView(IndexView):
    """Filters only by the filters offered; exports text, never formulas."""

    def get_filters_params(self, params=None):
        # Modeladmin would take any lookup from the address, also into other tables.
        allowed = {offered.parameter_name for offered in self.list_filter}
        found = super().get_filters_params(params)
        return {name: values for name, values in found.items() if name in allowed}

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    def to_row_dict(self, item):
        row = {}
        for name in self.list_export:
            value = lookup_field(name, item, self.model_admin)[2]
            row[name] = "" if value is None else value
        return row

    def preprocess_field_value(self, field, value, export_format):
        value = super().preprocess_field_value(field, value, export_format)
        if not isinstance(value, str):
            return value
        value = value.translate(CONTROL_CHARACTERS)
        return as_text(value) if export_format == self.FORMAT_CSV else value

    def generate_xlsx_row(self, worksheet, row_dict, date_format=None):
        """A cell with text says that it is text, also where it looks like a formula or an error."""
        for cell in super().generate_xlsx_row(worksheet, row_dict, date_format):
            if isinstance(cell.value, str):
                cell.data_type = "s"
            yield cell


class SeenRow:
    """A view of one row: of those that this person finds in the list, another does not exist."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = self.model_admin.get_queryset(request)
        self.instance = get_object_or_404(rows, pk=self.instance_pk)


class RecordLog:
    """Notes in Wagtail's log what was done to which record, without the person's name."""

    def note(self, action, **kwargs):
        title = f"{self.opts.verbose_name} {self.instance.pk}"
        log(instance=self.instance, action=action, title=title, **kwargs)


class RecordCreateView(RecordLog, CreateView):
    def form_valid(self, form):
        with transaction.atomic():
            response = ModelFormView.form_valid(self, form)
            self.note("wagtail.create", content_changed=True)
        return response


class RecordEditView(SeenRow, RecordLog, EditView):
    def form_valid(self, form):
        with transaction.atomic():
            response = ModelFormView.form_valid(self, form)
            self.note("wagtail.edit", content_changed=form.has_changed())
        return response


class RecordDeleteView(SeenRow, RecordLog, DeleteView):
    def post(self, request, *args, **kwargs):
        names = {"model": force_str(self.opts.verbose_name), "name": str(self.instance)}
        with transaction.atomic():
            self.note("wagtail.delete", deleted=True)
            self.delete_instance()
        messages.success(request, _("The %(model)s “%(name)s” was deleted.") % names)
        return redirect(self.index_url)


class RecordHistoryView(SeenRow, HistoryView):
    """Asks who is looking, which modeladmin's own does not."""

    def check_action_permitted(self, user):
        return self.permission_helper.user_can_edit_obj(user, self.instance)


class RecordInspectView(SeenRow, InspectView):
    """Shows a row to who may read and not change it."""


class RecordAdmin(ModelAdmin):
    """Base of our modeladmins. Whoever may not list the records learns nothing of any of them."""

    add_to_admin_menu = False  # the menu "Working groups" has them
    index_view_class = RecordIndexView
    create_view_class = RecordCreateView
    edit_view_class = RecordEditView
    delete_view_class = RecordDeleteView
    history_view_class = RecordHistoryView
    inspect_view_class = RecordInspectView
    list_per_page = 50
    index_view_extra_css = ["lpsa_wagtail/admin/listings.css", "lpsa_wagtail/admin/register.css"]
    form_view_extra_css = inspect_view_extra_css = ["lpsa_wagtail/admin/register.css"]

    def _only_if_listed(self, request, instance_pk):
        if not self.permission_helper.user_can_list(request.user):
            raise PermissionDenied
        if not (instance_pk.isascii() and instance_pk.isdigit() and len(instance_pk) < 19):
            raise Http404

    def row_view(self, view_class):
        """A further view of one row, for the addresses of the modeladmin."""

        def view(request, instance_pk):
            self._only_if_listed(request, instance_pk)
            return view_class.as_view(model_admin=self, instance_pk=instance_pk)(request)

        return view

    def edit_view(self, request, instance_pk):
        self._only_if_listed(request, instance_pk)
        return super().edit_view(request, instance_pk)

    def delete_view(self, request, instance_pk):
        self._only_if_listed(request, instance_pk)
        return super().delete_view(request, instance_pk)

    def inspect_view(self, request, instance_pk):
        self._only_if_listed(request, instance_pk)
        return super().inspect_view(request, instance_pk)

    def history_view(self, request, instance_pk):
        self._only_if_listed(request, instance_pk)
        return super().history_view(request, instance_pk)
