"""The real settings, with what makes tests fast and keeps them apart from each other."""

import os
import tempfile
from pathlib import Path

_scratch = Path(tempfile.mkdtemp(prefix="amends-tests-"))
os.environ.setdefault("AMENDS_DATA_DIR", str(_scratch / "data"))
os.environ.setdefault("AMENDS_SECRET_KEY", "tests only: signs nothing that matters, but is long enough")
os.environ.setdefault("AMENDS_TRACKING_SECRET", "tests only: hashes access codes of invented complaints")

from amends.project.settings import *  # noqa: F403, E402
from amends.project.settings import AMENDS_DATA_DIR, AMENDS_SIGNING_KEY_FILE, DATABASES  # noqa: E402

AMENDS_DATA_DIR.mkdir(parents=True, exist_ok=True)
AMENDS_SIGNING_KEY_FILE.parent.mkdir(parents=True, exist_ok=True)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "amends.files.storage.DurableFileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
LOGGING = {"version": 1, "disable_existing_loggers": False}
DATABASES = {"default": DATABASES["default"]}
DATABASE_ROUTERS = []
