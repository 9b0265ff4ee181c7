from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from amends.kit.discovery import discover


class FilesConfig(AppConfig):
    name = "amends.files"
    verbose_name = _("Files")

    def ready(self) -> None:
        discover(self.name)
