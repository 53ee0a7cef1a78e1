from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class PortalImage(AbstractImage):
    """Every picture says whose it is."""

    credit = models.CharField(max_length=200, default="The association")

    admin_form_fields = (*Image.admin_form_fields, "credit")


class PortalRendition(AbstractRendition):
    image = models.ForeignKey(PortalImage, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="portal_rendition_once"
            )
        ]


class PortalDocument(AbstractDocument):
    language = models.CharField(max_length=10, default="en")

    admin_form_fields = (*Document.admin_form_fields, "language")
