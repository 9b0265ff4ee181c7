from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from amends.kit.discovery import discover


class SurveysConfig(AppConfig):
    name = "amends.surveys"
    verbose_name = _("Surveys")

    def ready(self) -> None:
        discover(self.name)
