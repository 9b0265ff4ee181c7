"""Every form of the complaint page: at which stage it is open, to whom, and answers with which it can be sent."""

from datetime import timedelta

from amends.complaints import actions
from amends.complaints.models import Complaint, Referral, Voiding
from amends.complaints.stages import Stage
from tests import builders
from tests.cast import World
from tests.form import Form, Typed
from tests.forms_of_investigation import INVESTIGATION
from tests.forms_of_people import PEOPLE


def _assessed(world: World, complaint: Complaint) -> Typed:
    return {
        "is_safety": "no",
        "immediate_needed": "no",
        "immediate_possible": "no",
        "grid": "2-2",
        "impact_others": "1",
        "impact_organisation": "1",
        "complexity": "simple",
        "pattern": "recurring",
        "title": "Water off {}",
        "unit": world.water.pk,
        "handler": world.liis.pk,
    }


def _assigned(world: World, complaint: Complaint) -> Typed:
    return {"unit": world.water.pk, "handler": world.clara.pk}


def _about(world: World, complaint: Complaint) -> Typed:
    return {"subject": world.zoe.pk}


def _reviewed(world: World, complaint: Complaint) -> Typed:
    return {"reviewer": world.uma.pk, "question": "Was it late? {}"}


def _void_asked(world: World, complaint: Complaint) -> object:
    by, at = world.as_(world.liis), world.at
    return actions.ask_to_void(complaint, why=Voiding.Why.TEST, reason="I tried it.", by=by, at=at)


def _paused(world: World, complaint: Complaint) -> object:
    return actions.pause(
        complaint,
        why="waiting_for_complainant",
        reason="A bill",
        by=world.as_(world.liis),
        at=world.at + timedelta(minutes=1),
    )


def _referred_result(world: World, complaint: Complaint) -> Typed:
    return {"result": "They agree. {}", "outcome": "not_upheld", "decided_on": world.at.date(), "compared": ""}


def _decided(world: World, complaint: Complaint) -> object:
    by, at, day = world.as_(world.liis), world.at + timedelta(minutes=1), world.at.date()
    said = {"result": "They agree.", "outcome": Referral.Outcome.NOT_UPHELD, "decided_on": day}
    return actions.record_result(complaint, **said, by=by, at=at)


def _told_more(world: World, complaint: Complaint) -> Typed:
    day = world.at.date()
    return {"told_on": day, "their_reference": "WO-{}", "file_due_on": day + timedelta(days=20)}


def _looked(world: World, complaint: Complaint) -> Typed:
    return {"note": "They wait for us {}", "look_on": world.at.date() + timedelta(days=30)}


def _passed_on(world: World, complaint: Complaint) -> Typed:
    return {
        "to": "other",
        "recipient": "A lawyer {}",
        "what": "other",
        "what_text": "The meter log {}",
        "ground": "law",
        "ground_text": "Water Act {}",
        "given_on": world.at.date(),
    }


def _found(world: World, complaint: Complaint) -> None:
    for issue in complaint.issues.order_by("number"):
        actions.record_finding(
            complaint, issue, builders.a_conclusion(), by=world.as_(world.liis), at=world.at + timedelta(minutes=1)
        )


PROPOSED: Typed = {
    "summary": "You were right {}",
    "reasons": "The notice went astray. {}",
    "prevention": "",
    "language": "en",
}
FOUND: Typed = {"result": "upheld", "reasons": "Harbour Street. {}", "facts": "", "cause": "process"}
PROVED: Typed = {"proof": "Letter {}", "done_on": "2026-03-02"}

#: To a body that is not on the list, where there is one.
REFERRED: Typed = {
    "listed": "another",
    "why_unlisted": "New",
    "body": "Ombudsman {}",
    "referred_on": "2026-03-02",
}

S = Stage

