"""Where a complaint stands, said to the person who complained: a headline, and what happens next by when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from amends.complaints import events
from amends.complaints.actions.unwithdraw import CAN_BE_TAKEN_BACK_FOR, can_be_taken_back
from amends.complaints.merging import merging_of
from amends.complaints.models import Remedy
from amends.complaints.stages import Stage
from amends.complaints.where_it_stands import HEADLINES
from amends.framework.models import Organisation
from amends.framework.which_packs import rules_of
from amends.portal.facts import Facts
from amends.portal.outside import Outside, outside_of
from amends.portal.timing import UNDECIDED, Timing, dated, in_bold, timing_of, with_days


@dataclass(frozen=True)
class Status:
    """What stands first on the tracking page. `outside`: where else one can turn, when that is of use now."""

    headline: str
    sentence: SafeString
    more: tuple[SafeString, ...] = ()
    is_late: bool = False
    is_waiting: bool = False
    is_dated: bool = False
    is_deemed: bool = False
    outside: tuple[Outside, ...] = ()


def status_of(facts: Facts, organisation: Organisation, now: datetime) -> Status:
    """The words for the stage the complaint has reached and for how our time stands."""
    stage = Stage(facts.complaint.stage)
    headline = str(HEADLINES[stage])
    if stage not in UNDECIDED:
        sentence = _SENTENCES[stage](facts, organisation, now)
        is_late = stage is Stage.ACCEPTED and any(remedy.due_on < _today(now) for remedy in _promised(facts))
        outside = outside_of(facts.complaint, facts.clocks, now)
        if stage is not Stage.REJECTED or _is_reviewed(facts, organisation):
            outside = [body for body in outside if body.until]
        is_dated = bool(dated(facts.complaint, facts.clocks))
        return Status(headline, sentence, is_late=is_late, is_dated=is_dated, outside=tuple(outside))
    timing = timing_of(facts, now)
    if facts.question is not None:
        headline = _("We need an answer from you")
    elif timing.headline:
        headline = timing.headline
    return Status(
        headline,
        timing.sentence,
        timing.more,
        is_late=timing.is_late,
        is_waiting=timing.is_waiting,
        is_dated=timing.is_dated,
        is_deemed=timing.deemed is not None,
        outside=_turn_to(facts, timing, now),
    )


def _turn_to(facts: Facts, timing: Timing, now: datetime) -> tuple[Outside, ...]:
    """All bodies when we are late; after a silence that counts as an answer, those that this opens."""
    rule = rules_of(facts.complaint.pack).deemed_outcome if timing.deemed else None
    found = outside_of(facts.complaint, facts.clocks, now, opened=rule.opens if rule else "external")
    return tuple(body for body in found if timing.is_late or body.until)


def _ready(facts: Facts, organisation: Organisation, now: datetime) -> SafeString:
    wanted = facts.told.answer_wanted_by if facts.told else None
    if wanted is None or wanted < now:
        return escape(_("Please read it, and tell us whether you accept it. You can still do so."))
    return with_days(_("Please read it, and tell us by {day} whether you accept it."), day=wanted)


def _accepted(facts: Facts, organisation: Organisation, now: datetime) -> SafeString:
    due = [remedy.due_on for remedy in _promised(facts)]
    if not due:
        return escape(_("There is nothing more for you to do. We close the complaint and tell you here."))
    if min(due) < _today(now):
        late = _("What we promised should have been done by {day}. We are late, and we are sorry. We are still on it.")
        return with_days(late, day=min(due))
    return with_days(_("What we promised will be done by {day}. Then we close the complaint."), day=max(due))


def _promised(facts: Facts) -> list[Remedy]:
    return [remedy for remedy in facts.remedies if remedy.state == Remedy.State.PROMISED]


def _today(now: datetime) -> date:
    return timezone.localtime(now).date()


def _done(facts: Facts, organisation: Organisation, now: datetime) -> SafeString:
    return escape(_("If something is missing, write to us below. Otherwise we close the complaint."))


def _rejected(facts: Facts, organisation: Organisation, now: datetime) -> SafeString:
    if not _is_reviewed(facts, organisation):
        if outside_of(facts.complaint, facts.clocks, now):
            return escape(_("You can take it to a body outside. Below you see which."))
        body = body_of(organisation)
        return (
            format_html(_("You can take it to {body}."), body=body)
            if body
            else escape(_("Our letter says what you can do now."))
        )
    return escape(_("Somebody who did not decide before will look at it again. We tell you here when that begins."))


def _is_reviewed(facts: Facts, organisation: Organisation) -> bool:
    """Whether somebody who did not decide before looks at it again when the complainant does not agree."""
    knows_review = rules_of(facts.complaint.pack).stage(2) is not None
    return knows_review and not organisation.is_small and not facts.happened.has(events.ReviewOpened)


def _external(facts: Facts, organisation: Organisation, now: datetime) -> SafeString:
    if facts.referral is None:
        return escape(_("We follow what happens there until it is over."))
    if facts.referral.result:
        return format_html(_("{body} has decided."), body=facts.referral.called)
    sentence = _("{body} has had it since {day}. We follow what happens there until it is over.")
    return format_html(sentence, body=facts.referral.called, day=in_bold(facts.referral.referred_on))


def _closed(facts: Facts, organisation: Organisation, now: datetime) -> SafeString:
    sentence = _("We closed it on {day}. If something is not right, write to us below: we can take it up again.")
    return with_days(sentence, day=facts.happened.latest(events.Closed) or facts.complaint.stage_since)


def _withdrawn(facts: Facts, organisation: Organisation, now: datetime) -> SafeString:
    standing = can_be_taken_back(facts.complaint, now)
    if standing is not None:
        until = _("You withdrew it on {day}. Until {last} you can take that back here, and we go on where we stopped.")
        return with_days(until, day=standing.at, last=standing.at + CAN_BE_TAKEN_BACK_FOR)
    sentence = _("You withdrew it on {day}. If you change your mind, write to us below: we can take it up again.")
    return with_days(sentence, day=facts.happened.latest(events.Withdrawn) or facts.complaint.stage_since)


def _out_of_scope(facts: Facts, organisation: Organisation, now: datetime) -> SafeString:
    return escape(_("Our message below says why, and where you can go with it."))


def _merged(facts: Facts, organisation: Organisation, now: datetime) -> SafeString:
    """Only somebody who complains in both learns the other reference: to others it would tell that somebody did."""
    merging = merging_of(facts.complaint)
    if merging is None or not merging.is_same_person:
        return escape(
            _("It is about the same matter. We tell you here what comes of it, and you can write to us as before.")
        )
    sentence = _(
        "It is about the same matter as {reference}, and it goes on there: open that one with its own access code. "
        "You can write to us here as before."
    )
    reference = format_html('<bdi class="reference" dir="ltr">{}</bdi>', merging.into.reference)
    return format_html(sentence, reference=reference)


def _void(facts: Facts, organisation: Organisation, now: datetime) -> SafeString:
    return escape(
        _(
            "We set it aside because it was recorded by mistake or as a test. If it is a real complaint, write to us "
            "below: we look at it again and take it up with the dates that it had."
        )
    )


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
    Stage.VOID: _void,
}


def body_of(organisation: Organisation) -> str:
    """The outside body in the reader's language, to stand inside a sentence."""
    return str(organisation.external_body).rstrip(".")
