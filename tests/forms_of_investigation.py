"""Forms of the complaint page from handing over to the ties with others: tasks, evidence, hearings, the plan."""

from datetime import datetime, timedelta
from typing import Any

from amends.complaints import actions
from amends.complaints.actions.add_evidence import Piece
from amends.complaints.actions.give_task import Errand
from amends.complaints.actions.record_hearing import Talk
from amends.complaints.actions.take_interim_measure import Planned
from amends.complaints.models import Complaint, Evidence, Hearing, Link
from amends.complaints.stages import Stage
from amends.correspondence.models.message import Channel
from tests import builders
from tests.cast import World
from tests.form import Form, Typed
from tests.forms_of_people import named

S = Stage
SOON = timedelta(days=7)


def _day(after: timedelta = timedelta(0)) -> str:
    return (datetime.now() + after).date().isoformat()


def _by(world: World, who: str = "liis", minutes: int = 1) -> dict[str, Any]:
    return {"by": world.as_(getattr(world, who)), "at": world.at + timedelta(minutes=minutes)}


def _to_energy(world: World, complaint: Complaint) -> Typed:
    return {"unit": world.energy.pk, "handler": world.bruno.pk, "note": "A visit is promised {}"}


def _handed_over(world: World, complaint: Complaint) -> None:
    actions.hand_over(complaint, None, unit=world.harbour, note="Please", **_by(world))


def _raised(world: World, complaint: Complaint) -> None:
    actions.raise_significant(complaint, reason="Many people", **_by(world))


def _question(world: World, complaint: Complaint) -> Typed:
    return {"asked": f"person-{world.bruno.pk}", "question": "When was it? {}", "due_on": _day(SOON)}


def _asked(world: World, complaint: Complaint) -> None:
    due_on = (world.at + SOON).date()
    actions.give_task(complaint, Errand("When was it?", due_on, person=world.bruno), **_by(world))


def _taken_in(world: World, complaint: Complaint) -> None:
    piece = Piece(Evidence.Kind.THING, "A meter", "Mari", world.at.date())
    actions.add_evidence(complaint, piece, **_by(world))


def _heard(world: World, complaint: Complaint) -> None:
    talk = Talk(Hearing.Side.WITNESS, Hearing.How.PHONE, world.at.date(), "It was dark.", who="A neighbour")
    actions.record_hearing(complaint, talk, **_by(world))


def _planned(world: World, complaint: Complaint) -> None:
    actions.plan_question(complaint, complaint.issues.get(), text="Where was the notice?", source="", **_by(world))


def _plan(world: World, complaint: Complaint) -> Typed:
    return {"measure": "Bottled water {}", "channel": "portal", "step_1": "We repair", "day_1": _day(SOON)}


def _steps_planned(world: World, complaint: Complaint) -> None:
    steps = [Planned("We repair", (world.at + SOON).date())]
    actions.take_interim_measure(complaint, measure="Bottled water", steps=steps, **_by(world))


def _step_noted(world: World, complaint: Complaint) -> None:
    _steps_planned(world, complaint)
    actions.complete_step(complaint, 1, 1, done_on=world.at.date(), **_by(world))


def _others(world: World, complaint: Complaint) -> Typed:
    return {
        "title": "Mill Lane",
        "population": "All of them {}",
        "how_found": "By the list of meters",
        "remedy": "An apology",
        "due_on": _day(SOON),
        "owner": world.liis.pk,
    }


def _another(world: World, complaint: Complaint) -> None:
    builders.a_receipt(world)


def _other_of(complaint: Complaint) -> Complaint:
    """The one that was received after it, for it."""
    return Complaint.objects.filter(pk__gt=complaint.pk).earliest("pk")


def _related(world: World, complaint: Complaint) -> Typed:
    return {"other": _other_of(complaint).reference, "kind": "same_matter", "note": "The same street {}"}


def _tied(world: World, complaint: Complaint) -> None:
    other = builders.a_receipt(world).complaint
    actions.link(complaint, other, kind=Link.Kind.SAME_MATTER, **_by(world))


def _merged(world: World, complaint: Complaint) -> Typed:
    other = _other_of(complaint)
    return {"into": other.reference, "looked_at": other.reference, "reason": "One answer {}"}


