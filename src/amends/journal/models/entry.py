"""Entries, what they commit to, and the erasable map from random names to rows."""

import json
import uuid
from typing import Any

from django.db import models


class Pseudonym(models.Model):
    """The random name under which the journal knows a row. Deleting it cuts the link for good."""

    name = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=32)
    key = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_pseudonym_per_row")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Entry(models.Model):
    """One thing that happened, for ever. Ids, codes, dates and numbers only; the database refuses to change it.

    `particulars` is kept as the canonical text that the leaf hash covers, so that no engine can reorder it.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    event = models.CharField(max_length=80)
    at = models.DateTimeField()
    actor = models.UUIDField()
    acting_as = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=32)
    subject = models.UUIDField()
    particulars = models.TextField()
    commitment = models.CharField(max_length=64, blank=True)
    leaf_version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="entry_by_subject"),
            models.Index(fields=["actor", "id"], name="entry_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.uid}"

    @property
    def facts(self) -> dict[str, Any]:
        """The particulars as a dictionary."""
        read: dict[str, Any] = json.loads(self.particulars)
        return read


class Payload(models.Model):
    """The free text behind an entry's commitment, with its salt. It can be erased; the entry still verifies."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="payload")
    salt = models.CharField(max_length=64)
    body = models.TextField()

    def __str__(self) -> str:
        return f"payload of {self.entry_id}"


class Tombstone(models.Model):
    """Why a payload is gone: the entry that recorded the erasure names it too, so a tombstone cannot be forged."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="tombstone")
    erasure = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="erased")

    def __str__(self) -> str:
        return f"tombstone of {self.entry_id}"
