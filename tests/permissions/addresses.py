"""Every address of a URLconf, with parameters filled in."""

from dataclasses import dataclass

from django.urls import URLPattern, get_resolver
from django.urls.resolvers import RegexPattern
from wagtail.models import Workflow


@dataclass(frozen=True)
class Address:
    """``name`` with namespaces ("" if it has none), ``route`` as written, names of parameters."""

    name: str
    route: str
    parameters: tuple
    module: str


def walk(resolver=None, route="", namespaces=(), parameters=()):
    """Yield every address below the resolver, each pattern once."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = route + str(pattern.pattern)
        found = (*parameters, *_parameters(pattern.pattern))
        if isinstance(pattern, URLPattern):
            name = ":".join([*namespaces, pattern.name or ""])
            yield Address(name, here, found, pattern.callback.__module__)
        else:
            inside = (pattern.namespace,) if pattern.namespace else ()
            yield from walk(pattern, here, (*namespaces, *inside), found)


def _parameters(pattern):
    if not isinstance(pattern, RegexPattern):
        return tuple(pattern.converters)
    named = tuple(pattern.regex.groupindex)
    return named or tuple(range(pattern.regex.groups))


def fill(address, site, page) -> str:
    """The address about this page of Beta's, or about another thing of Beta's."""
    if address.name == "wagtailadmin_pages:revisions_compare":  # its route differs by version
        return f"/admin/pages/{page.pk}/revisions/compare/earliest...{page.latest_revision_id}/"
    values = [_value(address.name, name, site, page) for name in address.parameters]
    route = address.route
    for name, value in zip(address.parameters, values, strict=True):
        start = next(
            route.index(mark)
            for mark in (f"<{name}>", *(f"<{kind}:{name}>" for kind in KINDS), f"(?P<{name}>")
            if mark in route
        )
        end = _end(route, start)
        route = f"{route[:start]}{value}{route[end:]}"
    return "/" + route.replace("^", "").replace("$", "").replace("/.*/", "/nowhere/")


KINDS = ("int", "slug", "str", "path", "uuid")


def _end(route, start):
    if route[start] == "<":
        return route.index(">", start) + 1
    depth = 0
    for place in range(start, len(route)):
        depth += {"(": 1, ")": -1}.get(route[place], 0)
        if depth == 0:
            return place + 1
    raise ValueError(route)


def _value(address, name, site, page):
    if name == "pk" and not address.startswith(PAGES):
        return next((thing(site) for part, thing in THINGS.items() if part in address), 1)
    return VALUES[name](site, page)


PAGES = ("wagtailadmin_pages:", "wagtailadmin_api:pages:")
THINGS = {
    "images": lambda site: site.picture.pk,
    "docs": lambda site: site.document.pk,
    "documents": lambda site: site.document.pk,
    "collections": lambda site: site.picture.collection_id,
    "workflows": lambda site: Workflow.objects.first().pk,
    "users": lambda site: site.betas_chair.pk,
    "groups": lambda site: site.beta.record.auth_group_id,
}


def _state(page):
    return page.workflow_states.order_by("pk").last()


def _task_state(page):
    state = _state(page)
    return state.current_task_state or state.task_states.last()


def _this_page(site, page):
    return page.pk


VALUES = {
    **dict.fromkeys(("page_id", "parent_page_id", "page_to_move_id", "page_pk", "pk"), _this_page),
    "object_id": _this_page,
    "destination_id": lambda site, page: site.alpha.pk,
    **dict.fromkeys(
        ("revision_id", "revision_id_a", "revision_id_b"),
        lambda site, page: page.latest_revision_id,
    ),
    "workflow_state_id": lambda site, page: _state(page).pk if _state(page) else 1,
    "task_state_id": lambda site, page: _task_state(page).pk if _state(page) else 1,
    "task_id": lambda site, page: _task_state(page).task_id if _state(page) else 1,
    "workflow_pk": lambda site, page: page.get_workflow().pk,
    "action_name": lambda site, page: "approve",
    "action": lambda site, page: "delete",
    **dict.fromkeys(("content_type_app_name", "app_label"), lambda site, page: "lpsa_wagtail"),
    "app_name": lambda site, page: "lpsa_wagtail",
    **dict.fromkeys(
        ("content_type_model_name", "model_name"),
        lambda site, page: page.specific_class._meta.model_name,
    ),
    "session_id": lambda site, page: 1,
    "uploaded_file_id": lambda site, page: 1,
    "redirect_id": lambda site, page: 1,
    **dict.fromkeys(("doc_id", "document_id"), lambda site, page: site.document.pk),
    "image_id": lambda site, page: site.picture.pk,
    "collection_id": lambda site, page: site.picture.collection_id,
    "filter_spec": lambda site, page: "width-50",
}
