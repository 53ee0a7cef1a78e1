from django.contrib.auth.models import User
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.snippets.models import register_snippet


class HomePage(Page):
    section_name = "Home"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.SectionPage", "blog.BlogIndexPage"]


class SectionPage(Page):
    name = models.CharField(max_length=100, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("name")]
    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = ["home.SectionPage"]

    @property
    def section_name(self):
        return self.name or self.title


@register_snippet
class Member(models.Model):
    """A member of the county's board."""

    user = models.OneToOneField(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="member"
    )
    name = models.CharField(max_length=100)
    seat = models.PositiveSmallIntegerField()

    panels = [FieldPanel("name"), FieldPanel("seat"), FieldPanel("user")]

    def __str__(self):
        return self.name
