from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from amends.kit.discovery import discover


class CalendarsConfig(AppConfig):
    name = "amends.calendars"
    verbose_name = _("Working calendars")

    def ready(self) -> None:
        discover(self.name)
