"""What happens by itself, and how the trail is kept: for those who run the installation."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from amends.journal import outbox
from amends.journal.models import FollowUp
from amends.journal.vocabulary import event_called
from amends.permissions.engine import may
from amends.reactions.actions import try_again
from amends.reactions.permissions import May
from amends.reactions.worker import seconds_since_heartbeat
from amends.ui.access import StaffVisit, needs
from amends.workspace.settings.condition import condition
from amends.workspace.settings.system_tabs import tabs
from amends.workspace.settings.system_trail import checkpoint_facts

SHOWN = 50
#: A follow-up that has waited longer than this is worth showing.
WAITS_LONG = timedelta(minutes=5)


@needs(May.SEE_SYSTEM)
def system(request: StaffVisit) -> HttpResponse:
    """Problems first, then follow-ups that failed or wait, then the trail and the worker."""
    failed = FollowUp.objects.filter(state=FollowUp.State.FAILED)
    waiting = FollowUp.objects.filter(state=FollowUp.State.WAITING, attempts__gt=0)
    context = {
        "condition": condition(request.now),
        "failed": _rows(failed.order_by("id")),
        "failed_more": failed.count() - SHOWN,
        "waiting": _rows(waiting.order_by("next_try_at", "id")),
        "facts": _facts(request.now),
        "may_operate": may(request.actor, May.OPERATE),
        "tabs": tabs("system"),
    }
    return render(request, "workspace/settings/system.html", context)


def _rows(follow_ups: Any) -> list[dict[str, Any]]:
    """Follow-ups with the words of the event they follow."""
    rows = []
    for follow_up in follow_ups.select_related("entry")[:SHOWN]:
        event = event_called(follow_up.entry.event)
        what = str(event.sentence) % follow_up.entry.facts if event else follow_up.entry.event
        rows.append({"follow_up": follow_up, "what": what})
    return rows


def _facts(at: datetime) -> list[tuple[str, str]]:
    """The worker and the trail, as names and values."""
    return [
        (_("Worker last heard of"), _ago(seconds_since_heartbeat(at))),
        (_("Oldest entry whose follow-ups are not written yet"), _oldest(at)),
        *checkpoint_facts(at),
    ]


def _ago(seconds: float | None) -> str:
    if seconds is None:
        return _("Never")
    if seconds < 60:
        count, words = int(seconds), ngettext("%(count)d second ago", "%(count)d seconds ago", int(seconds))
    elif seconds < 3600:
        count = int(seconds // 60)
        words = ngettext("%(count)d minute ago", "%(count)d minutes ago", count)
    elif seconds < 86_400:
        count = int(seconds // 3600)
        words = ngettext("%(count)d hour ago", "%(count)d hours ago", count)
    else:
        count = int(seconds // 86_400)
        words = ngettext("%(count)d day ago", "%(count)d days ago", count)
    return words % {"count": count}


def _oldest(at: datetime) -> str:
    waits = outbox.oldest_pending(at).total_seconds()
    return _ago(waits) if waits else _("None waits")


@require_POST
@needs(May.OPERATE)
def tried_again(request: StaffVisit, entry: UUID, reaction: str) -> HttpResponse:
    """Putting a failed follow-up back into the queue."""
    rows = FollowUp.objects.select_related("entry").filter(entry__uid=entry)
    follow_up = next((row for row in rows if row.reaction == reaction), None)
    if follow_up is None:
        raise Http404
    try_again(follow_up, by=request.actor, at=request.now)
    messages.success(request, _("It is in the queue again and will be tried within seconds."))
    return redirect("workspace:system")
