"""A code that came by e-mail to somebody who has lost the access code. It works once, within a day."""

from django.db import models
from django.db.models import F, Q

from amends.complaints.models.complaint import Complaint


class OneTimeCode(models.Model):
    """That a code was asked for. Only what it is worked out from is kept here, never the code."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="one_time_codes")
    nonce = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("at")), name="one_time_code_lasts_a_while"),
        ]
        indexes = [models.Index(fields=["complaint", "-id"], name="one_time_code_by_complaint")]

    def __str__(self) -> str:
        return f"one-time code of {self.complaint_id}"
