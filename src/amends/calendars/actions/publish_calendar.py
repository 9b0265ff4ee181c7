"""Publishing a version of a calendar. What was published before stays as it was."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.calendars import events
from amends.calendars.models import Calendar, CalendarVersion
from amends.calendars.permissions import May
from amends.calendars.working_time import check_calendar
from amends.journal.recording import record
from amends.kit.canonical import digest
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def publish_calendar(
    calendar: Calendar,
    document: Mapping[str, Any],
    *,
    by: engine.Person,
    at: datetime,
    note: str = "",
    moves_running: bool = False,
    seen: int | None = None,
) -> CalendarVersion:
    """Let a calendar hold from now on. With `moves_running`, open deadlines counted with it are counted again.

    `seen` is the number of the version that was edited. Refusals: `calendar_unusable` with what to mend, `stale`,
    `unchanged`.
    """
    engine.require(by, May.CHANGE)
    newest = calendar.versions.order_by("-number").first()
    number = newest.number + 1 if newest else 1
    if seen is not None and seen != number - 1:
        raise Refusal(
            "stale",
            _("Somebody else has published this calendar meanwhile. Look at their version and change it again."),
            facts={"seen": seen},
        )
    full = {**document, "code": calendar.code, "version": number}
    problems = check_calendar(full)
    if problems:
        raise Refusal("calendar_unusable", problems[0].sentence, field=problems[0].where)
    if newest is not None and _same(newest.document, full):
        raise Refusal("unchanged", _("Nothing has changed. Change something before you publish."))
    try:
        with transaction.atomic():
            version = CalendarVersion.objects.create(
                calendar=calendar,
                number=number,
                document=full,
                digest=digest(full),
                note=clean_line(note)[:500],
                made_at=at,
                made_by_id=by.actor_key if by.actor_kind == "person" else None,
            )
    except IntegrityError as error:
        raise Refusal(
            "stale",
            _("Somebody else has published this calendar meanwhile. Look at their version and change it again."),
        ) from error
    record(
        events.Published(
            calendar=calendar.subject,
            code=calendar.code,
            number=number,
            digest=version.digest,
            moves_running=moves_running,
        ),
        by=by,
        at=at,
        payload={"note": version.note} if version.note else None,
    )
    return version


def _same(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return {**before, "version": 0} == {**after, "version": 0}
