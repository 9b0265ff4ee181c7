"""Beginning to put it right for others who suffered the same and did not complain (ISO 10002, annex F)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, RedressProject, Wall
from amends.correspondence.writing import checked_text
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.people.models import Person
from amends.permissions import engine

LARGEST = 10**9


@dataclass(frozen=True)
class Redress:
    """The answers of the form."""

    title: str
    population: str
    how_found: str
    remedy: str
    due_on: date
    owner: Person
    people: int | None = None


@transaction.atomic
def open_redress(complaint: Complaint, plan: Redress, *, by: engine.Person, at: datetime) -> RedressProject:
    """Say who else may be affected, how they are found, what they get, by when and who sees to it."""
    title = clean_line(plan.title)[:160]
    if not title:
        raise Refusal("title_needed", _("Give it a name in a few words."), field="title")
    texts = {name: checked_text(getattr(plan, name), longest=4000, field=name) for name in _TEXTS}
    if plan.due_on < at.astimezone(the_organisation().zone).date():
        raise Refusal("due_in_past", _("Choose a day from today on"), field="due_on")
    if plan.people is not None and not 0 < plan.people < LARGEST:
        raise Refusal("count_unfit", _("Enter how many people there are, or leave it empty."), field="people")
    walled = Wall.objects.filter(complaint=complaint, person=plan.owner).exists()
    if not plan.owner.is_active or walled:
        raise Refusal("owner_unfit", _("This person cannot see to it. Choose another."), field="owner")
    lifecycle.take(Verb.OPEN_REDRESS, complaint, by=by, at=at)
    number = (RedressProject.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            project = RedressProject.objects.create(
                number=number,
                complaint=complaint,
                title=title,
                people=plan.people,
                due_on=plan.due_on,
                owner=plan.owner,
                opened_by_id=staff_id_of(by),
                opened_at=at,
                **texts,
            )
    except IntegrityError as error:  # two began one at once and drew the same number
        raise Refusal("stale", _("Somebody else began one at the same moment. Save again.")) from error
    record(
        events.RedressOpened(
            complaint=complaint.subject,
            redress=project.subject,
            number=number,
            people=plan.people,
            due_on=plan.due_on,
            owner=plan.owner.subject,
        ),
        by=by,
        at=at,
        payload={"title": title, **texts},
    )
    return project


_TEXTS = ("population", "how_found", "remedy")
