from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from amends.kit.discovery import discover


class ComplaintsConfig(AppConfig):
    name = "amends.complaints"
    verbose_name = _("Complaints")

    def ready(self) -> None:
        discover(self.name, "duties")
