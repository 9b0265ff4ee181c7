"""A rule pack from its document. `check_pack` says before whether a document can be read; this does not ask again."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from amends.calendars.limits import Limit, Stop, read_limit
from amends.calendars.working_time import first_moment
from amends.framework.rules.parts import (
    Clock,
    DeemedOutcome,
    EarlyResolution,
    Example,
    Extension,
    ExternalBody,
    Figure,
    Money,
    Pack,
    PausePermit,
    Retention,
    Source,
    Stage,
    Suspension,
    WhoseCalendar,
)
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

Document = Mapping[str, Any]
Made = TypeVar("Made")


def read_pack(document: Document) -> Pack:
    """The pack of a document in which `check_pack` finds nothing. Anything else may raise anything."""
    return Pack(
        code=document["pack"],
        version=document["version"],
        name=TranslatedText(document["name"]),
        about=TranslatedText(document["about"]),
        jurisdiction=document["jurisdiction"],
        languages=tuple(document["languages"]),
        sources={code: _source(code, source) for code, source in document["sources"].items()},
        calendar=_calendar(document["calendar"]),
        clocks=_every(_clock, document["clocks"]),
        stages=_every(_stage, document["stages"]),
        early_resolution=_where_given(_early_resolution, document.get("early_resolution")),
        deemed_outcome=_where_given(_deemed_outcome, document.get("deemed_outcome")),
        external=_every(_external, document.get("external", ())),
        suspensions=_every(_suspension, document.get("suspensions", ())),
        retention=_every(_retention, document.get("retention", ())),
        letters={LetterKind(kind): tuple(blocks) for kind, blocks in document["letters"].items()},
        wording={
            LetterKind(kind): {block: TranslatedText(texts) for block, texts in blocks.items()}
            for kind, blocks in document.get("wording", {}).items()
        },
        automatic_acknowledgement_counts=document["automatic_acknowledgement_counts"],
        contact_attempts_before_no_answer=document["contact_attempts_before_no_answer"],
        examples=_every(_example, document.get("examples", ())),
    )


def _every(read: Callable[[Any], Made], items: Any) -> tuple[Made, ...]:
    return tuple(read(item) for item in items)


def _where_given(read: Callable[[Any], Made], item: Any) -> Made | None:
    return None if item is None else read(item)


def _source(code: str, source: Document) -> Source:
    return Source(code, source["title"], source["url"], date.fromisoformat(source["seen_on"]))


def _calendar(calendar: Document) -> WhoseCalendar:
    return WhoseCalendar(
        Follows(calendar["follows"]),
        calendar.get("country", ""),
        calendar.get("subdivision", ""),
        calendar.get("half_days", False),
    )


def _clock(clock: Document) -> Clock:
    holding, when_late = clock.get("holding_reply"), clock.get("when_late")
    return Clock(
        code=clock["code"],
        kind=ClockKind(clock["kind"]),
        name=TranslatedText(clock["name"]),
        starts=Start(clock["starts"]),
        limit=read_limit(clock["limit"]),
        met_by=frozenset(Met(event) for event in clock["met_by"]),
        owed_by=Owes(clock["owed_by"]),
        stage=clock["stage"],
        on_pass=OnPass(clock["on_pass"]),
        figure=_figure(clock["figure"]),
        repeats=clock.get("repeats", False),
        remind=_every(read_limit, clock.get("remind", ())),
        update_before=_where_given(read_limit, clock.get("update_before")),
        holding_parts=tuple(HoldingPart(part) for part in holding["parts"]) if holding else (),
        extension=_where_given(_extension, clock.get("extension")),
        outer=_where_given(read_limit, clock.get("outer")),
        pauses=_every(_pause, clock.get("pauses", ())),
        new_date_when_late=read_limit(when_late["new_date"]) if when_late else None,
    )


def _extension(extension: Document) -> Extension:
    return Extension(read_limit(extension["most"]), extension["times"], extension["needs_reason"])


def _pause(permit: Document) -> PausePermit:
    return PausePermit(PauseWhy(permit["why"]), permit["needs_reason"], read_limit(permit["cap"]))


def _figure(figure: Document) -> Figure:
    return Figure(
        figure["source"],
        figure["place"],
        Status(figure["status"]),
        date.fromisoformat(figure["seen_on"]),
        TranslatedText(figure.get("note")),
    )


def _stage(stage: Document) -> Stage:
    return Stage(
        stage["stage"], stage["different_person"], stage["own_acknowledgement"], stage["reason_may_be_demanded"]
    )


def _early_resolution(early: Document) -> EarlyResolution:
    return EarlyResolution(
        early["clock"],
        LetterKind(early["letter"]),
        tuple(LetterKind(kind) for kind in early["spares"]),
        _figure(early["figure"]),
    )


def _deemed_outcome(deemed: Document) -> DeemedOutcome:
    return DeemedOutcome(deemed["clock"], DeemedAs(deemed["outcome"]), deemed["opens"], _figure(deemed["figure"]))


def _external(body: Document) -> ExternalBody:
    return ExternalBody(
        code=body["code"],
        name=TranslatedText(body["name"]),
        url=body.get("url") or "",
        clock=body.get("clock"),
        money=_where_given(_money, body.get("money")),
        admissibility=TranslatedText(body.get("admissibility")),
        figure=_figure(body["figure"]),
    )


def _money(money: Document) -> Money:
    return Money(money["currency"], {int(year): amount for year, amount in money["below"].items()})


def _suspension(suspension: Document) -> Suspension:
    return Suspension(
        code=suspension["code"],
        products=tuple(suspension["products"]),
        occurred_from=_where_given(date.fromisoformat, suspension.get("occurred_from")),
        occurred_until=_where_given(date.fromisoformat, suspension.get("occurred_until")),
        clocks=tuple(suspension["clocks"]),
        retention=suspension["retention"],
        begins=date.fromisoformat(suspension["from"]),
        until=_where_given(date.fromisoformat, suspension["until"]),
        figure=_figure(suspension["figure"]),
    )


def _retention(retention: Document) -> Retention:
    return Retention(
        retention["class"],
        RetentionStart(retention["starts"]),
        read_limit(retention["limit"]),
        _figure(retention["figure"]),
    )


def _example(example: Document) -> Example:
    zone = ZoneInfo(example["zone"])

    def moment(text: str) -> datetime:
        return first_moment(datetime.fromisoformat(text), zone)

    return Example(
        what=example["what"],
        origin=Origin(example["origin"]),
        source=example["source"],
        clock=example["clock"],
        start=moment(example["start"]),
        zone=zone,
        stops=tuple(
            Stop(moment(stop["begins"]), moment(stop["ends"]), stop.get("why", "")) for stop in example["stops"]
        ),
        extensions=_every(_extension_given, example["extensions"]),
        due=moment(example["due"]),
    )


def _extension_given(extension: str | Document) -> Limit | date:
    return date.fromisoformat(extension) if isinstance(extension, str) else read_limit(extension)
