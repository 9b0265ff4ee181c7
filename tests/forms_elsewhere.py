"""Forms outside of the complaint page that two people can have before them at once, with those of the settings."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator

from amends.complaints import actions, intake
from amends.complaints.actions.give_task import Errand
from amends.complaints.actions.record_history import HistoricComplaint
from amends.complaints.models import Complaint, Contact, InvestigationTask, Party, RedressProject
from amends.complaints.models.subject_rights import How
from amends.complaints.stages import Stage
from amends.framework.actions.activate_pack import activate_pack
from amends.framework.models import (
    Activation,
    RulePackVersion,
)
from amends.journal.models import Entry, FollowUp
from amends.journal.pseudonyms import name_of
from amends.kit import clock
from amends.people.models import Person
from tests import builders
from tests.cast import World
from tests.form import Form
from tests.forms_of_settings import FRAMEWORK, PEOPLE_AND_UNITS, TWO, a_person, by_system, itself, named_in_journal
from tests.forms_of_surveys import SURVEYS

S, DAY = Stage, timedelta(days=1)


def _task(world: World, called: str) -> InvestigationTask:
    complaint = builders.a_complaint(world, S.INVESTIGATING)
    errand = Errand("When was it?", (world.at + 7 * DAY).date(), unit=world.water)
    return actions.give_task(complaint, errand, by=world.as_(world.clara), at=world.at + timedelta(minutes=1))


def _subject(world: World, called: str) -> Party:
    complaint, by = builders.a_complaint(world, S.INVESTIGATING), world.as_(world.liis)
    at = world.at + timedelta(minutes=1)
    party = actions.name_subject(complaint, world.zoe, by=by, at=at)
    actions.tell_subject(complaint, party, how=How.PAGE, by=by, at=at)
    actions.give_details(complaint, party, text="On Monday you said …", how=How.PAGE, by=by, at=at)
    return party


def _redress(world: World, called: str) -> RedressProject:
    complaint = builders.a_complaint(world, S.COMMUNICATED)
    return actions.open_redress(complaint, builders.a_redress(world), by=world.as_(world.liis), at=world.at)


def _contact(world: World, called: str) -> Contact:
    # Whoever shares an address is offered as perhaps the same person, and only so many are: each has one of their own.
    mari = intake.Contact(name=f"Mari {called}", email=f"{called}@example.org", contact_by="email")
    complaint: Complaint = builders.a_complaint(world, S.ASSESSED, complainant=mari)
    return actions.link_contact(complaint, Party.Role.COMPLAINANT, None, by=world.as_(world.liis), at=world.at)


def _twins(world: World, called: str) -> Contact:
    """Somebody known twice, the second time last."""
    contact = _contact(world, called)
    _contact(world, called)
    return contact


def _twin_of(contact: Contact) -> object:
    return name_of(Contact.objects.filter(pk__gt=contact.pk).earliest("pk").subject)


def _merged_twins(world: World, called: str) -> Contact:
    contact = _twins(world, called)
    twin = Contact.objects.latest("pk")
    actions.merge_contacts(contact, twin, reason="Same flat", by=world.as_(world.liis), at=world.at)
    return contact


def _about_me(party: Any) -> Mapping[str, object]:
    return {"party": name_of(party.journal_subject)}


def _numbered(project: Any) -> Mapping[str, object]:
    return {"number": project.number}


def _around(relation: str) -> Any:
    return lambda about: getattr(about, relation).all()


def _imported(world: World, called: str) -> Complaint:
    old = HistoricComplaint(called, world.at, "Water off", stage=S.INVESTIGATING, unit=world.water)
    actions.record_history([old], source="old", **by_system())
    return Complaint.objects.get(external_id=called)


def _under_other_rules(world: World, called: str) -> Complaint:
    complaint = builders.a_complaint(world, S.INVESTIGATING, site=f"Depot {called}")
    pack = RulePackVersion.objects.filter(pack="estonia").latest("version")
    role, site = Activation.Role.MAIN, f"Depot {called}"
    activate_pack(pack, role=role, site=site, reason="New", starts_at=world.at - DAY, **by_system())
    return complaint


def _failed(world: World, called: str) -> FollowUp:
    builders.a_receipt(world)
    rows = {"entry": Entry.objects.latest("pk"), "reaction": f"notices.{called}"}
    return FollowUp.objects.create(**rows, state=FollowUp.State.FAILED, next_try_at=clock.now())


def _with_second_factor(world: World, called: str) -> Person:
    person = a_person(world, called)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    return person


def _referenced(about: Any) -> Mapping[str, object]:
    return {"reference": about.reference}


ABOUT_ME = "/staff/about-me/{party}/"
REDRESS = "/oversight/redress/{number}/"

WORK: tuple[Form, ...] = (
    Form(
        "/staff/tasks/{uid}/",
        None,
        {"text": "At night {}"},
        ("liis", "uma"),
        made=_task,
        slots=lambda task: {"uid": task.uid},
        rows=itself,
    ),
    Form(
        ABOUT_ME + "statement/",
        None,
        {"text": "It was not me {}"},
        ("zoe", "zoe"),
        ABOUT_ME,
        adds=True,
        made=_subject,
        slots=_about_me,
        rows=_around("statements"),
    ),
    Form(
        ABOUT_ME + "support/",
        None,
        {"name": "Ida {}"},
        ("zoe", "zoe"),
        ABOUT_ME,
        adds=True,
        made=_subject,
        slots=_about_me,
        rows=_around("supporters"),
    ),
    Form(
        REDRESS + "progress/",
        None,
        {"contacted": "2", "put_right": "1", "note": "Two letters {}"},
        ("liis", "uma"),
        REDRESS,
        made=_redress,
        slots=_numbered,
        rows=_around("progress"),
    ),
    Form(
        REDRESS + "ending/",
        None,
        {"how": "stopped", "result": "Nobody else {}"},
        ("liis", "uma"),
        REDRESS,
        made=_redress,
        slots=_numbered,
        rows=itself,
    ),
    Form(
        "/staff/contacts/{contact}/correction/",
        None,
        lambda _world, contact: {
            "kind": "email",
            "instead_of": contact.points.get(kind="email").value,
            "value": "{}@example.org",
        },
        ("liis", "uma"),
        made=_contact,
        slots=lambda contact: {"contact": name_of(contact.subject)},
        rows=_around("points"),
    ),
    Form(
        "/staff/contacts/{contact}/merge/",
        None,
        lambda _world, contact: {"other": _twin_of(contact), "reason": "Same flat {}"},
        ("liis", "uma"),
        made=_twins,
        slots=lambda contact: {"contact": name_of(contact.subject)},
        rows=_around("mergings"),
    ),
    Form(
        "/staff/contacts/{contact}/merge/end/",
        None,
        {"reason": "A cousin {}"},
        ("liis", "uma"),
        made=_merged_twins,
        slots=lambda contact: {"contact": name_of(contact.subject)},
        rows=_around("mergings"),
    ),
)

RARE: tuple[Form, ...] = (
    Form("/staff/complaints/{reference}/takeover/", None, {}, ("liis", "uma"), made=_imported, slots=_referenced),
    Form(
        "/staff/complaints/{reference}/rules/",
        None,
        {"reason": "It is at the depot {}"},
        ("liis", "uma"),
        made=_under_other_rules,
        slots=_referenced,
        journalled=True,
    ),
    Form(
        "/settings/system/follow-ups/{entry}/{reaction}/",
        None,
        {},
        TWO,
        "/settings/system/",
        made=_failed,
        slots=lambda row: {"entry": row.entry.uid, "reaction": row.reaction},
    ),
    Form(
        "/settings/people/{name}/second-factor/",
        None,
        {"check": "in_person"},
        TWO,
        made=_with_second_factor,
        slots=named_in_journal,
    ),
)

ELSEWHERE: tuple[Form, ...] = (*PEOPLE_AND_UNITS, *FRAMEWORK, *SURVEYS, *WORK, *RARE)
