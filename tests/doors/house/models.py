"""Built like our page types: with rows, tags, other pages, a picture and a document."""

from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, Page


class HousePage(Page):
    summary = models.TextField(blank=True)
    lead_image = models.ForeignKey(
        get_image_model_string(), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    terms_of_reference = models.ForeignKey(
        get_document_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    joint_groups = ParentalManyToManyField(Page, blank=True, related_name="+")
    interests = ClusterTaggableManager(through="house.HouseTag", blank=True)

    parent_page_types = ["wagtailcore.Page", "house.HousePage"]
    subpage_types = ["house.HousePage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("lead_image"),
        FieldPanel("terms_of_reference"),
        InlinePanel("authors"),
    ]


class HouseAuthor(Orderable):
    page = ParentalKey(HousePage, on_delete=models.CASCADE, related_name="authors")
    name = models.CharField(max_length=200)
    logo = models.ForeignKey(
        get_image_model_string(), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    panels = [FieldPanel("name"), FieldPanel("logo")]


class HouseTag(TaggedItemBase):
    content_object = ParentalKey(HousePage, on_delete=models.CASCADE, related_name="interest_items")
