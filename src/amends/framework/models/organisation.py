"""The organisation that runs this installation. There is one."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Subject
from amends.kit.translated import TranslatedTextField


class Organisation(models.Model):
    """Name, country, languages and ways to be reached, as asked in the first start."""

    class Profile(models.TextChoices):
        FULL = "full", _("Full: several people share the work")
        SMALL = "small", _("Small: one to three people do everything")

    name = models.CharField(_("Name of the organisation"), max_length=120)
    country = models.CharField(_("Country"), max_length=2)
    time_zone = models.CharField(max_length=64)
    currency = models.CharField(max_length=3)
    languages = models.JSONField(default=list)
    email = models.EmailField(_("E-mail for complaints"), blank=True)
    phone = models.CharField(_("Telephone for complaints"), max_length=40, blank=True)
    phone_hours = TranslatedTextField(default=dict, blank=True)
    post_address = models.CharField(max_length=300, blank=True)
    visit_address = models.CharField(max_length=300, blank=True)
    emergency_phone = models.CharField(max_length=40, blank=True)
    external_body = TranslatedTextField(default=dict, blank=True)
    #: As #rrggbb, for papers; empty: none of its own.
    brand_colour = models.CharField(max_length=7, blank=True)
    #: The version of `Logo` that is shown; 0: none.
    logo = models.PositiveIntegerField(default=0)
    profile = models.CharField(max_length=8, choices=Profile.choices, default=Profile.FULL)
    reference_prefix = models.CharField(max_length=6)
    portal_is_open = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    #: Complaints from elsewhere were taken over before the first start; nobody has said yet whose they are.
    is_provisional = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_organisation"),
            models.CheckConstraint(condition=models.Q(profile__in=["full", "small"]), name="profile_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> Subject:
        """The organisation as the journal names it."""
        return Subject("organisation", self.pk)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which days begin."""
        return ZoneInfo(self.time_zone)

    @property
    def is_small(self) -> bool:
        """Whether one person may fill both places of a four-eyes rule."""
        return self.profile == self.Profile.SMALL

    @property
    def main_language(self) -> str:
        """The first of the languages offered."""
        offered: list[Any] = self.languages
        return str(offered[0]) if offered else "en"