def _communicated(world: World, complaint: Complaint) -> None:
    actions.communicate(complaint, channel=Channel.PORTAL, **_by(world, "clara"))


def _longer(world: World, complaint: Complaint) -> Typed:
    return {"reason": "The laboratory has the sample {}", "how_long": "all", "channel": "portal"}


def _corrected(world: World, complaint: Complaint) -> Typed:
    return {"title": "The water was off {}", "reason": "Misheard {}"}


INVESTIGATION: tuple[Form, ...] = (
    Form("assessment/wrong/", S.ASSESSED, {"reason": "Too low {}"}),
    Form("hand-over/", S.ASSESSED, _to_energy),
    Form("hand-over/acceptance/", S.ASSESSED, who=("uma", "clara"), prepare=_handed_over),
    Form("hand-over/refusal/", S.ASSESSED, {"reason": "No room {}"}, who=("uma", "clara"), prepare=_handed_over),
    Form("significant/", S.ASSESSED, {"reason": "Many people {}"}, adds=True),
    Form("significant/reading/", S.ASSESSED, who=("tom", "clara"), prepare=_raised, adds=True),
    Form("significant/reading/", S.ASSESSED, who=("tom", "tom"), prepare=_raised),
    Form("significant/reaction/", S.ASSESSED, {"reaction": "Sent a van {}"}, who=("tom", "clara"), prepare=_raised),
    Form("investigation/level/", S.INVESTIGATING, {"level": "full", "reason": "It happens again {}"}),
    Form("tasks/", S.INVESTIGATING, _question),
    Form("tasks/1/cancellation/", S.INVESTIGATING, {"reason": "It was found {}"}, prepare=_asked),
    Form("evidence/", S.INVESTIGATING, {"kind": "thing", "title": "A meter {}", "origin": "Mari"}),
    Form(
        "evidence/1/custody/",
        S.INVESTIGATING,
        {"what": "moved", "place": "Shelf {}", "holder": "", "note": ""},
        prepare=_taken_in,
        adds=True,
    ),
    Form(
        "evidence/1/custody/",
        S.INVESTIGATING,
        {"what": "returned", "holder": "Mari {}", "place": "", "note": ""},
        prepare=_taken_in,
    ),
    Form("evidence/1/check/", S.INVESTIGATING, {"note": "Looked at the seal {}"}, prepare=_taken_in, adds=True),
    Form("hearings/", S.INVESTIGATING, {"side": "witness", "who": "A neighbour", "how": "phone", "record": "Dark {}"}),
    Form("hearings/1/check/", S.INVESTIGATING, {"against": "The roster {}"}, prepare=_heard),
    Form(
        "hearings/unheard/",
        S.INVESTIGATING,
        {"party": "1", "reason": "unreachable", "explanation": "Moved away {}"},
        prepare=named,
    ),
    Form("interim/", S.INVESTIGATING, _plan),
    Form("interim/1/steps/1/end/", S.INVESTIGATING, {"reason": "Next door {}"}, prepare=_step_noted),
    Form("interim/1/steps/1/", S.INVESTIGATING, {"proof": "A photo {}"}, prepare=_steps_planned),
    Form("points/1/questions/", S.INVESTIGATING, {"text": "Where was the notice? {}", "source": "The printer"}),
    Form(
        "points/1/questions/1/answer/",
        S.INVESTIGATING,
        {"text": "In Mill Lane {}", "source": "The printer"},
        prepare=_planned,
    ),
    Form("notice/", S.DECIDED, who=("liis", "mark"), page="response/", prepare=_communicated, adds=True),
    Form("notice/", S.COMMUNICATED, who=("mark", "mark"), page="response/", always_goes_on=True),
    Form("redress/", S.COMMUNICATED, _others, adds=True),
    Form("correction/", S.ASSESSED, _corrected),
    Form("kind/", S.RECEIVED, {"kind": "enquiry", "reason": "They only ask {}"}),
    Form("related/", S.ASSESSED, _related, prepare=_another),
    Form("related/end/", S.ASSESSED, lambda _w, c: {"other": _other_of(c).reference}, prepare=_tied),
    Form("merge/", S.ASSESSED, _merged, prepare=_another),
    Form("merge/end/", S.MERGED, {"reason": "Two matters {}"}),
    Form("deadlines/2/extension/", S.INVESTIGATING, _longer),
)
