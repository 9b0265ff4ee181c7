from django.apps import AppConfig


class PermissionsConfig(AppConfig):
    name = "amends.permissions"
