"""The application as a server loads it."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from django.utils import translation

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.project.settings")

application = get_wsgi_application()

# What stays for ever is loaded now and left out of garbage collection, which would look through all of it in the middle
# of somebody's request (60 ms and more).
get_resolver().url_patterns  # noqa: B018
for language, _name in settings.LANGUAGES:
    with translation.override(language):
        pass
gc.collect()
gc.freeze()
