"""What must be true of a page that is written in the editor, and where the message appears.

An unfinished draft may be saved (Wagtail's autosave does it all the time), so what only a finished
page needs is asked when ``is_deferred_validation`` is off: on submitting and publishing. What the
database refuses is refused at its field in any case.
"""

import json
import re

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import BlockField

from lpsa_wagtail.choices import Designation

#: Marks that the rich text editor puts on paragraphs. Readers never see them.
EDITOR_MARKS = re.compile(r' data-block-key="[^"]*"')


class GovernedPageForm(WagtailAdminPageForm):
    """Base of our page forms. Groups to credit are offered once they are public."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("joint_groups"):
            chosen = [group.pk for group in self.initial.get("joint_groups") or ()]
            groups = field.queryset
            offered = Q(pk__in=groups.public().values("pk")) | Q(pk__in=chosen)
            field.queryset = groups.filter(offered).order_by("title")

    def clean(self):
        cleaned = super().clean()
        if self.data.get("action-workflow-action") and self.has_changed():
            self.add_error(
                None,
                _(
                    "You changed something here, so somebody else must decide. Open the page "
                    "again to decide on what was submitted."
                ),
            )
        return cleaned

    @cached_property
    def changed_data(self) -> list[str]:
        """Fields that were changed, marks of the rich text editor aside.

        Else opening text that came from elsewhere and approving it would count as writing it, and
        nobody approves what they wrote.
        """
        return [name for name in super().changed_data if not self._only_marks_differ(name)]

    def _only_marks_differ(self, name) -> bool:
        field = self.fields[name]
        if not isinstance(field, BlockField) or not self.initial.get(name):
            return False
        before, after = (
            json.dumps(without_marks(field.block.get_prep_value(value)), cls=DjangoJSONEncoder)
            for value in (self.initial[name], self[name].data)
        )
        return before == after


def without_marks(value):
    """The value of a field, or of blocks, as data without the marks of the rich text editor."""
    if isinstance(value, str):
        return EDITOR_MARKS.sub("", value)
    if isinstance(value, dict):
        return {key: without_marks(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_marks(item) for item in value]
    return value


class WorkingGroupForm(GovernedPageForm):
    def clean(self):
        cleaned = super().clean()
        other = cleaned.get("designation") == Designation.OTHER
        if other and not cleaned.get("designation_other") and not self.is_deferred_validation:
            self.add_error("designation_other", _("Say what the group calls itself."))
        return cleaned


class BlogPostForm(GovernedPageForm):
    def clean(self):
        cleaned = super().clean()
        if self.is_deferred_validation:
            return cleaned
        if "body" in self.fields and not (
            cleaned.get("body") or cleaned.get("original_source_url")
        ):
            self.add_error(
                "body", _("Write the text, or give the address of the original under Details.")
            )
        return cleaned
