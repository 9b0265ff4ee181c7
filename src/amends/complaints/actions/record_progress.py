"""How far a redress has come, and its end (ISO 10002, annex F)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actions.open_redress import LARGEST
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import RedressProgress, RedressProject
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def record_progress(
    project: RedressProject,
    *,
    contacted: int,
    put_right: int,
    note: str,
    by: engine.Person,
    at: datetime,
    people: int | None = None,
    seen: int | None = None,
) -> RedressProgress:
    """Say how many were reached and put right by now. Counts may fall: what was miscounted is mended here."""
    note = checked_text(note, longest=4000, field="note")
    if people is not None and not 0 < people < LARGEST:
        raise Refusal("count_unfit", _("Enter how many people there are, or leave it empty."), field="people")
    if contacted < 0 or (people is not None and contacted > people):
        raise Refusal("contacted_unfit", _("No more can be reached than there are people."), field="contacted")
    if not 0 <= put_right <= contacted:
        raise Refusal("put_right_unfit", _("No more can be put right than were reached."), field="put_right")
    lifecycle.take(Verb.RECORD_PROGRESS, project.complaint, by=by, at=at)
    _move(project, seen, people=people, contacted=contacted, put_right=put_right)
    progress = RedressProgress.objects.create(
        project=project,
        people=people,
        contacted=contacted,
        put_right=put_right,
        note=note,
        person_id=staff_id_of(by),
        at=at,
    )
    record(
        events.RedressProgressed(
            complaint=project.complaint.subject,
            redress=project.subject,
            number=project.number,
            people=people,
            contacted=contacted,
            put_right=put_right,
        ),
        by=by,
        at=at,
        payload={"note": note},
    )
    return progress


@transaction.atomic
def end_redress(
    project: RedressProject, *, is_done: bool, result: str, by: engine.Person, at: datetime, seen: int | None = None
) -> None:
    """End it: done only when everybody was put right, else stopped with the reason."""
    result = checked_text(result, longest=4000, field="result")
    if is_done and (project.people is None or project.put_right != project.people):
        raise Refusal(
            "not_everybody",
            _("Not everybody is put right yet. Record the progress first, or stop it with the reason."),
        )
    lifecycle.take(Verb.END_REDRESS, project.complaint, by=by, at=at)
    state = RedressProject.State.DONE if is_done else RedressProject.State.STOPPED
    _move(project, seen, state=state, result=result, ended_by=staff_id_of(by), ended_at=at)
    record(
        events.RedressEnded(
            complaint=project.complaint.subject, redress=project.subject, number=project.number, is_done=is_done
        ),
        by=by,
        at=at,
        payload={"result": result},
    )


def _move(project: RedressProject, seen: int | None, **changes: object) -> None:
    """By compare-and-set: of two who save at once the second is told."""
    version = project.version if seen is None else seen
    rows = RedressProject.objects.filter(pk=project.pk, version=version, state=RedressProject.State.OPEN)
    if rows.update(version=F("version") + 1, **changes) != 1:
        raise Refusal("stale", _("Somebody else has changed this meanwhile. Look at it and save again."))
    project.refresh_from_db()
