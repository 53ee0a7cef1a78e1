"""The example site, made quick for tests; SQLite, or PostgreSQL with ``LPSA_TEST_POSTGRES``.

``LPSA_TEST_POSTGRES`` is the folder of the server's socket.
"""

import atexit
import os
import shutil
import tempfile

from example_site.settings import *  # noqa: F403
from example_site.settings import INSTALLED_APPS as EXAMPLE_APPS

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
FOLDER = tempfile.mkdtemp(prefix="lpsa-tests-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
MEDIA_ROOT = f"{FOLDER}/media"
# A page type of the host's, and translations in the admin: see tests/doors. What shows previews at
# a front end does nothing until a test names one.
INSTALLED_APPS = [
    *EXAMPLE_APPS,
    "wagtail.contrib.simple_translation",
    "wagtail_headless_preview",
    "tests.doors.house",
]

if socket_folder := os.environ.get("LPSA_TEST_POSTGRES"):
    INSTALLED_APPS += ["django.contrib.postgres"]
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "lpsa",
            "USER": "lpsa",
            "HOST": socket_folder,
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": f"{FOLDER}/never-used.sqlite3",
            # A file and not memory: a live server answers on several connections at once.
            "TEST": {"NAME": f"{FOLDER}/test.sqlite3"},
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
            },
        }
    }

# Nothing is committed in most tests, so no clock goes on: pages are made anew for every visit.
LPSA_HTML_BY_CLOCK = False
