"""`amends django …`: Django's own commands, for developers and emergencies."""

import argparse

from django.core.management import execute_from_command_line


def run(arguments: argparse.Namespace) -> int:
    """Hand everything over to Django."""
    execute_from_command_line(["amends", *arguments.rest])
    return 0
