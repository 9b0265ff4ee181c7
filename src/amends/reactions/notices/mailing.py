"""From an entry to a mail: whom it concerns, in which language, once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from amends.complaints.acting import who_is_told
from amends.complaints.actions import note_refusal
from amends.complaints.models import Complaint, Party
from amends.complaints.models.complaint import MailDetail
from amends.complaints.stages import Stage
from amends.correspondence.delivering import Mail, Paper, send_once
from amends.correspondence.models import Delivery, Message
from amends.framework.message_kinds import KINDS, MessageKind
from amends.framework.message_texts import filled, text_of
from amends.framework.models import MessageTemplate, Organisation
from amends.framework.queries import the_organisation
from amends.journal.models import Entry
from amends.journal.pseudonyms import subjects_named
from amends.kit import clock
from amends.people.models import Person
from amends.people.standing import SYSTEM
from amends.rendering.wording import Wording

Text = str | Promise
Recipient = Callable[[Complaint, datetime], Party | None]


@dataclass(frozen=True)
class Notice:
    """Subject and body with the variables they may use. Both are translated when they are filled, not before."""

    name: str
    subject: Text
    body: Text
    variables: tuple[str, ...]
    kind: MessageKind | None = None

    @classmethod
    def of(cls, code: str) -> "Notice":
        """A notice to complainants, which the organisation may word itself."""
        kind = KINDS[code]
        return cls(code, kind.subject, "", tuple(kind.variables), kind)

    def worded(self, language: str, **values: str) -> tuple[str, str]:
        """Subject and body in a language."""
        if self.kind is not None:
            with translation.override(language):
                return filled(text_of(self.kind, language), self.kind, values)
        with translation.override(language):
            subject = Wording(str(self.subject), self.variables)
            body = Wording(str(self.body), self.variables)
            return subject.fill_line(**values), body.fill(**values)

    def template(self, language: str) -> MessageTemplate | None:
        """The organisation's own words that are in use, where there are some."""
        return text_of(self.kind, language).template if self.kind is not None else None


def complaint_of(entry: Entry) -> Complaint | None:
    """The complaint an entry is about; None when its link was cut meanwhile."""
    subject = subjects_named([entry.subject]).get(entry.subject)
    if subject is None or subject.kind != "complaint":
        return None
    return Complaint.objects.filter(pk=subject.key).select_related("thread", "handler", "lead_unit").first()


def person_of(entry: Entry) -> Person | None:
    """The member of staff an entry is about."""
    subject = subjects_named([entry.subject]).get(entry.subject)
    if subject is None or subject.kind != "person":
        return None
    return Person.objects.filter(pk=subject.key, is_active=True).first()


def actor_key_of(entry: Entry) -> int | None:
    """The member of staff who made the entry."""
    actor = subjects_named([entry.actor]).get(entry.actor)
    return actor.key if actor is not None and actor.kind == "person" else None


def whoever_wrote(complaint: Complaint, at: datetime) -> Party | None:
    """The representative where there is one, with permission or without: for what they sent themselves."""
    parties = {party.role: party for party in complaint.parties.all()}
    return parties.get(Party.Role.REPRESENTATIVE) or parties.get(Party.Role.COMPLAINANT)


def reachable_by_mail(complaint: Complaint, to: Recipient, at: datetime) -> Party | None:
    """The person we talk to, if they want to be told by e-mail."""
    party = to(complaint, at)
    if Stage(complaint.stage) is Stage.VOID:
        return None  # also what was on its way when it was voided
    if complaint.is_anonymous or party is None or not party.email or party.contact_by != Party.ContactBy.EMAIL:
        return None
    return party


def to_complainant(
    entry: Entry,
    notice: Notice,
    complaint: Complaint,
    more: Callable[[Organisation], dict[str, str]] = lambda _organisation: {},
    to: Recipient = who_is_told,
    in_full: str = "",
    paper: Callable[[Party, Organisation], Paper | None] = lambda _party, _organisation: None,
) -> Delivery | None:
    """Send a notice to the person we talk to. `more` gives values beyond the usual ones, in the active language.

    `in_full` is what there is to read; it stands in the mail itself for those who chose that, with `paper` beside it.

    Whoever acts for somebody without permission gets none: the notice goes to the complainant, or waits with the task
    of asking for the permission.
    """
    party = reachable_by_mail(complaint, to, clock.now())
    if party is None:
        return None
    organisation = the_organisation()
    with translation.override(complaint.language):
        values = {
            "organisation": organisation.name,
            "reference": complaint.reference,
            "link": f"{settings.AMENDS_PUBLIC_URL}/{complaint.language}/track/",
            **more(organisation),
        }
    subject, body = notice.worded(complaint.language, **values)
    is_whole = bool(in_full) and says_all(complaint, party)
    if is_whole:
        body = f"{in_full}\n\n{body}"
    delivery = send_once(
        Mail(
            party.email,
            subject,
            body,
            complaint.language,
            is_automatic=not is_whole,
            template=notice.template(complaint.language),
            paper=paper(party, organisation) if is_whole else None,
        ),
        entry=entry.uid,
        notice=notice.name,
        recipient=f"party-{party.pk}",
        thread=complaint.thread,
        now=clock.now,
    )
    if delivery.state == Delivery.State.REFUSED:
        note_refusal(delivery, by=SYSTEM, at=clock.now())
    return delivery


def says_all(complaint: Complaint, party: Party) -> bool:
    """Whether a mail may say what it is about: never to somebody who needs a safe way, or who is shielded."""
    is_open = complaint.mail_detail == MailDetail.FULL and not complaint.is_shielded
    return is_open and not any(each.safe_contact for each in (party, *complaint.parties.all()))


def message_of(entry: Entry, complaint: Complaint) -> Message | None:
    """The message that the entry names, or else the one that went out at its moment."""
    ours = Message.objects.filter(thread_id=complaint.thread_id, direction=Message.Direction.OUT)
    name = entry.facts.get("message")
    if name is None:
        return ours.filter(at=entry.at).order_by("-id").first()
    named = next(iter(subjects_named([name]).values()), None)
    return ours.filter(pk=named.key).first() if named is not None else None


def to_person(entry: Entry, notice: Notice, person: Person, *, secret: str = "", **values: str) -> Delivery | None:
    """Send a notice to a member of staff in their language. `secret` is what nobody else may know."""
    if not person.is_active:
        return None
    subject, body = notice.worded(person.language, name=person.name, **values)
    return send_once(
        Mail(person.email, subject, body, person.language, secret=secret),
        entry=entry.uid,
        notice=notice.name,
        recipient=f"person-{person.pk}",
        thread=None,
        now=clock.now,
    )


def staff_link(complaint: Complaint) -> str:
    """Where a member of staff opens the complaint."""
    return f"{settings.AMENDS_PUBLIC_URL}/staff/complaints/{complaint.reference}/"
