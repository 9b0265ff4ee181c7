"""Invitations: how people come in, and come back in without their password."""

from django.db import models

from amends.people.models.person import Person


class Invitation(models.Model):
    """A link that lets a person choose a password, once, within a day. Only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    nonce = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"invitation of {self.person}"
