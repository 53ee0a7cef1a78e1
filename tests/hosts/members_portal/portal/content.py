"""What is on the portal before the working groups come."""

from accounts.models import User
from home.models import HomePage, StandardPage
from wagtail.models import Page, Site


def fill():
    Page.objects.filter(depth=2).delete()
    home = Page.get_first_root_node().add_child(
        instance=HomePage(title="Welcome", slug="home", strapline="For members")
    )
    Site.objects.create(
        hostname="portal.example.org",
        port=443,
        site_name="The Members’ Portal",
        root_page=home,
        is_default_site=True,
    )
    home.add_child(instance=StandardPage(title="Join us", body="<p>It costs nothing.</p>"))
    User.objects.create_superuser("root@portal.example.org", None, last_name="Root")
