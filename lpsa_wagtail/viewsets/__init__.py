"""Lists, forms and panels of the admin."""

from lpsa_wagtail.viewsets.interests import InterestViewSet
from lpsa_wagtail.viewsets.pages import GroupViewSet, PostViewSet, WebinarViewSet

group_viewset = GroupViewSet("lpsa_groups", url_prefix="lpsa/groups")
post_viewset = PostViewSet("lpsa_posts", url_prefix="lpsa/posts")
webinar_viewset = WebinarViewSet("lpsa_webinars", url_prefix="lpsa/webinars")
interest_viewset = InterestViewSet("lpsa_interests", url_prefix="lpsa/interests")

__all__ = [
    "group_viewset",
    "interest_viewset",
    "post_viewset",
    "webinar_viewset",
]
