from backend.settings import *  # noqa: F403
from backend.settings import INSTALLED_APPS as OWN_APPS

INSTALLED_APPS = ["lpsa_wagtail", "wagtail_modeladmin", *OWN_APPS]
ROOT_URLCONF = "backend.urls_lpsa"
