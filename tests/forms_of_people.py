"""Forms of the complaint page about its people: who acts for whom, shields, walls, the rights of the subject."""

from datetime import date, timedelta
from typing import Any

from amends.complaints import actions
from amends.complaints.actions.record_need import Particulars
from amends.complaints.intake import Contact, Representative
from amends.complaints.models import Complaint, Party
from amends.complaints.models.subject_rights import How
from amends.complaints.stages import Stage
from amends.journal.pseudonyms import name_of
from tests.cast import World
from tests.form import Form, Typed

S = Stage

ACTING: dict[str, Any] = {
    "complainant": Contact(name="Hilda Saar"),
    "representative": Representative(Contact(name="Mari Saar", email="mari@example.org"), relation="daughter"),
}
NEED: Typed = {"adjustment": "Large print {}", "driver": "health", "basis": "spoken", "basis_on": "2026-03-02"}
KEPT = Particulars("health", "Large print", "spoken", date(2026, 3, 2), "Reads little")
TOLD: Typed = {"text": "This is said of you: {}", "how": "talk"}


def _by(world: World, who: str = "liis", minutes: int = 1) -> dict[str, Any]:
    return {"by": world.as_(getattr(world, who)), "at": world.at + timedelta(minutes=minutes)}


def _permitted(world: World, complaint: Complaint) -> None:
    actions.record_authority(complaint, scope="Everything", where_kept="Folder 7", **_by(world))


def _linked(world: World, complaint: Complaint) -> None:
    actions.link_contact(complaint, Party.Role.COMPLAINANT, None, **_by(world))


def _needed(world: World, complaint: Complaint) -> None:
    actions.record_need(complaint, KEPT, **_by(world))


def _shielded(world: World, complaint: Complaint) -> None:
    actions.shield(complaint, reason="Afraid of their landlord", **_by(world, "dora"))


def named(world: World, complaint: Complaint) -> Party:
    """Zoe is complained about."""
    return actions.name_subject(complaint, world.zoe, **_by(world))


def _told(world: World, complaint: Complaint) -> Party:
    party = named(world, complaint)
    actions.tell_subject(complaint, party, how=How.PAGE, **_by(world))
    return party


def detailed(world: World, complaint: Complaint) -> Party:
    """Zoe was told and has the details."""
    party = _told(world, complaint)
    actions.give_details(complaint, party, text="On Monday you said …", how=How.PAGE, **_by(world))
    return party


def _walled(world: World, complaint: Complaint) -> None:
    actions.declare_conflict(complaint, world.bruno, reason="A neighbour", **_by(world, "clara"))


def _wall(complaint: Any) -> dict[str, object]:
    return {"person": name_of(complaint.walls.get().person.subject)}


PEOPLE: tuple[Form, ...] = (
    Form(
        "authority/",
        S.RECEIVED,
        {"scope": "All of it {}", "where_kept": "Folder 7", "valid_until": ""},
        built=ACTING,
    ),
    Form("authority/end/", S.RECEIVED, {"reason": "taken_back"}, built=ACTING, prepare=_permitted),
    Form("contact/", S.RECEIVED, {"contact": "complainant-new"}),
    Form("contact/complainant/unlinking/", S.RECEIVED, prepare=_linked),
    Form("adjustments/", S.ASSESSED, NEED, adds=True),
    Form("adjustments/why/", S.ASSESSED, {"reason": "talk"}, prepare=_needed, adds=True, shows=True, is_reading=True),
    Form("adjustments/1/given/", S.ASSESSED, {"how": "Read aloud {}"}, prepare=_needed),
    Form("adjustments/1/consent/", S.ASSESSED, prepare=_needed),
    Form("shield/", S.ASSESSED, {"reason": "Afraid {}"}, who=("dora", "clara")),
    Form("shield/end/", S.ASSESSED, {"reason": "No longer {}"}, who=("dora", "clara"), prepare=_shielded),
    Form("detriment/", S.ASSESSED, {"text": "They were shouted at {}"}, adds=True),
    Form("conflict/", S.ASSESSED, {"reason": "My neighbour {}"}, who=("uma", "clara")),
    Form(
        "walls/{person}/lifting/",
        S.ASSESSED,
        {"reason": "It was a mistake {}"},
        who=("clara", "clara"),
        prepare=_walled,
        slots=_wall,
    ),
    Form("subject/1/notice/", S.ASSESSED, {"how": "talk"}, prepare=named),
    Form("subject/1/details/", S.INVESTIGATING, TOLD, prepare=_told, adds=True),
    Form("subject/1/support/", S.INVESTIGATING, {"name": "Ida {}"}, prepare=_told, adds=True),
    Form("subject/1/statement/", S.INVESTIGATING, TOLD, prepare=detailed, adds=True),
    Form("subject/1/result/", S.COMMUNICATED, TOLD, prepare=_told),
    Form("subject/1/personnel/", S.ASSESSED, {"addressee": "Office {}"}, prepare=named, adds=True),
)
