from django.apps import AppConfig

from amends.kit.discovery import discover


class ReactionsConfig(AppConfig):
    name = "amends.reactions"

    def ready(self) -> None:
        discover(self.name)
