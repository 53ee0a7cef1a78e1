"""The vocabulary: topics, regions and sectors."""

from collections import defaultdict

from django.http import Http404, HttpRequest
from ninja import Router

from lpsa_wagtail.api import parameters, schemas
from lpsa_wagtail.api.lists import part_of_items
from lpsa_wagtail.api.routes import readable
from lpsa_wagtail.api.sparse import Fields
from lpsa_wagtail.api.visits import Visit
from lpsa_wagtail.choices import InterestKind
from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models import BlogPost, Interest, Webinar, WorkingGroupPage

router = Router(tags=["Interests"])

PARAMETERS = ("kind", "fields", *parameters.PAGING)
FIELDS = Fields(
    always=("slug", "label"),
    usual=(*("kind", "name", "labels", "aliases", "parent", "narrower", "country_code", "active"),),
    more=("counts",),
)
COUNTED = {"groups": WorkingGroupPage, "posts": BlogPost, "webinars": Webinar}


@readable(
    router,
    "/",
    response=schemas.InterestList,
    parameters=PARAMETERS,
    operation_id="listInterests",
    summary="List interests",
    description="By kind; broader words first, each followed by its narrower words.",
)
def list_interests(request: HttpRequest):
    parameters.check(request, *PARAMETERS)
    fields = FIELDS.asked(request)
    kind = request.GET.get("kind", "").strip()
    if kind and kind not in InterestKind.values:
        raise BadFilter("kind", kind, InterestKind.values)
    vocabulary = Interest.objects.words()
    part = part_of_items(vocabulary.in_use(kind or None), request)
    counts = _counts(request, vocabulary) if "counts" in fields else None
    narrower = _narrower(vocabulary)
    shapes = (_shape(word, vocabulary, narrower, counts) for word in part.rows)
    return {"results": [FIELDS.of(shape, fields) for shape in shapes], **part.envelope}


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
    vocabulary = Interest.objects.words()
    word = vocabulary.find(slug)
    if word is None:
        raise Http404
    return _shape(word, vocabulary, _narrower(vocabulary), _counts(request, vocabulary))


def _counts(request, vocabulary) -> dict:
    """Map word id → name → number of public pages that a filter by the word finds."""
    site = Visit(request).site
    carriers = {name: model.objects.public(site).ids_by_word() for name, model in COUNTED.items()}
    found = {}
    for word in vocabulary.by_id.values():
        covered = vocabulary.covered_by(word)
        found[word.pk] = {
            name: len(set().union(*(ids.get(pk, ()) for pk in covered)))
            for name, ids in carriers.items()
        }
    return found


def _narrower(vocabulary) -> dict:
    """Map word id → slugs of the words in use right below it."""
    found = defaultdict(list)
    for word in vocabulary.in_use():
        if parent := vocabulary.current(word.parent_id):
            found[parent.pk].append(word.slug)
    return found


def _shape(word: Interest, vocabulary, narrower, counts) -> dict:
    parent = vocabulary.current(word.parent_id)
    shape = {
        "slug": word.slug,
        "kind": word.kind,
        "label": word.label,
        "name": word.name,
        "labels": word.label_by_language,
        "aliases": word.aliases,
        "parent": parent and parent.slug,
        "narrower": narrower[word.pk],
        "country_code": word.country_code or None,
        "active": word.active,
    }
    return shape if counts is None else shape | {"counts": counts[word.pk]}
