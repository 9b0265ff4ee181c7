"""Every route, opened and sent to by everybody: the answer is what the route declares, and never an error of ours.

What is expected follows from the declared access and from the rules of that act; nothing is written down per route
but which object stands behind a parameter of its address.
"""

import copy
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from amends.complaints import actions, drafts
from amends.complaints.models import (
    Complaint,
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
from amends.complaints.permissions import May, visible_to
from amends.complaints.stages import Stage
from amends.files.taking_in import take_in
from amends.framework.actions.change_outside_bodies import Written, add_outside_body
from amends.framework.first_start import first_start_token
from amends.framework.models import Activation
from amends.journal.models import Entry, FollowUp
from amends.journal.pseudonyms import name_of
from amends.kit import clock
from amends.kit.translated import TranslatedText
from amends.people.actions import grant_role, invite
from amends.people.invitations import link_token
from amends.people.models import Invitation
from amends.people.standing import SYSTEM, Staff, standing_of
from amends.permissions.engine import may
from amends.permissions.roles import Role
from amends.ui.access import PUBLIC
from tests import builders
from tests.architecture.test_every_route_declares_access import access_of, routes
from tests.cast import World
from tests.files import uploads
from tests.files.uploads import Sent
from tests.portal.visitor import TOKEN, follower

#: What somebody may get who is allowed to: the page, onwards, a mistake in the form, not by this method, too late.
FINE = {200, 302, 400, 405, 409, 422}
SIGN_IN = "/accounts/login/"
BEFORE_PUBLIC_PAGES = {"anonymous", "the complainant", "Clara Whitfield", "Zoe Marsh"}
#: Answers 503 on purpose: no worker runs here.
TELLS_TROUBLE = {"health_ready"}
#: What is there only in a demonstration, or never: nobody signs up.
NOT_HERE = ("account_signup", "demo_sign_in")


@dataclass(frozen=True)
class Route:
    """A route with an object put in the place of each parameter; `about` is the one that rules look at."""

    name: str
    path: str
    access: StrEnum | str
    about: object = None


@dataclass
class Somebody:
    """A member of the cast before the application."""

    name: str
    client: Client
    standing: Staff | None = None


@pytest.fixture
def world(db: None) -> World:
    # Sessions live by the clock of the machine, and so does this world.
    made = builders.a_world(at=clock.now() - timedelta(days=1))
    add_outside_body(Written(TranslatedText({"en": "Water Ombudsman"})), code="ombudsman", by=SYSTEM, at=made.at)
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
        "code": ("poor-service", None),
        "body": ("ombudsman", None),
        "calendar": ("office", None),
        "pack": ("general", None),
        "version": (1, None),
        "activation": (name_of(Activation.objects.earliest("pk").subject), None),
        "entry": (objects.entry.uid, None),
        "reaction": (objects.failed.reaction, None),
        "pk": (1, None),
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


@pytest.fixture
def cast(world: World, objects: SimpleNamespace) -> list[Somebody]:
    """All staff, an administrator of Energy alone, somebody signed out, and the complainant on their own device."""
    ada = invite("ada@larkhaven.example", "Ada Byron", by=SYSTEM, at=world.at)
    grant_role(ada, Role.ADMINISTRATOR, world.energy, by=SYSTEM, at=world.at)
    found = [Somebody("anonymous", Client())]
    for number, person in enumerate((*world.people, ada), start=1):
        person.set_password("for tests only: it signs nobody in")
        person.save(update_fields=["password"])
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")  # tries are counted by address
        client.force_login(person)
        found.append(Somebody(person.name, client, standing_of(person, clock.now())))
    complainant = follower(objects.complaint).client
    complainant.cookies["draft"] = f"{objects.draft.number}.{objects.secret}"
    return [*found, Somebody("the complainant", complainant)]


def answer_to(who: Somebody, method: str, path: str) -> Any:
    """What somebody gets; nothing of it stays, neither in the database nor in their browser."""
    cookies = copy.deepcopy(who.client.cookies)
    with transaction.atomic():
        answer = getattr(who.client, method)(path)
        transaction.set_rollback(True)
    who.client.cookies = cookies
    return answer


def expected(who: Somebody, route: Route, method: str) -> set[int]:
    """What somebody may get, from what the route declares and from the rules of that act."""
    if route.access == PUBLIC:
        return FINE | {204, 401, 404, 410} | ({503} if route.name in TELLS_TROUBLE else set())
    assert isinstance(route.access, StrEnum)
    if who.standing is None:
        return {302, 405} if method == "get" else {401, 405}
    if not may(who.standing, route.access):
        return {403, 405}
    if isinstance(route.about, Complaint) and not visible_to(who.standing).filter(pk=route.about.pk).exists():
        return {404, 405}
    if route.about is not None and not may(who.standing, route.access, route.about):
        return {403, 404, 405}
    if route.access == May.LIST:
        # Whoever may read the complaint may open these pages; what is done on them has its own rule in the verb.
        return FINE | {403}
    # A form that names none of the rows on its page: not on complaints, where the address names everything.
    return FINE | ({404} if method == "post" and not isinstance(route.about, Complaint) else set())


def test_everybody_gets_what_each_route_declares(objects, cast):
    wrong, cells, answers = [], 0, defaultdict(set)
    for route in every_route(objects):
        # Public pages ask nobody's role: with one and without, signed out and following a complaint is enough.
        for who in cast if route.access != PUBLIC else [one for one in cast if one.name in BEFORE_PUBLIC_PAGES]:
            for method in ("get", "post"):
                answer = answer_to(who, method, route.path)
                status = answer.status_code
                cells += 1
                answers[route.name].add(status)
                if status not in expected(who, route, method):
                    wrong.append(f"{who.name}: {method} {route.name} ({route.access}) gives {status}")
                elif who.standing is None and route.access != PUBLIC and status == 302:
                    assert answer["Location"] == f"{SIGN_IN}?next={route.path}"
    assert wrong == [], "\n".join(wrong)
    assert cells > 2200
    # Each address leads to something: otherwise the walk would prove nothing about it.
    assert [name for name, found in answers.items() if not found & (FINE | {410, 503})] == [*NOT_HERE]


def test_a_complaint_of_another_unit_is_not_there_for_those_who_could_do_everything_with_it(objects, cast):
    bruno = next(who for who in cast if who.name == "Bruno Keller")
    tried = 0
    for route in every_route(objects):
        if isinstance(route.about, Complaint) and bruno.standing and may(bruno.standing, route.access):
            for method in ("get", "post"):
                assert answer_to(bruno, method, route.path).status_code in {404, 405}, route.path
            tried += 1
    assert tried > 25
