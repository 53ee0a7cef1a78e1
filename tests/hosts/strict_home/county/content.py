"""The county's pages, and its own way of working: an editor looks, then a lawyer."""

import datetime as dt

from blog.models import BlogIndexPage, BlogPost, BlogPostAuthor, Interest
from django.contrib.auth.models import Group, User
from home.models import HomePage, Member, SectionPage
from wagtail.models import GroupApprovalTask, Page, Site, Workflow, WorkflowPage, WorkflowTask


def fill():
    Page.objects.filter(depth=2).delete()
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="The County", slug="county"))
    Site.objects.create(
        hostname="county.example.com",
        port=443,
        site_name="The County",
        root_page=home,
        is_default_site=True,
    )
    home.add_child(instance=SectionPage(title="Roads", name="Roads and bridges"))
    news = home.add_child(instance=BlogIndexPage(title="News", slug="blog"))
    post = BlogPost(title="The bridge is open", date=dt.date(2026, 5, 4), body="<p>At last.</p>")
    post.authors = [BlogPostAuthor(name="The engineer")]
    post.tags.add("bridges", "roads")
    news.add_child(instance=post)
    post.save_revision().publish()
    Member.objects.create(name="A. Commissioner", seat=1)
    Interest.objects.create(name="Roads")
    user = User.objects.create_superuser("root", "root@county.example.com", None)
    own_workflow(home, post, user)


def own_workflow(home, post, user):
    workflow = Workflow.objects.create(name="Working group content")  # as ours is called
    for order, name in enumerate(("Editor looks", "Lawyer looks")):
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.set(Group.objects.filter(name="Moderators"))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.create(workflow=workflow, page=home)
    post.title = "The bridge is open again"
    post.save_revision(user=user)
    workflow.start(post, user)
