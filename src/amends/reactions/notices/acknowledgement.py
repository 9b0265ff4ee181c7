"""Receipt confirmed by e-mail, at once (ISO 10002, 7.4)."""

from django.utils.translation import gettext as _

from amends.complaints.actions import acknowledge
from amends.complaints.automatic_letters import understood, what_comes_next
from amends.complaints.models import Acknowledgement, Complaint
from amends.complaints.models.complaint import Origin
from amends.correspondence.models import Delivery
from amends.framework.models import Organisation
from amends.journal.models import Entry
from amends.journal.receipts import receipt_of
from amends.kit import clock
from amends.kit.locales import long_day
from amends.people.standing import SYSTEM
from amends.reactions.notices.incoming import must_hold_back
from amends.reactions.notices.mailing import Notice, complaint_of, says_all, to_complainant, whoever_wrote

ACKNOWLEDGEMENT = Notice.of("acknowledgement")


def acknowledgement(entry: Entry) -> None:
    """Confirm receipt by e-mail and note that it was confirmed."""
    complaint = complaint_of(entry)
    if complaint is None or complaint.origin == Origin.IMPORT:
        return
    if must_hold_back(entry, complaint, whoever_wrote(complaint, clock.now())):
        return
    delivery = to_complainant(
        entry, ACKNOWLEDGEMENT, complaint, lambda known: _values(entry, complaint, known), to=whoever_wrote
    )
    if delivery is not None and delivery.state == Delivery.State.SENT and not complaint.is_ended:
        acknowledge(complaint, how=Acknowledgement.How.EMAIL, by=SYSTEM, at=clock.now())


def _values(entry: Entry, complaint: Complaint, organisation: Organisation) -> dict[str, str]:
    receipt = receipt_of(entry)
    coming = what_comes_next(complaint, organisation, clock.now())
    if complaint.origin == Origin.MAIL:
        # Whoever wrote by mail was never shown a code.
        answer = _(
            "You can answer this mail: what you write is added to your complaint. You have no access code yet: at the "
            "address above you get one by mail, with your reference and this e-mail address."
        )
        coming = f"{coming}\n\n{answer}"
    party = whoever_wrote(complaint, clock.now())
    is_whole = party is not None and says_all(complaint, party)
    if is_whole:
        coming = f"{understood(complaint)}\n\n{coming}"
    return {
        "privacy": "" if is_whole else _("Our mails never say what your complaint is about."),
        "received": long_day(complaint.received_at.astimezone(organisation.zone), complaint.language),
        "next": coming,
        "proof": _("Proof of receipt: %(leaf)s") % {"leaf": receipt.leaf},
    }
