from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class HomePage(Page):
    words = models.TextField(blank=True)

    content_panels = [*Page.content_panels, FieldPanel("words")]
