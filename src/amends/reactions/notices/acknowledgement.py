"""Receipt confirmed by e-mail, at once (ISO 10002, 7.4)."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.actions import acknowledge
from amends.complaints.models import Acknowledgement, Complaint, Deadline
from amends.complaints.models.complaint import Origin
from amends.correspondence.models import Delivery
from amends.framework.models import Organisation
from amends.journal.models import Entry
from amends.journal.receipts import receipt_of
from amends.kit import clock
from amends.kit.locales import long_day
from amends.people.standing import SYSTEM
from amends.reactions.notices.mailing import Notice, complaint_of, to_complainant, whoever_wrote
from amends.rendering.wording import Wording

ACKNOWLEDGEMENT = Notice.of("acknowledgement")

#: What is promised follows from the clocks that run: no rule need set a day, and some clocks begin only when a person
#: confirms receipt.
_DECISION = gettext_lazy(
    "What happens next: somebody looks at it and tells you who is handling it. You will have our decision with reasons "
    "by {day}. If we need longer, we tell you why."
)
_CONFIRMATION = gettext_lazy(
    "What happens next: somebody looks at it and confirms by {day} that we have it. After that you see at the address "
    "above how it goes on."
)
_NO_DAY = gettext_lazy(
    "What happens next: somebody looks at it and tells you who is handling it. You will have our decision with "
    "reasons, and at the address above you see where it stands."
)


def acknowledgement(entry: Entry) -> None:
    """Confirm receipt by e-mail and note that it was confirmed."""
    complaint = complaint_of(entry)
    if complaint is None or complaint.origin == Origin.IMPORT:
        return
    delivery = to_complainant(
        entry, ACKNOWLEDGEMENT, complaint, lambda known: _values(entry, complaint, known), to=whoever_wrote
    )
    if delivery is not None and delivery.state == Delivery.State.SENT and not complaint.is_ended:
        acknowledge(complaint, how=Acknowledgement.How.EMAIL, by=SYSTEM, at=clock.now())


def _values(entry: Entry, complaint: Complaint, organisation: Organisation) -> dict[str, str]:
    receipt = receipt_of(entry)
    return {
        "received": long_day(complaint.received_at.astimezone(organisation.zone), complaint.language),
        "next": _what_comes_next(complaint, organisation),
        "proof": _("Proof of receipt: %(leaf)s") % {"leaf": receipt.leaf},
    }


def _what_comes_next(complaint: Complaint, organisation: Organisation) -> str:
    """The first day that is still ahead: of the decision, else of the confirmation by a person, else none."""
    ahead = Deadline.objects.open().filter(complaint=complaint, due_at__gt=clock.now()).order_by("due_at", "id")
    days: dict[str, datetime] = {}
    for kind, due_at in ahead.values_list("kind", "due_at"):
        days.setdefault(kind, due_at)
    for kind, words in ((Deadline.Kind.DECISION, _DECISION), (Deadline.Kind.ACKNOWLEDGEMENT, _CONFIRMATION)):
        if kind in days:
            day = long_day(days[kind].astimezone(organisation.zone), complaint.language)
            return Wording(str(words), ("day",)).fill(day=day)
    return str(_NO_DAY)
