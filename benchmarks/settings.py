"""The example site as it is measured: no debugging, an empty page and Wagtail's own API beside.

``LPSA_BENCH_DATABASE`` is the database in JSON, ``LPSA_BENCH_MEDIA`` the folder for files. With
``LPSA_BENCH_WITHOUT`` it is the same site without our app and what is installed with it.
"""

import copy
import json
import os

from example_site.settings import *  # noqa: F403
from example_site.settings import INSTALLED_APPS as EXAMPLE_APPS
from example_site.settings import TEMPLATES as EXAMPLE_TEMPLATES

OURS = {"lpsa_wagtail", "wagtail_modeladmin", "wagtail.contrib.settings", "ninja"}
WITHOUT = bool(os.environ.get("LPSA_BENCH_WITHOUT"))

DEBUG = False
ALLOWED_HOSTS = ["localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = os.environ["LPSA_BENCH_MEDIA"]
DATABASES = {"default": json.loads(os.environ["LPSA_BENCH_DATABASE"])}
ROOT_URLCONF = "benchmarks.urls_without" if WITHOUT else "benchmarks.urls"

INSTALLED_APPS = [app for app in EXAMPLE_APPS if not (WITHOUT and app in OURS)] + ["benchmarks"]
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    INSTALLED_APPS.append("django.contrib.postgres")

TEMPLATES = copy.deepcopy(EXAMPLE_TEMPLATES)
if WITHOUT:
    TEMPLATES[0]["OPTIONS"]["context_processors"].remove(
        "wagtail.contrib.settings.context_processors.settings"
    )
