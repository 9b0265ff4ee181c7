from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from amends.kit.discovery import discover


class ReactionsConfig(AppConfig):
    name = "amends.reactions"
    verbose_name = _("Reactions")

    def ready(self) -> None:
        discover(self.name, "registering")
