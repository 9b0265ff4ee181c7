from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from amends.kit.discovery import discover


class JournalConfig(AppConfig):
    name = "amends.journal"
    verbose_name = _("Journal")

    def ready(self) -> None:
        discover(self.name)
