from django.apps import AppConfig

from amends.kit.discovery import discover


class FilesConfig(AppConfig):
    name = "amends.files"

    def ready(self) -> None:
        discover(self.name)
