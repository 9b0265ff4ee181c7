"""Check and send."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F

from amends.complaints import drafts
from amends.complaints.models import Complaint, Draft, Party
from amends.correspondence.models import MessageFile
from amends.files.models import State, StoredFile
from amends.framework.models import Category, Organisation
from amends.journal.models import Entry
from tests.portal.conftest import NOW, Moment
from tests.portal.visitor import ABOUT, ANONYMOUS, CONTACT, LEAST, MOST, REMEDY, WHAT, WHO, Visitor, a_photo


def test_all_answers_are_shown_with_a_way_to_change_each(visitor: Visitor) -> None:
    draft = visitor.fills_in()
    page = visitor.get(f"/complain/{draft.number}/check/").content.decode()
    assert "Step 6 of 6" in page
    for words in (
        "Our services",
        "Main street 1",
        WHAT["text"],
        "16 February 2026",
        "Say sorry.",
        "Mari Saar",
        "Large print",
    ):
        assert words in page
    for slug in MOST:
        assert f'href="/en/complain/{draft.number}/{slug}/"' in page
    assert page.count("Send complaint") == 1


def test_empty_answers_read_not_given(visitor: Visitor) -> None:
    draft = visitor.fills_in(LEAST)
    page = visitor.get(f"/complain/{draft.number}/check/").content.decode()
    assert page.count("Not given") == 10
    assert "Your name" not in page


def test_steps_left_open_come_first(visitor: Visitor) -> None:
    draft = visitor.starts()
    visitor.answers(draft, "about", **ABOUT)
    assert visitor.get(f"/complain/{draft.number}/check/").url == f"/en/complain/{draft.number}/who/"


def test_sending_records_everything_that_was_answered(visitor: Visitor) -> None:
    complaint = visitor.complains({**MOST, "who": {**WHO, "for_whom": "someone_else", "their_name": "Leida Saar",
                                                   "relation": "daughter", "authority": "claimed"}})  # fmt: skip
    assert (complaint.language, complaint.channel, complaint.origin) == ("en", "portal", "portal")
    assert (complaint.product.code, complaint.site, complaint.order_reference) == (
        "our-services",
        "Main street 1",
        "C-17",
    )
    assert complaint.occurred_on.isoformat() == "2026-02-16"
    assert (complaint.remedy_wanted, complaint.remedy_wanted_text) == (["apologise"], "Say sorry.")
    assert (complaint.amount_claimed, complaint.currency) == (4990, "GBP")
    assert complaint.texts.get().text == WHAT["text"]
    assert complaint.issues.get().category == Category.objects.get(code="poor-service")
    assert complaint.received_at == NOW
    people = {party.role: party for party in complaint.parties.all()}
    assert people[Party.Role.COMPLAINANT].name == "Leida Saar"
    acting = people[Party.Role.REPRESENTATIVE]
    assert (acting.name, acting.email, acting.relation, acting.authority, acting.needs) == (
        "Mari Saar", "mari@example.org", "daughter", "claimed", ["large_print"],
    )  # fmt: skip


def test_the_least_that_can_be_answered_is_enough(visitor: Visitor) -> None:
    complaint = visitor.complains(LEAST)
    assert complaint.is_anonymous
    assert complaint.product is None


def test_the_draft_is_emptied_because_the_complaint_has_it_all(visitor: Visitor) -> None:
    complaint = visitor.complains()
    draft = Draft.objects.get()
    assert (draft.complaint, draft.answers, draft.files.count()) == (complaint, {}, 0)


def test_the_complaint_speaks_the_language_of_the_page(visitor: Visitor) -> None:
    draft = visitor.fills_in({**MOST, "what": {**WHAT, "occurred_on": "16.02.2026"}})
    response = visitor.client.post(f"/tr/complain/{draft.number}/check/")
    assert response.url == "/tr/complain/done/"
    assert Complaint.objects.get().language == "tr"


def test_files_go_with_it(visitor: Visitor) -> None:
    draft = visitor.fills_in()
    visitor.post(f"/complain/{draft.number}/what/", {**WHAT, "attachments": [a_photo()]})
    assert "notice.jpg" in visitor.get(f"/complain/{draft.number}/check/").content.decode()
    visitor.sends(draft)
    file = MessageFile.objects.get(message__thread__complaint=Complaint.objects.get()).file
    assert (file.name, file.attached_at) == ("notice.jpg", NOW)


class TestSentTwice:
    def test_a_double_click_is_one_complaint(self, visitor: Visitor) -> None:
        draft = visitor.fills_in()
        assert [visitor.sends(draft).url for _ in range(3)] == ["/en/complain/done/"] * 3
        assert Complaint.objects.count() == 1

    def test_a_sending_whose_answer_was_lost_is_one_complaint(self, visitor: Visitor, monkeypatch: Any) -> None:
        draft = visitor.fills_in()
        visitor.post(f"/complain/{draft.number}/what/", {**WHAT, "attachments": [a_photo()]})
        with monkeypatch.context() as broken:
            broken.setattr(drafts, "mark_sent", lambda *_: (_ for _ in ()).throw(OSError("power cut")))
            with pytest.raises(OSError, match="power cut"):
                visitor.sends(draft)
        assert Complaint.objects.count() == 1
        assert visitor.sends(draft).url == "/en/complain/done/"
        assert Complaint.objects.count() == 1

    def test_at_the_same_moment_the_slower_one_ends_at_the_same_confirmation(
        self, visitor: Visitor, monkeypatch: Any
    ) -> None:
        draft = visitor.fills_in()
        visitor.post(f"/complain/{draft.number}/what/", {**WHAT, "attachments": [a_photo()]})
        from amends.portal import check

        real = check._intake

        def overtaken(*args: Any) -> Any:
            monkeypatch.setattr(check, "_intake", real)
            assert visitor.sends(draft).status_code == 302
            return real(*args)

        monkeypatch.setattr(check, "_intake", overtaken)
        assert visitor.sends(draft).url == "/en/complain/done/"
        assert Complaint.objects.count() == 1

    def test_with_other_content_it_is_refused_and_nothing_is_lost(self, visitor: Visitor, monkeypatch: Any) -> None:
        draft = visitor.fills_in()
        with monkeypatch.context() as broken:
            broken.setattr(drafts, "mark_sent", lambda *_: (_ for _ in ()).throw(OSError("power cut")))
            with pytest.raises(OSError, match="power cut"):
                visitor.sends(draft)
        visitor.answers(draft, "what", **{**WHAT, "text": "Quite another text."})
        response = visitor.sends(draft)
        assert response.status_code == 422
        page = response.content.decode()
        assert "This form was sent already with other content." in page
        assert "Quite another text." in page
        assert Complaint.objects.count() == 1

    def test_after_sending_the_steps_lead_to_the_confirmation(self, visitor: Visitor) -> None:
        draft = visitor.fills_in()
        visitor.sends(draft)
        for slug in (*MOST, "check"):
            assert visitor.get(f"/complain/{draft.number}/{slug}/").url == "/en/complain/done/"
        response = visitor.answers(draft, "what", **{**WHAT, "text": "Changed afterwards."})
        assert response.url == "/en/complain/done/"
        assert Complaint.objects.get().texts.get().text == WHAT["text"]

    def test_the_same_text_in_a_new_form_is_a_new_complaint_marked_as_possible_duplicate(
        self, visitor: Visitor
    ) -> None:
        first = visitor.complains()
        second = visitor.complains()
        assert second.pk != first.pk
        assert second.possible_duplicate_of == first
        assert first.reference != second.reference


class TestRefused:
    def test_an_answer_that_no_longer_fits_leads_back_to_its_step(self, visitor: Visitor, world: Any) -> None:
        draft = visitor.fills_in({**MOST, "remedy": REMEDY})
        kept = Draft.objects.get()
        kept.answers["remedy_wanted"] = ["no-such-remedy"]
        kept.save()
        response = visitor.sends(draft)
        assert response.status_code == 422
        page = response.content.decode()
        assert "Step 4 of 6" in page
        assert "Choose one of the answers shown" in page
        assert "Say sorry." in page
        assert not Complaint.objects.exists()

    def test_a_contact_that_does_not_fit_leads_back_to_its_step(self, visitor: Visitor) -> None:
        draft = visitor.fills_in()
        kept = Draft.objects.get()
        kept.answers["email"] = ""
        kept.save()
        response = visitor.sends(draft)
        page = response.content.decode()
        assert response.status_code == 422
        assert "Step 5 of 6" in page
        assert page.count("Enter an e-mail address, or choose another way to be told.") == 2
        assert f'action="/en/complain/{draft.number}/contact/"' in page
        assert "Mari Saar" in page

    @pytest.mark.parametrize("state", [State.REJECTED])
    def test_a_file_that_the_scanner_rejected_leads_back_to_the_files(self, visitor: Visitor, state: State) -> None:
        draft = visitor.fills_in()
        visitor.post(f"/complain/{draft.number}/what/", {**WHAT, "attachments": [a_photo()]})
        StoredFile.objects.update(state=state, reason="malware")
        response = visitor.sends(draft)
        page = response.content.decode()
        assert response.status_code == 422
        assert "Step 3 of 6" in page
        assert "rejected by the virus check. Remove it" in page
        assert not Complaint.objects.exists()

    def test_while_the_portal_is_closed_nothing_is_sent_and_the_draft_is_kept(self, visitor: Visitor) -> None:
        draft = visitor.fills_in()
        Organisation.objects.update(portal_is_open=False)
        assert visitor.sends(draft).status_code == 503
        assert not Complaint.objects.exists()
        Organisation.objects.update(portal_is_open=True, version=F("version") + 1)
        assert visitor.sends(draft).status_code == 302

    def test_a_step_skipped_by_typing_the_address_is_asked_for(self, visitor: Visitor) -> None:
        draft = visitor.starts()
        response = visitor.sends(draft)
        assert response.status_code == 422
        assert "Choose what it is about, or that you are not sure" in response.content.decode()


class TestAnonymous:
    def test_nobody_is_named_and_moments_are_whole_minutes(self, visitor: Visitor) -> None:
        complaint = visitor.complains({**MOST, "contact": {**CONTACT, **ANONYMOUS}})
        party = complaint.parties.get()
        assert (party.name, party.email, party.phone) == ("", "", "")
        minute = NOW.replace(second=0, microsecond=0)
        assert complaint.received_at == complaint.recorded_at == minute
        assert Entry.objects.get(event="complaints.received").at == minute
        assert Draft.objects.get().sent_at == minute

    def test_the_last_check_takes_originals_away_whatever_way_led_here(self, visitor: Visitor, moment: Moment) -> None:
        draft = visitor.fills_in()
        visitor.post(f"/complain/{draft.number}/what/", {**WHAT, "attachments": [a_photo()]})
        assert StoredFile.objects.get().original
        kept = Draft.objects.get()
        kept.answers = {**kept.answers, "identity": "anonymous"}
        kept.save()
        assert visitor.sends(draft).status_code == 302
        file = StoredFile.objects.get()
        assert (file.original, file.attached_at.second) == ("", 0)

    def test_a_file_name_with_marks_of_direction_stays_a_name(self, visitor: Visitor) -> None:
        draft = visitor.fills_in(LEAST)
        upload = SimpleUploadedFile("re\u202egpj.exe.txt", b"plain words", "text/plain")
        visitor.post(f"/complain/{draft.number}/what/", {**LEAST["what"], "attachments": [upload]})
        visitor.sends(draft)
        assert "\u202e" not in StoredFile.objects.get().name
