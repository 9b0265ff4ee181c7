"""What a row of the register says, column by column: on the page and in a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.models import Complaint, Party, Voiding
from amends.complaints.models.complaint import Kind, Origin, Severity
from amends.complaints.permissions import May
from amends.complaints.stages import Outcome, Stage
from amends.correspondence.models.message import Channel
from amends.people.standing import Staff
from amends.permissions.engine import may
from amends.rendering.cells import Value
from amends.surveys.permissions import May as MaySurveys
from amends.workspace.complaint.opening import NAME_HIDDEN
from amends.workspace.complaint.sheet_facts import yes_or_no

Words = str | Promise


@dataclass(frozen=True)
class Reader:
    """For whom the register is written, and when."""

    actor: Staff
    now: datetime


Says = Callable[[Complaint, Reader], Value]


@dataclass(frozen=True)
class Column:
    """A column; one that `names` people, or tells what is simulated, is offered only to those who may know that."""

    code: str
    title: Words
    says: Says
    names: bool = False
    tells_simulated: bool = False
    is_usual: bool = False


def _party(role: Party.Role) -> Says:
    def says(complaint: Complaint, reader: Reader) -> Value:
        if complaint.is_anonymous:
            return _("Anonymous")
        if not may(reader.actor, May.SEE_IDENTITY, complaint):
            return NAME_HIDDEN
        people = getattr(complaint, "complaining", ())
        return next((party.name for party in people if party.role == role), "")

    return says


def _categories(complaint: Complaint, reader: Reader) -> Value:
    return "; ".join(dict.fromkeys(str(issue.category) for issue in complaint.issues.all() if issue.category))


def _late(complaint: Complaint, reader: Reader) -> Value:
    if complaint.next_due_at is not None and complaint.next_due_at < reader.now:
        return _("now")
    return _("earlier") if getattr(complaint, "was_late", False) else ""


def _settled(complaint: Complaint, reader: Reader) -> Value:
    return "" if complaint.is_settled is None else yes_or_no(complaint.is_settled)


def _void(complaint: Complaint, reader: Reader) -> Value:
    """Why it is void. What somebody wrote stays behind the shield of the complainant."""
    found = next(iter(getattr(complaint, "void_now", ())), None)
    if found is None:
        return ""
    why = str(Voiding.Why(found.why).label)
    if complaint.is_shielded and not may(reader.actor, May.SEE_IDENTITY, complaint):
        return why
    return f"{why}: {found.reason}"


def _simulated(complaint: Complaint, reader: Reader) -> Value:
    """Whoever handles complaints must not know which of them are made up."""
    return yes_or_no(complaint.is_simulated) if may(reader.actor, MaySurveys.SEE_SIMULATED, complaint) else ""


COLUMNS: Sequence[Column] = (
    Column("reference", gettext_lazy("Reference"), lambda one, _reader: one.reference, is_usual=True),
    Column("received_at", gettext_lazy("Received"), lambda one, _reader: one.received_at, is_usual=True),
    Column("recorded_at", gettext_lazy("Recorded"), lambda one, _reader: one.recorded_at),
    Column("kind", gettext_lazy("Kind"), lambda one, _reader: Kind(one.kind).label, is_usual=True),
    Column("title", gettext_lazy("Subject"), lambda one, _reader: one.title, is_usual=True),
    Column("complainant", Party.Role.COMPLAINANT.label, _party(Party.Role.COMPLAINANT), names=True),
    Column("representative", Party.Role.REPRESENTATIVE.label, _party(Party.Role.REPRESENTATIVE), names=True),
    Column("channel", gettext_lazy("Channel"), lambda one, _reader: Channel(one.channel).label, is_usual=True),
    Column("origin", gettext_lazy("Origin"), lambda one, _reader: Origin(one.origin).label),
    Column("language", gettext_lazy("Language"), lambda one, _reader: one.language),
    Column("product", gettext_lazy("Product or service"), lambda one, _reader: str(one.product or ""), is_usual=True),
    Column("category", gettext_lazy("Category"), _categories, is_usual=True),
    Column("unit", gettext_lazy("Unit"), lambda one, _reader: one.lead_unit.name, is_usual=True),
    Column("handler", gettext_lazy("Handler"), lambda one, _reader: one.handler.name if one.handler else ""),
    Column("stage", gettext_lazy("Stage"), lambda one, _reader: Stage(one.stage).label, is_usual=True),
    Column(
        "outcome",
        gettext_lazy("Outcome"),
        lambda one, _reader: Outcome(one.outcome).label if one.outcome else "",
        is_usual=True,
    ),
    Column("void", gettext_lazy("Void because"), _void, is_usual=True),
    Column("simulated", gettext_lazy("Simulated"), _simulated, is_usual=True, tells_simulated=True),
    Column("settled", gettext_lazy("Settled"), _settled),
    Column(
        "severity",
        gettext_lazy("Severity"),
        lambda one, _reader: Severity(one.severity).label if one.severity else "",
        is_usual=True,
    ),
    Column("priority", gettext_lazy("Priority"), lambda one, _reader: one.priority),
    Column("safety", gettext_lazy("Safety"), lambda one, _reader: yes_or_no(one.is_safety)),
    Column(
        "about_process",
        gettext_lazy("About our handling of complaints"),
        lambda one, _reader: yes_or_no(one.is_about_process),
    ),
    Column("round", gettext_lazy("Round"), lambda one, _reader: one.round),
    Column("next_due_at", gettext_lazy("Next deadline"), lambda one, _reader: one.next_due_at),
    Column("late", gettext_lazy("Late"), _late, is_usual=True),
)


def offered_to(actor: Staff) -> list[Column]:
    """The columns that somebody may choose."""
    sees_names, sees_simulated = may(actor, May.SEE_IDENTITY), may(actor, MaySurveys.SEE_SIMULATED)
    fitting = [column for column in COLUMNS if sees_names or not column.names]
    return [column for column in fitting if sees_simulated or not column.tells_simulated]


def row_of(complaint: Complaint, columns: Sequence[Column], reader: Reader) -> list[Value]:
    """One complaint."""
    return [column.says(complaint, reader) for column in columns]
