"""What a complaint consists of when it comes in, whatever door it came through."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from amends.complaints.models import Party
from amends.complaints.models.complaint import Kind, Precision
from amends.correspondence.models.message import Channel
from amends.files.models import StoredFile
from amends.framework.models import Category, Product
from amends.kit.canonical import digest
from amends.people.models import Unit

LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class Contact:
    """Somebody's name and how to reach them."""

    name: str = ""
    kind: str = Party.Kind.PERSON
    email: str = ""
    phone: str = ""
    address: str = ""
    contact_by: str = Party.ContactBy.PORTAL
    safe_contact: str = ""
    needs: tuple[str, ...] = ()
    needs_text: str = ""
    customer_relation: str = ""


@dataclass(frozen=True)
class Representative:
    """Somebody who complains for another person."""

    contact: Contact
    relation: str = ""
    authority: str = Party.Authority.TO_FOLLOW


@dataclass(frozen=True)
class OwnAnswerGiven:
    """An answer to a question of the organisation's own: one of text, code, day and amount."""

    key: str
    text: str = ""
    code: str = ""
    day: date | None = None
    amount: int | None = None
    currency: str = ""

    def said(self) -> str:
        """The answer as it is committed to."""
        return self.text or self.code or (self.day.isoformat() if self.day else f"{self.amount} {self.currency}")


@dataclass(frozen=True)
class Intake:
    """Everything that `receive` needs."""

    text: str
    language: str
    title: str = ""
    kind: str = Kind.COMPLAINT
    channel: str = Channel.PORTAL
    product: Product | None = None
    category: Category | None = None
    unit: Unit | None = None
    site: str = ""
    order_reference: str = ""
    occurred_on: date | None = None
    occurred_until: date | None = None
    occurred_text: str = ""
    said_danger: bool = False
    remedy_wanted: tuple[str, ...] = ()
    remedy_wanted_text: str = ""
    amount_claimed: int | None = None
    currency: str = ""
    complainant: Contact = field(default_factory=Contact)
    representative: Representative | None = None
    is_anonymous: bool = False
    files: Sequence[StoredFile] = ()
    received_at: datetime | None = None
    received_precision: str = Precision.MINUTE
    immediate_action: str = ""
    #: Of what was told to staff: whether it was read back and the person agreed (4.5).
    read_back: str = ""
    #: Their own mail, word by word, whoever took it up: we answer as openly as they wrote.
    is_own_mail: bool = False
    #: Set where an employee only passes it on, who does not handle complaints (5.4.5).
    internal_report: str = ""
    form_version: int = 0
    #: What else it is about: each becomes a point of its own.
    points: tuple[str, ...] = ()
    own_answers: tuple[OwnAnswerGiven, ...] = ()

    def content_digest(self) -> str:
        """The same for the same answers, different for others: tells a repeated sending from a new one."""
        contact, acting = self.complainant, self.representative
        return digest(
            [
                self.text,
                self.title,
                self.kind,
                self.channel,
                self.product.pk if self.product else None,
                self.category.pk if self.category else None,
                self.unit.pk if self.unit else None,
                [self.site, self.order_reference, self.occurred_text, self.remedy_wanted_text, self.currency],
                [day.isoformat() if day else None for day in (self.occurred_on, self.occurred_until)],
                [self.said_danger, self.is_anonymous, self.amount_claimed, self.internal_report],
                list(self.remedy_wanted),
                _contact(contact),
                [_contact(acting.contact), acting.relation, acting.authority] if acting else None,
                [file.sha256 for file in self.files],
                self.received_at.isoformat() if self.received_at else None,
                list(self.points),
                [[each.key, each.said()] for each in self.own_answers],
            ]
        )


def _contact(contact: Contact) -> list[object]:
    return [
        contact.name,
        contact.kind,
        contact.email,
        contact.phone,
        contact.address,
        contact.contact_by,
        contact.safe_contact,
        list(contact.needs),
        contact.needs_text,
    ]
