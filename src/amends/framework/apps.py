from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from amends.kit.discovery import discover


class FrameworkConfig(AppConfig):
    name = "amends.framework"
    verbose_name = _("Framework")

    def ready(self) -> None:
        discover(self.name)
