"""Forms about surveys, simulated complaints, own questions and mails that two people can have before them at once."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from amends.complaints.models import Complaint
from amends.complaints.stages import Stage
from amends.framework.actions.change_form import change_form
from amends.framework.mail_rules import mails_now
from amends.framework.models import FormVersion, MailRule
from amends.framework.own_questions import Kind, OwnQuestion, Place, own_form_now
from amends.kit import clock
from amends.kit.translated import TranslatedText
from amends.surveys.actions import mark_simulated
from amends.surveys.models import SimulatedContact, Survey, SurveyAnswer, SurveyRule
from tests import builders
from tests.cast import World
from tests.form import Form, Typed
from tests.forms_of_settings import BOTH, by_system, itself, newest

Detail = MailRule.Detail
SIMULATED = "/oversight/surveys/simulated/"
#: Only who keeps the process may mark one: two windows of the same person.
KEEPER = ("clara", "clara")


def _question(world: World, called: str) -> OwnQuestion:
    made = OwnQuestion(
        called.replace("race", "own9"), Place.ABOUT, Kind.TEXT, TranslatedText({"en": f"Meter of {called}"})
    )
    now = own_form_now()
    change_form([*now.questions[-3:], made], seen=now.version, **by_system())
    return made


def _asked(world: World, called: str) -> Survey:
    """Somebody is asked how they found the handling, by whoever rings them up."""
    begun = {"state": "open", "channel": "phone", "made_at": world.at, "opened_at": world.at}
    drawn = {"rule": 1, "share": 100, "number": 1}
    complaint = builders.a_complaint(world, Stage.CLOSED, text=f"Nobody rang {called}.")
    return Survey.objects.create(complaint=complaint, closes_at=clock.now() + timedelta(days=9), **begun, **drawn)


def _keyed(question: Any) -> Mapping[str, object]:
    return {"key": question.key}


def _complaint(world: World, called: str) -> Complaint:
    return builders.a_receipt(world, text=f"Nobody rang {called}.").complaint


def _simulated(world: World, called: str) -> SimulatedContact:
    said = {"scenario": f"A refund {called}", "reason": "Yearly"}
    return mark_simulated(_complaint(world, called), **said, by=world.as_(world.clara), at=world.at)


def _referenced(row: Any) -> Mapping[str, object]:
    return {"reference": row.complaint.reference}


def _reference_of(world: World, complaint: Complaint) -> Typed:
    return {"reference": complaint.reference, "scenario": "Asks twice {}", "reason": "Yearly"}


def _another_share(world: World, about: Any) -> Typed:
    return {"is_on": "on", "share": str(SurveyRule.objects.count() % 90 + 5)}


def _other_mails(world: World, about: Any) -> Typed:
    """What does not hold now."""
    return {"by_mail": Detail.NOTICE if mails_now().by_mail == Detail.FULL else Detail.FULL}


SURVEYS: tuple[Form, ...] = (
    Form(
        "/staff/complaints/{reference}/survey/",
        None,
        {"handling": "4", "comment": "Slow {}", "came": "phone"},
        ("uma", "clara"),
        made=_asked,
        slots=_referenced,
        rows=newest(SurveyAnswer),
    ),
    Form("/settings/survey/change/", None, _another_share, BOTH),
    Form("/settings/mails/", None, _other_mails, BOTH),
    Form("/settings/form/question/", None, {"label_en": "Which meter {}"}, BOTH, rows=newest(FormVersion)),
    Form(
        "/settings/form/question/{key}/",
        None,
        {"label_en": "Which meter {}"},
        BOTH,
        made=_question,
        slots=_keyed,
        rows=newest(FormVersion),
    ),
    Form(
        "/settings/form/question/{key}/place/",
        None,
        {"remove": "1"},
        BOTH,
        "/settings/form/",
        made=_question,
        slots=_keyed,
    ),
    Form(SIMULATED, None, _reference_of, KEEPER, made=_complaint, rows=newest(SimulatedContact)),
    Form(
        SIMULATED + "{reference}/",
        None,
        {"result": "Friendly {}"},
        KEEPER,
        made=_simulated,
        slots=_referenced,
        rows=itself,
    ),
    Form(
        SIMULATED + "{reference}/ending/",
        None,
        {"ended_why": "It was real {}"},
        KEEPER,
        SIMULATED + "{reference}/",
        made=_simulated,
        slots=_referenced,
        rows=itself,
    ),
)
