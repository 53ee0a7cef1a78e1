"""Pictures in templates."""

from django import template

from lpsa_wagtail.models.pictures import SHAPES, picture

register = template.Library()


@register.simple_tag
def lpsa_picture(image, shape: str, **attributes):
    """``{% lpsa_picture page.lead_image "lead" alt=… %}``: the picture in one of our shapes.

    Shapes are lead, figure, gallery, thumb and logo. Raises ``KeyError`` for another.
    """
    return picture(image, SHAPES[shape], **attributes)
