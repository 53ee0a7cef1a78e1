from content.models import Article, FrontPage
from django.contrib.auth.models import User
from wagtail.models import Page, Site


def fill():
    Page.objects.filter(depth=2).delete()
    front = FrontPage(title="Front", slug="front", claim="Content is all we do.")
    Page.get_first_root_node().add_child(instance=front)
    Site.objects.create(
        hostname="backend.example.com",
        port=443,
        site_name="Backend",
        root_page=front,
        is_default_site=True,
    )
    front.add_child(instance=Article(title="First", text="<p>Words.</p>"))
    User.objects.create_superuser("root", "root@backend.example.com", None)
