"""What the journal says, in words for people: one function per event, codes turned into labels.

The sentence itself stands with the event; here are its slots and what is added after it. An event that this version
does not know shows its plain name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.complaints.actions.redeem_code import BY_MAIL
from amends.complaints.actions.renew_access_code import CHECKS
from amends.complaints.actions.reveal_identity import REASONS
from amends.complaints.models import Acknowledgement, Closure, Finding, InvestigationLevel, ScopeDecision
from amends.complaints.models.assessment import Complexity
from amends.complaints.models.complaint import Kind, Severity
from amends.complaints.stages import Outcome, Stage
from amends.correspondence.models.message import Channel
from amends.journal.models import Entry
from amends.journal.vocabulary import event_called
from amends.ui import formatting
from amends.workspace.complaint import (
    sentences_of_fairness,
    sentences_of_investigation,
    sentences_of_outside,
    sentences_of_people,
    sentences_of_record,
    sentences_of_routing,
    sentences_of_time,
)
from amends.workspace.complaint.names import Names
from amends.workspace.complaint.sentences_of_time import clocks_that
from amends.workspace.complaint.wording import Facts, Line, Look, Words, label

Level = InvestigationLevel.Level


@dataclass(frozen=True)
class Told:
    """An entry as a line of the timeline."""

    sentence: SafeString
    icon: str
    look: Look
    text: str


def told(entry: Entry, names: Names) -> Told:
    """An entry in words."""
    declared, worded = event_called(entry.event), _WORDED.get(entry.event)
    line = worded(entry.facts, names) if worded else Line()
    text = entry.event if declared is None else _filled(str(declared.sentence), {**entry.facts, **line.slots})
    details = [detail for detail in line.details if detail]
    after = format_html_join("", " · {}", ((detail,) for detail in details))
    plain = " · ".join(str(part) for part in (text, *details))
    return Told(format_html("<b>{}</b>{}", text, after), line.icon, line.look, plain)


def _filled(sentence: str, slots: Facts) -> str:
    try:
        return sentence % slots
    except (KeyError, ValueError, TypeError):  # written by a version that said less
        return sentence


def way_of(channel: Any) -> Words:
    """How something was told once the complaint had come in: what has no other way stands on the tracking page."""
    return _("tracking page") if channel == Channel.PORTAL else label(Channel, channel)


# ---------------------------------------------------------------- one function per event


_READ_BACK: dict[str, Words] = {
    "confirmed": gettext_lazy("read back, and they agreed"),
    "not_confirmed": gettext_lazy("read back, and they did not agree with all of it"),
}


def _received(facts: Facts, names: Names) -> Line:
    details: list[Words] = [label(Channel, facts.get("channel"))]
    if facts.get("kind") != Kind.COMPLAINT:
        details.append(label(Kind, facts.get("kind")))
    if facts.get("said_danger"):
        details.append(_("somebody is in danger"))
    if facts.get("is_anonymous"):
        details.append(_("anonymous"))
    details.append(_files(facts.get("files", 0)))
    details.append(_READ_BACK.get(str(facts.get("read_back")), ""))
    return Line(details, icon="inbox", look="danger" if facts.get("said_danger") else "event")


def _files(count: int) -> str:
    return ngettext("%(count)d file", "%(count)d files", count) % {"count": count} if count else ""


def _history_recorded(facts: Facts, names: Names) -> Line:
    return Line([label(Stage, facts.get("stage"))], icon="inbox")


def _taken_over(facts: Facts, names: Names) -> Line:
    return Line(icon="clock")


def _acknowledged(facts: Facts, names: Names) -> Line:
    how = label(Acknowledgement.How, facts.get("how"))
    return Line([how, _("late") if facts.get("was_late") else ""], icon="check", look="ok")


def _assigned(facts: Facts, names: Names) -> Line:
    handler = names.of(facts.get("handler"))
    return Line([handler or _("no handler"), names.of(facts.get("unit"))], icon="person")


def _assessed(facts: Facts, names: Names) -> Line:
    details: list[Words] = [
        _("severity: %(severity)s") % {"severity": label(Severity, facts.get("severity"))},
        _("complexity: %(complexity)s") % {"complexity": label(Complexity, facts.get("complexity"))},
    ]
    if facts.get("is_safety"):
        details.append(_("safety implication"))
    if facts.get("immediate_needed") and facts.get("immediate_possible"):
        details.append(_("something was done at once"))
    if facts.get("priority") != facts.get("suggested_priority"):
        details.append(_("suggested: %(priority)s") % {"priority": facts.get("suggested_priority")})
    if facts.get("was_wrong"):
        details.append(_("the priority before was wrong"))
    if facts.get("alert"):
        details.append(_("significant: top management was told"))
    if facts.get("new_handler"):
        details.append(_("assigned to %(name)s") % {"name": names.of(facts["new_handler"])})
    return Line(details, icon="check", look="ok")


def _ruled_out(facts: Facts, names: Names) -> Line:
    return Line([label(ScopeDecision.Reason, facts.get("reason"))], icon="stop")


def _investigation_opened(facts: Facts, names: Names) -> Line:
    count = facts.get("issues", 0)
    points = ngettext("%(count)d point", "%(count)d points", count) % {"count": count}
    return Line([points, label(Level, facts["level"]) if facts.get("level") else ""], icon="search")


def _issue_added(facts: Facts, names: Names) -> Line:
    return Line(icon="add")


def _finding_recorded(facts: Facts, names: Names) -> Line:
    details = [label(Finding.Result, facts.get("result"))]
    if facts.get("version", 1) > 1:
        details.append(_("version %(version)s") % {"version": facts["version"]})
    return Line(details, icon="search")


def _response_proposed(facts: Facts, names: Names) -> Line:
    count = facts.get("remedies", 0)
    remedies = ngettext("%(count)d remedy", "%(count)d remedies", count) % {"count": count} if count else ""
    differs = _("other than like complaints, with the reason") if facts.get("differs") else ""
    return Line([label(Outcome, facts.get("outcome")), remedies, differs], icon="pencil")


def _response_sent_back(facts: Facts, names: Names) -> Line:
    return Line(icon="reply")


def _decided(facts: Facts, names: Names) -> Line:
    alone = _("proposed and approved by one person") if facts.get("is_by_one_person") else ""
    stood_in = _("in place of %(name)s") % {"name": names.of(facts["acts_for"])} if facts.get("acts_for") else ""
    return Line([label(Outcome, facts.get("outcome")), alone, stood_in], icon="approve", look="ok")


def _communicated(facts: Facts, names: Names) -> Line:
    details = [label(Outcome, facts.get("outcome")), way_of(facts.get("channel"))]
    return Line([*details, _("late") if facts.get("was_late") else ""], icon="send", look="ok")


def _redress(facts: Facts, names: Names) -> Line:
    details: list[Words] = [names.of(facts.get("owner"))]
    if "put_right" in facts:
        people = facts.get("people")
        of_all = _("%(count)s of %(all)s put right") if people else _("%(count)s put right")
        details.append(of_all % {"count": facts["put_right"], "all": people})
    if "is_done" in facts:
        details.append(_("everybody was put right") if facts["is_done"] else _("stopped"))
    return Line(details, icon="people")


def _notice_read(facts: Facts, names: Names) -> Line:
    return Line(icon="eye")


def _answered(facts: Facts, names: Names) -> Line:
    return Line([way_of(facts.get("channel"))], icon="check", look="ok")


def _rejected(facts: Facts, names: Names) -> Line:
    return Line([way_of(facts.get("channel"))], icon="alert", look="danger")


def _contact_attempted(facts: Facts, names: Names) -> Line:
    number = _("attempt %(number)s") % {"number": facts.get("count", "")}
    return Line([label(Channel, facts.get("channel")), number], icon="phone")


def _mail_came_back(facts: Facts, names: Names) -> Line:
    # A code of the mail system like 5.1.1 tells an expert more; "refused" says what the sentence says already.
    status = str(facts.get("status", ""))
    return Line([status if status[:1].isdigit() else ""], icon="mail", look="danger")


def _automatic_reply_held_back(facts: Facts, names: Names) -> Line:
    return Line(icon="mail")


def _automatic_answer_came(facts: Facts, names: Names) -> Line:
    return Line(icon="mail")


def _answered_from_elsewhere(facts: Facts, names: Names) -> Line:
    return Line(icon="mail", look="danger")


def _review_opened(facts: Facts, names: Names) -> Line:
    return Line([names.of(facts.get("handler"))], icon="scales")


def _remedy_proved(facts: Facts, names: Names) -> Line:
    return Line([_day(facts.get("done_on"))], icon="check", look="ok")


def _day(written: Any) -> str:
    try:
        return formatting.day(date.fromisoformat(str(written)))
    except ValueError:
        return ""


def _remedies_verified(facts: Facts, names: Names) -> Line:
    alone = _("proved and verified by one person") if facts.get("is_by_one_person") else ""
    return Line([alone], icon="approve", look="ok")


def _closed(facts: Facts, names: Names) -> Line:
    dropped = facts.get("dropped_remedies", 0)
    left = ngettext("%(count)d remedy not carried out", "%(count)d remedies not carried out", dropped)
    details = [label(Closure.Reason, facts.get("reason")), left % {"count": dropped} if dropped else ""]
    return Line(details, icon="check", look="ok")


def _reopened(facts: Facts, names: Names) -> Line:
    return Line([_("round %(number)s") % {"number": facts.get("round", "")}], icon="refresh")


def _withdrawn(facts: Facts, names: Names) -> Line:
    return Line(icon="stop")


def _message(facts: Facts, names: Names) -> Line:
    asked = _("needs a reply") if facts.get("needs_reply") else ""
    details = [way_of(facts.get("channel")), asked, _files(facts.get("files", 0)), *clocks_that(facts, names)]
    return Line(details, icon="message")


def _summary_confirmed(facts: Facts, names: Names) -> Line:
    said = _("we understood it") if facts.get("is_right") else _("corrected by the complainant")
    return Line([said, way_of(facts.get("channel")), *clocks_that(facts, names)], icon="message")


def _note_written(facts: Facts, names: Names) -> Line:
    return Line(icon="lock")


def _identity_revealed(facts: Facts, names: Names) -> Line:
    return Line([REASONS.get(str(facts.get("reason")), str(facts.get("reason")))], icon="eye")


def _access_code_renewed(facts: Facts, names: Names) -> Line:
    known: dict[str, Words] = {**CHECKS, BY_MAIL: _("With a one-time code by e-mail")}
    return Line([known.get(str(facts.get("check")), str(facts.get("check")))], icon="key")


def _code_asked_for(facts: Facts, names: Names) -> Line:
    return Line(icon="key")


def _taken_back(facts: Facts, names: Names) -> Line:
    return Line([label(Stage, facts.get("stage"))], icon="refresh")


_WORDED: dict[str, Callable[[Facts, Names], Line]] = {
    "complaints.received": _received,
    "complaints.history_recorded": _history_recorded,
    "complaints.taken_over": _taken_over,
    "complaints.acknowledged": _acknowledged,
    "complaints.assigned": _assigned,
    "complaints.assessed": _assessed,
    **sentences_of_routing.WORDED,
    "complaints.ruled_out": _ruled_out,
    "complaints.investigation_opened": _investigation_opened,
    **sentences_of_investigation.WORDED,
    "complaints.issue_added": _issue_added,
    "complaints.finding_recorded": _finding_recorded,
    "complaints.response_proposed": _response_proposed,
    "complaints.response_sent_back": _response_sent_back,
    "complaints.decided": _decided,
    "complaints.communicated": _communicated,
    "complaints.notice_read": _notice_read,
    "complaints.redress_opened": _redress,
    "complaints.redress_progressed": _redress,
    "complaints.redress_ended": _redress,
    "complaints.accepted": _answered,
    "complaints.rejected": _rejected,
    "complaints.contact_attempted": _contact_attempted,
    "complaints.review_opened": _review_opened,
    **sentences_of_outside.WORDED,
    "complaints.remedy_proved": _remedy_proved,
    "complaints.remedies_verified": _remedies_verified,
    "complaints.closed": _closed,
    "complaints.reopened": _reopened,
    "complaints.withdrawn": _withdrawn,
    "complaints.withdrawal_taken_back": _taken_back,
    "complaints.message_sent": _message,
    "complaints.replied": _message,
    "complaints.summary_confirmed": _summary_confirmed,
    "complaints.note_written": _note_written,
    "complaints.identity_revealed": _identity_revealed,
    "complaints.access_code_renewed": _access_code_renewed,
    "complaints.code_asked_for": _code_asked_for,
    "complaints.mail_came_back": _mail_came_back,
    "complaints.automatic_reply_held_back": _automatic_reply_held_back,
    "complaints.automatic_answer_came": _automatic_answer_came,
    "complaints.answered_from_elsewhere": _answered_from_elsewhere,
    **sentences_of_record.WORDED,
    **sentences_of_people.WORDED,
    **sentences_of_time.WORDED,
    **sentences_of_fairness.WORDED,
}
