"""The vocabulary: topics, regions and sectors."""

from django.http import Http404, HttpRequest
from ninja import Router

from lpsa_wagtail.api import parameters, schemas
from lpsa_wagtail.api.lists import part_of_items
from lpsa_wagtail.api.routes import readable
from lpsa_wagtail.choices import InterestKind
from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models import Interest

router = Router(tags=["Interests"])


@readable(
    router,
    "/",
    response=schemas.InterestList,
    parameters=("kind", *parameters.PAGING),
    operation_id="listInterests",
    summary="List interests",
    description="By kind; broader words first, each followed by its narrower words.",
)
def list_interests(request: HttpRequest):
    parameters.check(request, "kind", *parameters.PAGING)
    kind = request.GET.get("kind", "").strip()
    if kind and kind not in InterestKind.values:
        raise BadFilter("kind", kind, InterestKind.values)
    vocabulary = Interest.objects.vocabulary()
    part = part_of_items(vocabulary.in_use(kind or None), request)
    results = [_shape(word, vocabulary) for word in part.rows]
    return schemas.InterestList(results=results, **part.envelope)


@readable(
    router,
    "/{path:slug}/",
    response=schemas.Interest,
    operation_id="getInterest",
    summary="One interest",
    description=(
        "By slug, name, label or other spelling. A word that was merged into another answers "
        "with that one."
    ),
)
def get_interest(request: HttpRequest, slug: str):
    parameters.check(request)
    vocabulary = Interest.objects.vocabulary()
    word = vocabulary.find(slug)
    if word is None:
        raise Http404
    return _shape(word, vocabulary)


def _shape(word: Interest, vocabulary) -> schemas.Interest:
    parent = vocabulary.current(word.parent_id)
    return schemas.Interest(
        slug=word.slug,
        kind=InterestKind(word.kind),
        label=word.label,
        name=word.name,
        labels=word.label_by_language,
        aliases=word.aliases,
        parent=parent and parent.slug,
        country_code=word.country_code or None,
        active=word.active,
    )
