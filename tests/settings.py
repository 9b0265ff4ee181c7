"""The real settings, with what makes tests fast and keeps them apart from each other.

AMENDS_TEST_ENGINE chooses the database: sqlite (default) or postgresql.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests import postgresql

ENGINE = os.environ.get("AMENDS_TEST_ENGINE", "sqlite")

_scratch = Path(tempfile.mkdtemp(prefix="amends-tests-"))
atexit.register(shutil.rmtree, _scratch, ignore_errors=True)
os.environ["AMENDS_DATA_DIR"] = str(_scratch / "data")
os.environ["AMENDS_SECRET_KEY"] = "tests only: signs nothing that matters, but is long enough"
os.environ["AMENDS_TRACKING_SECRET"] = "tests only: hashes access codes of invented complaints"
os.environ["AMENDS_DATABASE_URL"] = postgresql.provide() if ENGINE == "postgresql" else ""

from amends.journal.keys import create_signing_key  # noqa: E402
from amends.project.settings import *  # noqa: E402, F403
from amends.project.settings import (  # noqa: E402
    AMENDS_DATA_DIR,
    AMENDS_SIGNING_KEY_FILE,
    DATABASES,
)

AMENDS_DATA_DIR.mkdir(parents=True)
AMENDS_SIGNING_KEY_FILE.parent.mkdir(parents=True)
create_signing_key(AMENDS_SIGNING_KEY_FILE)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "amends.files.storage.DurableFileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
LOGGING = {"version": 1, "disable_existing_loggers": False}

DATABASES = {"default": DATABASES["default"]}
DATABASES["default"]["OPTIONS"].pop("pool", None)
DATABASE_ROUTERS: list[str] = []
if ENGINE == "sqlite":
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA foreign_keys=ON;"
