"""Responses that wait for a second pair of eyes."""

import pytest

from amends.complaints.models import Complaint
from amends.complaints.stages import Stage
from amends.framework.models import Organisation
from amends.people.actions import grant_role
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from tests import builders
from tests.workspace.many import copies
from tests.workspace.test_queue import counted, references, text_of

pytestmark = pytest.mark.django_db


def test_a_decision_maker_sees_what_others_proposed(world, as_):
    proposed = builders.a_complaint(world, Stage.PROPOSED)
    builders.a_complaint(world, Stage.INVESTIGATING)
    response = as_(world.mark).get("/staff/approvals/")
    assert references(response) == [proposed.reference]
    assert "Upheld, proposed by Liis Tamm on 2 Mar" in text_of(response)
    assert "1 response" in text_of(response)


def test_nobody_approves_their_own(world, as_):
    grant_role(world.liis, Role.DECISION_MAKER, world.water, by=SYSTEM, at=world.at)
    builders.a_complaint(world, Stage.PROPOSED)
    response = as_(world.liis).get("/staff/approvals/")
    assert references(response) == []
    assert "Nothing waits for your approval" in text_of(response)


def test_who_decided_before_does_not_decide_on_the_review(world, as_):
    complaint = builders.a_complaint(world, Stage.IN_REVIEW)
    uma = world.as_(world.uma)
    builders.actions.respond(complaint, builders.a_proposal(world), by=uma, at=world.at)
    assert references(as_(world.mark).get("/staff/approvals/")) == []
    assert references(as_(world.clara).get("/staff/approvals/")) == [complaint.reference]


def test_in_the_small_profile_ones_own_waits_too(world, as_):
    Organisation.objects.update(profile="small")
    grant_role(world.liis, Role.DECISION_MAKER, world.water, by=SYSTEM, at=world.at)
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    assert references(as_(world.liis).get("/staff/approvals/")) == [complaint.reference]


def test_other_units_are_not_ones_business(world, as_):
    grant_role(world.bruno, Role.DECISION_MAKER, world.energy, by=SYSTEM, at=world.at)
    builders.a_complaint(world, Stage.PROPOSED)
    assert references(as_(world.bruno).get("/staff/approvals/")) == []


@pytest.mark.parametrize("who", ["liis", "uma", "frida", "dario", "adam", "zoe"])
def test_who_may_not_decide_does_not_get_the_page(world, as_, who):
    client = as_(getattr(world, who))
    assert client.get("/staff/approvals/").status_code == 403
    assert "Approvals" not in client.get("/staff/me/").content.decode()


def test_it_costs_the_same_for_one_and_for_twenty(world, as_):
    builders.a_complaint(world, Stage.PROPOSED)
    client = as_(world.mark)
    one = counted(client, "/staff/approvals/")
    copies(world, [{"handler_id": world.liis.pk}] * 20)
    assert Complaint.objects.filter(stage=Stage.PROPOSED).count() == 21
    assert counted(client, "/staff/approvals/") == one
    assert one <= 25
