from quiet.settings import *  # noqa: F403
from quiet.settings import INSTALLED_APPS as OWN_APPS

INSTALLED_APPS = [*OWN_APPS, "wagtail_modeladmin", "lpsa_wagtail"]
ROOT_URLCONF = "quiet.urls_lpsa"
