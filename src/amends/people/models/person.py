"""A member of staff."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Subject


class PersonManager(BaseUserManager["Person"]):
    """Finds people by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)

    def create_user(self, email: str, name: str = "", **extra: Any) -> "Person":
        """For libraries that expect it. People come by invitation."""
        return self.create(email=self.normalize_email(email), name=name, **extra)


class Person(AbstractBaseUser):
    """Somebody who works here and signs in with an e-mail address. Never deleted: they leave."""

    email = models.EmailField(_("E-mail address"), max_length=254, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    language = models.CharField(_("Language"), max_length=10, default="en")
    manager = models.ForeignKey(
        "self",
        verbose_name=_("Direct manager"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reports",
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    theme = models.CharField(max_length=8, blank=True)
    single_keys = models.BooleanField(default=True)
    compact_rows = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("Person")
        verbose_name_plural = _("People")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_email"),
            models.CheckConstraint(
                condition=models.Q(is_active=True, left_at__isnull=True) | models.Q(is_active=False),
                name="who_left_is_not_active",
            ),
            models.CheckConstraint(condition=~models.Q(manager=models.F("id")), name="nobody_is_their_own_manager"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> Subject:
        """The person as the journal names them."""
        return Subject("person", self.pk)

    @property
    def initials(self) -> str:
        """Two letters for a small circle."""
        parts = self.name.split()
        return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper() or "?"

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
