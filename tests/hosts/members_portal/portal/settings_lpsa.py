"""What the owner adds for the working groups."""

from portal.settings import *  # noqa: F403
from portal.settings import INSTALLED_APPS as OWN_APPS

INSTALLED_APPS = [
    *OWN_APPS,
    "lpsa_wagtail",
    "wagtail_modeladmin",
    "wagtail.contrib.settings",
]
ROOT_URLCONF = "portal.urls_lpsa"
