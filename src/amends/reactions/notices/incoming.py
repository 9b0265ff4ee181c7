"""Notices about mails: one that waits for somebody, one of ours that came back, a confirmation that was held back."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from amends.complaints import events
from amends.complaints.actions import hold_back_reply
from amends.complaints.models import Complaint, Party
from amends.complaints.models.complaint import Origin
from amends.correspondence.models import Delivery
from amends.framework.which_packs import rules_of
from amends.journal.models import Entry
from amends.kit import clock
from amends.people.models import Person, RoleGrant
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from amends.reactions.notices.mailing import Notice, complaint_of, to_person
from amends.reactions.notices.to_staff import LEADERS, holders_for, tell

#: Confirmations that go out by themselves in answer to a mail: to one address in a day, to one mail server in an hour.
MOST_TO_ADDRESS, ADDRESS_WINDOW = 5, timedelta(hours=24)
MOST_TO_DOMAIN, DOMAIN_WINDOW = 20, timedelta(hours=1)
#: Who sees to incoming mail hears of it once in a while, however much comes.
TOLD_AGAIN = timedelta(hours=1)
SEE_TO_MAIL = (Role.FRONT_LINE, Role.UNIT_MANAGER, Role.MANAGEMENT_REPRESENTATIVE)

WAITS = Notice(
    name="mail_waits",
    subject=_("A mail waits for somebody to look at it"),
    body=_(
        "The mail {reference} came in and could not be sorted by itself. It may be a complaint. Please look at it, and "
        "at others that wait:\n{link}"
    ),
    variables=("name", "reference", "link"),
)

CAME_BACK = Notice(
    name="mail_came_back",
    subject=_("A mail about {reference} did not arrive"),
    body=_(
        "A mail to the complainant of {reference} came back. Please find out how else they can be reached, by "
        "telephone or by post, and correct the address:\n{link}"
    ),
    variables=("name", "reference", "link"),
)

FROM_ELSEWHERE = Notice(
    name="answered_from_elsewhere",
    subject=_("A mail about {reference} came from another address"),
    body=_(
        "A mail that answers one of ours about {reference} came from another address than the one we wrote to. It was "
        "not added. Please ask the complainant, at the address that you know, whether they wrote it:\n{link}"
    ),
    variables=("name", "reference", "link"),
)

HELD_BACK = Notice(
    name="confirmation_held_back",
    subject=_("{reference} was not confirmed by mail"),
    body=_(
        "{reference} came in by mail, and many confirmations have gone to that address or its mail server lately. So "
        "none was sent, in case a machine answers. Please look, and confirm receipt yourself:\n{link}"
    ),
    variables=("name", "reference", "link"),
)


LETTER_HELD_BACK = Notice(
    name="letter_held_back",
    subject=_("A letter about {reference} could not go out"),
    body=_(
        "Something that goes out by itself about {reference} could not: a statement that the rules demand is missing "
        "in the language of the complainant. Please tell them yourself, by telephone for example. Which letter it was, "
        "and what is missing, you see here:\n{link}"
    ),
    variables=("name", "reference", "link"),
)


def mail_waits(entry: Entry) -> None:
    """Tell those who see to incoming mail, each once an hour at most."""
    if not entry.facts.get("waits"):
        return
    now, link = clock.now(), f"{settings.AMENDS_PUBLIC_URL}/staff/mail/"
    grants = RoleGrant.objects.in_force(now).filter(
        person=OuterRef("pk"), role__in=[role.value for role in SEE_TO_MAIL], unit__parent__isnull=True
    )
    lately = Delivery.objects.filter(notice=WAITS.name, made_at__gt=now - TOLD_AGAIN).exclude(entry=entry.uid)
    told = set(lately.values_list("recipient", flat=True))
    for person in Person.objects.filter(Exists(grants), is_active=True).order_by("pk"):
        if f"person-{person.pk}" not in told:
            to_person(entry, WAITS, person, reference=entry.facts["reference"], link=link)


def mail_came_back(entry: Entry) -> None:
    """Tell the handler, else those who lead, that a mail to the complainant did not arrive."""
    _tell_who_handles(entry, CAME_BACK)


def answered_from_elsewhere(entry: Entry) -> None:
    """Tell the handler, else those who lead, that somebody else may have answered: once an hour for a complaint."""
    lately = Entry.objects.filter(subject=entry.subject, event=entry.event, at__gt=entry.at - TOLD_AGAIN)
    if not lately.filter(pk__lt=entry.pk).exists():
        _tell_who_handles(entry, FROM_ELSEWHERE)


def confirmation_held_back(entry: Entry) -> None:
    """Tell the handler, else those who lead, that receipt has to be confirmed by a person."""
    _tell_who_handles(entry, HELD_BACK)


def letter_held_back(entry: Entry) -> None:
    """Tell the handler, else those who lead, that a letter is theirs to replace."""
    _tell_who_handles(entry, LETTER_HELD_BACK)


def _tell_who_handles(entry: Entry, notice: Notice) -> None:
    complaint = complaint_of(entry)
    if complaint is None:
        return
    people = [complaint.handler] if complaint.handler is not None else holders_for(complaint, *LEADERS)
    for person in people:
        tell(entry, notice, complaint, person)


def must_hold_back(entry: Entry, complaint: Complaint, party: Party | None) -> bool:
    """Whether too many confirmations have answered mails from there already; notes it once.

    What a law demands goes out all the same.
    """
    if complaint.origin != Origin.MAIL or party is None or not party.email or _is_owed_by_law(complaint):
        return False
    if Delivery.objects.filter(entry=entry.uid).exists():
        return False
    why = _exceeded(party.email.lower(), clock.now())
    if not why:
        return False
    noted = Entry.objects.filter(subject=entry.subject, event=events.AutomaticReplyHeldBack.name)
    if not noted.exists():
        hold_back_reply(complaint, why=why, by=SYSTEM, at=clock.now())
    return True


def _is_owed_by_law(complaint: Complaint) -> bool:
    rules = rules_of(complaint.pack)
    return bool(rules.jurisdiction) and rules.automatic_acknowledgement_counts


def _exceeded(address: str, now: datetime) -> str:
    sent = Delivery.objects.filter(notice="acknowledgement", is_automatic=True)
    if sent.filter(address__iexact=address, made_at__gt=now - ADDRESS_WINDOW).count() >= MOST_TO_ADDRESS:
        return "address"
    domain = address.rpartition("@")[2]
    lately = sent.filter(made_at__gt=now - DOMAIN_WINDOW, address__iendswith=f"@{domain}")
    return "domain" if lately.count() >= MOST_TO_DOMAIN else ""
