from django import template

register = template.Library()


@register.simple_tag
def section_name(page):
    """Every page of the county's own types knows its section."""
    return page.specific.section_name
