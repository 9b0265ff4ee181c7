"""Checking that evidence is genuine and unchanged (ISO 10002, 7.6)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actions.move_evidence import add_custody
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Custody, Evidence
from amends.files.digests import digest_of
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def verify_evidence(evidence: Evidence, *, note: str, by: engine.Person, at: datetime) -> Custody:
    """Say how it was checked. Of a file the hash is counted again and has to be the one from when it was taken in.

    Refusals: `check_needed`, `file_differs`, `file_gone`.
    """
    note = clean_line(note)[:500]
    if not note:
        raise Refusal("check_needed", _("Say how you checked it."), field="note")
    lifecycle.take(Verb.VERIFY_EVIDENCE, evidence.complaint, by=by, at=at)
    if evidence.file is not None and digest_of(evidence.file) != evidence.sha256:
        raise Refusal(
            "file_differs",
            _("The file is not the one that was taken in: its hash differs. Tell whoever runs this system."),
        )
    row = add_custody(evidence, Custody.What.VERIFIED, note=note, by=by, at=at)
    record(
        events.EvidenceVerified(complaint=evidence.complaint.subject, number=evidence.number, step=row.number),
        by=by,
        at=at,
        payload={"note": note},
    )
    return row
