"""Where tables live: the cache in the volatile database, everything else in the durable one."""

from typing import Any


class CacheRouter:
    """Keeps what may be lost apart from what may not."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return "volatile" if model._meta.app_label == "django_cache" else "default"

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db == "volatile") == (app_label == "django_cache")
