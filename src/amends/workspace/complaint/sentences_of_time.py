"""What the journal says about clocks, in words: which clock, from when to when, who was told, and under which rules."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.complaints.models import Pause
from amends.framework.rules.vocabulary import DeemedAs
from amends.ui import formatting
from amends.workspace.complaint.names import Names
from amends.workspace.complaint.wording import Facts, Line, Words, label
from amends.workspace.settings.ladder_words import RECIPIENTS


def _clock(facts: Facts, names: Names) -> Words:
    if facts.get("kind") == "remedy":
        return _("Remedy %(number)s") % {"number": facts.get("number", "")}
    return names.clock(facts.get("clock", ""), facts.get("kind", ""))


def _clocks(codes: Any, names: Names) -> str:
    return ", ".join(str(names.clock(code)) for code in codes) if isinstance(codes, list | tuple) else ""


def _moment(written: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(written))
    except ValueError:
        return None
    return moment if timezone.is_aware(moment) else None


def _due(facts: Facts, name: str = "due_at") -> str:
    moment = _moment(facts.get(name))
    return _("due %(moment)s") % {"moment": formatting.moment(moment)} if moment else ""


def _day(written: Any) -> str:
    moment = _moment(written)
    return formatting.day(moment) if moment else ""


def reminded(facts: Facts, names: Names) -> Line:
    """Which clock comes near."""
    return Line([_clock(facts, names), _due(facts)], icon="clock")


#: What else the clock reminds of, by its code.
_REMINDED_OF: dict[str, Words] = {
    "hand_over": gettext_lazy("nobody has accepted the hand-over"),
    "authority": gettext_lazy("the permission of the representative ends soon"),
    "significant": gettext_lazy("nobody has said what is being done about a significant complaint"),
}


def reminded_of(facts: Facts, names: Names) -> Line:
    """What waits for somebody."""
    return Line([_REMINDED_OF.get(str(facts.get("what")), "")], icon="clock")


def update_wanted(facts: Facts, names: Names) -> Line:
    """Before which date the complainant is to hear something."""
    return Line([_clock(facts, names), _due(facts)], icon="message")


def missed(facts: Facts, names: Names) -> Line:
    """Which clock, when it was due, and what was promised instead."""
    promised = _day(facts.get("promised_at"))
    words = _("new date promised: %(day)s") % {"day": promised} if promised else ""
    return Line([_clock(facts, names), _due(facts), words], icon="alert", look="danger")


def lapsed(facts: Facts, names: Names) -> Line:
    """Which time is over."""
    return Line([_clock(facts, names), _due(facts)], icon="clock")


def deemed(facts: Facts, names: Names) -> Line:
    """What silence counts as."""
    outcomes = {
        DeemedAs.REFUSED.value: _("counts as refused"),
        DeemedAs.ACCEPTED.value: _("counts as granted"),
    }
    outcome = outcomes.get(str(facts.get("outcome")), str(facts.get("outcome", "")))
    return Line([_clock(facts, names), _due(facts), outcome], icon="scales", look="danger")


def escalated(facts: Facts, names: Names) -> Line:
    """Which clock, to whom by office, and who was told in person."""
    to = str(facts.get("to", ""))
    people = [str(names.of(name)) for name in facts.get("told", ()) if name]
    told = _("told: %(names)s") % {"names": ", ".join(people)} if people else _("nobody could be told")
    count = facts.get("stood_in", 0)
    instead = ngettext("%(count)d stood in for somebody away", "%(count)d stood in for somebody away", count)
    return Line(
        [_clock(facts, names), RECIPIENTS.get(to, to), told, instead % {"count": count} if count else ""],
        icon="trend",
        look="danger",
    )


def paused(facts: Facts, names: Names) -> Line:
    """Which clocks, why, and how long at most."""
    until = _day(facts.get("ends_by"))
    longest = _("until %(day)s at the latest") % {"day": until} if until else ""
    return Line([_clocks(facts.get("clocks"), names), label(Pause.Why, facts.get("why")), longest], icon="pause")


def resumed(facts: Facts, names: Names) -> Line:
    """Which clocks, and whether they did it by themselves."""
    by_itself = _("their time for it was used up") if facts.get("is_by_itself") else ""
    due = _moment(facts.get("due_at"))
    following = _("next deadline: %(day)s") % {"day": formatting.day(due)} if due else ""
    return Line([_clocks(facts.get("clocks"), names), by_itself, following], icon="clock")


def extended(facts: Facts, names: Names) -> Line:
    """Which clock, from which day to which."""
    slots = {"before": _day(facts.get("from_due_at")), "after": _day(facts.get("to_due_at"))}
    moved = _("from %(before)s to %(after)s") % slots if all(slots.values()) else ""
    return Line([_clock(facts, names), moved], icon="calendar")


def moved(facts: Facts, names: Names) -> Line:
    """How many dates moved, and by which version of the calendar."""
    count = facts.get("count", 0)
    version = _("calendar version %(number)s") % {"number": facts.get("number", "")}
    words = ngettext("%(count)d date moved", "%(count)d dates moved", count) % {"count": count}
    return Line([words, version], icon="calendar")


def packs_changed(facts: Facts, names: Names) -> Line:
    """Under which pack the complaint stands now, and what that did to its clocks."""
    slots = {"pack": facts.get("pack", ""), "version": facts.get("version", "")}
    return Line([_("rules: %(pack)s, version %(version)s") % slots, *_counts(facts)], icon="file")


def _counts(facts: Facts) -> Sequence[Words]:
    started, dropped = facts.get("started", 0), facts.get("dropped", 0)
    began = ngettext("%(count)d clock started", "%(count)d clocks started", started) % {"count": started}
    over = ngettext("%(count)d clock fell away", "%(count)d clocks fell away", dropped) % {"count": dropped}
    return [began if started else "", over if dropped else ""]


def clocks_that(facts: Facts, names: Names) -> list[Words]:
    """What a message did to clocks: which stand still because of it, or run on."""
    stopped, ran = _clocks(facts.get("stopped"), names), _clocks(facts.get("moved"), names)
    return [
        _("stands still: %(clocks)s") % {"clocks": stopped} if stopped else "",
        _("runs on: %(clocks)s") % {"clocks": ran} if ran else "",
    ]


WORDED = {
    "complaints.reminded": reminded,
    "complaints.reminded_of": reminded_of,
    "complaints.update_wanted": update_wanted,
    "complaints.deadline_missed": missed,
    "complaints.time_lapsed": lapsed,
    "complaints.deemed": deemed,
    "complaints.escalated": escalated,
    "complaints.paused": paused,
    "complaints.resumed": resumed,
    "complaints.extended": extended,
    "complaints.deadlines_moved": moved,
    "complaints.packs_changed": packs_changed,
}
