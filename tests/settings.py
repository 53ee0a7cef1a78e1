"""The example site, made quick for tests; SQLite, or PostgreSQL with ``LPSA_TEST_POSTGRES``.

``LPSA_TEST_POSTGRES`` is the folder of the server's socket.
"""

import os
import tempfile

from example_site.settings import *  # noqa: F403
from example_site.settings import INSTALLED_APPS as EXAMPLE_APPS

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = tempfile.mkdtemp(prefix="lpsa-media-")
INSTALLED_APPS = list(EXAMPLE_APPS)

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
            "NAME": ":memory:",
            "OPTIONS": {"transaction_mode": "IMMEDIATE"},
        }
    }
