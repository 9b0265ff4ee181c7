"""Leases for what only one process may do at a time (sealing, sweeping)."""

from django.db import models


class Lease(models.Model):
    """Who holds a named duty until when. `fence` grows with each new holder, so that a late one is refused."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=80, blank=True)
    fence = models.BigIntegerField(default=0)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} held by {self.holder}"
