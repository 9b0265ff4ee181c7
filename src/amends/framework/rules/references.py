"""Where the parts of a rule pack do not fit together: names that lead nowhere, doubles, dates the wrong way round."""

from collections.abc import Hashable, Iterable, Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amends.calendars.public_holidays import countries, regions
from amends.framework.rules.lengths import may_be_as_long
from amends.framework.rules.parts import Example, Pack, Suspension, WhoseCalendar
from amends.framework.rules.problems import Problem
from amends.framework.rules.vocabulary import OWN_BLOCKS, ClockKind, Follows, LetterKind, OnPass


def between_parts(pack: Pack) -> Iterator[Problem]:
    """Everything that is wrong between the parts."""
    yield from _doubles(pack)
    yield from _sources(pack)
    yield from _calendar(pack)
    yield from _early(pack)
    yield from _deemed(pack)
    yield from _external(pack)
    for place, suspension in enumerate(pack.suspensions):
        yield from _suspension(suspension, pack, f"suspensions[{place}]")
    yield from _letters(pack)
    yield from _wording(pack)
    for place, example in enumerate(pack.examples):
        yield from _example(example, pack, f"examples[{place}]")


def _doubles(pack: Pack) -> Iterator[Problem]:
    yield from _twice("clocks", "code", (clock.code for clock in pack.clocks))
    yield from _twice("stages", "stage", (stage.stage for stage in pack.stages))
    yield from _twice("external", "code", (body.code for body in pack.external))
    yield from _twice("suspensions", "code", (suspension.code for suspension in pack.suspensions))
    yield from _twice("retention", "class", (retention.record_class for retention in pack.retention))
    for place, clock in enumerate(pack.clocks):
        yield from _twice(f"clocks[{place}].pauses", "why", (permit.why for permit in clock.pauses))
    if pack.stage(1) is None:
        yield Problem("stages", _("The first stage is missing. Add it."))


def _twice(where: str, part: str, codes: Iterable[Hashable]) -> Iterator[Problem]:
    seen = set()
    for place, code in enumerate(codes):
        if code in seen:
            sentence = _("“{code}” stands here twice. Rename or remove one of the two.")
            yield Problem(f"{where}[{place}].{part}", format_lazy(sentence, code=code))
        seen.add(code)


def _sources(pack: Pack) -> Iterator[Problem]:
    named = [(f"{where}.figure", figure.source) for where, figure in pack.figures()]
    named += [(f"examples[{place}]", example.source) for place, example in enumerate(pack.examples)]
    for where, source in named:
        if source not in pack.sources:
            sentence = _("The source “{source}” is not listed under “sources”. Add it there.")
            yield Problem(f"{where}.source", format_lazy(sentence, source=source))


def _calendar(pack: Pack) -> Iterator[Problem]:
    calendar = pack.calendar
    if calendar.follows is Follows.JURISDICTION and not calendar.country:
        yield Problem("calendar.country", _("Say whose public holidays count."))
    elif calendar.follows is Follows.JURISDICTION and calendar.country not in countries():
        yield Problem("calendar.country", _("The public holidays of this country are not known. Choose another one."))
    elif calendar.follows is Follows.JURISDICTION and calendar.subdivision:
        yield from _region(calendar)
    if calendar.follows is Follows.ORGANISATION and (calendar.country or calendar.subdivision or calendar.half_days):
        sentence = _("The organisation's own calendar has its own holidays. Remove country, region and half days.")
        yield Problem("calendar", sentence)


def _region(calendar: WhoseCalendar) -> Iterator[Problem]:
    known = regions(calendar.country)
    if not known:
        sentence = _("This country has no regions with public holidays of their own. Leave the region out.")
        yield Problem("calendar.subdivision", sentence)
    elif calendar.subdivision not in known:
        sentence = _("The public holidays of this region are not known. Write one of these: {regions}.")
        yield Problem("calendar.subdivision", format_lazy(sentence, regions=", ".join(known)))


def _early(pack: Pack) -> Iterator[Problem]:
    early = pack.early_resolution
    codes = [clock.code for clock in pack.clocks_of(ClockKind.EARLY)]
    if early is None:
        if codes:
            sentence = _("The clock “{clock}” is for early resolution, of which this pack says nothing.")
            yield Problem("early_resolution", format_lazy(sentence, clock=codes[0]))
        return
    if early.clock not in codes:
        sentence = _("“{clock}” is no clock of the kind “early”. Name one that is.")
        yield Problem("early_resolution.clock", format_lazy(sentence, clock=early.clock))
    else:
        limit = pack.clock(early.clock).limit
        for decision in pack.clocks_of(ClockKind.DECISION):
            if decision.stage == 1 and may_be_as_long(limit, decision.limit):
                sentence = _("Early resolution has as much time as the decision “{clock}”, so it is not early.")
                yield Problem("early_resolution.clock", format_lazy(sentence, clock=decision.code))
    if early.letter not in pack.letters:
        sentence = _("The letter “{letter}” is not listed under “letters”. Add it there.")
        yield Problem("early_resolution.letter", format_lazy(sentence, letter=early.letter))
    if early.letter in early.spares:
        yield Problem("early_resolution.spares", _("The letter that is needed cannot be spared."))


