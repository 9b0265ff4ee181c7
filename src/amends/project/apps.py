from django.apps import AppConfig

from amends.kit.discovery import discover


class ProjectConfig(AppConfig):
    name = "amends.project"

    def ready(self) -> None:
        discover(self.name, "conditions")
