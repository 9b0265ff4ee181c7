"""What happens to surveys, as the journal tells it: never what somebody answered."""

from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Event, Retention, Subject, event


@event("surveys.rule_changed", sentence=_("Rule of the survey: version %(version)s"), retention=Retention.SYSTEM)
class RuleChanged(Event):
    rule: Subject
    version: int
    is_on: bool
    moment: str
    share: int
    never: tuple[str, ...]
    wait_days: int
    open_days: int
    apart_days: int


@event("surveys.drawn", sentence=_("Whether to ask was decided"))
class Drawn(Event):
    survey: Subject
    complaint: Subject
    state: str
    why: str
    rule: int
    share: int
    number: int


@event("surveys.opened", sentence=_("A complainant was asked how they found the handling"))
class Opened(Event):
    survey: Subject
    complaint: Subject
    channel: str
    message: Subject | None = None


@event("surveys.dropped", sentence=_("A complainant is not asked after all"))
class Dropped(Event):
    survey: Subject
    complaint: Subject
    why: str


@event("surveys.answered", sentence=_("A survey was answered"))
class Answered(Event):
    survey: Subject
    version: int
    came: str = "page"
    is_of_own_handling: bool = False


@event("surveys.ended", sentence=_("A survey is over"))
class Ended(Event):
    survey: Subject
    is_answered: bool


@event("surveys.simulation_marked", sentence=_("A complaint was marked as simulated"))
class SimulationMarked(Event):
    simulation: Subject
    complaint: Subject


@event("surveys.simulation_judged", sentence=_("The result of a simulated complaint was recorded"))
class SimulationJudged(Event):
    simulation: Subject
    complaint: Subject


@event("surveys.simulation_ended", sentence=_("A complaint is not simulated after all"))
class SimulationEnded(Event):
    simulation: Subject
    complaint: Subject
