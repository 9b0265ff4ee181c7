"""What stands beside a complaint: its people, what it is about and what it resembles."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from amends.complaints.form_definition import COMPLAINT_FORM, Question
from amends.complaints.models import Complaint, Party
from amends.complaints.models.complaint import Pattern
from amends.complaints.next_step import Point
from amends.complaints.queries import visible_to
from amends.framework.models import RemedyKind
from amends.workspace.complaint.adjusting import adjustment_lines
from amends.workspace.complaint.contact_links import earlier_lines
from amends.workspace.complaint.opening import Case
from amends.workspace.permission_words import permission_in_words

Words = str | Promise | SafeString
Pair = tuple[Words, Words]

MOST_RELATED = 5


def people_lines(case: Case, *, has_needs: bool) -> list[Pair]:
    """Who handles it and who complains. Names only for those who may know them, addresses for nobody here."""
    complaint = case.complaint
    handler = complaint.handler.name if complaint.handler else _("Unassigned")
    lines: list[Pair] = [(_("Handler"), handler), (_("Unit"), complaint.lead_unit.name)]
    for role in (Party.Role.COMPLAINANT, Party.Role.REPRESENTATIVE):
        party = case.parties.get(role)
        if party is not None:
            lines.append((role.label, _name(case, party)))
    told = case.told
    if told is None:
        return lines
    for party in complaint.parties.all():
        if party.role == Party.Role.SUBJECT and case.sees_identity:
            lines.append((Party.Role.SUBJECT.label, party.name))
    needs = case.mask.hides(_needs(told))
    if needs:
        lines.append((_("Needs"), needs))
    if told.authority != Party.Authority.NONE:
        lines.append((_("Permission"), permission_in_words(told, case.now)))
        if told.letters_to == Party.LettersTo.COMPLAINANT:
            lines.append((_("Decision goes"), Party.LettersTo.COMPLAINANT.label))
    lines += earlier_lines(case)
    if has_needs and ("record_need" in case.open_to or case.sees_identity):
        to_do = case.mask.hides(adjustment_lines(case))
        if to_do:
            lines.append((_("Adjustments"), _linked(case.at("adjustments"), to_do, case)))
    if not complaint.is_anonymous:
        lines.append((_("Told by"), Party.ContactBy(told.contact_by).label))
    return lines


def _linked(href: str, words: str, case: Case) -> Words:
    """With an address only for those who may open it."""
    return format_html('<a href="{}">{}</a>', href, words) if "record_need" in case.open_to else words


def _name(case: Case, party: Party) -> Words:
    name = case.called(party)
    shows_more = party.relation and case.sees_identity and not case.complaint.is_anonymous
    return format_html("<bdi>{}</bdi> ({})", name, party.relation) if shows_more else name


def labels_of(key: str) -> dict[str, Words]:
    """The choices of a question of the complaint form, by their codes."""
    questions: list[Question] = [question for step in COMPLAINT_FORM.steps for question in step.questions]
    question = next(question for question in questions if question.key == key)
    return {str(code): words for code, words in (question.choices or list)() if isinstance(words, str | Promise)}


def _needs(party: Party) -> str:
    known = labels_of("needs")
    named = [str(known.get(code, code)) for code in party.needs]
    return "; ".join([*named, *([party.needs_text] if party.needs_text else [])])


def classification_lines(case: Case, points: Sequence[Point]) -> list[Pair]:
    """What it is about, what went wrong and why, and what would put it right. At most one query."""
    complaint = case.complaint
    categories = list(dict.fromkeys(str(point.issue.category) for point in points if point.issue.category))
    causes = list(dict.fromkeys(str(p.finding.cause) for p in points if p.finding and p.finding.cause))
    product = str(complaint.product) if complaint.product else _("Not set")
    lines: list[Pair] = [
        (_("Product or service"), product),
        (_("Category"), "; ".join(categories) or _("Not set")),
        (
            _("Cause"),
            "; ".join(causes) or (_("Not set") if complaint.is_ended else _("Known when the investigation ends")),
        ),
    ]
    if complaint.pattern != Pattern.UNKNOWN:
        lines.append((_("Pattern"), Pattern(complaint.pattern).label))
    if complaint.remedy_wanted:
        lines.append((_("Asked for"), wanted_in_words(complaint)))
    about = ((_("Place"), complaint.site), (_("Group of customers"), complaint.segment))
    lines += [(name, value) for name, value in about if value]
    return lines


def wanted_in_words(complaint: Complaint) -> str:
    """What the complainant ticked, as labels. One query."""
    known = {kind.code: str(kind) for kind in RemedyKind.objects.filter(code__in=complaint.remedy_wanted)}
    return "; ".join(known[code] for code in complaint.remedy_wanted if code in known)


@dataclass(frozen=True)
class Related:
    """Another complaint that may be the same matter."""

    title: str
    reference: str
    href: str


def related_to(case: Case) -> list[Related]:
    """Complaints with the same text, as far as this person may see them. One query."""
    complaint = case.complaint
    same = Q(possible_duplicate_of=complaint)
    if complaint.possible_duplicate_of_id is not None:
        same |= Q(pk=complaint.possible_duplicate_of_id)
        same |= Q(possible_duplicate_of=complaint.possible_duplicate_of_id) & ~Q(pk=complaint.pk)
    rows = visible_to(case.actor).counted().filter(same).order_by("-received_at", "-id")[:MOST_RELATED]
    return [Related(row.title, row.reference, Case(row, case.actor, case.now, case.organisation).at()) for row in rows]
