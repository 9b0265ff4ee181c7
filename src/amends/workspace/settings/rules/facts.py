"""A rule pack as parts with facts in words: what the page of a pack shows, and what two packs are compared by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.calendars.limits import USUAL_END, DayOff, Ends, LateArrival, Limit
from amends.framework.rules.parts import Clock, ExternalBody, Figure, Pack, Stage, Suspension, WhoseCalendar
from amends.framework.rules.vocabulary import Follows, LetterKind
from amends.kit.money import Money
from amends.ui import formatting
from amends.ui.current import own_name
from amends.workspace.settings.rules import words

Words = str | Promise


@dataclass(frozen=True)
class Fact:
    """One thing that a part says, in as many lines as it needs; none where it says nothing about it."""

    key: str
    label: Words
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """Something that two packs may both have: the same key in both means the same thing."""

    key: str
    title: str
    facts: tuple[Fact, ...]

    def fact(self, key: str) -> Fact:
        """The fact of that key; it is always there."""
        return next(fact for fact in self.facts if fact.key == key)


def parts_of(pack: Pack) -> list[Part]:
    """Everything that a pack says, in the order in which people read it."""
    return [
        Part("pack", _("The pack"), tuple(pack_facts(pack))),
        *(clock_part(clock, pack) for clock in pack.clocks),
        *(_stage_part(stage) for stage in pack.stages),
        *special_ways(pack),
        *(body_part(body, pack) for body in pack.external),
        *(suspension_part(suspension, pack) for suspension in pack.suspensions),
        *_retention_parts(pack),
        *(_letter_part(kind, pack) for kind in pack.letters),
    ]


def one_line(*values: object) -> tuple[str, ...]:
    """Values as lines; empty ones say nothing."""
    return tuple(str(value) for value in values if value not in (None, ""))


# ---------------------------------------------------------------- lengths of time


def limit_lines(limit: Limit | None) -> tuple[str, ...]:
    """A length of time, and what is unusual about how it ends."""
    if limit is None:
        return ()
    lines = [formatting.limit(limit)]
    if limit.ends is not USUAL_END[limit.unit]:
        lines.append(_("Ends at the close of work") if limit.ends is Ends.CLOSE else _("Ends at midnight"))
    if limit.day_off is not DayOff.STAY:
        lines.append(str(_DAYS_OFF[limit.day_off]))
    if limit.late_arrival is LateArrival.NEXT_WORKING_DAY:
        lines.append(_("What comes in outside working hours counts from the next working day"))
    return tuple(lines)


_DAYS_OFF: dict[DayOff, Words] = {
    DayOff.NEXT_WORKING_DAY: gettext_lazy("A day off moves it on to the next working day"),
    DayOff.PREVIOUS_WORKING_DAY: gettext_lazy("A day off moves it back to the working day before"),
}


def labelled(label: object, value: object) -> str:
    """A name and its value on one line."""
    return _("%(name)s: %(value)s") % {"name": label, "value": value}


# ---------------------------------------------------------------- the pack as a whole


def pack_facts(pack: Pack) -> Iterator[Fact]:
    """What it is about, and what holds for all of it."""
    yield Fact("name", gettext_lazy("Name"), one_line(pack.name))
    yield Fact("about", gettext_lazy("What it is about"), one_line(pack.about))
    yield Fact("jurisdiction", gettext_lazy("Where it applies"), one_line(words.place(pack.jurisdiction)))
    yield Fact("languages", gettext_lazy("Languages of its letters"), tuple(own_name(code) for code in pack.languages))
    yield Fact("calendar", gettext_lazy("Working days"), calendar_lines(pack.calendar))
    yield Fact(
        "automatic",
        gettext_lazy("An automatic confirmation meets the clock"),
        one_line(words.yes_or_no(pack.automatic_acknowledgement_counts)),
    )
    yield Fact(
        "attempts",
        gettext_lazy("Attempts to reach a complainant before it is closed without an answer"),
        one_line(formatting.number(pack.contact_attempts_before_no_answer)),
    )


def calendar_lines(calendar: WhoseCalendar) -> tuple[str, ...]:
    """Whose working days count."""
    if calendar.follows is Follows.ORGANISATION:
        return (_("The organisation's own calendar"),)
    half_days = _("Half days count as short days") if calendar.half_days else _("Half days count as whole days")
    region = labelled(_("Region"), calendar.subdivision) if calendar.subdivision else ""
    return one_line(labelled(_("Public holidays"), words.place(calendar.country)), region, half_days)


# ---------------------------------------------------------------- clocks


def clock_part(clock: Clock, pack: Pack) -> Part:
    """A clock with its figure."""
    return Part(f"clock {clock.code}", str(clock.name), (*_clock_facts(clock), *figure_facts(clock.figure, pack)))


def _clock_facts(clock: Clock) -> Iterator[Fact]:
    yield Fact("name", gettext_lazy("Name"), one_line(clock.name))
    yield Fact("kind", gettext_lazy("About"), one_line(words.KINDS[clock.kind]))
    yield Fact("stage", gettext_lazy("Stage"), one_line(words.STAGES[clock.stage]))
    yield Fact("starts", gettext_lazy("Starts"), one_line(words.STARTS[clock.starts]))
    yield Fact("limit", gettext_lazy("Time"), limit_lines(clock.limit))
    yield Fact("met_by", gettext_lazy("Met when"), _met_lines(clock))
    yield Fact("owed_by", gettext_lazy("Who owes it"), one_line(words.OWED_BY[clock.owed_by]))
    yield Fact("extension", gettext_lazy("Taking more time"), _extension_lines(clock))
    yield Fact("outer", gettext_lazy("At most, from the start"), limit_lines(clock.outer) or (_("No outer limit"),))
    yield Fact("pauses", gettext_lazy("Standing still"), _pause_lines(clock))
    yield Fact("on_pass", gettext_lazy("When it passes"), one_line(words.ON_PASS[clock.on_pass]))
    yield Fact("remind", gettext_lazy("Reminders before the date"), tuple(map(formatting.limit, clock.remind)))
    yield Fact("update", gettext_lazy("News to the complainant before the date"), limit_lines(clock.update_before))
    holding = tuple(str(words.HOLDING[part]) for part in clock.holding_parts)
    yield Fact("holding", gettext_lazy("A holding reply says"), holding)
    yield Fact("late", gettext_lazy("New date after an apology"), limit_lines(clock.new_date_when_late))


def _met_lines(clock: Clock) -> tuple[str, ...]:
    lines = [str(label) for met, label in words.MET_BY.items() if met in clock.met_by]
    if clock.repeats:
        lines.append(_("Then it starts again"))
    return tuple(lines) or (_("Nothing meets it"),)


def _extension_lines(clock: Clock) -> tuple[str, ...]:
    if clock.extension is None:
        return (_("Not possible"),)
    times = clock.extension.times
    reason = _("With a reason") if clock.extension.needs_reason else ""
    often = ngettext("Once", "Up to %(count)d times", times) % {"count": times}
    return one_line(often, labelled(_("At most, each time"), formatting.limit(clock.extension.most)), reason)


def _pause_lines(clock: Clock) -> tuple[str, ...]:
    lines = [] if clock.pauses else [_("Never")]
    for permit in clock.pauses:
        lines.append(labelled(words.PAUSES[permit.why], formatting.limit(permit.cap)))
        if permit.needs_reason:
            lines.append(_("With a reason"))
    return tuple(lines)


def figure_facts(figure: Figure, pack: Pack) -> Iterator[Fact]:
    """Where a figure stands, and whether somebody has seen it there."""
    yield Fact("source", gettext_lazy("Source"), one_line(pack.sources[figure.source].title))
    yield Fact("place", gettext_lazy("Place"), one_line(figure.place))
    yield Fact("status", gettext_lazy("State"), one_line(words.STATUS[figure.status]))
    yield Fact("seen_on", gettext_lazy("Looked at on"), one_line(formatting.day(figure.seen_on)))
    yield Fact("note", gettext_lazy("Note"), one_line(figure.note))


# ---------------------------------------------------------------- what else a pack says


def _stage_part(stage: Stage) -> Part:
    return Part(f"stage {stage.stage}", str(words.STAGES[stage.stage]), tuple(stage_facts(stage)))


def stage_facts(stage: Stage) -> Iterator[Fact]:
    """Who may handle it, and what the complainant is told first."""
    yield Fact(
        "person",
        gettext_lazy("Somebody else than before handles it"),
        one_line(words.yes_or_no(stage.different_person)),
    )
    yield Fact(
        "acknowledgement",
        gettext_lazy("It is confirmed on its own"),
        one_line(words.yes_or_no(stage.own_acknowledgement)),
    )
    yield Fact(
        "reason",
        gettext_lazy("The complainant may be asked for a reason"),
        one_line(words.yes_or_no(stage.reason_may_be_demanded)),
    )


def special_ways(pack: Pack) -> Iterator[Part]:
    """Early resolution and what silence means, where the pack has them."""
    early, deemed = pack.early_resolution, pack.deemed_outcome
    if early is not None:
        facts = (
            Fact("clock", gettext_lazy("Within the clock"), one_line(pack.clock(early.clock).name)),
            Fact("letter", gettext_lazy("Letter that is needed"), one_line(words.LETTERS[early.letter])),
            Fact("spares", gettext_lazy("Letters that are spared"), tuple(str(words.LETTERS[k]) for k in early.spares)),
        )
        yield Part("early", _("Early resolution"), (*facts, *figure_facts(early.figure, pack)))
    if deemed is not None:
        bodies = [body for body in pack.external if deemed.opens in {body.code, "external"}]
        facts = (
            Fact("clock", gettext_lazy("When this clock passes"), one_line(pack.clock(deemed.clock).name)),
            Fact("outcome", gettext_lazy("What silence means"), one_line(words.DEEMED_AS[deemed.outcome])),
            Fact("opens", gettext_lazy("Who can be turned to then"), tuple(str(body.name) for body in bodies)),
        )
        yield Part("deemed", _("What silence means"), (*facts, *figure_facts(deemed.figure, pack)))


def body_part(body: ExternalBody, pack: Pack) -> Part:
    """An outside body: how long it can be turned to, up to which value, and for whom."""
    facts = (
        Fact("name", gettext_lazy("Name"), one_line(body.name)),
        Fact("url", gettext_lazy("Address"), one_line(body.url)),
        Fact("clock", gettext_lazy("Time to turn to it"), _window_lines(body, pack)),
        Fact("money", gettext_lazy("Up to a value of, by year"), _money_lines(body)),
        Fact("admissibility", gettext_lazy("When it takes a case"), one_line(body.admissibility)),
    )
    return Part(f"external {body.code}", str(body.name), (*facts, *figure_facts(body.figure, pack)))


def _window_lines(body: ExternalBody, pack: Pack) -> tuple[str, ...]:
    if body.clock is None:
        return ()
    clock = pack.clock(body.clock)
    return (*limit_lines(clock.limit), str(words.STARTS[clock.starts]))


def _money_lines(body: ExternalBody) -> tuple[str, ...]:
    if body.money is None:
        return ()
    currency = body.money.currency
    return tuple(labelled(year, formatting.money(Money(below, currency))) for year, below in body.money.below.items())


def suspension_part(suspension: Suspension, pack: Pack) -> Part:
    """A time in which a regulator has stopped clocks."""
    stopped = [str(pack.clock(code).name) for code in suspension.clocks]
    if suspension.retention:
        stopped.append(_("Keeping of records"))
    happened = _from_until(suspension.occurred_from, suspension.occurred_until)
    facts = (
        Fact("products", gettext_lazy("Products, by their codes"), suspension.products),
        Fact("occurred", gettext_lazy("For what happened"), happened),
        Fact("stops", gettext_lazy("What stands still"), tuple(stopped)),
        Fact("during", gettext_lazy("Stands still"), _from_until(suspension.begins, suspension.until)),
    )
    title = labelled(_("Clocks stand still"), suspension.code)
    return Part(f"suspension {suspension.code}", title, (*facts, *figure_facts(suspension.figure, pack)))


def _from_until(first: date | None, last: date | None) -> tuple[str, ...]:
    return one_line(
        labelled(_("From"), formatting.day(first)) if first else "",
        labelled(_("Until the end of"), formatting.day(last)) if last else "",
    )


def _retention_parts(pack: Pack) -> Iterator[Part]:
    for kept in pack.retention:
        facts = (
            Fact("limit", gettext_lazy("Time"), limit_lines(kept.limit)),
            Fact("starts", gettext_lazy("Counted"), one_line(words.RETENTION_STARTS[kept.starts])),
        )
        title = labelled(_("Keeping of records"), kept.record_class)
        yield Part(f"retention {kept.record_class}", title, (*facts, *figure_facts(kept.figure, pack)))


def _letter_part(kind: LetterKind, pack: Pack) -> Part:
    wording = pack.wording.get(kind, {})
    facts = [Fact("blocks", gettext_lazy("Parts"), tuple(words.block(code) for code in pack.letters[kind]))]
    for code, texts in wording.items():
        lines = _in_each_language(texts.items())
        facts.append(Fact(f"wording {code}", labelled(_("Wording"), words.block(code)), lines))
    return Part(f"letter {kind}", labelled(_("Letter"), words.LETTERS[kind]), tuple(facts))


def _in_each_language(texts: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(labelled(own_name(language), text) for language, text in texts)
