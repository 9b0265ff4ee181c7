"""Authorities and rates: shown with history, set after what would change was shown, refused when stale."""

import pytest

from amends.framework.models import AuthorityLimit, ExchangeRate, FourEyesRule
from tests.workspace.test_queue import text_of

pytestmark = pytest.mark.django_db

LIMIT = {"role": "decision_maker", "most": "500", "reason": "The board said so"}


@pytest.fixture
def clara(world, as_, at_moment):
    at_moment(world.at)
    return as_(world.clara)


def test_a_limit_is_previewed_saved_changed_and_ended(clara):
    shown = text_of(clara.post("/settings/authorities/limit/", {**LIMIT, "look": "1"}))
    assert "from then on £500.00" in shown
    assert "Mark Jansen" in shown
    assert "It is the first limit" in shown
    assert not AuthorityLimit.objects.exists()
    assert clara.post("/settings/authorities/limit/", {**LIMIT, "save": "1"}).status_code == 302
    first = AuthorityLimit.objects.get()
    stale = clara.post("/settings/authorities/limit/", {**LIMIT, "most": "700", "save": "1"})
    assert stale.status_code == 409
    more = {**LIMIT, "most": "", "has_no_ceiling": "on", "replaces": first.pk, "save": "1"}
    assert clara.post("/settings/authorities/limit/", more).status_code == 302
    page = text_of(clara.get("/settings/authorities/"))
    assert "Without a ceiling" in page
    assert "£500.00" in page, "what held before stays readable"
    second = AuthorityLimit.objects.open().get()
    assert clara.get(f"/settings/authorities/ending/?limit={second.pk}").status_code == 200
    bare = clara.post("/settings/authorities/ending/", {"limit": second.pk, "reason": ""})
    assert bare.status_code == 422
    assert clara.post("/settings/authorities/ending/", {"limit": second.pk, "reason": "Over"}).status_code == 302
    assert not AuthorityLimit.objects.open().exists()
    assert clara.get(f"/settings/authorities/ending/?limit={second.pk}").status_code == 302


@pytest.mark.parametrize(
    "changes",
    [{"most": ""}, {"most": "many"}, {"has_no_ceiling": "on"}, {"reason": ""}, {"role": "auditor"}, {"unit": "0"}],
)
def test_what_cannot_be_is_said_in_the_form(clara, changes):
    answer = clara.post("/settings/authorities/limit/", {**LIMIT, **changes, "save": "1"})
    assert answer.status_code == 422
    assert not AuthorityLimit.objects.exists()


def test_the_rule_of_four_eyes_is_shown_in_words_and_kept_in_versions(clara):
    typed = {"mode": "by_risk", "above": "100", "severity_from": "3", "with_safety": "on", "seen": "0"}
    shown = text_of(clara.post("/settings/authorities/four-eyes/", {**typed, "look": "1"}))
    assert "Two people decide above £100.00." in shown
    assert not FourEyesRule.objects.exists()
    assert clara.post("/settings/authorities/four-eyes/", {**typed, "save": "1"}).status_code == 302
    late = clara.post("/settings/authorities/four-eyes/", {**typed, "above": "50", "save": "1"})
    assert late.status_code == 409
    assert "Version 1" in text_of(clara.get("/settings/authorities/"))


def test_a_rate_is_read_back_and_recorded(clara):
    typed = {"currency": "usd", "rate": "0,79", "valid_on": "2026-03-01", "source": "The central bank"}
    assert "1 USD = 0.79 GBP" in text_of(clara.post("/settings/rates/", {**typed, "look": "1"}))
    assert not ExchangeRate.objects.exists()
    assert clara.post("/settings/rates/", {**typed, "save": "1"}).status_code == 302
    assert "1 USD = 0.79 GBP" in text_of(clara.get("/settings/rates/"))


@pytest.mark.parametrize(
    "changes", [{"currency": "GBP"}, {"rate": "0"}, {"rate": "x"}, {"valid_on": "2026-03-03"}, {"source": ""}]
)
def test_a_rate_that_cannot_be_is_refused(clara, changes):
    typed = {"currency": "USD", "rate": "2", "valid_on": "2026-03-01", "source": "Bank"}
    assert clara.post("/settings/rates/", {**typed, **changes, "save": "1"}).status_code == 422
    assert not ExchangeRate.objects.exists()


def test_everybody_with_a_role_reads_them_and_few_change_them(world, as_):
    for person in (world.liis, world.mark, world.dario):
        client = as_(person)
        page = client.get("/settings/authorities/")
        assert page.status_code == 200
        assert "Set a limit" not in text_of(page)
        assert client.get("/settings/authorities/limit/").status_code == 403
        assert client.post("/settings/authorities/four-eyes/", {}).status_code == 403
    assert as_(world.zoe).get("/settings/authorities/").status_code == 403
