from django.apps import AppConfig

from amends.kit.discovery import discover


class PortalConfig(AppConfig):
    name = "amends.portal"

    def ready(self) -> None:
        discover(self.name)
