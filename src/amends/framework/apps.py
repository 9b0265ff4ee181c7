from django.apps import AppConfig

from amends.kit.discovery import discover


class FrameworkConfig(AppConfig):
    name = "amends.framework"

    def ready(self) -> None:
        discover(self.name)
