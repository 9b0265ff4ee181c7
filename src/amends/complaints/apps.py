from django.apps import AppConfig

from amends.kit.discovery import discover


class ComplaintsConfig(AppConfig):
    name = "amends.complaints"

    def ready(self) -> None:
        discover(self.name)
