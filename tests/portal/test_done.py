"""The confirmation."""

from typing import Any

import pytest

from amends.complaints import actions
from amends.complaints.models import Acknowledgement, Complaint, Deadline, Draft
from amends.journal.models import Entry
from amends.journal.recording import leaf_hash
from tests import builders
from tests.cast import World
from tests.complaints.clocks import apply_pack
from tests.portal.conftest import NOW, Moment
from tests.portal.test_progress import words
from tests.portal.visitor import LEAST, MOST, Visitor


def test_it_shows_both_codes_the_dates_and_the_proof(visitor: Visitor) -> None:
    complaint = visitor.complains()
    response = visitor.get("/complain/done/")
    page = response.content.decode()
    assert response.status_code == 200
    assert complaint.reference in page
    assert "By Monday 23 March 2026" in page
    assert leaf_hash(Entry.objects.get(event="complaints.received")).hex() in page
    code = response.context["code"]
    assert code in page
    assert Visitor().tracks(complaint.reference, code).status_code == 302


def test_it_can_be_opened_again_for_half_an_hour_on_this_device_only(visitor: Visitor, moment: Moment) -> None:
    visitor.complains()
    code = visitor.get("/complain/done/").context["code"]
    moment.later(minutes=29)
    assert code in visitor.get("/complain/done/").content.decode()
    assert Visitor().get("/complain/done/").status_code == 404
    moment.later(minutes=2)
    response = visitor.get("/complain/done/")
    assert response.status_code == 404
    page = response.content.decode()
    assert code not in page
    assert "/en/track/" in page
    assert "/en/lost-codes/" in page


def test_leaving_clears_it(visitor: Visitor) -> None:
    visitor.complains()
    secret = visitor.client.cookies["draft"].value
    assert visitor.post("/complain/leave/").url == "/en/track/leave/"
    assert visitor.get("/complain/done/").status_code == 404
    visitor.client.cookies["draft"] = secret
    assert visitor.get("/complain/done/").status_code == 404


def test_a_draft_that_was_not_sent_has_no_confirmation(visitor: Visitor) -> None:
    visitor.fills_in()
    assert visitor.get("/complain/done/").status_code == 404


def test_danger_keeps_showing_the_emergency_number(visitor: Visitor) -> None:
    visitor.complains({**MOST, "what": {**MOST["what"], "danger": "yes"}})
    assert 'href="tel:999"' in visitor.get("/complain/done/").content.decode()


PORTAL = {**MOST, "contact": {"identity": "named", "name": "Mari Saar", "contact_by": "portal"}}


@pytest.mark.parametrize("answers", [LEAST, PORTAL], ids=["anonymous", "no address"])
def test_without_a_mail_the_first_showing_confirms_receipt(visitor: Visitor, answers: dict, moment: Moment) -> None:
    complaint = visitor.complains(answers)
    assert not Acknowledgement.objects.exists()
    moment.later(minutes=1)
    for _ in range(2):
        page = visitor.get("/complain/done/").content.decode()
        assert "Receipt confirmed" in page
    acknowledgement = Acknowledgement.objects.get()
    assert (acknowledgement.complaint, acknowledgement.how, acknowledgement.is_automatic) == (complaint, "page", True)
    assert acknowledgement.at.second == (0 if complaint.is_anonymous else NOW.second)
    assert complaint.deadlines.get(kind=Deadline.Kind.ACKNOWLEDGEMENT).met_at == acknowledgement.at


def test_where_a_mail_confirms_receipt_the_page_does_not(visitor: Visitor) -> None:
    visitor.complains(MOST)
    page = visitor.get("/complain/done/").content.decode()
    assert "We confirm that to you by e-mail as well." in page
    assert not Acknowledgement.objects.exists()


def test_a_complaint_that_has_ended_meanwhile_is_not_confirmed(visitor: Visitor) -> None:
    complaint = visitor.complains(LEAST)
    actions.withdraw(complaint, by=builders.the_complainant(complaint), at=NOW)
    assert visitor.get("/complain/done/").status_code == 200
    assert not Acknowledgement.objects.exists()


def test_a_code_that_was_replaced_is_not_shown(visitor: Visitor, world: World) -> None:
    complaint = visitor.complains()
    old = visitor.get("/complain/done/").context["code"]
    clara = world.as_(world.clara)
    actions.renew_access_code(Complaint.objects.get(pk=complaint.pk), check="in_person", by=clara, at=NOW)
    page = visitor.get("/complain/done/").content.decode()
    assert old not in page
    assert "You have been given a new access code meanwhile." in page


def test_the_code_is_in_no_address_no_log_and_no_row(visitor: Visitor, caplog: Any) -> None:
    caplog.set_level("DEBUG")
    visitor.complains()
    response = visitor.get("/complain/done/")
    bare = response.context["code"].replace("-", "")
    assert bare not in response.request["PATH_INFO"]
    assert not any(bare in record.getMessage().replace("-", "") for record in caplog.records)
    assert bare not in str(list(Draft.objects.values())).replace("-", "")
    assert bare not in str(list(Complaint.objects.values())).replace("-", "")


def test_it_tells_how_the_day_was_counted_and_where_to_see_every_day(visitor: Visitor) -> None:
    visitor.complains(LEAST)
    page = visitor.get("/complain/done/").content.decode()
    told = words(page)
    assert "Why this date?" in told
    assert "Time allowed 15 working days" in told
    assert "So we have until Monday 23 March 2026." in told
    assert 'href="/en/track/date/"' in page


def test_where_the_time_begins_with_the_confirmation_it_says_how_long_it_is(visitor: Visitor, world: World) -> None:
    apply_pack(world, "uk-housing-ombudsman")
    visitor.complains(LEAST)
    told = words(visitor.get("/complain/done/").content.decode())
    # The page has confirmed by itself that it arrived; the rules want a person to do so.
    assert "We confirm that we have it (not started) By Monday 9 March 2026" in told
    assert "Decision with reasons (not started) After our confirmation: 10 working days" in told
    assert "Why this date?" not in told


def test_news_that_are_owed_on_the_way_have_their_day(visitor: Visitor, world: World) -> None:
    apply_pack(world, "ireland-cpc")
    visitor.complains(LEAST)
    told = words(visitor.get("/complain/done/").content.decode())
    assert "We tell you where it stands (not started) By Tuesday 31 March 2026" in told


def test_of_a_complaint_that_has_ended_nothing_is_promised_any_more(visitor: Visitor) -> None:
    complaint = visitor.complains(LEAST)
    actions.withdraw(complaint, by=builders.the_complainant(complaint), at=NOW)
    told = words(visitor.get("/complain/done/").content.decode())
    assert "Decision with reasons" not in told
    assert "By Monday" not in told
