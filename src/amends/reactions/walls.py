"""Walls follow a later change: whoever comes near to somebody complained about is walled off from then on."""

from collections.abc import Iterable

from amends.complaints.actions import follow_walls
from amends.complaints.models import Complaint, Party
from amends.journal.models import Entry
from amends.journal.pseudonyms import subjects_named
from amends.kit.refusal import Refusal
from amends.people.models import Person
from amends.people.standing import SYSTEM
from amends.reactions.notices.mailing import complaint_of
from amends.reactions.true_time import asked


def of_person(entry: Entry) -> None:
    """Somebody is new, has another manager or another name: open complaints about them, and about their manager."""
    subject = subjects_named([entry.subject]).get(entry.subject)
    person = Person.objects.filter(pk=subject.key).first() if subject and subject.kind == "person" else None
    if person is None:
        return
    about = Party.objects.filter(role=Party.Role.SUBJECT, person__in=[person.pk, person.manager_id or person.pk])
    keys = set(about.values_list("complaint_id", flat=True))
    _follow(Complaint.objects.open().filter(pk__in=keys).select_related("lead_unit", "handler").order_by("pk"))


def of_complaint(entry: Entry) -> None:
    """It runs again: who came near to the person complained about while it rested?"""
    complaint = complaint_of(entry)
    if complaint is not None:
        _follow([complaint])


def _follow(complaints: Iterable[Complaint]) -> None:
    for complaint in complaints:
        try:
            follow_walls(complaint, by=SYSTEM, at=asked())
        except Refusal as refusal:
            if refusal.code == "stale":  # somebody changed it at this moment: the next try finds it as it is then
                raise
