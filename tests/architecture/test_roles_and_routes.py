"""Every route, opened and sent to by everybody: the answer is what the route declares, and never an error of ours.

What is expected stands by hand in tests/rights.py; nothing is written down per route but which object stands behind a
parameter of its address. Here a part of the cells is tried, always the same one; `bench/matrix.py` tries all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import SimpleNamespace

import pytest
from django.urls import get_resolver

from amends.complaints import actions, drafts
from amends.complaints.models import (
    Contact,
    ContactMerging,
    Custody,
    Evidence,
    Hearing,
    HeldMessage,
    InterimMeasure,
    InvestigationTask,
    Letter,
    NextLook,
    OutsideDisclosure,
    PlanQuestion,
    Referral,
    TaskFile,
)
from amends.complaints.stages import Stage
from amends.correspondence.models import IncomingMail, SortedMail
from amends.files.taking_in import take_in
from amends.framework.actions.change_form import change_form
from amends.framework.actions.change_outside_bodies import Written, add_outside_body
from amends.framework.first_start import first_start_token
from amends.framework.models import Activation
from amends.framework.own_questions import Kind, OwnQuestion, Place
from amends.journal.models import Entry, FollowUp
from amends.journal.pseudonyms import name_of
from amends.kit import clock
from amends.kit.translated import TranslatedText
from amends.people.actions import grant_role, invite
from amends.people.invitations import link_token
from amends.people.models import Invitation
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from amends.surveys.actions import mark_simulated
from tests import builders, relations
from tests.architecture.test_every_route_declares_access import access_of, routes
from tests.cast import World
from tests.files import uploads
from tests.files.uploads import Sent
from tests.matrix import a_part_of_it, walk
from tests.portal.visitor import TOKEN

#: What is there only in a demonstration, or never: nobody signs up.
NOT_HERE = ("account_signup", "demo_sign_in")


@dataclass(frozen=True)
class Route:
    """A route with an object put in the place of each parameter; `about` is the one that rules look at."""

    name: str
    path: str
    access: StrEnum | str
    about: object = None


@pytest.fixture
def world(db: None) -> World:
    return world_to_walk()


def world_to_walk() -> World:
    """Larkhaven with an outside body and a question of its own, by the clock of the machine, as sessions are."""
    made = builders.a_world(at=clock.now() - timedelta(days=1))
    add_outside_body(Written(TranslatedText({"en": "Water Ombudsman"})), code="ombudsman", by=SYSTEM, at=made.at)
    own = OwnQuestion("own1", Place.ABOUT, Kind.TEXT, TranslatedText({"en": "Which meter?"}))
    change_form([own], by=SYSTEM, at=made.at, seen=1)
    return made


@pytest.fixture
def objects(world: World) -> SimpleNamespace:
    """What every address leads to."""
    return one_of_everything(world)


def one_of_everything(world: World) -> SimpleNamespace:
    """One of everything that an address can name: a complaint of Water, with a file, a remedy and an entry."""
    at = world.at
    picture = take_in(Sent("a.jpg", uploads.jpeg()), keep_original=True, at=at)
    complaint = builders.a_complaint(world, Stage.ACCEPTED, token=TOKEN, files=(picture,))
    entry = Entry.objects.filter(subject=name_of(complaint.subject)).earliest("id")
    actions.open_redress(complaint, builders.a_redress(world), by=world.as_(world.liis), at=at)
    task = InvestigationTask.objects.create(
        complaint=complaint,
        number=1,
        question="Where?",
        asked_unit=world.water,
        asked_by=world.uma,
        asked_at=at,
        due_at=at,
    )
    TaskFile.objects.create(task=task, file=picture)
    known = {"complaint": complaint, "number": 1, "person": world.liis, "at": at}
    piece = Evidence.objects.create(kind="thing", title="A notice", origin="Mari", taken_on=at.date(), **known)
    Custody.objects.create(evidence=piece, number=1, what="taken_in", person=world.liis, at=at)
    Referral.objects.create(
        body="Ombudsman",
        why_unlisted="New",
        referred_on=at.date(),
        told_on=at.date(),
        outcome="upheld",
        compared="more",
        decided_on=at.date(),
        result="Theirs",
        **known,
    )
    OutsideDisclosure.objects.create(
        recipient="A lawyer", what="other", what_text="A log", ground="law", ground_text="Act", names_complainant=False,
        given_on=at.date(), **known,
    )  # fmt: skip
    NextLook.objects.create(note="Ask them", look_on=at.date(), **known)
    Hearing.objects.create(side="witness", who="A neighbour", how="phone", held_on=at.date(), record="Dry.", **known)
    PlanQuestion.objects.create(issue=complaint.issues.get(), number=1, text="Where?", person=world.liis, at=at)
    told = complaint.thread.messages.first()
    HeldMessage.objects.create(
        text="Dear Mari", channel="portal", leaves_at=at, state="taken_back", ended_at=at, **known
    )
    letter = Letter.objects.create(
        complaint=complaint, message=told, party=complaint.parties.get(role="complainant"), made_at=at
    )
    interim = InterimMeasure.objects.create(measure="Bottled water", message=told, **known)
    interim.steps.create(number=1, text="A visit", due_on=at.date())
    failed = FollowUp.objects.create(
        entry=entry, reaction="notices.acknowledgement", state=FollowUp.State.FAILED, next_try_at=at
    )
    mail = actions.keep_mail(b"Subject: Who am I?\n\nNobody.", way=IncomingMail.Way.PIPE, by=SYSTEM, at=at).sorted
    # It waits for nobody: it has nothing to do with the complaint, and no number may change where that is hidden.
    by_machine = (SortedMail.Outcome.SUPPRESSED, SortedMail.Why.AUTO_REPLY)
    actions.set_mail_aside(mail, *by_machine, waits=False, by=SYSTEM, at=at)
    made_up = {"scenario": "A refund", "reason": "Yearly"}
    mark_simulated(complaint, **made_up, by=world.as_(world.clara, at), at=at)
    draft, secret = drafts.begin("en", clock.now())
    nora = invite("nora@larkhaven.example", "Nora Quist", by=SYSTEM, at=at)
    grant_role(nora, Role.HANDLER, world.water, by=SYSTEM, at=at)
    clara = world.as_(world.clara)
    subject = actions.name_subject(complaint, world.zoe, by=clara, at=at)
    actions.tell_subject(complaint, subject, how="page", by=clara, at=at)
    actions.declare_conflict(complaint, nora, reason="A neighbour", by=clara, at=at)
    contact = actions.link_contact(complaint, "complainant", None, by=clara, at=at)
    twin = Contact.objects.create(name="Mari Kask", name_key="mari kask", since=at)
    ContactMerging.objects.create(contact=contact, into=twin, reason="She married", person=world.clara, at=at)
    Contact.objects.filter(pk=contact.pk).update(merged_into=twin)
    return SimpleNamespace(
        complaint=complaint,
        contact=contact,
        subject=subject,
        picture=picture,
        entry=entry,
        task=task,
        letter=letter,
        failed=failed,
        mail=mail,
        draft=draft,
        secret=secret,
        person=nora,
        invited=link_token(Invitation.objects.get(person=nora)),
        unit=world.harbour,
    )


def parameters(name: str, objects: SimpleNamespace) -> dict[str, tuple[object, object]]:
    """What stands behind each parameter of a route: how the address writes it, and the object itself."""
    tokens = {"first_start": first_start_token(), "invitation": objects.invited}
    unit_or_person = objects.unit if name.startswith("unit") else objects.person
    uids = {"task": (objects.task.uid, objects.task), "letter": (objects.letter.uid, objects.complaint)}
    return {
        "reference": (objects.complaint.reference, objects.complaint),
        "token": (tokens.get(name, objects.picture.token), None),
        "uid": uids.get(name.partition("_")[0], (objects.entry.uid.hex, None)),
        "mail": (objects.mail.mail.reference, None),
        "number": (objects.draft.number if name in {"step", "autosave", "check"} else 1, None),
        "question": (1, None),
        "step": (1, None),
        "slug": ("about", None),
        "name": (name_of(unit_or_person.subject), unit_or_person),
        "contact": (name_of(objects.contact.subject), objects.contact),
        "person": (name_of(objects.person.subject), None),
        "party": (name_of(objects.subject.journal_subject), objects.subject),
        "kind": ("categories", None),
        "role": ("complainant", None),
        "code": ("policy" if name == "public_text" else "poor-service", None),
        "key": ("own1", None),
        "body": ("ombudsman", None),
        "message": ("progress", None),
        "calendar": ("office", None),
        "pack": ("general", None),
        "version": (1, None),
        "activation": (name_of(Activation.objects.earliest("pk").subject), None),
        "entry": (objects.entry.uid, None),
        "reaction": (objects.failed.reaction, None),
        "pk": (1, None),
        "of": ("text", None),
    }


def every_route(objects: SimpleNamespace) -> Iterator[Route]:
    """Every route of the application with objects in its address."""
    for address, pattern in routes(get_resolver().url_patterns):
        known = parameters(pattern.name, objects)
        names = re.findall(r"<(?:\w+:)?(\w+)>", address)
        path = re.sub(r"<(?:\w+:)?(\w+)>", "{\\1}", address).format(**{name: known[name][0] for name in names})
        assert not re.search(r"[\^$(?]", path), f"{address} is no address that objects can be put into"
        about = next((known[name][1] for name in names if known[name][1] is not None), None)
        if pattern.name.startswith("redress_"):
            about = objects.complaint  # others are put right where one complained
        yield Route(pattern.name, f"/{path}", access_of(pattern), about)


def test_everybody_gets_what_they_may_get_at_every_address(world, objects):
    scene = relations.set_up(world, objects)
    outcome = walk(scene, every_route(objects), a_part_of_it(refusals=8, pages=40))
    assert outcome.wrong == [], "\n".join(outcome.wrong)
    assert outcome.cells > 1000
    # Each address leads to something: otherwise the walk would prove nothing about it.
    assert outcome.empty == [*NOT_HERE]
