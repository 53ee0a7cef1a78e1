"""Addresses for visitors that are no pages: feeds, calendars and forms will live here."""

app_name = "lpsa_wagtail"

urlpatterns: list = []
