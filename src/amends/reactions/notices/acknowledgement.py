"""Receipt confirmed by e-mail, at once (ISO 10002, 7.4)."""

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
from amends.reactions.notices.mailing import Notice, complaint_of, to_complainant

ACKNOWLEDGEMENT = Notice(
    name="acknowledgement",
    subject=gettext_lazy("We have your complaint {reference}"),
    body=gettext_lazy(
        "Thank you for telling us. We received your complaint on {received}.\n"
        "\n"
        "Your reference is {reference}. Together with the access code that you got it lets you follow the complaint, "
        "write to us and read our decision:\n"
        "{link}\n"
        "\n"
        "What happens next: somebody looks at it and tells you who is handling it. You will have our decision with "
        "reasons by {decision}. If we need longer, we tell you why.\n"
        "\n"
        "{proof}\n"
        "\n"
        "{organisation}\n"
        "\n"
        "This mail was sent by itself. Our mails never say what your complaint is about."
    ),
    variables=("reference", "received", "link", "decision", "proof", "organisation"),
)


def acknowledgement(entry: Entry) -> None:
    """Confirm receipt by e-mail and note that it was confirmed."""
    complaint = complaint_of(entry)
    if complaint is None or complaint.origin == Origin.IMPORT:
        return
    delivery = to_complainant(entry, ACKNOWLEDGEMENT, complaint, lambda known: _values(entry, complaint, known))
    if delivery is not None and delivery.state == Delivery.State.SENT and not complaint.is_ended:
        acknowledge(complaint, how=Acknowledgement.How.EMAIL, by=SYSTEM, at=clock.now())


def _values(entry: Entry, complaint: Complaint, organisation: Organisation) -> dict[str, str]:
    decision = Deadline.objects.filter(complaint=complaint, kind=Deadline.Kind.DECISION).order_by("id").first()
    receipt = receipt_of(entry)
    return {
        "received": long_day(complaint.received_at.astimezone(organisation.zone), complaint.language),
        "decision": long_day(decision.due_at.astimezone(organisation.zone), complaint.language) if decision else "",
        "proof": _("Proof of receipt: %(leaf)s") % {"leaf": receipt.leaf},
    }
