"""What differs between two versions of a page: Wagtail's comparisons, field by field.

What changed is marked by elements and words, so it can be read without style and without colours.
"""

import re
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.fields import StreamField

from lpsa_wagtail.permissions.content import same_blocks

#: Marks of Wagtail's comparisons. What people typed is escaped between them.
CHANGE = re.compile(r'<span class="(addition|deletion)">([^<]*)</span>')
ROW = re.compile(r'(<div class="comparison__child-object (addition|deletion)">)')
ELEMENTS = {"addition": "ins", "deletion": "del"}


@dataclass(frozen=True)
class Row:
    """A row of a field that has several: what became of it, and its fields (label, HTML)."""

    what: str
    fields: list[tuple[str, SafeString]]


@dataclass(frozen=True)
class Difference:
    """A field that differs: either ``html``, old and new words in one, or its ``rows``."""

    label: str
    html: SafeString | str = ""
    rows: tuple[Row, ...] = ()


def changed_fields(before, after) -> list:
    """Wagtail's comparisons of the fields that differ, in the order of the editor."""
    editor = after.get_edit_handler().get_bound_panel(instance=after, request=None, form=None)
    found = [compare(before, after) for compare in editor.get_comparison()]
    return [field for field in found if field.has_changed() and not _same(field)]


def _same(field) -> bool:
    """True for stream fields that hold the same although Wagtail takes them for changed."""
    stream = field.is_field and isinstance(field.field, StreamField)
    return stream and same_blocks(field.field, field.val_a, field.val_b)


def differences(before, after) -> list[Difference]:
    """What differs between two versions of a page (as objects)."""
    return [_difference(field) for field in changed_fields(before, after)]


def _difference(field) -> Difference:
    if field.is_field:
        return Difference(field.field_label(), html=marked(field.htmldiff()))
    rows = (_row(child) for child in field.get_child_comparisons())
    return Difference(field.field_label(), rows=tuple(row for row in rows if row.what))


def _row(child) -> Row:
    what, html = _moved(child.get_position_change()), "{}"
    if child.is_addition():
        what, html = _("Added"), "<ins>{}</ins>"
    elif child.is_deletion():
        what, html = _("Removed"), "<del>{}</del>"
    elif child.has_changed():
        what = _("Changed")
    fields = child.get_field_comparisons() if what else ()
    return Row(
        what,
        [(field.field_label(), format_html(html, marked(field.htmldiff()))) for field in fields],
    )


def _moved(places: int | None) -> str:
    if not places:
        return ""
    words = (
        ngettext("Moved down %(n)d place", "Moved down %(n)d places", places)
        if places > 0
        else ngettext("Moved up %(n)d place", "Moved up %(n)d places", -places)
    )
    return words % {"n": abs(places)}


def marked(html) -> SafeString:
    """A comparison of Wagtail's with elements and words in the place of its classes."""

    def element(found):
        name = ELEMENTS[found[1]]
        return f"<{name}>{found[2]}</{name}>"

    words = {"addition": _("Added"), "deletion": _("Removed")}
    html = CHANGE.sub(element, str(html))
    html = ROW.sub(lambda found: f"{found[1]}<p><strong>{words[found[2]]}</strong></p>", html)
    return mark_safe(html)  # noqa: S308
