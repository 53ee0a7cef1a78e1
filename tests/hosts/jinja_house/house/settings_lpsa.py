from house.settings import *  # noqa: F403
from house.settings import INSTALLED_APPS as OWN_APPS

INSTALLED_APPS = [*OWN_APPS, "lpsa_wagtail", "wagtail_modeladmin"]
ROOT_URLCONF = "house.urls_lpsa"
