"""A country, as the two letters of ISO 3166-1."""

from django.db import models
from django_countries import countries


def country_choices():
    return list(countries)


class CountryField(models.CharField):
    """Two letters, names from django-countries in the reader's language.

    A plain ``CharField`` underneath: Wagtail's API v3 cannot serialise ``CountryField`` of
    django-countries, and the choices stay out of migrations.
    """

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 2
        kwargs.setdefault("blank", True)
        kwargs["choices"] = country_choices
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        kwargs.pop("max_length", None)
        return name, path, args, kwargs
