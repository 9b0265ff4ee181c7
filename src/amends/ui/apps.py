from django.apps import AppConfig

from amends.kit.discovery import discover


class UiConfig(AppConfig):
    name = "amends.ui"

    def ready(self) -> None:
        discover(self.name)