FORMS: tuple[Form, ...] = (
    Form("acknowledgement/", S.RECEIVED, {"how": "phone", "note": "Told her {}"}, adds=True),
    Form("messages/", S.INVESTIGATING, {"message-text": "Dear Mari {}"}, page="", adds=True),
    Form("notes/", S.INVESTIGATING, {"note-text": "Hm {}"}, page="", adds=True),
    Form("replies/", S.COMMUNICATED, {"text": "She said {}", "channel": "phone"}, adds=True),
    Form("summary/", S.ASSESSED, {"answer": "wrong", "correction": "In May {}", "channel": "phone"}, adds=True),
    Form(
        "translations/text/",
        S.INVESTIGATING,
        {"language": "et", "text": "Vett ei ole. {}", "made_by": "machine", "translator": "DeepL"},
        adds=True,
    ),
    Form("attempts/", S.COMMUNICATED, {"channel": "phone", "note": "Nobody there {}"}, adds=True),
    Form("identity/", S.RECEIVED, {"reason": "contact"}, adds=True, shows=True),
    Form("access-code/", S.RECEIVED, {"check": "called_back"}, shows=True),
    Form("assessment/", S.RECEIVED, _assessed),
    Form("assessment/", S.COMMUNICATED, _assessed),
    Form("assignment/", S.ASSESSED, _assigned),
    Form("subject/", S.RECEIVED, _about),
    Form("scope/", S.ASSESSED, {"reason": "not_us", "where_to_go": "The bus company {}"}),
    Form("points/", S.INVESTIGATING, {"summary": "Nobody called {}", "category": ""}),
    Form("investigation/", S.ASSESSED),
    Form("findings/1/", S.INVESTIGATING, FOUND),
    Form("findings/1/", S.IN_REVIEW, FOUND),
    Form("response/", S.INVESTIGATING, PROPOSED, prepare=_found),
    Form("approval/", S.PROPOSED, {"verdict": "approve", "comment": "Good {}"}, who=("mark", "clara")),
    Form("approval/", S.PROPOSED, {"verdict": "send_back", "comment": "Why {}"}, who=("mark", "clara")),
    Form("communication/", S.DECIDED, {"channel": "portal"}),
    Form("decision/", S.COMMUNICATED, {"says": "rejects", "channel": "phone", "reason": "Too little {}"}),
    Form("decision/", S.COMMUNICATED, {"says": "accepts", "channel": "phone"}),
    Form("review/", S.REJECTED, _reviewed, who=("uma", "clara")),
    Form("referral/", S.REJECTED, REFERRED),
    Form("referral/update/", S.EXTERNAL, _told_more),
    Form("looks/", S.EXTERNAL, _looked),
    Form("disclosures/", S.COMMUNICATED, _passed_on, adds=True),
    Form("referral/result/", S.EXTERNAL, _referred_result),
    Form("remedies/1/proof/", S.ACCEPTED, PROVED, built={"remedies": 2}),
    Form("remedies/1/reason/", S.EXTERNAL, {"reason": "They refused it {}"}, who=("mark", "clara"), prepare=_decided),
    Form("remedies/verification/", S.REMEDIED, who=("mark", "clara")),
    Form("closure/", S.VERIFIED, {"reason": "satisfied", "others_affected": "no", "note": "Done {}"}),
    Form("reopening/", S.CLOSED, {"reason": "It happened again {}"}),
    Form("withdrawal/", S.ASSESSED, {"reason": "She is content {}"}),
    Form("pause/", S.INVESTIGATING, {"why": "waiting_for_complainant", "reason": "The bill {}"}),
    Form("resumption/", S.INVESTIGATING, prepare=_paused),
    Form("voiding/", S.ASSESSED, {"why": "test", "reason": "I tried the form {}"}),
    Form(
        "voiding/decision/",
        S.ASSESSED,
        {"verdict": "void", "comment": "So it is {}"},
        who=("uma", "clara"),
        prepare=_void_asked,
    ),
    Form("voiding/end/", S.VOID, {"reason": "It is real {}"}, who=("uma", "clara")),
    *INVESTIGATION,
    *PEOPLE,
)
