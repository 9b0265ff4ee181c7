"""Tells the system page of the workspace how this installation is."""

from amends.project import health
from amends.workspace.settings.condition import register

register(health.problems, health.warnings)
