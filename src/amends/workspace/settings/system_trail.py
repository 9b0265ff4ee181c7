"""How the journal is kept, and the check of it on demand (ISO 10002, 8.1): for operators and auditors."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.journal import checkpoints
from amends.journal.models import Checkpoint, Entry, Pseudonym
from amends.journal.pseudonyms import known_name_of
from amends.journal.reads import JOURNAL
from amends.journal.verifier import Verdict
from amends.people.models import Person
from amends.permissions.engine import may
from amends.reactions.actions import verify_journal
from amends.reactions.actions.verify_journal import is_too_long
from amends.reactions.events import JournalVerified
from amends.reactions.permissions import May
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.workspace.settings.system_tabs import tabs

Words = str | Promise

SHOWN = 10
#: What the verifier calls a problem, for people.
_PROBLEMS: dict[str, Words] = {
    "changed": gettext_lazy("An entry does not say any more what was sealed."),
    "missing": gettext_lazy("Entries are missing."),
    "inserted": gettext_lazy("An entry was put in past the application."),
    "misplaced": gettext_lazy("An entry stands where it does not belong."),
    "payload_changed": gettext_lazy("A text was changed."),
    "payload_missing": gettext_lazy("A text is gone without an erasure."),
    "payload_kept": gettext_lazy("A text that was erased is there again."),
    "payload_stray": gettext_lazy("A text belongs to no entry."),
    "reads_changed": gettext_lazy("The log of who looked was changed."),
    "rewritten": gettext_lazy("A stretch of the journal was rewritten."),
    "truncated": gettext_lazy("The end of the journal is gone."),
    "replaced": gettext_lazy("This is another journal than the one that was signed."),
    "subtree": gettext_lazy("A stretch is not the one that was frozen."),
    "no_checkpoint": gettext_lazy("Nothing was ever signed."),
    "broken_chain": gettext_lazy("The chain of checkpoints is broken."),
    "bad_signature": gettext_lazy("A signature is wrong."),
}


@needs(May.VERIFY_JOURNAL)
def trail(request: StaffVisit) -> HttpResponse:
    """Its newest checkpoints and the last check; sent, the journal is checked now."""
    context: dict[str, Any] = {"tabs": tabs("system_trail"), "may_verify": may(request.actor, May.VERIFY_JOURNAL)}
    if request.method == "POST":
        context["result"] = _result(verify_journal(by=request.actor, at=request.now))
    newest = Checkpoint.objects.order_by("-size").prefetch_related("anchorings")[:SHOWN]
    context |= {
        "facts": [*checkpoint_facts(request.now), *_last_check()],
        "checkpoints": [_checkpoint(each) for each in newest],
        "is_too_long": is_too_long(),
    }
    return render(request, "workspace/settings/system_trail.html", context)


def _result(verdict: Verdict) -> dict[str, Any]:
    """What was found, in words that need no cryptographer."""
    words = {"count": formatting.number(verdict.entries), "texts": formatting.number(verdict.payloads)}
    sentence = _("%(count)s sealed entries and %(texts)s texts say what they said when they were written.") % words
    number = len(verdict.problems)
    bad = ngettext(
        "%(count)d thing is not as it was written.", "%(count)d things are not as they were written.", number
    )
    return {
        "is_whole": verdict.is_whole,
        "sentence": sentence if verdict.is_whole else bad % {"count": number},
        "waiting": _waiting(verdict.waiting),
        "problems": [{"words": _PROBLEMS.get(p.kind, p.kind), "text": p.text} for p in verdict.problems[:SHOWN]],
        "unchecked": verdict.unchecked,
        "seconds": formatting.number(round(verdict.seconds, 1)),
        "anchors": formatting.number(verdict.anchors),
    }


def _waiting(count: int) -> str:
    words = ngettext("%(count)d entry waits for its seal.", "%(count)d entries wait for their seal.", count)
    return words % {"count": count} if count else ""


def _last_check() -> Iterator[tuple[Words, Words]]:
    journal = known_name_of(JOURNAL)
    rows = Entry.objects.filter(subject=journal, event=JournalVerified.name) if journal else Entry.objects.none()
    last = rows.order_by("-id").first()
    if last is None:
        yield _("Last check on this page"), _("Never")
        return
    key = Pseudonym.objects.filter(name=last.actor, kind="person").values("key")
    who = Person.objects.filter(pk__in=key).values_list("name", flat=True).first() or _("by itself")
    number = last.facts["problems"]
    found = ngettext("%(count)d problem", "%(count)d problems", number) % {"count": number}
    words = {"moment": formatting.moment(last.at), "name": who, "found": found if number else _("all well")}
    yield _("Last check on this page"), _("%(moment)s by %(name)s: %(found)s") % words


def _checkpoint(each: Checkpoint) -> dict[str, Any]:
    sinks = sorted(anchoring.sink for anchoring in each.anchorings.all())
    return {"size": formatting.number(each.size), "at": each.at, "sinks": ", ".join(sinks) or _("not yet")}


def checkpoint_facts(at: datetime) -> Sequence[tuple[str, str]]:
    """The newest checkpoint, and where it is kept outside."""
    newest = Checkpoint.objects.order_by("-size").first()
    return [(_("Newest checkpoint"), _newest(newest)), (_("Kept outside"), _kept_outside(newest, at))]


def _newest(newest: Checkpoint | None) -> str:
    if newest is None:
        return _("None yet. The first one is signed within minutes of the first entry.")
    words = {"count": formatting.number(newest.size), "moment": formatting.moment(newest.at)}
    return _("Covers %(count)s entries, signed %(moment)s") % words


def _kept_outside(newest: Checkpoint | None, at: datetime) -> str:
    if newest is None:
        return _("Nothing yet")
    sinks = ", ".join(sorted(newest.anchorings.values_list("sink", flat=True)))
    if not sinks:
        minutes = int(checkpoints.age_of_newest_anchor(at).total_seconds() // 60)
        return ngettext("Waits for %(count)d minute", "Waits for %(count)d minutes", minutes) % {"count": minutes}
    return _("The newest checkpoint is in: %(places)s") % {"places": sinks}
