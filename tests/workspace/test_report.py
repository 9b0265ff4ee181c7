"""Anybody who works here passes something on, and afterwards knows only that it arrived."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from amends.complaints.models import Complaint
from amends.complaints.permissions import May, visible_to
from amends.journal.models import Entry
from amends.permissions.engine import may
from amends.reactions.worker import drain
from tests.cast import World

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

ADDRESS = "/staff/report/"


def answers(**changes: Any) -> dict[str, Any]:
    return {"once": "a" * 32, "kind": "told", "text": "The lift has been stuck for days", **changes}


@pytest.fixture
def open_as(world: World, as_: Callable[..., Client], at_moment: Callable[..., None]) -> Callable[..., Client]:
    at_moment(world.at + timedelta(hours=1))
    return as_


def test_everybody_who_works_here_may_and_no_visitor(world: World, open_as: Callable[..., Client]) -> None:
    for person in world.people:
        assert open_as(person).get(ADDRESS).status_code == 200, person.name
    assert open_as(None).get(ADDRESS).status_code == 302


def test_it_becomes_a_complaint_of_the_unit_and_its_lead_hears_of_it(
    world: World, open_as: Callable[..., Client]
) -> None:
    response = open_as(world.zoe).post(
        ADDRESS, answers(unit=world.water.pk, name="Mari Saar", email="mari@example.org", danger="on")
    )
    complaint = Complaint.objects.get()
    assert complaint.reference in response.content.decode()
    assert (complaint.internal_report, complaint.recorded_by, complaint.lead_unit) == ("told", world.zoe, world.water)
    assert complaint.said_danger
    entry = Entry.objects.get(event="complaints.received")
    assert entry.facts["internal_report"] == "told"
    drain()
    told = {address for each in mail.outbox if "Reported by an employee" in each.subject for address in each.to}
    assert told == {"uma@larkhaven.example", "clara@larkhaven.example"}
    assert all("lift" not in each.body for each in mail.outbox)


def test_the_reporter_sees_nothing_of_it_afterwards(world: World, open_as: Callable[..., Client]) -> None:
    for person in (world.zoe, world.frida):
        open_as(person).post(ADDRESS, answers(once=person.email.replace("@", "-").replace(".", "-") + "-" * 10))
        complaint = Complaint.objects.get(recorded_by=person)
        assert not visible_to(world.as_(person)).filter(pk=complaint.pk).exists()
        for act in (May.READ, May.SEE_IDENTITY, May.NOTE, May.REPLY):
            assert not may(world.as_(person), act, complaint), (person.name, act)
        path = f"/staff/complaints/{complaint.reference}/"
        assert open_as(person).get(path).status_code in {403, 404}
        assert open_as(world.clara).get(path).status_code == 200
        assert "Reported by an employee" in open_as(world.clara).get(path).content.decode()


def test_sent_twice_it_is_one(world: World, open_as: Callable[..., Client]) -> None:
    client = open_as(world.zoe)
    first, second = (client.post(ADDRESS, answers(kind="significant")) for _ in range(2))
    assert Complaint.objects.count() == 1
    reference = Complaint.objects.get().reference
    assert reference in first.content.decode()
    assert reference in second.content.decode()
    again = client.post(ADDRESS, answers(text="Something else altogether"))
    assert again.status_code == 422
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"text": " "}, {"kind": "x"}, {"unit": "9999"}, {"email": "no"}, {"once": ""}])
def test_what_is_missing_or_wrong_keeps_what_was_typed(
    world: World, open_as: Callable[..., Client], wrong: dict[str, Any]
) -> None:
    response = open_as(world.zoe).post(ADDRESS, answers(name="Mari Saar") | wrong)
    assert response.status_code == 422
    assert "Mari Saar" in response.content.decode()
    assert not Complaint.objects.exists()


def test_everything_there_is_about_it_leads_nobody_past_their_role(
    world: World, open_as: Callable[..., Client]
) -> None:
    """Passing on is open to all; taking a complaint down with everything in it is not."""
    assert open_as(world.zoe).get("/staff/complaints/new/").status_code == 403
    assert not may(world.as_(world.zoe), May.COMPLAIN)
    assert may(world.as_(world.zoe), May.REPORT)
