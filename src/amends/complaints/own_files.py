"""Which files are a complaint's: what came with messages, as proof, as a permission, or with the answer to a task."""

from django.db.models import Q

from amends.complaints.models import ActingAuthority, Complaint
from amends.files.models import StoredFile, StoredFileQuerySet


def files_of(complaint: Complaint) -> StoredFileQuerySet:
    """Every file of a complaint."""
    sent = Q(message_file__message__thread=complaint.thread_id) | Q(proof_of__complaint=complaint)
    permissions = Q(pk__in=ActingAuthority.objects.filter(complaint=complaint).values("document"))
    answers = Q(answers_task__task__complaint=complaint)
    evidence = Q(evidence__complaint=complaint)
    return StoredFile.objects.filter(sent | permissions | answers | evidence).distinct()
