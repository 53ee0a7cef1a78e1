"""Addresses for visitors that are no pages: deciding from a mail; feeds, calendars and forms will
live here."""

from django.urls import path

from lpsa_wagtail.views import deciding

app_name = "lpsa_wagtail"

urlpatterns: list = [
    path("decide/", deciding.decide, name="deciding"),
    path("decide/<str:token>/", deciding.OpenView.as_view(), name="decide"),
    path("decide/<str:token>/content/", deciding.ContentView.as_view(), name="decide_content"),
]
