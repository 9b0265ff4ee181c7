"""Addresses below /settings/calendars/. What belongs to one calendar has a word after its code: no code can hide it."""

from django.urls import path

from amends.workspace.settings.calendars import change, listing, show, use, versions

urlpatterns = [
    path("", listing.calendars, name="calendars"),
    path("new/", change.new, name="new_calendar"),
    path("use/", use.use, name="calendar_use"),
    path("use/ended/", use.ended_use, name="calendar_use_end"),
    path("<slug:calendar>/year/", show.calendar, name="calendar"),
    path("<slug:calendar>/change/", change.change, name="calendar_change"),
    path("<slug:calendar>/more-years/", change.more_years, name="calendar_years"),
    path("<slug:calendar>/versions/", versions.versions, name="calendar_versions"),
    path("<slug:calendar>/versions/<int:number>/", show.version, name="calendar_version"),
]
