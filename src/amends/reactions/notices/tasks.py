"""Notices about tasks. To those who are asked they never say which complaint it is about: they do not see it."""

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from amends.complaints.models import Complaint, InvestigationTask, Wall
from amends.complaints.permissions import visible_to
from amends.complaints.relations import OF_A_UNIT
from amends.complaints.tasks import is_walled_off
from amends.framework.queries import the_organisation
from amends.journal.models import Entry
from amends.kit import clock
from amends.kit.locales import plain_day
from amends.people.models import Person, RoleGrant
from amends.people.standing import standing_of
from amends.reactions.notices.mailing import Notice, actor_key_of, complaint_of, staff_link, to_person

_TO_THE_ASKED = ("name", "asker", "day", "link")

GIVEN = Notice(
    name="task_given",
    subject=_("{asker} asks for your help by {day}"),
    body=_("{asker} asks you something and needs the answer by {day}. Read the question and answer it here:\n{link}"),
    variables=_TO_THE_ASKED,
)

CANCELLED = Notice(
    name="task_cancelled",
    subject=_("Your help is not needed any more"),
    body=_("The question that {asker} asked you, due on {day}, does not need an answer any more:\n{link}"),
    variables=_TO_THE_ASKED,
)

ANSWERED = Notice(
    name="task_answered",
    subject=_("Your question about {reference} was answered"),
    body=_("Somebody has answered what you asked about {reference}:\n{link}"),
    variables=("name", "reference", "link"),
)


def task_given(entry: Entry) -> None:
    """Tell whoever is asked, or those who work in the unit."""
    task = _task_of(entry)
    if task is not None and task.state == InvestigationTask.State.OPEN:
        _tell_the_asked(entry, GIVEN, task)


def task_cancelled(entry: Entry) -> None:
    """Tell them that the answer is not needed any more."""
    task = _task_of(entry)
    if task is not None:
        _tell_the_asked(entry, CANCELLED, task)


def task_answered(entry: Entry) -> None:
    """Tell whoever asked, as long as they may read the complaint."""
    task = _task_of(entry)
    if task is None or task.asked_by_id == actor_key_of(entry):
        return
    complaint, asker = task.complaint, task.asked_by
    if visible_to(standing_of(asker, clock.now())).filter(pk=complaint.pk).exists():
        link = f"{staff_link(complaint)}investigation/"
        to_person(entry, ANSWERED, asker, reference=complaint.reference, link=link)


def _task_of(entry: Entry) -> InvestigationTask | None:
    complaint = complaint_of(entry)
    if complaint is None:
        return None
    rows = InvestigationTask.objects.filter(complaint=complaint, number=entry.facts["number"])
    return rows.select_related("complaint", "asked_by", "asked_person", "asked_unit").first()


def _tell_the_asked(entry: Entry, notice: Notice, task: InvestigationTask) -> None:
    due_on = task.due_at.astimezone(the_organisation().zone).date()
    for person in _asked(task):
        if person.pk == task.asked_by_id or is_walled_off(task.complaint, person):
            continue
        to_person(
            entry,
            notice,
            person,
            asker=task.asked_by.name,
            day=plain_day(due_on, person.language),
            link=f"{settings.AMENDS_PUBLIC_URL}/staff/tasks/{task.uid}/",
        )


def _asked(task: InvestigationTask) -> list[Person]:
    """The person, or those who hold a role for the very unit; where nobody does, those above it."""
    if task.asked_person is not None:
        return [task.asked_person]
    assert task.asked_unit is not None
    here = list(_working_for(task.complaint, [task.asked_unit.pk]))
    above = [int(key) for key in task.asked_unit.path.strip("/").split("/")]
    return here or list(_working_for(task.complaint, above))


def _working_for(complaint: Complaint, units: list[int]) -> QuerySet[Person]:
    grants = RoleGrant.objects.in_force(clock.now()).filter(
        person=OuterRef("pk"), role__in=[role.value for role in OF_A_UNIT], unit_id__in=units
    )
    walls = Wall.objects.filter(complaint=complaint, person=OuterRef("pk"))
    return Person.objects.filter(Exists(grants), ~Exists(walls), is_active=True).order_by("pk")
