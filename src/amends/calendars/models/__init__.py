from amends.calendars.models.calendar import Calendar, CalendarVersion

__all__ = ["Calendar", "CalendarVersion"]
