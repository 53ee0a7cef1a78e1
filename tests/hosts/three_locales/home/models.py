from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class HomePage(Page):
    introduction = RichTextField(blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]


class NewsPage(Page):
    text = RichTextField()

    content_panels = [*Page.content_panels, FieldPanel("text")]
