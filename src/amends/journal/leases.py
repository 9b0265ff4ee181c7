"""Duties that only one process does at a time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from amends.journal.models import Lease


class LeaseLostError(Exception):
    """Somebody else holds the duty now; whatever was being done must not be committed."""


def take(name: str, holder: str, at: datetime, length: timedelta) -> int | None:
    """Take or keep a duty until `at + length`. Returns the fence number, or None while somebody else holds it."""
    with transaction.atomic():
        Lease.objects.get_or_create(name=name, defaults={"until": at - length})
        row = Lease.objects.filter(name=name)
        if row.filter(holder=holder, until__gt=at).update(until=at + length):
            return row.values_list("fence", flat=True).get()
        if row.filter(Q(until__lte=at) | Q(holder="")).update(holder=holder, until=at + length, fence=F("fence") + 1):
            return row.values_list("fence", flat=True).get()
    return None


def confirm(name: str, holder: str, fence: int, at: datetime, length: timedelta) -> None:
    """Inside a transaction: hold the lease row until commit, so that a later holder waits. Raises LeaseLostError."""
    if not Lease.objects.filter(name=name, holder=holder, fence=fence).update(until=at + length):
        raise LeaseLostError(name)


def give_back(name: str, holder: str, at: datetime) -> None:
    """Let go of a duty, so that the next process need not wait for the lease to run out."""
    Lease.objects.filter(name=name, holder=holder).update(holder="", until=at)
