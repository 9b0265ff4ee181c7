from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from amends.kit.discovery import discover


class PeopleConfig(AppConfig):
    name = "amends.people"
    verbose_name = _("People")

    def ready(self) -> None:
        discover(self.name, "signing_in")
