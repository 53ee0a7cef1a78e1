"""What a front end needs for its frame: the site, its menu, its lists, its groups."""

from django.http import HttpRequest
from ninja import Router

from lpsa_wagtail.api import parameters, schemas
from lpsa_wagtail.api.material import Material
from lpsa_wagtail.api.routes import readable
from lpsa_wagtail.api.shapes import group_reference
from lpsa_wagtail.api.visits import Visit
from lpsa_wagtail.models import WorkingGroupPage
from lpsa_wagtail.models.beside import GroupName
from lpsa_wagtail.models.indexes import sections_of
from lpsa_wagtail.models.querysets import menu_of, roots_of

router = Router(tags=["Navigation"])

COLUMNS = (
    *("pk", "title", "slug", "designation", "designation_other", "path", "url_path"),
    *("state", "focus"),
)


@readable(
    router,
    "/",
    response=schemas.Navigation,
    operation_id="getNavigation",
    summary="The frame of the site",
    description="The site and its languages, the pages of its menu, its lists and its groups.",
)
def get_navigation(request: HttpRequest):
    parameters.check(request)
    visit = Visit(request)
    site = visit.site
    groups = WorkingGroupPage.objects.public(site).in_directory_order()
    sections = sections_of(site)
    texts = [page.introduction for _kind, page in sections]
    material = Material(visit, WorkingGroupPage, (), texts=texts)
    return {
        "site": {
            "name": site.site_name or site.hostname,
            "url": visit.absolute("/"),
            "languages": sorted({root.locale.language_code for root in roots_of(site)}),
        },
        "menu": [
            {"title": page.title, "url": visit.address_anywhere(page)} for page in menu_of(site)
        ],
        "sections": [_section(visit, material, *section) for section in sections],
        "groups": [
            {
                **group_reference(visit, GroupName.of(group)),
                "state": group.state,
                "focus": group.focus,
            }
            for group in groups.values_list(*COLUMNS, named=True)
        ],
    }


def _section(visit, material, kind, page) -> dict:
    return {
        "type": kind,
        "title": page.title,
        "introduction": material.rich_text.html(page.introduction),
        "language": page.locale.language_code,
        "url": visit.address_of(page.url_path),
    }
