"""Where a complaint stands, said to the person who complained: a headline, and what happens next by when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints import events
from amends.complaints.models import Deadline, Remedy
from amends.complaints.stages import Stage
from amends.framework.models import Organisation
from amends.portal.facts import Facts
from amends.ui import formatting

HEADLINES: dict[Stage, str | Promise] = {
    Stage.RECEIVED: gettext_lazy("We have your complaint"),
    Stage.ASSESSED: gettext_lazy("We have your complaint and know how urgent it is"),
    Stage.INVESTIGATING: gettext_lazy("We are looking into your complaint"),
    Stage.PROPOSED: gettext_lazy("We are preparing our decision"),
    Stage.DECIDED: gettext_lazy("We are preparing our decision"),
    Stage.COMMUNICATED: gettext_lazy("Our decision is ready"),
    Stage.ACCEPTED: gettext_lazy("You have accepted our decision"),
    Stage.REMEDIED: gettext_lazy("We have done what we promised"),
    Stage.VERIFIED: gettext_lazy("We have done what we promised"),
    Stage.REJECTED: gettext_lazy("You do not agree with our decision"),
    Stage.IN_REVIEW: gettext_lazy("We are looking at your complaint again"),
    Stage.EXTERNAL: gettext_lazy("Your complaint is with an outside body"),
    Stage.REOPENED: gettext_lazy("We have taken up your complaint again"),
    Stage.CLOSED: gettext_lazy("Your complaint is closed"),
    Stage.OUT_OF_SCOPE: gettext_lazy("We cannot decide on this complaint"),
    Stage.WITHDRAWN: gettext_lazy("You have withdrawn your complaint"),
    Stage.MERGED: gettext_lazy("We handle your complaint together with another one"),
}
_DECIDING = {Stage.RECEIVED, Stage.ASSESSED, Stage.INVESTIGATING, Stage.REOPENED, Stage.PROPOSED, Stage.DECIDED}


@dataclass(frozen=True)
class Status:
    """What stands first on the tracking page."""

    headline: str
    sentence: SafeString
    is_late: bool = False
    waits_for_you: bool = False


def status_of(facts: Facts, organisation: Organisation, now: datetime) -> Status:
    """The words for the stage the complaint has reached."""
    stage = Stage(facts.complaint.stage)
    headline = str(HEADLINES[stage])
    if stage in _DECIDING | {Stage.IN_REVIEW}:
        sentence, is_late = _by_when(facts, now)
        waits = facts.question is not None
        return Status(_("We need an answer from you") if waits else headline, sentence, is_late, waits)
    return Status(headline, _SENTENCES[stage](facts, organisation, now))


def _by_when(facts: Facts, now: datetime) -> tuple[SafeString, bool]:
    """On time, later than we first said, or late."""
    deadline = facts.due(Deadline.Kind.REVIEW, Deadline.Kind.DECISION)
    if deadline is None:
        return escape(_("We will write to you here as soon as there is something new.")), False
    if deadline.due_at < now:
        late = _(
            "You should have had our decision by {day}. We are late, and we are sorry. We are still working on it. "
            "You need not do anything."
        )
        return _with_day(late, deadline.due_at), True
    if deadline.extended_from is not None:
        return _with_day(
            _("We need longer than we first said. You will have our decision by {day}."), deadline.due_at
        ), False
    return _with_day(_("You will have our decision by {day}. We are on time."), deadline.due_at), False


def _ready(facts: Facts, organisation: Organisation, now: datetime) -> SafeString:
    wanted = facts.told.answer_wanted_by if facts.told else None
    if wanted is None or wanted < now:
        return escape(_("Please read it, and tell us whether you accept it. You can still do so."))
    return _with_day(_("Please read it, and tell us by {day} whether you accept it."), wanted)


def _accepted(facts: Facts, organisation: Organisation, now: datetime) -> SafeString:
    due = [remedy.due_on for remedy in facts.remedies if remedy.state == Remedy.State.PROMISED]
    if not due:
        return escape(_("There is nothing more for you to do. We close the complaint and tell you here."))
    return _with_day(_("What we promised will be done by {day}. Then we close the complaint."), max(due))


def _done(facts: Facts, organisation: Organisation, now: datetime) -> SafeString:
    return escape(_("If something is missing, write to us below. Otherwise we close the complaint."))


def _rejected(facts: Facts, organisation: Organisation, now: datetime) -> SafeString:
    if organisation.is_small or facts.happened.has(events.ReviewOpened):
        body = body_of(organisation)
        return (
            format_html(_("You can take it to {body}."), body=body)
            if body
            else escape(_("Our letter says what you can do now."))
        )
    return escape(_("Somebody who did not decide before will look at it again. We tell you here when that begins."))


def _external(facts: Facts, organisation: Organisation, now: datetime) -> SafeString:
    if facts.referral is None:
        return escape(_("We follow what happens there until it is over."))
    if facts.referral.result:
        return format_html(_("{body} has decided."), body=facts.referral.body)
    sentence = _("{body} has had it since {day}. We follow what happens there until it is over.")
    return format_html(sentence, body=facts.referral.body, day=_bold(facts.referral.referred_on))


def _closed(facts: Facts, organisation: Organisation, now: datetime) -> SafeString:
    sentence = _("We closed it on {day}. If something is not right, write to us below: we can take it up again.")
    return _with_day(sentence, facts.happened.latest(events.Closed) or facts.complaint.stage_since)


def _withdrawn(facts: Facts, organisation: Organisation, now: datetime) -> SafeString:
    sentence = _("You withdrew it on {day}. If you change your mind, write to us below: we can take it up again.")
    return _with_day(sentence, facts.happened.latest(events.Withdrawn) or facts.complaint.stage_since)


def _out_of_scope(facts: Facts, organisation: Organisation, now: datetime) -> SafeString:
    return escape(_("Our message below says why, and where you can go with it."))


def _merged(facts: Facts, organisation: Organisation, now: datetime) -> SafeString:
    return escape(_("It is about the same matter. You will find our answer here as well."))


_SENTENCES: dict[Stage, Callable[[Facts, Organisation, datetime], SafeString]] = {
    Stage.COMMUNICATED: _ready,
    Stage.ACCEPTED: _accepted,
    Stage.REMEDIED: _done,
    Stage.VERIFIED: _done,
    Stage.REJECTED: _rejected,
    Stage.EXTERNAL: _external,
    Stage.CLOSED: _closed,
    Stage.WITHDRAWN: _withdrawn,
    Stage.OUT_OF_SCOPE: _out_of_scope,
    Stage.MERGED: _merged,
}


def body_of(organisation: Organisation) -> str:
    """The outside body in the reader's language, to stand inside a sentence."""
    return str(organisation.external_body).rstrip(".")


def _with_day(sentence: str, day: date | datetime) -> SafeString:
    return format_html(sentence, day=_bold(day))


def _bold(day: date | datetime) -> SafeString:
    return format_html("<b>{}</b>", formatting.long_day(day))
