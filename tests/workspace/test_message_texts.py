"""An organisation words its messages itself: in versions, with nothing left out that people have to be told."""

import re

import pytest

from amends.complaints import actions, automatic_letters
from amends.complaints.models import Complaint, Letter, Party, Response
from amends.complaints.stages import Stage
from amends.correspondence.models import Delivery
from amends.framework.actions.word_message import word_message
from amends.framework.message_kinds import KINDS
from amends.framework.message_texts import starter
from amends.framework.models import MessageTemplate
from amends.framework.queries import the_organisation
from amends.framework.which_packs import rules_of
from amends.kit import clock
from amends.kit.refusal import Refusal
from amends.kit.translated import TranslatedText
from amends.reactions import worker
from tests import builders
from tests.cast import AT
from tests.complaints.clocks import apply_pack

PAGE = "/settings/messages/"
MARKUP = '#panic("x") #read("/etc/passwd") *b* <script>alert(1)</script> $x$ {reference}'


def own(world, code, seen=0, **texts):
    body = TranslatedText(texts)
    by = world.as_(world.adam)
    return word_message(KINDS[code], subject=TranslatedText(), body=body, seen=seen, by=by, at=AT)


def typed(page):
    """What stands in the form, as a browser would send it."""
    texts = re.findall(r'<textarea name="(\w+)"[^>]*>\n?(.*?)</textarea>', page, re.S)
    lines = re.findall(r'<input type="(?:text|hidden)" name="(\w+)" value="([^"]*)"', page)
    return {name: value for name, value in [*texts, *lines] if name != "csrfmiddlewaretoken"}


def test_words_are_looked_at_saved_as_a_version_and_used_from_then_on(world, as_, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    adam, complaint = as_(world.adam), builders.a_complaint(world, Stage.INVESTIGATING)
    actions.write_message(complaint, text="First.", by=world.as_(world.liis), at=AT)
    worker.drain()
    before = Delivery.objects.get(notice="message_waiting")
    assert "Mail: there is a message" in adam.get(PAGE).content.decode()
    page = adam.get(f"{PAGE}message_waiting/").content.decode()
    given = typed(page)
    assert given["body_en"].startswith("We have written to you about {reference}.")
    text = "Hello! A letter lies here for {reference}: {link} – {organisation}"
    look = adam.post(f"{PAGE}message_waiting/", {**given, "body_en": text, "look": "1"})
    assert "A letter lies here for LAU-" in look.content.decode()
    assert not MessageTemplate.objects.exists()
    assert adam.post(f"{PAGE}message_waiting/", {**given, "body_en": text}).status_code == 302
    saved = MessageTemplate.objects.get()
    assert (saved.version, dict(saved.body)) == (1, {"en": text}), "what Amends begins with is not one's own"
    assert adam.post(f"{PAGE}message_waiting/", {**given, "body_en": f"{text}!"}).status_code == 409
    actions.write_message(complaint, text="Second.", by=world.as_(world.liis), at=AT)
    worker.drain()
    after = Delivery.objects.filter(notice="message_waiting").latest("id")
    assert after.body.startswith(f"Hello! A letter lies here for {complaint.reference}")
    assert (before.template, after.template) == (None, saved)
    assert as_(world.liis).get(f"{PAGE}message_waiting/").status_code == 403


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("About {reference}: {link} {password}", "{password} cannot be filled in"),
        ("About {reference}", "{link}"),
        ("{reference.__class__} {link} {reference}", "cannot be filled in"),
    ],
)
def test_what_is_unknown_and_what_is_left_out_is_named_in_the_form(world, as_, text, said):
    adam = as_(world.adam)
    given = typed(adam.get(f"{PAGE}progress/").content.decode())
    answer = adam.post(f"{PAGE}progress/", {**given, "body_et": text})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not MessageTemplate.objects.exists()


def test_a_letter_in_own_words_has_every_block_that_the_rules_demand(world):
    apply_pack(world, "uk-fca-disp")
    complaint = builders.a_complaint(world, Stage.DECIDED)
    for missing in ("{result} {reasons} {remedies} {how_to_answer} {recourse}", "{statements}"):
        with pytest.raises(Refusal) as refused:
            own(world, "letter_decision", en=missing)
        assert refused.value.code == "variable_needed"
    text = (
        "Dear reader,\n\n{recourse}\n\n{statements}\n\n{result}\n\n{reasons}\n\n{remedies}\n\n{how_to_answer}\n\nBye."
    )
    saved = own(world, "letter_decision", en=text)
    actions.communicate(complaint, channel="portal", by=world.as_(world.liis), at=AT)
    message = complaint.communications.get().message
    assert (message.template, message.text[:12], message.text[-4:]) == (saved, "Dear reader,", "Bye.")
    rules = rules_of(complaint.pack)
    for statement in rules.wording["decision"].values():
        assert statement["en"] in message.text
    assert "\n\n\n" not in message.text


def test_a_statement_that_is_not_there_in_a_language_keeps_the_letter_back_and_says_where_it_is(world):
    apply_pack(world, "australia-rg271")
    complaint = builders.a_complaint(world, Stage.DECIDED)
    Response.objects.filter(complaint=complaint).update(language="tr")
    with pytest.raises(Refusal) as refused:
        actions.communicate(complaint, channel="portal", by=world.as_(world.liis), at=AT)
    assert (refused.value.code, refused.value.facts["languages"]) == ("block_missing", ["en"])
    assert "only in: en" in str(refused.value.sentence)
    Complaint.objects.filter(pk=complaint.pk).update(language="et")
    complaint.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        automatic_letters.delay(complaint, AT, the_organisation())
    assert refused.value.facts["block"] == "external_right"


def test_receipt_goes_out_on_paper_with_what_was_understood_and_counts_when_it_is_posted(world, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    complaint = builders.a_complaint(world, Stage.RECEIVED)
    Party.objects.filter(complaint=complaint).update(contact_by="post", address="Mill Lane 4", email="")
    worker.drain()
    worker.drain()
    letter = Letter.objects.get()
    assert letter.kind == Letter.Kind.ACKNOWLEDGEMENT
    assert complaint.title in letter.message.text
    assert complaint.reference in letter.message.text
    assert not complaint.acknowledgements.exists(), "it lies on the table"
    liis = world.as_(world.liis)
    actions.print_letter(letter, by=liis, at=AT)
    actions.post_letter(letter, posted_on=AT.date(), by=liis, at=AT)
    worker.drain()
    assert complaint.acknowledgements.get().how == "post"


def test_the_words_to_begin_with_hold_to_their_own_rules():
    for kind in KINDS.values():
        for language in ("en", "et", "tr"):
            begun = starter(kind, language)
            assert kind.needed <= set(re.findall(r"\{(\w+)\}", begun.body)), (kind.code, language)
            assert set(re.findall(r"\{(\w+)\}", begun.body + begun.subject)) <= set(kind.variables)
