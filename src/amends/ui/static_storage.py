"""Static files under names with a hash, including the modules that our scripts load."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """As whitenoise does it, and rewriting `import` in scripts: an old module never meets a new page."""

    support_js_module_import_aggregation = True
