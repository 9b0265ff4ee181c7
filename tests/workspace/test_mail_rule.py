"""How much mails say is a setting in versions; a decision told by mail brings its paper along where that is wanted."""

from email import message_from_bytes

import pytest
from django.core import mail

from amends.complaints import actions
from amends.complaints.models import Complaint, Party
from amends.complaints.models.complaint import MailDetail
from amends.complaints.stages import Stage
from amends.framework.models import MailRule
from amends.journal.models import Entry
from amends.kit import clock
from amends.reactions import worker
from amends.reactions.notices import to_complainants
from tests import builders
from tests.cast import AT
from tests.rendering.paper import faults_of, words_of

PAGE = "/settings/mails/"


def answers(seen=0, by_mail="full", **more):
    return {"seen": str(seen), "by_mail": by_mail, **more}


def test_the_rule_is_looked_at_saved_as_a_version_and_holds_for_what_comes_in(world, as_):
    adam = as_(world.adam)
    page = adam.get(PAGE).content.decode()
    assert page.count("We have read the meter again") == 1, "to one of the two"
    look = adam.post(PAGE, answers(by_mail="notice", look="1")).content.decode()
    assert "We have read the meter again" not in look
    assert not MailRule.objects.exists()
    look = adam.post(PAGE, answers(attaches_decision="on", look="1")).content.decode()
    assert "XXXXXXXX.pdf" in look
    before = builders.a_receipt(world, is_own_mail=True).complaint
    assert adam.post(PAGE, answers(by_mail="notice")).status_code == 302
    after = builders.a_receipt(world, is_own_mail=True, text="Another matter").complaint
    told = [each.mail_detail for each in (before, after, builders.a_receipt(world, text="A third").complaint)]
    assert told == [MailDetail.FULL, MailDetail.NOTICE, MailDetail.NOTICE]
    row = MailRule.objects.get()
    assert (row.version, row.by_mail, row.made_by) == (1, "notice", world.adam)
    assert Entry.objects.get(event="framework.mails_changed").facts["by_mail"] == "notice"
    assert "Version 1" in adam.get(PAGE).content.decode()


def test_of_two_who_change_it_the_second_sees_both_and_only_those_who_run_it_may(world, as_):
    adam = as_(world.adam)
    assert adam.post(PAGE, answers(by_mail="notice")).status_code == 302
    late = adam.post(PAGE, answers(attaches_decision="on"))
    assert (late.status_code, "The decision comes along as a PDF" in late.content.decode()) == (409, True)
    assert adam.post(PAGE, answers(1, "notice")).status_code == 422, "nothing has changed"
    assert adam.post(PAGE, answers(1, "everything")).status_code == 422
    assert MailRule.objects.count() == 1
    assert as_(world.liis).post(PAGE, answers(1)).status_code == 403


@pytest.mark.parametrize(
    ("wanted", "largest", "papers"), [(True, 2_000_000, 1), (True, 1000, 0), (False, 2_000_000, 0)]
)
def test_a_decision_that_a_mail_says_brings_its_paper_along(world, monkeypatch, tmp_path, wanted, largest, papers):
    monkeypatch.setattr(clock, "now", lambda: AT)
    monkeypatch.setattr(to_complainants, "LARGEST_PAPER", largest)
    MailRule.objects.create(version=1, attaches_decision=wanted, made_at=AT)
    whole, notice = (builders.a_complaint(world, Stage.DECIDED) for _each in range(2))
    worker.drain()
    Complaint.objects.filter(pk=whole.pk).update(mail_detail=MailDetail.FULL)
    Party.objects.filter(complaint=whole).update(email="whole@example.org")
    mail.outbox.clear()
    for complaint in (whole, notice):
        actions.communicate(complaint, channel="portal", by=world.as_(world.liis), at=AT)
    worker.drain()
    by_address = {each.to[0]: message_from_bytes(each.message().as_bytes()) for each in mail.outbox}
    found = {
        address: [part for part in each.walk() if part.get_content_type() == "application/pdf"]
        for address, each in by_address.items()
    }
    assert len(found.pop("whole@example.org")) == papers
    assert not any(found.values()), "a notice says nothing, and brings nothing"
    if papers:
        [paper] = [part for part in by_address["whole@example.org"].walk() if part.get_filename()]
        made = paper.get_payload(decode=True)
        assert paper.get_filename() == f"{whole.reference}.pdf"
        assert faults_of(made, tmp_path) == []
        assert whole.communications.get().message.text.split("\n")[0] in words_of(made)
