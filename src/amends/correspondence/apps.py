from django.apps import AppConfig

from amends.kit.discovery import discover


class CorrespondenceConfig(AppConfig):
    name = "amends.correspondence"

    def ready(self) -> None:
        discover(self.name)
