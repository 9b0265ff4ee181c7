"""The initial assessment: safety first, then severity, complexity, impact and urgency (ISO 10002, 7.5)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.actions.assign import set_handler
from amends.complaints.actions.mark_wrong_priority import note_wrong_priority
from amends.complaints.actors import staff_id_of
from amends.complaints.changing_packs import change_to
from amends.complaints.fitness import check_fitness, had_a_part_in
from amends.complaints.handing_on import end_hand_over
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Assessment, Complaint, Issue, Party, WrongPriority
from amends.complaints.models.complaint import Pattern
from amends.complaints.significance import not_raised_yet, raise_alert
from amends.complaints.stages import Stage
from amends.framework.matrix import matrix_now
from amends.framework.models import Category, Product
from amends.framework.significance import significance_now
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.people.models import Person, Unit
from amends.permissions import engine

#: A priority that moves so far was wrong before.
WRONG_FROM_STEPS = 2


@dataclass(frozen=True)
class Judgement:
    """The answers of the assessment form."""

    severity: int
    is_safety: bool
    complexity: str
    impact_complainant: int
    impact_others: int
    impact_organisation: int
    immediate_needed: bool
    immediate_possible: bool
    immediate_action: str = ""
    people_affected: int | None = None
    compensation_likely: bool = False
    priority: int | None = None
    priority_reason: str = ""
    pattern: str = Pattern.UNKNOWN
    note: str = ""
    title: str = ""
    product: Product | None = None
    category: Category | None = None
    #: Which customers it concerns (7.2 e); None leaves it as it is.
    segment: str | None = None
    is_about_process: bool = False
    about_handling_of: Complaint | None = None
    unit: Unit | None = None
    handler: Person | None = None

    @property
    def impact(self) -> int:
        """The highest of the three counts."""
        return max(self.impact_complainant, self.impact_others, self.impact_organisation)


@transaction.atomic
def assess(
    complaint: Complaint, judgement: Judgement, *, by: engine.Person, at: datetime, seen: int | None = None
) -> Assessment:
    """Judge a complaint and route it; later assessments are added to the earlier ones."""
    grid = matrix_now()
    suggested = grid.priority(judgement.severity, judgement.impact, is_safety=judgement.is_safety)
    _check(judgement, suggested)
    unit = judgement.unit or complaint.lead_unit
    _note_what_it_is_about(complaint, judgement)
    if judgement.handler is not None:
        check_fitness(complaint, judgement.handler, unit, at)
    first = Stage(complaint.stage) in {Stage.RECEIVED, Stage.REOPENED}
    lifecycle.take(Verb.ASSESS if first else Verb.REASSESS, complaint, by=by, at=at, seen=seen)
    before = Assessment.objects.filter(complaint=complaint).order_by("-version").first()
    version = before.version + 1 if before is not None else 1
    assessment = _written(complaint, judgement, version, suggested, grid.version, by=staff_id_of(by), at=at)
    was_about = complaint.product_id
    _classify(complaint, judgement, assessment)
    if complaint.product_id != was_about:
        _apply_rules(complaint, at)
    changed_hands = judgement.handler is not None and judgement.handler.pk != complaint.handler_id
    if unit.pk != complaint.lead_unit_id or judgement.handler is not None:
        set_handler(complaint, judgement.handler or complaint.handler, unit)
        end_hand_over(complaint, at)
    alert, why = _alarmed(complaint, judgement, assessment)
    record(
        events.Assessed(
            complaint=complaint.subject,
            version=assessment.version,
            severity=assessment.severity,
            is_safety=assessment.is_safety,
            complexity=assessment.complexity,
            impact=judgement.impact,
            immediate_needed=assessment.immediate_needed,
            immediate_possible=assessment.immediate_possible,
            priority=assessment.priority,
            suggested_priority=suggested,
            new_handler=judgement.handler.subject if changed_hands and judgement.handler else None,
            alert=alert,
            significant=why,
            was_wrong=not first and _was_wrong(before, assessment),
        ),
        by=by,
        at=at,
        payload={
            "immediate_action": assessment.immediate_action,
            "priority_reason": assessment.priority_reason,
            "note": assessment.note,
            "title": complaint.title,
        },
    )
    return assessment


def _check(judgement: Judgement, suggested: int) -> None:
    if (judgement.priority or suggested) != suggested and not clean_line(judgement.priority_reason):
        raise Refusal(
            "priority_reason_needed",
            _("Say why this complaint has another priority than the one suggested."),
            field="priority_reason",
        )
    if judgement.immediate_needed and judgement.immediate_possible and not clean_line(judgement.immediate_action):
        raise Refusal("immediate_action_needed", _("Write down what was done at once."), field="immediate_action")


def _note_what_it_is_about(complaint: Complaint, judgement: Judgement) -> None:
    """A complaint about handling goes to somebody who had no part in that, also where it has a handler already."""
    about = judgement.about_handling_of if judgement.is_about_process else None
    if about is not None and about.pk == complaint.pk:
        raise Refusal("about_itself", _("It cannot be about its own handling."), field="about_handling_of")
    complaint.about_handling_of = about
    stays = judgement.handler is None and complaint.handler_id is not None
    if about is not None and stays and complaint.handler_id in had_a_part_in(about.pk):
        raise Refusal(
            "handler_had_a_part",
            _("Its handler had a part in what it is about. Choose somebody else."),
            field="handler",
        )


def _written(
    complaint: Complaint, judgement: Judgement, version: int, suggested: int, matrix: int, *, by: int, at: datetime
) -> Assessment:
    return Assessment.objects.create(
        complaint=complaint,
        version=version,
        severity=judgement.severity,
        is_safety=judgement.is_safety,
        complexity=judgement.complexity,
        impact_complainant=judgement.impact_complainant,
        impact_others=judgement.impact_others,
        impact_organisation=judgement.impact_organisation,
        people_affected=judgement.people_affected,
        immediate_needed=judgement.immediate_needed,
        immediate_possible=judgement.immediate_possible,
        immediate_action=clean_line(judgement.immediate_action)[:1000],
        compensation_likely=judgement.compensation_likely,
        suggested_priority=suggested,
        priority=judgement.priority or suggested,
        priority_reason=clean_line(judgement.priority_reason)[:500],
        matrix=matrix,
        note=judgement.note.strip()[:2000],
        person_id=by,
        at=at,
    )


def _was_wrong(before: Assessment | None, now: Assessment) -> bool:
    """Whether the earlier priority turns out to have been wrong: two or more steps from what is found now.

    It is noted with the earlier assessment, unless a person said so before.
    """
    if before is None or abs(before.priority - now.priority) < WRONG_FROM_STEPS:
        return False
    if not WrongPriority.objects.filter(assessment=before).exists():
        note_wrong_priority(before, by=now.person_id, at=now.at)
    return True


def _alarmed(complaint: Complaint, judgement: Judgement, assessment: Assessment) -> tuple[int, tuple[str, ...]]:
    """Tell top management where a criterion is met of which it has not heard. The number of the alert, and why."""
    criteria = significance_now()
    met = criteria.met_by(
        severity=judgement.severity,
        is_safety=judgement.is_safety,
        is_action_blocked=judgement.immediate_needed and not judgement.immediate_possible,
        people_affected=judgement.people_affected,
    )
    why = not_raised_yet(complaint, met)
    if not why:
        return 0, ()
    alert = raise_alert(complaint, why, criteria=criteria.version, raised_by=assessment.person_id, at=assessment.at)
    return alert.number, tuple(each.value for each in why)


def _apply_rules(complaint: Complaint, at: datetime) -> None:
    """It is about something else than was thought: the packs are looked up again (ARCHITECTURE §11.12)."""
    complainant = Party.objects.filter(complaint=complaint, role=Party.Role.COMPLAINANT).first()
    packs = deadlines.packs_that_fit(complaint, complainant.kind if complainant else "")
    change_to(complaint, packs, at, gettext("Found at the assessment"))


def _classify(complaint: Complaint, judgement: Judgement, assessment: Assessment) -> None:
    values = {
        "severity": assessment.severity,
        "priority": assessment.priority,
        "is_safety": assessment.is_safety,
        "pattern": judgement.pattern,
        "title": clean_line(judgement.title)[:160] or complaint.title,
        "product": judgement.product or complaint.product,
        "segment": complaint.segment if judgement.segment is None else clean_line(judgement.segment)[:40],
        "is_about_process": judgement.is_about_process,
        "about_handling_of": complaint.about_handling_of,
    }
    Complaint.objects.filter(pk=complaint.pk).update(**values)
    for name, value in values.items():
        setattr(complaint, name, value)
    if judgement.category is not None:
        Issue.objects.filter(complaint=complaint, number=1).update(category=judgement.category)
