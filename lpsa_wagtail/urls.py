"""Addresses for visitors that are no pages: links in mails; later feeds and calendars."""

from django.urls import path

from lpsa_wagtail.views import deciding
from lpsa_wagtail.views.invitations import InvitationView

app_name = "lpsa_wagtail"

urlpatterns: list = [
    path("decide/", deciding.decide, name="deciding"),
    path("decide/<str:token>/", deciding.OpenView.as_view(), name="decide"),
    path("decide/<str:token>/content/", deciding.ContentView.as_view(), name="decide_content"),
    path("invitation/<str:token>/", InvitationView.as_view(), name="invitation"),
]
