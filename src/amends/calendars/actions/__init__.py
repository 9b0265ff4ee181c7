"""The verbs about calendars: one module each."""

from amends.calendars.actions.add_calendar import add_calendar
from amends.calendars.actions.publish_calendar import publish_calendar

__all__ = ["add_calendar", "publish_calendar"]
