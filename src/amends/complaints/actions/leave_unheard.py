"""Going on without the word of the person complained about, for a reason (ISO 10002, 7.6 and annex D)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Disclosure, Party, Unheard
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine

Reason = Unheard.Reason


@transaction.atomic
def leave_unheard(
    party: Party,
    *,
    reason: Unheard.Reason,
    explanation: str,
    by: engine.Person,
    at: datetime,
    seen: int | None = None,
) -> Unheard:
    """Record why they are not heard. Whoever had the chance had the details first.

    Refusals: `reason_needed`, `details_first`, `unheard_already`.
    """
    explanation = clean_line(explanation)[:1000]
    if not explanation:
        raise Refusal("reason_needed", _("Say how they had the chance, or why it is not needed."), field="explanation")
    if party.role != Party.Role.SUBJECT:
        raise Refusal("who_needed", _("Choose the person complained about."))
    had_the_chance = reason in {Reason.DECLINED, Reason.NO_ANSWER}
    if had_the_chance and not Disclosure.objects.filter(party=party).exists():
        raise Refusal(
            "details_first",
            _("Give them the details of the complaint first. Nobody is asked about what they do not know."),
            field="reason",
        )
    lifecycle.take(Verb.LEAVE_UNHEARD, party.complaint, by=by, at=at, seen=seen)
    if Unheard.objects.filter(party=party).exists():
        raise Refusal("unheard_already", _("A reason stands here already. Open the complaint again."))
    row = Unheard.objects.create(party=party, reason=reason, explanation=explanation, person_id=staff_id_of(by), at=at)
    record(
        events.SubjectLeftUnheard(complaint=party.complaint.subject, reason=reason.value),
        by=by,
        at=at,
        payload={"explanation": explanation},
    )
    return row
