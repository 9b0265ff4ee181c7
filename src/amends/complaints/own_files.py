"""Which files are a complaint's: what came with messages, as proof, as a permission, or with the answer to a task."""

from django.db.models import Q

from amends.complaints.models import ActingAuthority, Complaint
from amends.files.models import StoredFile, StoredFileQuerySet


def files_of(complaint: Complaint, *, with_mails: bool = False) -> StoredFileQuerySet:
    """Every file of a complaint; the mails that became its messages, whole and with their senders, only on demand."""
    sent = Q(message_file__message__thread=complaint.thread_id) | Q(proof_of__complaint=complaint)
    permissions = Q(pk__in=ActingAuthority.objects.filter(complaint=complaint).values("document"))
    answers = Q(answers_task__task__complaint=complaint)
    evidence = Q(evidence__complaint=complaint)
    found = sent | permissions | answers | evidence
    if with_mails:
        found |= Q(incoming_mail__sorted__thread=complaint.thread_id, incoming_mail__sorted__message__isnull=False)
    return StoredFile.objects.filter(found).distinct()
