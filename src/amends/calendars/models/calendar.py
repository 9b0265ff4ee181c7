"""Calendars that were published: for ever as they were, so that a deadline can always be worked out again."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Subject
from amends.kit.translated import TranslatedTextField


class CalendarQuerySet(models.QuerySet["Calendar"]):
    """Reads over calendars."""

    def in_use(self) -> "CalendarQuerySet":
        """Calendars that can still be chosen."""
        return self.filter(is_active=True)


class Calendar(models.Model):
    """When people work somewhere: a name for a row of versions."""

    code = models.SlugField(max_length=64, unique=True)
    name = TranslatedTextField(default=dict)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    objects = CalendarQuerySet.as_manager()

    class Meta:
        verbose_name = _("Working calendar")
        verbose_name_plural = _("Working calendars")

    def __str__(self) -> str:
        return str(self.name) or self.code

    @property
    def subject(self) -> Subject:
        """The calendar as the journal names it."""
        return Subject("calendar", self.pk)


class CalendarVersion(models.Model):
    """Working times, holidays resolved to days, and closures, as they stood from a moment on. Never changed."""

    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    note = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="calendar_versions"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "number"], name="one_calendar_per_number")]
        indexes = [models.Index(fields=["calendar", "-number"], name="calendar_newest_first")]

    def __str__(self) -> str:
        return f"{self.calendar_id} {self.number}"
