from django.apps import AppConfig

from amends.kit.discovery import discover


class WorkspaceConfig(AppConfig):
    name = "amends.workspace"

    def ready(self) -> None:
        discover(self.name, "places")
