"""Keeping the calendars: which there are, a year of each, changing them, their versions, and which holds where."""
