from ports.settings import *  # noqa: F403
from ports.settings import INSTALLED_APPS as OWN_APPS

INSTALLED_APPS = ["lpsa_wagtail", "wagtail_modeladmin", *OWN_APPS]
ROOT_URLCONF = "ports.urls_lpsa"
LPSA_HEAD_BLOCK = "head"
