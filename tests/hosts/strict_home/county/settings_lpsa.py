"""With the working groups. Our base asks pages for their section, which theirs do not have."""

from county.settings import *  # noqa: F403
from county.settings import INSTALLED_APPS as OWN_APPS

INSTALLED_APPS = ["lpsa_wagtail", *OWN_APPS]
ROOT_URLCONF = "county.urls_lpsa"
LPSA_BASE_TEMPLATE = "plain.html"
