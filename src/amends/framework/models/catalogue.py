"""Controlled lists: what can be complained about, what went wrong, why, and how it can be put right (7.2, 8.2, F)."""

from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Subject
from amends.kit.translated import TranslatedTextField

Item = TypeVar("Item", bound="CatalogueItem")


class CatalogueQuerySet(models.QuerySet[Item]):
    """Reads over one list."""

    def in_use(self) -> "CatalogueQuerySet[Item]":
        """Items that can still be chosen."""
        return self.filter(is_active=True)

    def in_order(self) -> "CatalogueQuerySet[Item]":
        """As they are shown."""
        return self.order_by("position", "code")


class CatalogueItem(models.Model):
    """A code with a label in several languages. Never deleted: it stops being offered."""

    code = models.SlugField(max_length=64, unique=True)
    label = TranslatedTextField(default=dict)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.label) or self.code

    @property
    def subject(self) -> Subject:
        """The item as the journal names it."""
        return Subject(self._meta.model_name or "", self.pk)


class Category(CatalogueItem):
    """What went wrong: groups at the top, problems below (annex E starter codes)."""

    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        verbose_name = _("Category")
        verbose_name_plural = _("Categories")


class Product(CatalogueItem):
    """A product, service or process that can be complained about (R-1-01: no sector is built in)."""

    class Kind(models.TextChoices):
        PRODUCT = "product", _("Product")
        SERVICE = "service", _("Service")
        PROCESS = "process", _("Process")

    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.SERVICE)
    lead_unit = models.ForeignKey(
        "people.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="leads_products"
    )

    class Meta:
        verbose_name = _("Product or service")
        verbose_name_plural = _("Products and services")


class RemedyKind(CatalogueItem):
    """A way of putting something right (annex F); `is_money` asks for an amount, `has_value` for what it is worth."""

    is_money = models.BooleanField(default=False)
    has_value = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("Remedy")
        verbose_name_plural = _("Remedies")


class Cause(CatalogueItem):
    """Why it went wrong, as found by the investigation (7.6, 8.2)."""

    class Meta:
        verbose_name = _("Cause")
        verbose_name_plural = _("Causes")
