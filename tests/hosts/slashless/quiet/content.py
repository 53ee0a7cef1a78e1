from django.contrib.auth.models import User
from home.models import HomePage
from wagtail.models import Page, Site


def fill():
    Page.objects.filter(depth=2).delete()
    home = HomePage(title="Tyst", slug="tyst", words="Här är det lugnt.")
    Page.get_first_root_node().add_child(instance=home)
    Site.objects.create(
        hostname="quiet.example.net",
        port=443,
        site_name="Tyst",
        root_page=home,
        is_default_site=True,
    )
    User.objects.create_superuser("root", "root@quiet.example.net", None)
