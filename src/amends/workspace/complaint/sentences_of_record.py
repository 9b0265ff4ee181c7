"""What the journal says of the record itself: merged, linked, corrected, set aside, given to somebody."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.complaints.models import Correction, Link, Voiding
from amends.complaints.models.complaint import Kind
from amends.complaints.stages import Stage
from amends.correspondence.models.message import Channel
from amends.ui import formatting
from amends.ui.languages import called
from amends.workspace.complaint.names import Names
from amends.workspace.complaint.wording import Facts, Line, Words, label
from amends.workspace.settings.rules.words import BLOCKS, LETTERS


def _merged(facts: Facts, names: Names) -> Line:
    count = facts.get("held_clocks", 0)
    held = ngettext("%(count)d clock is held", "%(count)d clocks are held", count) % {"count": count}
    details: list[Words] = [held if count else ""]
    if not facts.get("is_same_person"):
        details.append(_("different people complain"))
    return Line(details, icon="copy")


def _unmerged(facts: Facts, names: Names) -> Line:
    same = facts.get("facts") == facts.get("facts_before")
    details: list[Words] = [label(Stage, facts.get("stage")), _("exactly as it was before") if same else ""]
    return Line(details, icon="copy")


_TRANSLATED = {
    "complaint": gettext_lazy("the complaint"),
    "point": gettext_lazy("a point"),
    "message": gettext_lazy("a message"),
}


def _translated(facts: Facts, names: Names) -> Line:
    of = str(facts.get("of"))
    point = _("Point %(number)s") % {"number": facts.get("number")} if of == "point" else ""
    by = _("by a machine") if facts.get("is_by_machine") else _("by a person")
    version = facts.get("version", 1)
    more = _("version %(version)s") % {"version": version} if version > 1 else ""
    return Line([point or _TRANSLATED.get(of, of), called(str(facts.get("language"))), by, more], icon="globe")


def _linked(facts: Facts, names: Names) -> Line:
    joint = _("a joint answer is wanted") if facts.get("wants_joint_answer") else ""
    return Line([label(Link.Kind, facts.get("kind")), joint], icon="people")


def _unlinked(facts: Facts, names: Names) -> Line:
    return Line([label(Link.Kind, facts.get("kind"))], icon="people")


def _corrected(facts: Facts, names: Names) -> Line:
    count = facts.get("moved", 0)
    moved = ngettext("%(count)d deadline moved", "%(count)d deadlines moved", count) % {"count": count}
    which: list[Words] = [label(Correction.Fact, fact) for fact in facts.get("facts_of_it", ())]
    return Line([*which, moved if count else ""], icon="pencil")


def _converted(facts: Facts, names: Names) -> Line:
    before, now = (label(Kind, facts.get(name)) for name in ("before", "kind"))
    return Line([_("%(before)s became %(now)s") % {"before": before, "now": now}], icon="sliders")


def _waits(facts: Facts, names: Names) -> Line:
    return Line([label(Channel, facts.get("channel"))], icon="send")


def _taken_back(facts: Facts, names: Names) -> Line:
    return Line(icon="back")


def _not_sent(facts: Facts, names: Names) -> Line:
    return Line([_("whoever wrote it may not write about this complaint any more")], icon="alert", look="danger")


def _void_asked(facts: Facts, names: Names) -> Line:
    return Line([label(Voiding.Why, facts.get("why"))], icon="stop")


def _void_declined(facts: Facts, names: Names) -> Line:
    return Line(icon="check")


def _voided(facts: Facts, names: Names) -> Line:
    count = facts.get("held_clocks", 0)
    held = ngettext("%(count)d clock is held", "%(count)d clocks are held", count) % {"count": count}
    alone = _("asked and confirmed by one person") if facts.get("is_by_one_person") else ""
    return Line([label(Voiding.Why, facts.get("why")), held if count else "", alone], icon="stop", look="danger")


def _unvoided(facts: Facts, names: Names) -> Line:
    return Line([label(Stage, facts.get("stage"))], icon="refresh")


def _letter(facts: Facts, names: Names) -> Line:
    day = facts.get("posted_on")
    return Line([formatting.day(date.fromisoformat(day)) if day else ""], icon="mail")


def _held_back(facts: Facts, names: Names) -> Line:
    letter = next((words for kind, words in LETTERS.items() if kind == facts.get("letter")), "")
    return Line([letter, BLOCKS.get(facts.get("block", ""), "")], icon="mail", look="danger")


WORDED: Mapping[str, Callable[[Facts, Names], Line]] = {
    "complaints.translated": _translated,
    "complaints.merged": _merged,
    "complaints.unmerged": _unmerged,
    "complaints.letter_queued": _letter,
    "complaints.letter_held_back": _held_back,
    "complaints.letter_printed": _letter,
    "complaints.letter_posted": _letter,
    "complaints.linked": _linked,
    "complaints.void_asked": _void_asked,
    "complaints.void_declined": _void_declined,
    "complaints.voided": _voided,
    "complaints.unvoided": _unvoided,
    "complaints.message_held": _waits,
    "complaints.message_not_sent": _not_sent,
    "complaints.message_taken_back": _taken_back,
    "complaints.corrected": _corrected,
    "complaints.converted": _converted,
    "complaints.unlinked": _unlinked,
}
