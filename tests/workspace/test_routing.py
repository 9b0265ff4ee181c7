"""Routing rules on their page."""

import re

import pytest

from amends.framework.models import RoutingRule
from tests import builders
from tests.workspace.test_queue import text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/settings/routing/"


def test_a_rule_is_added_used_and_ended(world, as_):
    clara = as_(world.clara)
    sent = {"category": "", "product": "our-services", "site": "", "language": "et", "unit": world.energy.pk}
    assert clara.post(ADDRESS, {**sent, "product": "", "language": ""}).status_code == 422
    assert clara.post(ADDRESS, {**sent, "preferred": [world.bruno.pk]}).status_code == 302
    assert clara.post(ADDRESS, sent).status_code == 422
    page = clara.get(ADDRESS)
    assert "Bruno Keller" in text_of(page)
    assert builders.a_complaint(world, language="et").lead_unit == world.energy
    assert builders.a_complaint(world).lead_unit == world.water
    name = re.search(r'name="rule" value="([^"]+)"', page.content.decode())[1]
    assert clara.post(f"{ADDRESS}ended/", {"rule": "nonsense"}).status_code == 404
    assert clara.post(f"{ADDRESS}ended/", {"rule": name}).status_code == 302
    assert RoutingRule.objects.get().ended_at is not None
    assert "There is no rule yet" in text_of(clara.get(ADDRESS))


def test_who_works_by_the_rules_reads_them_and_changes_nothing(world, as_):
    liis = as_(world.liis)
    assert "Add a rule" not in text_of(liis.get(ADDRESS))
    liis.post(ADDRESS, {"product": "our-services", "unit": world.energy.pk})
    assert liis.post(f"{ADDRESS}ended/", {"rule": "x"}).status_code == 403
    assert not RoutingRule.objects.exists()
