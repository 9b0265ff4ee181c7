"""What a rule pack is made of, once read. Nothing here can be changed: a pack version is what it is for ever."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from amends.calendars.limits import Limit, Stop
from amends.framework.rules.vocabulary import (
    ClockKind,
    DeemedAs,
    Follows,
    HoldingPart,
    LetterKind,
    Met,
    OnPass,
    Origin,
    Owes,
    PauseWhy,
    RetentionStart,
    Start,
    Status,
)
from amends.kit.translated import TranslatedText


class NoSuchClockError(LookupError):
    """The pack has no clock of that code."""


@dataclass(frozen=True)
class Source:
    """A text from which figures are taken."""

    code: str
    title: str
    url: str
    seen_on: date


@dataclass(frozen=True)
class Figure:
    """Where a number or duty stands, and whether somebody has seen it there."""

    source: str
    place: str
    status: Status
    seen_on: date
    note: TranslatedText


@dataclass(frozen=True)
class Extension:
    """How often a clock may be moved, and by how much each time."""

    most: Limit
    times: int
    needs_reason: bool


@dataclass(frozen=True)
class PausePermit:
    """A reason for which the clock may stand still, and for how long at most."""

    why: PauseWhy
    needs_reason: bool
    cap: Limit


@dataclass(frozen=True)
class Clock:
    """One clock: what starts it, how long it runs, what meets it, and what may be done to it.

    `update_before`: that long before the date the complainant is told where it stands. `outer`: counted from the
    start, nothing goes beyond it. `new_date_when_late`: how far away the new date of an apology is.
    """

    code: str
    kind: ClockKind
    name: TranslatedText
    starts: Start
    limit: Limit
    met_by: frozenset[Met]
    owed_by: Owes
    stage: int
    on_pass: OnPass
    figure: Figure
    repeats: bool = False
    remind: tuple[Limit, ...] = ()
    update_before: Limit | None = None
    holding_parts: tuple[HoldingPart, ...] = ()
    extension: Extension | None = None
    outer: Limit | None = None
    pauses: tuple[PausePermit, ...] = ()
    new_date_when_late: Limit | None = None

    def pause_for(self, why: str) -> PausePermit | None:
        """The permit to stand still for that reason, if the pack gives one."""
        return next((permit for permit in self.pauses if permit.why == why), None)


@dataclass(frozen=True)
class Stage:
    """First handling (1) or internal review (2)."""

    stage: int
    different_person: bool
    own_acknowledgement: bool
    reason_may_be_demanded: bool


@dataclass(frozen=True)
class EarlyResolution:
    """A complaint settled within this clock needs this letter, and is spared others. It is recorded all the same."""

    clock: str
    letter: LetterKind
    spares: tuple[LetterKind, ...]
    figure: Figure


@dataclass(frozen=True)
class DeemedOutcome:
    """What silence until the end of a clock counts as. `opens`: a code of an external body, or "external" for all."""

    clock: str
    outcome: DeemedAs
    opens: str
    figure: Figure


@dataclass(frozen=True)
class Money:
    """Below which value a body takes a case, in minor units by year."""

    currency: str
    below: Mapping[int, int]

    def below_in(self, year: int) -> int | None:
        """The threshold of that year, else of the last known year before it."""
        known = [listed for listed in self.below if listed <= year]
        return self.below[max(known)] if known else None


@dataclass(frozen=True)
class ExternalBody:
    """A body outside the organisation to which the complainant can turn."""

    code: str
    name: TranslatedText
    url: str
    clock: str | None
    money: Money | None
    admissibility: TranslatedText
    figure: Figure


@dataclass(frozen=True)
class Suspension:
    """A time in which a regulator has stopped clocks for some products. `until` is the last day."""

    code: str
    products: tuple[str, ...]
    occurred_from: date | None
    occurred_until: date | None
    clocks: tuple[str, ...]
    retention: bool
    begins: date
    until: date | None
    figure: Figure


@dataclass(frozen=True)
class Retention:
    """How long records of a class are kept."""

    record_class: str
    starts: RetentionStart
    limit: Limit
    figure: Figure


@dataclass(frozen=True)
class Example:
    """A worked example, with its moments in UTC."""

    what: str
    origin: Origin
    source: str
    clock: str
    start: datetime
    zone: ZoneInfo
    stops: tuple[Stop, ...]
    extensions: tuple[Limit | date, ...]
    due: datetime


@dataclass(frozen=True)
class WhoseCalendar:
    """Whose working days count: the organisation's own, or those of a country or a part of it."""

    follows: Follows
    country: str = ""
    subdivision: str = ""
    half_days: bool = False


@dataclass(frozen=True)
class Pack:
    """One version of a rule pack."""

    code: str
    version: int
    name: TranslatedText
    about: TranslatedText
    jurisdiction: str
    languages: tuple[str, ...]
    sources: Mapping[str, Source]
    calendar: WhoseCalendar
    clocks: tuple[Clock, ...]
    stages: tuple[Stage, ...]
    early_resolution: EarlyResolution | None
    deemed_outcome: DeemedOutcome | None
    external: tuple[ExternalBody, ...]
    suspensions: tuple[Suspension, ...]
    retention: tuple[Retention, ...]
    letters: Mapping[LetterKind, tuple[str, ...]]
    wording: Mapping[LetterKind, Mapping[str, TranslatedText]]
    automatic_acknowledgement_counts: bool
    contact_attempts_before_no_answer: int
    examples: tuple[Example, ...]

    def clock(self, code: str) -> Clock:
        """The clock of that code. Raises NoSuchClockError."""
        for clock in self.clocks:
            if clock.code == code:
                return clock
        raise NoSuchClockError(code)

    def clocks_of(self, kind: str) -> list[Clock]:
        """The clocks of a kind, in the order of the document."""
        return [clock for clock in self.clocks if clock.kind == kind]

    def starting_at(self, event: str) -> list[Clock]:
        """The clocks that an event starts, in the order of the document."""
        return [clock for clock in self.clocks if clock.starts == event]

    def stage(self, number: int) -> Stage | None:
        """The rules of first handling (1) or review (2), where the pack has that stage."""
        return next((stage for stage in self.stages if stage.stage == number), None)

    def figures(self) -> list[tuple[str, Figure]]:
        """Every figure with the part of the document that it belongs to."""
        found = [(f"clocks.{clock.code}", clock.figure) for clock in self.clocks]
        if self.early_resolution:
            found.append(("early_resolution", self.early_resolution.figure))
        if self.deemed_outcome:
            found.append(("deemed_outcome", self.deemed_outcome.figure))
        found += [(f"external.{body.code}", body.figure) for body in self.external]
        found += [(f"suspensions.{suspension.code}", suspension.figure) for suspension in self.suspensions]
        return found + [(f"retention.{retention.record_class}", retention.figure) for retention in self.retention]
