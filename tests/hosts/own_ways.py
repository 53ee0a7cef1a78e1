"""What only a host with page types and workflows of its own has: they go on working beside ours."""

from blog.models import BlogPost
from django.contrib.auth.models import Group, User

from tests.hosts.hosts import Host
from tests.hosts.looking import Visitor, address_of
from tests.hosts.steps import administrator


def look(host: Host, pages: dict) -> dict:
    post = BlogPost.objects.get(slug="the-bridge-is-open")
    visitor = Visitor(host.hostname)
    found = {"before": visitor.get(post.url), "editor": editor(host, post)}
    approve(post)
    post.refresh_from_db()
    return {**found, "after": visitor.get(post.url), "tags": sorted(post.tags.names())}


def editor(host: Host, post) -> dict:
    address = address_of("wagtailadmin_pages:edit", post.pk)
    return Visitor(host.hostname, administrator()).get(address, text=False)


def approve(post):
    """Through both stages of the county's own workflow, by a moderator of its own."""
    moderator = User.objects.create_user("lawyer", password="secret")
    moderator.groups.add(Group.objects.get(name="Moderators"))
    state = post.current_workflow_state
    for _stage in state.workflow.tasks:
        state.current_task_state.approve(user=moderator)
        state.refresh_from_db()
