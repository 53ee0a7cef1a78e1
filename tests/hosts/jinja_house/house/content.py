from django.contrib.auth.models import User
from home.models import HomePage
from wagtail.models import Page, Site


def fill():
    Page.objects.filter(depth=2).delete()
    home = HomePage(title="Das Haus", slug="haus", about="<p>Seit 1952.</p>")
    Page.get_first_root_node().add_child(instance=home)
    Site.objects.create(
        hostname="house.example.net",
        port=443,
        site_name="Das Haus",
        root_page=home,
        is_default_site=True,
    )
    User.objects.create_superuser("root", "root@house.example.net", None)
