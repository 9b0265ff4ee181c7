"""One version of a pack: everything that it says, with where it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from amends.calendars.limits import Limit
from amends.calendars.models import Calendar
from amends.framework.models import RulePackVersion
from amends.framework.permissions import May
from amends.framework.rules.parts import Clock, Example, Figure, Pack
from amends.framework.rules.vocabulary import LetterKind, Status
from amends.framework.which_calendar import code_of_jurisdiction
from amends.framework.which_packs import activations, rules_of
from amends.permissions.engine import may
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.current import own_name
from amends.ui.parts import Tag
from amends.workspace.settings.rules import words
from amends.workspace.settings.rules.applying import standing_of_pack
from amends.workspace.settings.rules.crumbs import crumbs
from amends.workspace.settings.rules.facts import (
    Fact,
    Part,
    body_part,
    clock_part,
    labelled,
    limit_lines,
    pack_facts,
    special_ways,
    stage_facts,
    suspension_part,
)
from amends.workspace.settings.rules.finding import called, pack_version

#: The columns of the table of clocks, and those of the table of what goes on around a date.
CLOCK_COLUMNS = ("starts", "limit", "outer", "met_by", "owed_by", "extension", "pauses", "on_pass")
AROUND_COLUMNS = ("remind", "update", "holding", "late")


@dataclass(frozen=True)
class ClockRow:
    """A clock as a row of two tables."""

    code: str
    name: str
    about: str
    cells: tuple[Fact, ...]
    around: tuple[Fact, ...]


@dataclass(frozen=True)
class FigureRow:
    """Where a number or duty stands."""

    about: str
    title: str
    url: str
    figure: Figure
    status: Tag


@dataclass(frozen=True)
class Block:
    """A part of a letter: with its wording where the pack words it."""

    name: str
    wording: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ExampleRow:
    """A worked example with its moments in words, at the place of the example."""

    example: Example
    clock: str
    start: str
    between: tuple[str, ...]
    due: str
    origin: str
    source: str


@needs(May.SEE_RULES)
def pack(request: StaffVisit, pack: str, version: int) -> HttpResponse:
    """The whole pack, readable from top to bottom."""
    found = pack_version(pack, version)
    rules = rules_of(found)
    clocks = _clocks(rules)
    own = [row for row in activations() if row.pack_version_id == found.pk]
    context = {
        "crumbs": crumbs(request, here=called(found)),
        "version": found,
        "called": called(found),
        "address": f"{found.pack}.{found.version}",
        "rules": rules,
        "place": words.place(rules.jurisdiction),
        "standing": standing_of_pack(own, request.now),
        "facts": [fact for fact in pack_facts(rules) if fact.key not in {"name", "about"}],
        "calendar": _calendar(rules),
        "clocks": clocks,
        "around": [row for row in clocks if any(fact.lines for fact in row.around)],
        "stages": [(words.STAGES[stage.stage], tuple(stage_facts(stage))) for stage in rules.stages],
        "special": [_shown(part) for part in special_ways(rules)],
        "bodies": [_shown(body_part(body, rules)) for body in rules.external],
        "suspensions": [_shown(suspension_part(suspension, rules)) for suspension in rules.suspensions],
        "kept": [
            (kept.record_class, limit_lines(kept.limit), words.RETENTION_STARTS[kept.starts])
            for kept in rules.retention
        ],
        "letters": [(words.LETTERS[kind], _blocks(kind, rules)) for kind in rules.letters],
        "figures": list(_figures(rules)),
        "to_verify": sum(figure.status is Status.TO_VERIFY for _where, figure in rules.figures()),
        "examples": [_example(example, rules) for example in rules.examples],
        "versions": _versions(found),
        "may_activate": may(request.actor, May.ACTIVATE_PACK),
        "may_change": may(request.actor, May.CHANGE_PACK),
    }
    return render(request, "workspace/settings/rules/pack.html", context)


def _calendar(rules: Pack) -> Calendar | None:
    """The calendar of the jurisdiction, once a pack that counts with it has been activated."""
    place = rules.calendar
    if place.follows != "jurisdiction":
        return None
    code = code_of_jurisdiction(place.country, place.subdivision, half_days=place.half_days)
    return Calendar.objects.filter(code=code).first()


def _clocks(rules: Pack) -> list[ClockRow]:
    rows = []
    for clock in rules.clocks:
        part = clock_part(clock, rules)
        cells, around = (tuple(map(part.fact, keys)) for keys in (CLOCK_COLUMNS, AROUND_COLUMNS))
        rows.append(ClockRow(clock.code, str(clock.name), _what_for(clock), cells, around))
    return rows


def _what_for(clock: Clock) -> str:
    """The kind of a clock, and its stage where that says more; nothing where its name says it."""
    kind, stage = str(words.KINDS[clock.kind]), str(words.STAGES[clock.stage])
    if clock.stage > 1 and stage != kind:
        return labelled(stage, kind)
    return kind if kind != str(clock.name) else ""


def _shown(part: Part) -> tuple[str, list[Fact]]:
    """A part without its figure, which has a table of its own, and without what it says nothing about."""
    figure = {"source", "place", "status", "seen_on", "note", "name"}
    return part.title, [fact for fact in part.facts if fact.key not in figure and fact.lines]


def _blocks(kind: LetterKind, rules: Pack) -> list[Block]:
    wording = rules.wording.get(kind, {})
    return [
        Block(
            words.block(code),
            tuple((language, own_name(language), text) for language, text in wording.get(code, {}).items()),
        )
        for code in rules.letters[kind]
    ]


def _figures(rules: Pack) -> Iterator[FigureRow]:
    for where, figure in rules.figures():
        source = rules.sources[figure.source]
        is_seen = figure.status is Status.VERIFIED
        tag = Tag(words.STATUS[figure.status], "ok" if is_seen else "warn", "approve" if is_seen else "alert")
        yield FigureRow(_about(where, rules), source.title, source.url, figure, tag)


def _about(where: str, rules: Pack) -> str:
    """What a figure belongs to, from its place in the document."""
    group, _dot, code = where.partition(".")
    names: dict[str, Mapping[str, object]] = {
        "clocks": {clock.code: clock.name for clock in rules.clocks},
        "external": {body.code: body.name for body in rules.external},
    }
    if group in names:
        return str(names[group][code])
    single = {"early_resolution": _("Early resolution"), "deemed_outcome": _("What silence means")}
    if group in single:
        return single[group]
    return labelled(_("Keeping of records") if group == "retention" else _("Clocks stand still"), code)


def _example(example: Example, rules: Pack) -> ExampleRow:
    def moment(value: datetime) -> str:
        return formatting.moment(value.astimezone(example.zone).replace(tzinfo=None))

    between = [labelled(_("Stands still"), f"{moment(stop.begins)} – {moment(stop.ends)}") for stop in example.stops]
    for extension in example.extensions:
        until = formatting.limit(extension) if isinstance(extension, Limit) else formatting.day(extension)
        between.append(labelled(_("More time"), until))
    return ExampleRow(
        example,
        str(rules.clock(example.clock).name),
        moment(example.start),
        tuple(between),
        moment(example.due),
        str(words.ORIGINS[example.origin]),
        rules.sources[example.source].title,
    )


def _versions(found: RulePackVersion) -> list[RulePackVersion]:
    """All versions of the pack, the newest first."""
    rows = RulePackVersion.objects.filter(pack=found.pack).select_related("made_by", "based_on")
    return list(rows.defer("document", "based_on__document").order_by("-version"))