def _deemed(pack: Pack) -> Iterator[Problem]:
    deemed = pack.deemed_outcome
    if deemed is None:
        return
    if not any(clock.code == deemed.clock and clock.on_pass is OnPass.DEEM for clock in pack.clocks):
        sentence = _("“{clock}” is no clock whose passing decides. Name one with “deem”.")
        yield Problem("deemed_outcome.clock", format_lazy(sentence, clock=deemed.clock))
    ways = {body.code for body in pack.external} | ({"external"} if pack.external else set())
    if deemed.opens not in ways:
        sentence = _("“{way}” is no outside body of this pack. Name one, or “external” for all of them.")
        yield Problem("deemed_outcome.opens", format_lazy(sentence, way=deemed.opens))


def _external(pack: Pack) -> Iterator[Problem]:
    windows = [clock.code for clock in pack.clocks_of(ClockKind.EXTERNAL)]
    for place, body in enumerate(pack.external):
        where = f"external[{place}]"
        if body.clock is not None and body.clock not in windows:
            sentence = _("“{clock}” is no clock of the kind “external”. Name one that is.")
            yield Problem(f"{where}.clock", format_lazy(sentence, clock=body.clock))
        if body.money is not None and list(body.money.below) != sorted(body.money.below):
            yield Problem(f"{where}.money.below", _("The years are not in order. Put the earliest first."))


def _suspension(suspension: Suspension, pack: Pack, where: str) -> Iterator[Problem]:
    codes = {clock.code for clock in pack.clocks}
    for place, code in enumerate(suspension.clocks):
        if code not in codes:
            sentence = _("This pack has no clock “{clock}”. Name one that it has.")
            yield Problem(f"{where}.clocks[{place}]", format_lazy(sentence, clock=code))
    if suspension.until is not None and suspension.until < suspension.begins:
        yield Problem(f"{where}.until", _("This ends before it begins. Correct one of the two days."))
    first, last = suspension.occurred_from, suspension.occurred_until
    if first is not None and last is not None and last < first:
        yield Problem(f"{where}.occurred_until", _("This ends before it begins. Correct one of the two days."))
    if not suspension.clocks and not suspension.retention:
        yield Problem(f"{where}.clocks", _("This suspension stops nothing. Name a clock, or remove it."))
    if suspension.retention and not pack.retention:
        yield Problem(f"{where}.retention", _("This pack says nothing about keeping records, so nothing can stop."))


def _letters(pack: Pack) -> Iterator[Problem]:
    if LetterKind.DECISION not in pack.letters:
        yield Problem("letters.decision", _("A decision has to be told. Say of which blocks its letter is made."))
    for kind, blocks in pack.letters.items():
        yield from _twice_in_letter(kind, blocks)
        for block in blocks:
            if block not in OWN_BLOCKS[kind] and block not in pack.wording.get(kind, {}):
                sentence = _("Amends cannot write the block “{block}” by itself. Give its wording.")
                yield Problem(f"wording.{kind}.{block}", format_lazy(sentence, block=block))


def _twice_in_letter(kind: str, blocks: tuple[str, ...]) -> Iterator[Problem]:
    for place, block in enumerate(blocks):
        if block in blocks[:place]:
            sentence = _("“{code}” stands here twice. Rename or remove one of the two.")
            yield Problem(f"letters.{kind}[{place}]", format_lazy(sentence, code=block))


def _wording(pack: Pack) -> Iterator[Problem]:
    wanted = dict.fromkeys(("en", *pack.languages))
    for kind, blocks in pack.wording.items():
        for block, texts in blocks.items():
            where = f"wording.{kind}.{block}"
            if block not in pack.letters.get(kind, ()):
                sentence = _("The letter “{letter}” does not ask for this block. List it under “letters”.")
                yield Problem(where, format_lazy(sentence, letter=kind))
            for language in wanted:
                if language not in texts:
                    sentence = _("The wording is missing in a language of this pack: {language}. Add it.")
                    yield Problem(f"{where}.{language}", format_lazy(sentence, language=language))


def _example(example: Example, pack: Pack, where: str) -> Iterator[Problem]:
    clock = next((clock for clock in pack.clocks if clock.code == example.clock), None)
    if clock is None:
        sentence = _("This pack has no clock “{clock}”. Name one that it has.")
        yield Problem(f"{where}.clock", format_lazy(sentence, clock=example.clock))
    elif len(example.extensions) > (clock.extension.times if clock.extension else 0):
        sentence = _("The clock “{clock}” cannot be extended that often.")
        yield Problem(f"{where}.extensions", format_lazy(sentence, clock=example.clock))
    if example.due < example.start:
        yield Problem(f"{where}.due", _("This ends before it begins. Correct one of the two days."))
