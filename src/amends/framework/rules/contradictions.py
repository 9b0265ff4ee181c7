"""Where a rule pack of the right shape contradicts itself: its clocks. Each function looks for one kind of nonsense."""

from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amends.framework.rules.lengths import may_be_as_long, may_end_later
from amends.framework.rules.parts import Clock, Pack
from amends.framework.rules.problems import Problem
from amends.framework.rules.vocabulary import ClockKind, HoldingPart, LetterKind, Met, OnPass, Owes, Start

#: These duties do not end because their time is up: who did not answer still owes an answer.
_NEVER_LAPSE = (ClockKind.ACKNOWLEDGEMENT, ClockKind.DECISION, ClockKind.REVIEW, ClockKind.UPDATE)


def in_clocks(pack: Pack) -> Iterator[Problem]:
    """Everything that is wrong with single clocks."""
    for place, clock in enumerate(pack.clocks):
        where = f"clocks[{place}]"
        yield from _meeting(clock, where)
        yield from _passing(clock, pack, where)
        yield from _stages(clock, pack, where)
        yield from _holding(clock, pack, where)
        yield from _lengths(clock, where)


def _meeting(clock: Clock, where: str) -> Iterator[Problem]:
    if clock.starts.value in {event.value for event in clock.met_by}:
        sentence = _("The clock “{clock}” is met by the very event that starts it. Choose another one.")
        yield Problem(f"{where}.met_by", format_lazy(sentence, clock=clock.code))
    if clock.repeats and not clock.met_by:
        sentence = _("The clock “{clock}” starts again whenever it is met, but nothing meets it. Say what does.")
        yield Problem(f"{where}.repeats", format_lazy(sentence, clock=clock.code))
    elif not clock.met_by and clock.on_pass is OnPass.OVERDUE:
        sentence = _("Nothing can meet the clock “{clock}”, so it would always be late. Say what meets it.")
        yield Problem(f"{where}.met_by", format_lazy(sentence, clock=clock.code))
    kind, owed_by = clock.kind, clock.owed_by
    if kind is ClockKind.ANSWER and owed_by is not Owes.COMPLAINANT:
        sentence = _("The clock “{clock}” waits for an answer, which only the complainant can owe.")
        yield Problem(f"{where}.owed_by", format_lazy(sentence, clock=clock.code))


def _passing(clock: Clock, pack: Pack, where: str) -> Iterator[Problem]:
    if clock.owed_by is Owes.COMPLAINANT and clock.on_pass is not OnPass.LAPSE:
        sentence = _("A complainant is never late. Let the clock “{clock}” lapse when its time is up.")
        yield Problem(f"{where}.on_pass", format_lazy(sentence, clock=clock.code))
    elif clock.owed_by is Owes.ORGANISATION and clock.on_pass is OnPass.LAPSE and clock.kind in _NEVER_LAPSE:
        sentence = _("The duty of the clock “{clock}” does not end with its time. Let it become overdue.")
        yield Problem(f"{where}.on_pass", format_lazy(sentence, clock=clock.code))
    if clock.owed_by is Owes.COMPLAINANT and (clock.new_date_when_late or clock.update_before):
        sentence = _("What the complainant owes needs no apology and no news of ours: clock “{clock}”.")
        part = "when_late" if clock.new_date_when_late else "update_before"
        yield Problem(f"{where}.{part}", format_lazy(sentence, clock=clock.code))
    deemed = pack.deemed_outcome
    if clock.on_pass is OnPass.DEEM and (deemed is None or deemed.clock != clock.code):
        sentence = _("Silence decides when the clock “{clock}” passes, but the deemed outcome does not name it.")
        yield Problem(f"{where}.on_pass", format_lazy(sentence, clock=clock.code))
    if clock.starts is Start.DEEMED and deemed is None:
        sentence = _("The clock “{clock}” starts with a deemed outcome, and this pack has none.")
        yield Problem(f"{where}.starts", format_lazy(sentence, clock=clock.code))
    if clock.new_date_when_late and LetterKind.DELAY not in pack.letters:
        sentence = _("The clock “{clock}” promises an apology with a new date. Add the letter “delay”.")
        yield Problem(f"{where}.when_late", format_lazy(sentence, clock=clock.code))


