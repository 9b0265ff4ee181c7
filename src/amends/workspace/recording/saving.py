"""From what was written down to a complaint that somebody has taken on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import assign, receive
from amends.complaints.actions.receive import Receipt
from amends.complaints.intake import Intake
from amends.complaints.permissions import May
from amends.complaints.reading_answers import intake_from
from amends.files.models import StoredFile
from amends.files.taking_in import take_in
from amends.framework.models import Organisation
from amends.kit.refusal import Refusal
from amends.people.models import Person
from amends.people.standing import Staff
from amends.permissions.engine import may
from amends.surveys.actions import mark_simulated
from amends.ui.definition_forms import FILES_FIELD, DefinitionForm, as_answers
from amends.workspace.recording.forms import AtOnce, HowItCame, MadeUp


def intake_of(
    came: HowItCame,
    steps: Sequence[DefinitionForm],
    at_once: AtOnce,
    *,
    organisation: Organisation,
    at: datetime,
) -> Intake:
    """Everything that was written down, as `receive` takes it. Files are taken in here, outside any transaction."""
    answers: dict[str, Any] = {}
    for step in steps:
        answers |= as_answers(step)
    received_at, precision = came.received()
    intake = intake_from(
        answers,
        language=came.cleaned_data["language"],
        organisation=organisation,
        today=at.astimezone(organisation.zone).date(),
    )
    return replace(
        intake,
        channel=came.cleaned_data["channel"],
        received_at=received_at,
        received_precision=precision,
        immediate_action=at_once.cleaned_data["immediate_action"],
        read_back=at_once.cleaned_data["read_back"],
        files=_files(steps, keep_original=not intake.is_anonymous, at=at),
    )


def _files(steps: Sequence[DefinitionForm], *, keep_original: bool, at: datetime) -> tuple[StoredFile, ...]:
    uploads = [upload for step in steps for upload in step.cleaned_data.get(FILES_FIELD) or ()]
    try:
        return tuple(take_in(upload, keep_original=keep_original, at=at) for upload in uploads)
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.sentence, field=FILES_FIELD, facts=refusal.facts) from refusal


@transaction.atomic
def save(
    intake: Intake, handler: Person | None, *, token: str, by: Staff, at: datetime, made_up: MadeUp | None = None
) -> Receipt:
    """Record it and give it to somebody, both or neither. What was saved before is only shown again."""
    receipt = receive(intake, token=token, by=by, at=at)
    if handler is not None and receipt.is_new:
        if not may(by, May.ASSIGN, receipt.complaint):
            unit = receipt.complaint.lead_unit.name
            sentence = _("Complaints about this go to %(unit)s, which has to assign them. Choose nobody.")
            raise Refusal("handler_unfit", sentence % {"unit": unit}, field="handler")
        assign(receipt.complaint, handler, by=by, at=at)
    if made_up is not None and made_up.cleaned_data["is_simulated"] and receipt.is_new:
        given = made_up.cleaned_data
        mark_simulated(receipt.complaint, scenario=given["scenario"], reason=given["reason"], by=by, at=at)
    return receipt
