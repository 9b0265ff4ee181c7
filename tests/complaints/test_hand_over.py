"""A complaint that is handed over stays with the giver until it is accepted, so that none is lost."""

from datetime import timedelta

import pytest
from django.core import mail

from amends.complaints import actions
from amends.complaints.models import Complaint, HandOver
from amends.complaints.queries import View, in_view, visible_to
from amends.complaints.stages import Stage
from amends.people.actions import grant_role, invite
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from amends.reactions import worker
from tests import builders
from tests.complaints.test_guards import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(world):
    """Assessed, with Liis."""
    return builders.a_complaint(world, Stage.ASSESSED)


@pytest.fixture
def nora(world):
    """Another handler of Water."""
    person = invite("nora@larkhaven.example", "Nora Quist", by=SYSTEM, at=world.at)
    grant_role(person, Role.HANDLER, world.water, by=SYSTEM, at=world.at)
    return person


def handed(world, complaint, to, **more):
    return actions.hand_over(complaint, to, note="She knows the street.", by=world.as_(world.liis), at=world.at, **more)


def waiting(world, person):
    mine = world.as_(person)
    return list(in_view(View.HANDED, visible_to(mine), mine, world.at).values_list("reference", flat=True))


def test_nothing_moves_until_it_is_accepted(world, complaint, nora):
    offered = handed(world, complaint, nora)
    complaint.refresh_from_db()
    assert complaint.handler == world.liis
    assert offered.due_at == world.at.replace(hour=17) + timedelta(days=1)
    assert waiting(world, nora) == [complaint.reference]
    assert waiting(world, world.uma) == waiting(world, world.liis) == []
    actions.accept_hand_over(Complaint.objects.get(), by=world.as_(nora), at=world.at)
    complaint.refresh_from_db()
    assert complaint.handler == nora
    assert waiting(world, nora) == []
    assert HandOver.objects.get().answered_by == nora


def test_a_unit_is_let_in_to_be_asked_and_leads_when_it_accepts(world, complaint):
    bruno = world.as_(world.bruno)
    assert not visible_to(bruno).exists()
    handed(world, complaint, None, unit=world.energy)
    assert waiting(world, world.bruno) == [complaint.reference]
    actions.accept_hand_over(Complaint.objects.get(), by=bruno, at=world.at)
    complaint = Complaint.objects.get()
    assert (complaint.handler, complaint.lead_unit) == (world.bruno, world.energy)
    assert not complaint.participating_units.exists()


def test_who_declines_says_why_and_sees_it_no_longer(world, complaint):
    handed(world, complaint, world.bruno, unit=world.energy)
    bruno = world.as_(world.bruno)
    refused("reason_needed", lambda: actions.decline_hand_over(complaint, reason=" ", by=bruno, at=world.at))
    actions.decline_hand_over(Complaint.objects.get(), reason="It is about water.", by=bruno, at=world.at)
    complaint.refresh_from_db()
    assert (complaint.handler, complaint.lead_unit) == (world.liis, world.water)
    assert not visible_to(bruno).exists()
    worker.drain()
    told = [(m.to[0], m.subject) for m in mail.outbox if "liis" in m.to[0]]
    assert ("liis@larkhaven.example", f"{complaint.reference} stays with you") in told


def test_only_those_who_are_asked_answer(world, complaint, nora):
    handed(world, complaint, nora)
    for person in (world.uma, world.liis, world.clara, world.bruno):
        refused(
            "not_permitted",
            lambda who=person: actions.accept_hand_over(complaint, by=world.as_(who), at=world.at),
        )
    fresh = Complaint.objects.get()
    actions.accept_hand_over(fresh, by=world.as_(nora), at=world.at)
    refused(
        "not_permitted",
        lambda: actions.accept_hand_over(Complaint.objects.get(), by=world.as_(nora), at=world.at),
    )


def test_it_is_offered_once_at_a_time_and_assigning_ends_it(world, complaint, nora):
    handed(world, complaint, nora)
    refused("handed_over_already", lambda: handed(world, Complaint.objects.get(), world.uma))
    actions.assign(Complaint.objects.get(), world.uma, by=world.as_(world.liis), at=world.at)
    assert waiting(world, nora) == []
    assert HandOver.objects.get().ended_at == world.at
    assert actions.hand_over(
        Complaint.objects.get(), nora, note="Now you.", by=world.as_(world.uma), at=world.at
    ).is_open


def test_nobody_unfit_or_walled_off_is_asked(world, complaint, nora):
    refused("handler_unfit", lambda: handed(world, complaint, world.bruno))
    refused("handler_needed", lambda: handed(world, complaint, None))
    refused("handler_same", lambda: handed(world, complaint, world.liis))
    actions.name_subject(complaint, nora, by=world.as_(world.clara), at=world.at)
    fresh = Complaint.objects.get()
    refused("handler_walled_off", lambda: handed(world, fresh, nora))
    assert not HandOver.objects.exists()


def test_the_race_of_two_who_are_asked_has_one_winner(world, complaint, nora):
    handed(world, complaint, None, unit=world.harbour)
    first, second = Complaint.objects.get(), Complaint.objects.get()
    actions.accept_hand_over(first, by=world.as_(nora), at=world.at)
    second.handler_id = None
    refused("not_permitted", lambda: actions.accept_hand_over(second, by=world.as_(world.uma), at=world.at))
    assert Complaint.objects.get().handler == nora
