"""Addresses that several screens need."""

from django.urls import reverse

from amends.complaints.models import Complaint


def address_of(complaint: Complaint) -> str:
    """The page of a complaint."""
    return f"{reverse('workspace:complaints')}{complaint.reference}/"
