"""Handing a complaint over and answering it, on the pages."""

from datetime import timedelta

import pytest

from amends.complaints.models import Complaint, HandOver
from amends.complaints.stages import Stage
from amends.people.actions import grant_role, invite
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from tests import builders
from tests.workspace.test_queue import text_of

pytestmark = pytest.mark.django_db


def test_it_is_offered_and_answered_on_its_pages(world, as_, at_moment):
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    nora = invite("nora@larkhaven.example", "Nora Quist", by=SYSTEM, at=world.at)
    grant_role(nora, Role.HANDLER, world.water, by=SYSTEM, at=world.at)
    at_moment(world.at)
    liis, client = as_(world.liis), as_(nora)
    at = f"/staff/complaints/{complaint.reference}/hand-over/"
    sent = {"seen": complaint.version, "unit": world.water.pk, "handler": nora.pk, "note": "She knows the street."}
    assert liis.post(at, {**sent, "note": ""}).status_code == 422
    assert liis.post(at, sent).status_code == 302
    page = text_of(client.get("/staff/complaints/?view=handed"))
    assert complaint.reference in page
    assert "Handed to Nora Quist" in page
    page = text_of(client.get(f"/staff/complaints/{complaint.reference}/"))
    assert "She knows the street." in page
    assert "Take it over" in page
    assert "Take it over" not in text_of(liis.get(f"/staff/complaints/{complaint.reference}/"))
    at_moment(world.at + timedelta(days=4))
    assert "Handed to Nora Quist, late" in text_of(as_(world.uma).get("/staff/complaints/?view=open"))
    version = Complaint.objects.get().version
    assert client.post(f"{at}refusal/", {"seen": version, "reason": "On holiday"}).status_code == 302
    assert HandOver.objects.get().decline_reason == "On holiday"
    page = text_of(liis.get(f"/staff/complaints/{complaint.reference}/"))
    assert "Hand-over declined" in page
    assert client.post(f"{at}acceptance/", {"seen": version + 1}).status_code == 403
