"""Addresses for visitors that are no pages: links in mails, feeds and calendars."""

from django.urls import path

from lpsa_wagtail.views import citations, deciding, feeds, searching, sharing
from lpsa_wagtail.views.invitations import InvitationView

app_name = "lpsa_wagtail"

urlpatterns: list = [
    path("decide/", deciding.decide, name="deciding"),
    path("decide/<str:token>/", deciding.OpenView.as_view(), name="decide"),
    path("decide/<str:token>/content/", deciding.ContentView.as_view(), name="decide_content"),
    path("feed.atom", feeds.atom, name="feed_atom"),
    path("feed.json", feeds.json_feed, name="feed_json"),
    path("feed.ics", feeds.calendar, name="feed_ics"),
    path("webinars/<int:webinar_id>.ics", feeds.webinar_calendar, name="webinar_ics"),
    path("posts/<int:post_id>.bib", citations.bib, name="citation_bib"),
    path("posts/<int:post_id>.ris", citations.ris, name="citation_ris"),
    path("share/<int:page_id>.png", sharing.picture, name="share_picture"),
    path("search/", searching.search, name="search"),
    path("search/suggestions/", searching.suggestions, name="search_suggestions"),
    path("invitation/<str:token>/", InvitationView.as_view(), name="invitation"),
]
