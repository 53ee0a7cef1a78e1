"""A draft, in the shapes of what is public, for who holds a token of its preview."""

from django.http import HttpRequest
from ninja import Router

from lpsa_wagtail.api import groups, parameters, posts, schemas, webinars
from lpsa_wagtail.api.routes import readable
from lpsa_wagtail.api.visits import Visit
from lpsa_wagtail.choices import GroupState
from lpsa_wagtail.exceptions import BadFilter, PageDeleted
from lpsa_wagtail.models import BlogPost, Webinar, WorkingGroupPage, headless_preview, previewing
from lpsa_wagtail.models.beside import Draft

router = Router(tags=["Previews"])

#: Type of page → (its name here, the module that tells all of it).
NOUNS = {
    WorkingGroupPage: ("group", groups),
    BlogPost: ("post", posts),
    Webinar: ("webinar", webinars),
}
#: The names that wagtail-headless-preview gives them.
TYPES = {model._meta.label_lower: model for model in NOUNS}


@readable(
    router,
    "/",
    response=schemas.Preview,
    parameters=("token", "content_type"),
    required=("token",),
    private=True,
    operation_id="getPreview",
    summary="A draft",
    description=(
        "One version of one page, as it would be told if it were public. The preview in the editor "
        "makes the token."
    ),
)
def get_preview(request: HttpRequest):
    parameters.check(request, "token", "content_type")
    visit = Visit(request)
    page = _page(request.GET.get("token", ""), request.GET.get("content_type", ""))
    if type(page) not in NOUNS or not type(page).objects.in_site(visit.site).with_id(page.pk):
        raise PageDeleted
    name, noun = NOUNS[type(page)]
    return {"type": name, name: noun.detail(visit, _draft(page))}


def _page(token: str, content_type: str):
    if not token:
        raise BadFilter("token", token, ["what the preview in the editor hands to the front end"])
    if not content_type:
        return previewing.page_by(token)
    if content_type not in TYPES:
        raise BadFilter("content_type", content_type, list(TYPES))
    return headless_preview.page_by(token, TYPES[content_type])


def _draft(page) -> Draft:
    """The draft in the place of a row, with what a row has that is not on the page."""
    if isinstance(page, WorkingGroupPage):
        page.state = page.record.state if page.record else GroupState.PROPOSED
        page.established_on = page.record and page.record.established_on
    if isinstance(page, BlogPost):
        page.set_listed_on()
    return Draft(page)
