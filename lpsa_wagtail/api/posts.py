"""Blog posts."""

from django.http import HttpRequest
from ninja import Router

from lpsa_wagtail.api import parameters, schemas
from lpsa_wagtail.api.errors import missing
from lpsa_wagtail.api.lists import part_of_listing
from lpsa_wagtail.api.material import Material
from lpsa_wagtail.api.routes import readable
from lpsa_wagtail.api.shapes import group_reference, group_references, interest_references
from lpsa_wagtail.api.visits import Visit
from lpsa_wagtail.models import BlogPost, Interest, WorkingGroupPage
from lpsa_wagtail.models.cards import attach_authors_and_interests, attach_groups
from lpsa_wagtail.models.listings import PostListing

router = Router(tags=["Posts"])


@readable(
    router,
    "/",
    response=schemas.PostList,
    parameters=(*PostListing.filters, *parameters.PAGING),
    operation_id="listPosts",
    summary="List posts",
    description="Newest first.",
)
def list_posts(request: HttpRequest):
    parameters.check(request, *PostListing.filters, *parameters.PAGING)
    visit = Visit(request)
    listing = PostListing(site=visit.site, params=request.GET)
    part = part_of_listing(listing, request)
    attach_groups(part.rows, listing.groups)
    attach_authors_and_interests(part.rows, listing.vocabulary)
    results = [schemas.PostSummary(**_summary(visit, post)) for post in part.rows]
    return schemas.PostList(results=results, **part.envelope)


@readable(
    router,
    "/{int:post_id}/",
    response=schemas.Post,
    gone=True,
    operation_id="getPost",
    summary="One post",
    description="A post with its text.",
)
def get_post(request: HttpRequest, post_id: int):
    parameters.check(request)
    visit = Visit(request)
    post = BlogPost.objects.public(visit.site).with_id(post_id)
    if post is None:
        raise missing(BlogPost.objects.gone(visit.site).unrestricted().with_id(post_id))
    post.interests_shown = Interest.objects.worn_by(post)
    post.group, post.joint_groups_shown = WorkingGroupPage.objects.public(visit.site).named_on(post)
    return detail(visit, post)


def detail(visit: Visit, post: BlogPost) -> schemas.Post:
    """All of a post, stored or not. Its groups and interests have been read."""
    material = Material(visit, bodies=[post.body], images=[post.lead_image_id])
    return schemas.Post(
        **_summary(visit, post),
        joint_groups=group_references(post.joint_groups_shown),
        lead_image=material.image(post.lead_image_id, post.lead_image_alt),
        body=material.blocks(post.body),
    )


def _summary(visit: Visit, post: BlogPost) -> dict:
    return {
        "id": post.pk,
        "title": post.title,
        "subtitle": post.subtitle,
        "summary": post.summary,
        "date": post.listed_on,
        "authors": [
            schemas.Author(name=author.name, affiliation=author.affiliation)
            for author in post.authors_shown
        ],
        "group": group_reference(post.group),
        "interests": interest_references(post.interests_shown),
        "original_source": _original_source(post),
        "url": visit.address(post),
    }


def _original_source(post: BlogPost) -> schemas.OriginalSource | None:
    name, url = post.original_source_name, post.original_source_url or None
    return schemas.OriginalSource(name=name, url=url) if name or url else None
