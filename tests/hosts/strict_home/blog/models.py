from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail.snippets.models import register_snippet


class BlogIndexPage(Page):
    section_name = "News"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["blog.BlogPost", "blog.Webinar"]


class BlogPostTag(TaggedItemBase):
    content_object = ParentalKey(
        "blog.BlogPost", on_delete=models.CASCADE, related_name="tagged_items"
    )


class BlogPost(Page):
    section_name = "News"
    date = models.DateField()
    body = RichTextField(blank=True)
    tags = ClusterTaggableManager(through=BlogPostTag, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("body"),
        FieldPanel("tags"),
        InlinePanel("authors", label="Author"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("body")]
    parent_page_types = ["blog.BlogIndexPage"]
    subpage_types = []


class BlogPostAuthor(Orderable):
    page = ParentalKey(BlogPost, on_delete=models.CASCADE, related_name="authors")
    name = models.CharField(max_length=100)

    def __str__(self):
        return self.name


class Webinar(Page):
    section_name = "News"
    starts_at = models.DateTimeField()

    content_panels = [*Page.content_panels, FieldPanel("starts_at")]
    parent_page_types = ["blog.BlogIndexPage"]


@register_snippet
class Interest(models.Model):
    """A word that residents subscribe to."""

    name = models.CharField(max_length=50, unique=True)

    def __str__(self):
        return self.name