def _stages(clock: Clock, pack: Pack, where: str) -> Iterator[Problem]:
    stage = pack.stage(clock.stage)
    if stage is None:
        sentence = _("The clock “{clock}” belongs to stage {stage}, which this pack does not have.")
        yield Problem(f"{where}.stage", format_lazy(sentence, clock=clock.code, stage=clock.stage))
    review = pack.stage(2)
    if clock.starts in (Start.REVIEW_OPENED, Start.REVIEW_ACKNOWLEDGED):
        if review is None:
            sentence = _("The clock “{clock}” starts with a review, and this pack has no second stage.")
            yield Problem(f"{where}.starts", format_lazy(sentence, clock=clock.code))
        elif clock.stage != 2:
            sentence = _("The clock “{clock}” starts with a review. Let it belong to stage 2.")
            yield Problem(f"{where}.stage", format_lazy(sentence, clock=clock.code))
    acknowledged = clock.starts is Start.REVIEW_ACKNOWLEDGED or Met.REVIEW_ACKNOWLEDGED in clock.met_by
    if acknowledged and review is not None and not review.own_acknowledgement:
        sentence = _("The clock “{clock}” needs a review that is acknowledged on its own, and stage 2 is not.")
        part = "starts" if clock.starts is Start.REVIEW_ACKNOWLEDGED else "met_by"
        yield Problem(f"{where}.{part}", format_lazy(sentence, clock=clock.code))
    if clock.kind is ClockKind.REVIEW and clock.stage != 2:
        sentence = _("The clock “{clock}” is about a review. Let it belong to stage 2.")
        yield Problem(f"{where}.stage", format_lazy(sentence, clock=clock.code))


def _holding(clock: Clock, pack: Pack, where: str) -> Iterator[Problem]:
    parts = clock.holding_parts
    if not parts:
        return
    place = f"{where}.holding_reply"
    if clock.extension is None:
        sentence = _("A holding reply puts the date off, but the clock “{clock}” cannot be extended. Say by how much.")
        yield Problem(place, format_lazy(sentence, clock=clock.code))
    if HoldingPart.EXTERNAL_RIGHT in parts and not pack.external:
        sentence = _("The holding reply of the clock “{clock}” names an outside body, and this pack has none.")
        yield Problem(place, format_lazy(sentence, clock=clock.code))
    missing = [part.value for part in parts if part.value not in pack.letters.get(LetterKind.HOLDING, ())]
    if missing:
        sentence = _("The letter “holding” lacks what the clock “{clock}” demands of it: {blocks}.")
        yield Problem(place, format_lazy(sentence, clock=clock.code, blocks=", ".join(missing)))


def _lengths(clock: Clock, where: str) -> Iterator[Problem]:
    if clock.outer is not None:
        yield from _within_outer(clock, where)
    if clock.update_before and may_be_as_long(clock.update_before, clock.limit):
        sentence = _("The news before the date would be due before the clock “{clock}” starts. Make it shorter.")
        yield Problem(f"{where}.update_before", format_lazy(sentence, clock=clock.code))
    for place, reminder in enumerate(clock.remind):
        if may_be_as_long(reminder, clock.limit):
            sentence = _("This reminder would come before the clock “{clock}” starts. Make it shorter.")
            yield Problem(f"{where}.remind[{place}]", format_lazy(sentence, clock=clock.code))


def _within_outer(clock: Clock, where: str) -> Iterator[Problem]:
    assert clock.outer is not None
    if may_end_later([clock.limit], clock.outer):
        sentence = _("The outer limit of the clock “{clock}” is shorter than its limit.")
        yield Problem(f"{where}.outer", format_lazy(sentence, clock=clock.code))
        return
    if clock.extension:
        longest = [clock.limit, *[clock.extension.most] * clock.extension.times]
        if may_end_later(longest, clock.outer):
            sentence = _("The extensions of the clock “{clock}” can pass its outer limit. Allow fewer or shorter ones.")
            yield Problem(f"{where}.extension", format_lazy(sentence, clock=clock.code))
    for place, permit in enumerate(clock.pauses):
        if may_end_later([clock.limit, permit.cap], clock.outer):
            sentence = _("This pause of the clock “{clock}” can pass its outer limit. Lower its cap.")
            yield Problem(f"{where}.pauses[{place}].cap", format_lazy(sentence, clock=clock.code))
