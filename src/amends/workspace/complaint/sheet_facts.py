"""What the follow-up sheet of annex E says of a complaint: seven blocks from receipt to closing, in that order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.complaints.models import (
    Acknowledgement,
    Assessment,
    CaseText,
    Closure,
    Communication,
    Decision,
    Finding,
    Issue,
    Party,
    Remedy,
)
from amends.complaints.models.assessment import Complexity, Impact
from amends.complaints.models.complaint import Complaint, Origin, Pattern, Precision, Severity
from amends.complaints.stages import Outcome
from amends.correspondence.models.message import Channel
from amends.kit.money import Money
from amends.kit.text import shortened
from amends.ui import formatting
from amends.workspace.complaint import side
from amends.workspace.complaint.names import BY_ITSELF
from amends.workspace.complaint.opening import NAME_HIDDEN, Case
from amends.workspace.complaint.remedies import remedies_of

Words = str | Promise
Pair = tuple[Words, Words]

#: So much of each fits, at a size that can be read, on one page.
VALUE, EXTRA, REMARK = 110, 420, 90
MOST_LINES = 16
NOTHING = "–"


@dataclass(frozen=True)
class Block:
    """One of the first six: names and values, and a text of its own where it has one."""

    number: int
    title: Words
    lines: Sequence[Pair]
    text: str = ""
    text_language: str = ""


@dataclass(frozen=True)
class Track:
    """A line of the seventh: what was done, when, by whom. One that has not been done yet is empty."""

    action: Words
    day: str = NOTHING
    name: Words = ""
    remark: Words = ""


@dataclass(frozen=True)
class Sheet:
    """The whole sheet; `notes` say what was left out."""

    blocks: Sequence[Block]
    tracking: Sequence[Track]
    notes: Sequence[str]


def sheet_of(case: Case) -> Sheet:
    """The sheet as this person may see it. A constant number of queries."""
    assessment = case.complaint.assessments.select_related("person").order_by("-version").first()
    issues = list(Issue.objects.filter(complaint=case.complaint).select_related("category").order_by("number"))
    remedies = [each for each in remedies_of(case.complaint) if each.state != Remedy.State.DROPPED]
    blocks = [
        Block(1, _("Receipt"), _receipt(case)),
        Block(2, _("Complainant"), _complainant(case)),
        Block(3, _("Complaint"), _complaint(case)),
        _problem(case, issues),
        Block(5, _("Assessment"), _assessment(assessment)),
        Block(6, _("Resolution"), _resolution(case.complaint, remedies)),
    ]
    tracking, left_out = _tracking(case, remedies)
    words = _("Not every line fits on one page: %(count)d earlier ones are in the complete file.")
    return Sheet([_cut(block) for block in blocks], tracking, [words % {"count": left_out}] if left_out else [])


def _cut(block: Block) -> Block:
    lines = [(name, shortened(str(value), VALUE) or NOTHING) for name, value in block.lines]
    return Block(block.number, block.title, lines, shortened(block.text, EXTRA), block.text_language)


def _receipt(case: Case) -> list[Pair]:
    complaint = case.complaint
    is_exact = complaint.received_precision == Precision.MINUTE
    by = complaint.recorded_by.name if complaint.recorded_by else _("the public form")
    return [
        (_("Date"), formatting.day(complaint.received_at)),
        (_("Time"), formatting.clock(complaint.received_at) if is_exact else _("Not known")),
        (_("Received by"), _("taken over from elsewhere") if complaint.origin == Origin.IMPORT else by),
        (_("How it came"), Channel(complaint.channel).label),
        (_("Unique identifier"), complaint.reference),
    ]


def _complainant(case: Case) -> list[Pair]:
    """A pointer to the form; names only for those who may know them, and addresses for nobody."""
    where = _("“Original” of %(reference)s") % {"reference": case.complaint.reference}
    lines: list[Pair] = [(_("Complainant's form"), where)]
    for role in (Party.Role.COMPLAINANT, Party.Role.REPRESENTATIVE):
        party = case.parties.get(role)
        if party is not None:
            lines.append((role.label, _name(case, party)))
    return lines


def _name(case: Case, party: Party) -> Words:
    if case.complaint.is_anonymous:
        return _("Anonymous")
    return (party.name or _("Name not given")) if case.sees_identity else NAME_HIDDEN


def _complaint(case: Case) -> list[Pair]:
    complaint = case.complaint
    return [
        (_("Reference"), complaint.reference),
        (_("Subject"), complaint.title),
        (_("Product or service"), str(complaint.product) if complaint.product else ""),
        (_("Order, contract or customer number"), complaint.order_reference if case.sees_identity else ""),
        (_("Unit"), complaint.lead_unit.name),
        (_("Handler"), complaint.handler.name if complaint.handler else _("Unassigned")),
        (_("Referred by"), _referred_by(case)),
    ]


def _referred_by(case: Case) -> Words:
    complaint = case.complaint
    if complaint.source:
        return f"{complaint.source} {complaint.external_id}".strip()
    if complaint.channel == Channel.THIRD_PARTY:
        return Channel.THIRD_PARTY.label
    return _("a representative") if Party.Role.REPRESENTATIVE in case.parties else _("the complainant")


def _problem(case: Case, issues: Sequence[Issue]) -> Block:
    complaint = case.complaint
    recurs = {Pattern.SINGLE.value: _("No"), Pattern.UNKNOWN.value: _("Not known")}
    categories = dict.fromkeys(str(issue.category) for issue in issues if issue.category)
    original = CaseText.objects.filter(complaint=complaint, role=CaseText.Role.ORIGINAL).first()
    lines: list[Pair] = [
        (_("Date of the problem"), when_of(complaint)),
        (_("Recurring"), recurs.get(complaint.pattern) or _("Yes")),
        (_("Category"), "; ".join(categories)),
        (_("Place"), complaint.site),
    ]
    text, language = (case.mask.hides(original.text), original.language) if original else ("", "")
    return Block(4, _("Problem"), lines, text, language)


def when_of(complaint: Complaint) -> str:
    """When it happened, as far as that is known."""
    if complaint.occurred_on and complaint.occurred_until:
        until = formatting.day(complaint.occurred_until)
        return _("%(from)s to %(until)s") % {"from": formatting.day(complaint.occurred_on), "until": until}
    return formatting.day(complaint.occurred_on) if complaint.occurred_on else complaint.occurred_text


def _assessment(assessment: Assessment | None) -> list[Pair]:
    if assessment is None:
        return [(_("Severity"), _("Not assessed"))]
    impacts = (assessment.impact_complainant, assessment.impact_others, assessment.impact_organisation)
    return [
        (_("Severity"), Severity(assessment.severity).label),
        (_("Complexity"), Complexity(assessment.complexity).label),
        (_("Impact"), Impact(max(impacts)).label),
        (_("Safety implication"), yes_or_no(assessment.is_safety)),
        (_("Immediate action needed"), yes_or_no(assessment.immediate_needed)),
        (_("Immediate action possible"), yes_or_no(assessment.immediate_possible)),
        (_("Compensation likely"), yes_or_no(assessment.compensation_likely)),
        (_("Priority"), str(assessment.priority)),
    ]


def yes_or_no(answer: bool) -> str:
    """A tick as a word."""
    return _("Yes") if answer else _("No")


def _resolution(complaint: Complaint, remedies: Sequence[Remedy]) -> list[Pair]:
    wanted = "; ".join(filter(None, (side.wanted_in_words(complaint), complaint.remedy_wanted_text)))
    asked = _("Yes: %(what)s") % {"what": wanted} if wanted else _("No")
    return [
        (_("Remedy asked for"), asked),
        (_("Action to be taken"), "; ".join(map(remedy_in_words, remedies)) or _("Not decided yet")),
    ]


def remedy_in_words(remedy: Remedy) -> str:
    """Kind, amount and day."""
    amount = f" {formatting.money(Money(remedy.amount, remedy.currency))}" if remedy.amount is not None else ""
    words = {"what": f"{remedy.kind}{amount}", "day": formatting.dated(remedy.due_on)}
    return _("%(what)s by %(day)s") % words


# ---------------------------------------------------------------- block 7


def _tracking(case: Case, remedies: Sequence[Remedy]) -> tuple[list[Track], int]:
    """All lines; where they are too many, of each action the newest. And how many were left out."""
    kinds = [_shortened(kind) for kind in _kinds(case.complaint, remedies)]
    most = MOST_LINES
    shown, left_out = kinds, 0
    while sum(map(len, shown)) > MOST_LINES:
        most -= 1
        shown = [kind[-max(most, 1) :] for kind in kinds]
        left_out = sum(map(len, kinds)) - sum(map(len, shown))
    return [line for kind in shown for line in kind], left_out


def _shortened(lines: list[Track]) -> list[Track]:
    return [Track(line.action, line.day, line.name, shortened(str(line.remark), REMARK)) for line in lines]


def _kinds(complaint: Complaint, remedies: Sequence[Remedy]) -> Iterator[list[Track]]:
    yield _lines(_("Acknowledged"), _acknowledged(complaint))
    yield _lines(_("Assessed"), _assessed(complaint))
    yield _lines(_("Investigated"), _investigated(complaint))
    yield _lines(_("Resolved"), _resolved(complaint))
    yield _lines(_("Complainant informed"), _informed(complaint))
    proved = [each for each in remedies if each.done_on and each.proved_by]
    yield _lines(_("Correction made"), [(each.done_on, _named(each.proved_by), str(each.kind)) for each in proved])
    verified = [each for each in remedies if each.verified_at]
    names = {each.pk: _named(each.verified_by) for each in verified}
    rows = [(each.verified_at, names[each.pk], str(each.kind)) for each in verified]
    yield _lines(_("Correction verified"), rows)
    yield _lines(_("Complaint closed"), _closed(complaint))


_Row = tuple[date | datetime | None, Words, Words]


def _lines(action: str, rows: Sequence[_Row]) -> list[Track]:
    found = [Track(action, formatting.dated(at) if at else NOTHING, name, remark) for at, name, remark in rows]
    return found or [Track(action)]


def _named(person: object) -> Words:
    return str(getattr(person, "name", "")) or BY_ITSELF


def _acknowledged(complaint: Complaint) -> list[_Row]:
    rows = Acknowledgement.objects.filter(complaint=complaint).select_related("person").order_by("at", "id")
    return [(each.at, _named(each.person), Acknowledgement.How(each.how).label) for each in rows]


def _assessed(complaint: Complaint) -> list[_Row]:
    rows = Assessment.objects.filter(complaint=complaint).select_related("person").order_by("version")
    words = _("severity: %(severity)s")
    return [
        (each.at, _named(each.person), each.note or words % {"severity": Severity(each.severity).label})
        for each in rows
    ]


def _investigated(complaint: Complaint) -> list[_Row]:
    rows = Finding.objects.filter(issue__complaint=complaint, is_current=True).select_related("person", "issue")
    return [
        (
            each.at,
            _named(each.person),
            _("Point %(number)s: %(result)s")
            % {"number": each.issue.number, "result": Finding.Result(each.result).label},
        )
        for each in rows.order_by("at", "id")
    ]


def _resolved(complaint: Complaint) -> list[_Row]:
    rows = Decision.objects.standing().filter(complaint=complaint).select_related("decided_by").order_by("at", "id")
    return [(each.at, _named(each.decided_by), Outcome(each.outcome).label) for each in rows]


def _informed(complaint: Complaint) -> list[_Row]:
    rows = Communication.objects.filter(complaint=complaint).select_related("person").order_by("at", "id")
    return [(each.at, _named(each.person), Channel(each.channel).label) for each in rows]


def _closed(complaint: Complaint) -> list[_Row]:
    rows = Closure.objects.filter(complaint=complaint).select_related("person").order_by("at", "id")
    return [(each.at, _named(each.person), Closure.Reason(each.reason).label) for each in rows]
