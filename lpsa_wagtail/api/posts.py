"""Blog posts."""

from django.http import HttpRequest
from ninja import Router

from lpsa_wagtail.api import parameters, schemas
from lpsa_wagtail.api.errors import missing
from lpsa_wagtail.api.lists import part_of_listing
from lpsa_wagtail.api.material import Material
from lpsa_wagtail.api.rich_text import HTML, asked_format
from lpsa_wagtail.api.routes import readable
from lpsa_wagtail.api.shapes import hosts_of, interest_references
from lpsa_wagtail.api.sparse import Fields
from lpsa_wagtail.api.visits import Visit
from lpsa_wagtail.models import BlogPost, Interest
from lpsa_wagtail.models.cards import words_shown
from lpsa_wagtail.models.listings import ContentListing, PostListing

router = Router(tags=["Posts"])

COLUMNS = (
    *("pk", "path", "slug", "title", "url_path", "locale__language_code"),
    *("first_published_at", "last_published_at", "subtitle", "summary", "listed_on"),
    *("lead_image_id", "lead_image_alt", "original_source_name", "original_source_url"),
)
FIELDS = Fields(
    always=("id", "slug", "title", "url"),
    usual=(
        *("subtitle", "summary", "date", "published_at", "updated_at", "language", "authors"),
        *("group", "joint_groups", "interests", "lead_image", "original_source"),
    ),
    more=("body",),
)


class AskedPosts(PostListing):
    """By date only those that have one, so that the database can follow its index."""

    may_be_empty = ContentListing.may_be_empty

    def limited(self):
        pages = super().limited()
        return pages.dated() if "listed_on" in self.order[0] else pages


@readable(
    router,
    "/",
    response=schemas.PostList,
    orders=PostListing.orders,
    parameters=(*PostListing.filters, *parameters.LIST),
    operation_id="listPosts",
    summary="List posts",
    description="Newest first, unless another order is asked for.",
)
def list_posts(request: HttpRequest):
    parameters.check(request, *PostListing.filters, *parameters.LIST)
    fields, form = FIELDS.asked(request), asked_format(request)
    visit = Visit(request)
    listing = AskedPosts(site=visit.site, params=request.GET)
    columns = (*COLUMNS, "body") if "body" in fields else COLUMNS
    part = part_of_listing(listing, request, columns)
    return {**tell(visit, part.rows, fields, form, listing.vocabulary), **part.envelope}


@readable(
    router,
    "/{int:post_id}/",
    response=schemas.Post,
    parameters=parameters.ITEM,
    gone=True,
    operation_id="getPost",
    summary="One post",
    description="A post with its text.",
)
def get_post(request: HttpRequest, post_id: int):
    parameters.check(request, *parameters.ITEM)
    form, visit = asked_format(request), Visit(request)
    posts = BlogPost.objects.public(visit.site)
    post = posts.row(post_id, *COLUMNS, "body")
    if post is None:
        raise missing(BlogPost.objects.gone(visit.site).unrestricted().with_id(post_id))
    return detail(visit, post, form)


def detail(visit: Visit, post, form: str = HTML) -> dict:
    """All of one post: a row, or a ``Draft``."""
    vocabulary = Interest.objects.words()
    material = Material(visit, BlogPost, [post], vocabulary, bodies=[post.body], form=form)
    return _shape(visit, post, material, vocabulary) | {"body": material.blocks(post.body)}


def tell(visit: Visit, posts: list, fields, form: str, vocabulary) -> dict:
    """The results of a list."""
    bodies = [post.body for post in posts] if "body" in fields else []
    material = Material(visit, BlogPost, posts, vocabulary, bodies=bodies, form=form)
    results = []
    for post in posts:
        shape = _shape(visit, post, material, vocabulary)
        if "body" in fields:
            shape["body"] = material.blocks(post.body)
        results.append(FIELDS.of(shape, fields))
    return {"results": results}


def _shape(visit: Visit, post, material: Material, vocabulary) -> dict:
    beside = material.beside
    name, source = post.original_source_name, post.original_source_url or None
    return {
        "id": post.pk,
        "slug": post.slug,
        "title": post.title,
        "url": visit.address_of(post.url_path),
        "subtitle": post.subtitle,
        "summary": post.summary,
        "date": post.listed_on,
        "published_at": post.first_published_at,
        "updated_at": post.last_published_at,
        "language": post.locale__language_code,
        "authors": [
            {"name": row.first, "affiliation": row.second}
            for row in beside.rows_of("authors", post)
        ],
        **hosts_of(visit, beside, post),
        "interests": interest_references(words_shown(vocabulary, beside.words.get(post.pk, ()))),
        "lead_image": material.image(post.lead_image_id, post.lead_image_alt),
        "original_source": {"name": name, "url": source} if name or source else None,
    }
