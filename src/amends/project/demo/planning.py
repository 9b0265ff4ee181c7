"""Laying the history out: which complaints there are, and at which moment each of their acts happens."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from django.conf import settings

from amends.complaints.models import Complaint
from amends.correspondence.models.message import Channel
from amends.kit.clock import to_the_minute
from amends.kit.ids import access_code_from, keyed_hash
from amends.project.demo import acts, deciding, scenarios
from amends.project.demo.case import Case, a_persona, the_telling, the_title
from amends.project.demo.days import WorkingDays
from amends.project.demo.founding import World
from amends.project.demo.scenarios import SCENARIOS, Act, Leg, Needs, Scenario
from amends.project.demo.telling import Story, stories

#: How far back complaints were received, in working days: a little less than 120 days.
FARTHEST = 84.0
CHANNELS = (
    [Channel.PORTAL] * 31 + [Channel.PHONE] * 8 + [Channel.IN_PERSON] * 4 + [Channel.POST] * 4 + [Channel.EMAIL] * 3
)
DESK = (Channel.PHONE, Channel.IN_PERSON)
SPOKEN = ["en", "en", "et", "tr"]
LATE_DECISIONS = 0.12


@dataclass(frozen=True)
class Happening:
    """One act of one case at a moment; sorted, they are the history."""

    at: datetime
    case_number: int
    place: int
    act: Act
    case: Case

    @property
    def order(self) -> tuple[datetime, int, int]:
        """By moment; acts of one case keep their order."""
        return self.at, self.case_number, self.place


class Bag(list[str]):
    """Draws without putting back, and fills itself again: shares come out as meant."""

    def __init__(self, rng: Random, content: Sequence[str]) -> None:
        super().__init__()
        self.rng, self.content = rng, list(content)

    def draw(self, fitting: frozenset[str] | None = None) -> str:
        """The next one, or the next that fits."""
        for attempt in range(2):
            for place in range(len(self) - 1, -1, -1):
                if fitting is None or self[place] in fitting:
                    return self.pop(place)
            if attempt == 0:
                fresh = self.content.copy()
                self.rng.shuffle(fresh)
                self[:0] = fresh
        raise LookupError("nothing in the bag fits")


class Planner:
    """Draws the cases of one load."""

    def __init__(self, world: World, days: WorkingDays, rng: Random, now: datetime) -> None:
        self.world, self.days, self.rng, self.now = world, days, rng, now
        self.known = {story.key: story for story in stories()}
        self.languages = Bag(rng, SPOKEN)
        self.channels = Bag(rng, CHANNELS)
        self.desk = Bag(rng, DESK)
        keys = [story.key for story in stories() for _ in range(story.often)]
        self.keys = {need: Bag(rng, [key for key in keys if self._fits(key, need)]) for need in Needs}
        self.told: set[str] = set()
        self.tellings: dict[tuple[str, str], int] = {}

    def _fits(self, key: str, need: Needs) -> bool:
        story = self.known[key]
        if need is Needs.OUT_OF_SCOPE or story.out_of_scope:
            return need is Needs.OUT_OF_SCOPE and bool(story.out_of_scope)
        return need is Needs.ANY or (need is Needs.REMEDIES) == bool(story.offers)

    def happenings(self, count: int) -> list[Happening]:
        """About `count` complaints with all their acts, in the order of time."""
        every = sum(scenario.count for scenario in SCENARIOS)
        found: list[Happening] = []
        first: dict[str, Case] = {}
        number = 0
        for scenario in SCENARIOS:
            for _ in range(max(1, round(scenario.count * count / every))):
                number += 1
                received, moments = self._laid_out(scenario)
                case = self._case(scenario, received, first.get(scenario.again))
                first.setdefault(scenario.name, case)
                found += self._timed(case, scenario, number, received, moments)
        return sorted(found, key=lambda happening: happening.order)

    # ---------------------------------------------------------------- who and what

    def _case(self, scenario: Scenario, received: datetime, same: Case | None) -> Case:
        if same is not None:
            return self._again(same)
        channel = self._channel(scenario)
        language = "en" if scenario.tracked else self.languages.draw()
        story = self.known[scenario.story or self.keys[scenario.needs].draw()]
        telling = self._telling(story, language, scenario)
        is_anonymous = (
            channel == Channel.PORTAL
            and not scenario.tracked
            and not story.claims
            and "{number}" not in story.texts["en"]["tellings"][telling]
            and self.rng.random() < 0.3
        )
        persona = a_persona(
            self.rng, story, language, channel, is_anonymous=is_anonymous, telling=telling, received=received
        )
        if scenario.is_silent:
            persona = replace(persona, contact=replace(persona.contact, email="", contact_by="phone"))
        if scenario.tracked:
            mail = "alex.morgan@example.org"
            named = replace(persona.contact, name="Alex Morgan", email=mail, contact_by="email")
            persona = replace(persona, contact=named, representative=None)
        text = the_telling(self.rng, story, language, telling, persona)
        while text in self.told:
            text = the_telling(self.rng, story, language, telling, persona)
        self.told.add(text)
        return Case(
            world=self.world,
            rng=self.rng,
            story=story,
            language=language,
            channel=channel,
            telling=telling,
            persona=persona,
            title=the_title(self.rng, story, language, telling, persona),
            text=text,
            token=token_of(scenario.tracked) if scenario.tracked else secrets.token_hex(16),
            points=1 if story.out_of_scope else self.rng.choices((1, 2, 3), weights=(62, 30, 8))[0],
            remedy_due=scenario.remedy_due,
            is_silent=scenario.is_silent,
            subject=scenario.subject,
            now=self.now,
        )

    def _again(self, same: Case) -> Case:
        """The same person with the same words, once more."""
        return Case(
            world=self.world,
            rng=self.rng,
            story=same.story,
            language=same.language,
            channel=Channel.PORTAL,
            telling=same.telling,
            persona=same.persona,
            title=same.title,
            text=same.text,
            token=secrets.token_hex(16),
            now=self.now,
        )

    def _channel(self, scenario: Scenario) -> str:
        if scenario.tracked:
            return Channel.PORTAL
        if scenario.is_silent or scenario.is_settled_at_once or scenario.subject:
            return self.desk.draw()
        return self.channels.draw()

    def _telling(self, story: Story, language: str, scenario: Scenario) -> int:
        """The tellings of a story take turns; those that are shown first begin with the first."""
        if scenario.tracked:
            return 0
        turn = self.tellings.get((story.key, language), self.rng.randrange(2))
        self.tellings[story.key, language] = turn + 1
        return turn % len(story.texts[language]["tellings"])

    # ---------------------------------------------------------------- when

    def _laid_out(self, scenario: Scenario) -> tuple[datetime, list[tuple[float, Leg]]]:
        """The moment of receipt, and for each leg its length."""
        rng, days = self.rng, self.days
        if scenario.days_before_due is not None:
            received = days.due_day() - scenario.days_before_due + rng.uniform(0.1, 0.8)
            return self._open_legs(scenario, received, days.now - received)
        if scenario.age is not None:
            age = rng.uniform(*scenario.age)
            return self._open_legs(scenario, days.now - age, age)
        lengths = [self._length(leg, scenario) for leg in scenario.legs]
        most = max(FARTHEST - sum(lengths), 0.5)
        idle = rng.uniform(*scenario.idle) if scenario.idle else rng.uniform(0.5, most)
        received = days.now - sum(lengths) - min(idle, most)
        moment = days.moment(received)
        return moment, [(length, leg) for length, leg in zip(lengths, scenario.legs, strict=True)]

    def _open_legs(self, scenario: Scenario, received: float, age: float) -> tuple[datetime, list[tuple[float, Leg]]]:
        assert scenario.idle is not None
        idle = min(self.rng.uniform(*scenario.idle), age * 0.85)
        return self.days.moment(received), [(age - idle, leg) for leg in scenario.legs]

    def _length(self, leg: Leg, scenario: Scenario) -> float:
        if leg.length == scenarios.IN_TIME and scenario.idle is None and self.rng.random() < LATE_DECISIONS:
            return self.rng.uniform(15.6, 21.0)
        return self.rng.uniform(*leg.length)

    def _timed(
        self, case: Case, scenario: Scenario, number: int, received: datetime, legs: list[tuple[float, Leg]]
    ) -> Iterator[Happening]:
        began = self.days.position(received)
        if not scenario.is_exact and case.channel == Channel.PORTAL and self.rng.random() < 0.4:
            received = self._out_of_hours(received)
        if case.persona.is_anonymous:
            received = to_the_minute(received)
        begin = acts.receive_and_settle if scenario.is_settled_at_once else acts.receive
        yield Happening(received, number, 0, begin, case)
        if case.is_confirmed_by_itself and not scenario.is_settled_at_once:
            yield Happening(received + timedelta(minutes=1), number, 1, acts.acknowledge_by_itself, case)
        place, position = 2, began
        for length, leg in legs:
            chosen = self._with_extras(leg.acts, case, talks=not scenario.is_settled_at_once)
            weights = [self.rng.uniform(0.5, 1.5) * scenarios.WEIGHT.get(act, scenarios.USUAL_WEIGHT) for act in chosen]
            whole, passed = sum(weights), 0.0
            for act, weight in zip(chosen, weights, strict=True):
                passed += weight
                at = self.days.moment(position + length * passed / whole)
                yield Happening(at + timedelta(seconds=self.rng.randrange(50)), number, place, act, case)
                place += 1
            position += length

    def _out_of_hours(self, received: datetime) -> datetime:
        """In the evening before instead: people complain when they are home."""
        local = received.astimezone(self.days.zone)
        evening = local.replace(hour=self.rng.randrange(18, 23), minute=self.rng.randrange(60))
        return (evening - timedelta(days=1)).astimezone(received.tzinfo)

    def _with_extras(self, chosen: tuple[Act, ...], case: Case, *, talks: bool) -> list[Act]:
        """What happens besides: questions and answers, notes, a response that is sent back."""
        found: list[Act] = []
        for act in chosen:
            found.append(act)
            if act is acts.assign and not case.is_confirmed_by_itself:
                found.append(acts.confirm)
            if act is acts.investigate and deciding.find in chosen and talks:
                found += self._conversation()
            if act is deciding.respond and deciding.approve in chosen and self.rng.random() < 0.08:
                found += [deciding.send_back, deciding.respond]
        return found

    def _conversation(self) -> list[Act]:
        found: list[Act] = []
        for probability, some in (
            (0.3, (acts.inform,)),
            (0.45, (acts.note,)),
            (0.4, (acts.ask, acts.answer, acts.inform)),
            (0.12, (acts.nudge, acts.inform)),
            (0.08, (acts.take_more_time,)),
        ):
            if self.rng.random() < probability:
                found += some
        return found


# ---------------------------------------------------------------- complaints that can be tracked

TRACKED = {scenario.tracked: scenario for scenario in SCENARIOS if scenario.tracked}


@dataclass(frozen=True)
class Trackable:
    """A complaint whose access code may be told: what it is good for, its reference and its code."""

    what: str
    reference: str
    code: str


def token_of(what: str) -> str:
    """The form token of a complaint that can be tracked. Its access code is secret all the same: it needs the key."""
    return f"demonstration complaint to track: {what}"


def trackables() -> list[Trackable]:
    """Those that are there, with their access codes worked out again."""
    key = settings.AMENDS_TRACKING_KEY
    found = []
    for what in TRACKED:
        token = token_of(what)
        complaint = Complaint.objects.filter(form_token_hash=keyed_hash(token, key, "form token")).first()
        if complaint is not None:
            found.append(Trackable(what, complaint.reference, access_code_from(token, key)))
    return found
