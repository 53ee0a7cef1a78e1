from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Page


class FrontPage(Page):
    claim = models.CharField(max_length=200)

    content_panels = [*Page.content_panels, FieldPanel("claim")]
    api_fields = [APIField("claim")]


class Article(Page):
    text = RichTextField()

    content_panels = [*Page.content_panels, FieldPanel("text")]
    api_fields = [APIField("text")]
