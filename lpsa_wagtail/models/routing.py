"""Finding a page below another by its slug: what every visit asks, with statements that are kept.

A page found here knows already whether it answers at its address (``is_standing``).
"""

from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from wagtail.models import Page

from lpsa_wagtail.models.prepared import Prepared, with_columns
from lpsa_wagtail.models.querysets import STANDING

STATEMENTS = Prepared(Page)
LEAST, MOST = "0" * Page.steplen, "Z" * Page.steplen


def route_below(parent, request, path_components, model: type | None = None):
    """Go on where the first of the components leads. Raises ``Http404`` where it leads nowhere."""
    page = child_of(parent, path_components[0], model)
    if page is None and model:  # the host may have a type of its own here
        page = child_of(parent, path_components[0])
    if page is None:
        raise Http404
    page._cached_parent_obj = parent  # as Wagtail does
    return page.route(request, path_components[1:])


def child_of(parent, slug: str, model: type | None = None):
    """The page right below ``parent`` with this slug, as an object of its own type, or None.

    One query for a ``model`` of ours, else one more to learn the type.
    """
    if "\x00" in slug:
        return None
    depth, where = parent.depth + 1, (parent.path + LEAST, parent.path + MOST, slug)
    if model is None:
        types = STATEMENTS.rows((depth,), partial(_types, depth), *where)
        if not types:
            return None
        model = ContentType.objects.get_for_id(types[0][0]).model_class()
    if model is None or not hasattr(model, "operational_fields"):  # a type of the host
        page = parent.get_children().filter(slug=slug).first()
        return page and page.specific
    rows = STATEMENTS.rows((model, depth), partial(_whole, model, depth), *where)
    return _page(model, rows[0]) if rows else None


def _page(model, row):
    *values, standing = row
    page = with_columns(model, _columns(model), values)
    page.is_standing = page.live and standing
    return page


def _columns(model) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _types(depth, first, last, slug):
    pages = _below(Page, depth, first, last, slug)
    return pages.values_list("content_type_id")


def _whole(model, depth, first, last, slug):
    pages = _below(model, depth, first, last, slug).annotate(standing_now=STANDING)
    return pages.values_list(*_columns(model), "standing_now")


def _below(model, depth, first, last, slug):
    pages = model._base_manager.filter(depth=depth, path__range=(first, last), slug=slug)
    return pages.order_by("path")
