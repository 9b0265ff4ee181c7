"""Every kind of letter there is, in every language: a paper without faults, with all that the rules demand, or none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from amends.complaints import actions, automatic_letters, decision_letter, events, holding_reply, letters_of_stages
from amends.complaints.letter_blocks import worded
from amends.complaints.letter_paper import paper_of, pdf_of
from amends.complaints.models import (
    Complaint,
    Decision,
    DeemedOutcome,
    Letter,
    Party,
    UnsentLetter,
)
from amends.complaints.stages import Stage
from amends.correspondence.models import Delivery, Message
from amends.framework import which_packs
from amends.framework.message_kinds import KINDS
from amends.framework.queries import the_organisation
from amends.framework.rules.vocabulary import OWN_BLOCKS, LetterKind
from amends.framework.which_packs import rules_of
from amends.journal.models import FollowUp
from amends.journal.outbox import table
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.translated import TranslatedText
from amends.people.standing import SYSTEM
from amends.reactions import worker
from tests import builders
from tests.cast import AT
from tests.rendering.paper import faults_of, words_of

LANGUAGES = ("en", "et", "tr")
MARKUP = '#panic("x") #read("/etc/passwd") *b* <script>alert(1)</script> $x$ {reference}'
OWN_WORDS = "What a law wants said"
LETTERS = {code: kind for code, kind in KINDS.items() if not kind.is_mail}
#: What people write freely goes out as it is; it has no kind of its own.
FREE = "message"
#: Letters of which no rules can demand blocks.
NO_BLOCKS = {"letter_interim", "letter_out_of_scope", "letter_survey"}


def demanding(rules, *languages):
    """Rules that want every block that there is in every letter, and a statement of their own."""
    said = {each: f"{OWN_WORDS} ({each})" for each in languages}
    return replace(
        rules,
        letters={kind: (*sorted(OWN_BLOCKS[kind]), "by_law") for kind in LetterKind},
        wording={kind: {"by_law": TranslatedText(said)} if said else {} for kind in LetterKind},
    )


@pytest.fixture
def disputed(world):
    """A complaint that is looked at again: it has all that any letter tells."""
    complaint = builders.a_complaint(world, Stage.IN_REVIEW)
    Party.objects.filter(complaint=complaint).update(address="Mill Lane 4, 12345 Larkhaven")
    return Complaint.objects.get(pk=complaint.pk)


def writers_for(complaint) -> dict[str, Callable[[], str]]:
    """How each kind of letter is written, by its code. Those who are written to said and were told markup."""
    organisation, language = the_organisation(), complaint.language
    rules = rules_of(complaint.pack)
    decision = Decision.objects.select_related("response").filter(complaint=complaint).earliest("id")
    decision.response.language = language
    deadline = complaint.deadlines.filter(kind="decision").latest("id")
    outcome = DeemedOutcome(complaint=complaint, deadline=deadline, outcome="refused", at=AT)
    values = {"where_to_go": MARKUP, "measure": MARKUP, "steps": f"1. {MARKUP}", "organisation": "x"}

    def decided(round_: int) -> str:
        complaint.round = round_
        return decision_letter.compose(complaint, decision, organisation, AT).text

    return {
        "letter_acknowledgement": lambda: automatic_letters.acknowledgement(complaint, organisation, AT).text,
        "letter_holding": lambda: (
            holding_reply.compose(complaint, deadline, rules.clock("decision"), MARKUP, organisation).text
        ),
        "letter_delay": lambda: automatic_letters.delay(complaint, AT + timedelta(days=9), organisation).text,
        "letter_decision": lambda: decided(1),
        "letter_review_acknowledgement": lambda: (
            letters_of_stages.review_acknowledgement(complaint, organisation, AT).text
        ),
        "letter_review_decision": lambda: decided(2),
        "letter_summary_resolution": lambda: letters_of_stages.summary(complaint, MARKUP, organisation).text,
        "letter_update": lambda: letters_of_stages.update(complaint, organisation, AT).text,
        "letter_deemed": lambda: letters_of_stages.deemed(outcome, organisation).text,
        "letter_interim": lambda: worded("letter_interim", values, language)[0],
        "letter_out_of_scope": lambda: worded("letter_out_of_scope", values, language)[0],
        "letter_survey": lambda: worded("letter_survey", values, language)[0],
    }


def test_every_kind_of_letter_in_every_language_is_a_paper_without_faults(world, disputed, monkeypatch, tmp_path):
    rules = demanding(rules_of(disputed.pack), *LANGUAGES)
    monkeypatch.setattr(which_packs, "_read", lambda _digest, _document: rules)
    organisation, files, faults = the_organisation(), 0, []
    assert {kind.letter for kind in LETTERS.values()} - {None} == set(LetterKind), "a letter that nobody words"
    for language in LANGUAGES:
        disputed.language = language
        writers = writers_for(disputed)
        assert writers.keys() == LETTERS.keys(), "every kind has its letter"
        texts = {code: write() for code, write in writers.items()} | {FREE: f"{MARKUP}\n\nIs that so?"}
        for code, text in texts.items():
            message = Message(thread=disputed.thread, direction="out", text=text, language=language, at=AT)
            letter = Letter(complaint=disputed, message=message, party=disputed.parties.first(), made_at=AT)
            paper = paper_of(letter, organisation)
            made = pdf_of([paper], organisation, at=AT, language=language)
            files += 1
            faults += [(code, language, fault) for fault in faults_of(made, tmp_path)]
            words = words_of(made).replace("\u200b", "")
            assert "Mill Lane 4" in words
            assert " ".join(text.split()[-3:]) in words
            assert " ".join(text.split()) in " ".join(paper.as_text().split()), "the same words without a form"
            assert (f"{OWN_WORDS} ({language})" in words) == (code not in NO_BLOCKS | {FREE}), (code, language)
            if code in {"letter_holding", "letter_summary_resolution", FREE, *NO_BLOCKS - {"letter_survey"}}:
                assert MARKUP in words, "what people wrote is no markup and no variable"
    print(f"letters: {len(LETTERS) + 1} kinds x {len(LANGUAGES)} languages, {files} files, {len(faults)} findings")
    assert faults == []


@pytest.mark.parametrize("exists", [("en",), ()])
def test_no_letter_is_written_while_a_statement_is_missing_and_the_refusal_says_which(
    world, disputed, monkeypatch, exists
):
    rules = demanding(rules_of(disputed.pack), *exists)
    monkeypatch.setattr(which_packs, "_read", lambda _digest, _document: rules)
    disputed.language = "tr"
    for code, write in writers_for(disputed).items():
        if code in NO_BLOCKS:
            continue
        with pytest.raises(Refusal) as refused:
            write()
        assert (refused.value.code, refused.value.facts["block"]) == ("block_missing", "by_law"), code
        assert refused.value.facts["languages"] == list(exists)
        said = str(refused.value.sentence)
        assert ["by_law" in said, "copy of the rule pack" in said, "only in: en" in said] == [True, True, bool(exists)]


def test_where_to_turn_is_a_block_too(world, disputed, monkeypatch):
    rules = demanding(rules_of(disputed.pack), *LANGUAGES)
    monkeypatch.setattr(which_packs, "_read", lambda _digest, _document: rules)
    type(the_organisation()).objects.update(external_body={})
    wanted = {code for code, kind in LETTERS.items() if {"recourse", "external_right"} & set(kind.blocks)}
    for code, write in writers_for(disputed).items():
        if code in wanted:
            with pytest.raises(Refusal, match="outside bodies"):
                write()
    assert len(wanted) == 6


def test_whoever_sends_a_letter_is_refused_and_nothing_happens(world, monkeypatch):
    stages = (Stage.RECEIVED, Stage.INVESTIGATING, Stage.DECIDED, Stage.REJECTED)
    received, running, decided, rejected = (builders.a_complaint(world, stage) for stage in stages)
    rules = demanding(rules_of(running.pack))
    monkeypatch.setattr(which_packs, "_read", lambda _digest, _document: rules)
    by, before = world.as_(world.liis), Message.objects.count()
    deadline = running.deadlines.filter(kind="decision").latest("id")
    sending = {
        "settle_at_once": lambda: actions.settle_at_once(received, done="The tap is shut.", by=by, at=AT),
        "extend": lambda: actions.extend(deadline, reason="A part is late.", by=by, at=AT),
        "communicate": lambda: actions.communicate(decided, channel="portal", by=by, at=AT),
        "open_review": lambda: actions.open_review(
            rejected, question="Was it fair?", reviewer=world.clara, by=world.as_(world.clara), at=AT
        ),
    }
    for name, send in sending.items():
        with pytest.raises(Refusal) as refused:
            send()
        assert refused.value.code == "block_missing", name
    for complaint, stage in zip((received, running, decided, rejected), stages, strict=True):
        complaint.refresh_from_db()
        assert complaint.stage == stage
    assert Message.objects.count() == before


@pytest.mark.parametrize("contact_by", ["email", "post"])
def test_what_goes_out_by_itself_and_cannot_is_told_to_the_handler_until_somebody_tells_the_complainant(
    world, as_, at_moment, monkeypatch, contact_by
):
    at_moment(AT + timedelta(hours=1))
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    Party.objects.filter(complaint=complaint).update(contact_by=contact_by, address="Mill Lane 4")
    rules = demanding(rules_of(complaint.pack), "et")
    monkeypatch.setattr(which_packs, "_read", lambda _digest, _document: rules)
    deadline = complaint.deadlines.filter(kind="decision").latest("id")
    type(deadline).objects.filter(pk=deadline.pk).update(promised_at=AT + timedelta(days=9))
    DeemedOutcome.objects.create(complaint=complaint, deadline=deadline, outcome="refused", at=AT)
    which = {"complaint": complaint.subject, "clock": deadline.code, "number": deadline.number, "due_at": AT}
    record(events.DeadlineMissed(**which, kind="decision", promised_at=AT), by=SYSTEM, at=AT)
    record(events.Deemed(**which, outcome="refused"), by=SYSTEM, at=AT)
    record(events.Reopened(complaint=complaint.subject, round=2), by=SYSTEM, at=AT)
    worker.drain()
    worker.drain()
    kinds = {"acknowledgement", "delay", "deemed"} | ({"update"} if contact_by == "post" else set())
    found = {each.letter: (each.block, each.language, each.languages) for each in UnsentLetter.objects.all()}
    assert found == dict.fromkeys(kinds, ("by_law", "en", ["et"]))
    told = Delivery.objects.filter(notice="letter_held_back")
    assert [each.address for each in told] == [world.liis.email] * len(kinds)
    assert complaint.reference in told[0].body
    for follow_up in FollowUp.objects.select_related("entry"):
        table().by_name()[follow_up.reaction](follow_up.entry)
    assert (UnsentLetter.objects.count(), told.count(), Letter.objects.count()) == (len(kinds), len(kinds), 0)
    assert not Delivery.objects.filter(notice__in=kinds).exists()
    assert not FollowUp.objects.exclude(state="done").exists(), "nothing for the operator"
    liis, here = as_(world.liis), f"/staff/complaints/{complaint.reference}/"
    assert "A letter could not go out" in liis.get("/staff/").content.decode()
    page = liis.get(here).content.decode()
    assert page.count("<strong>A letter could not go out</strong>") == len(kinds)
    assert "The statement exists in: Eesti" in page
    later = AT + timedelta(hours=2)
    actions.write_message(complaint, text="As I said.", channel="phone", by=world.as_(world.liis), at=later)
    assert "A letter could not go out" not in liis.get("/staff/").content.decode()
    assert "<strong>A letter could not go out" not in liis.get(here).content.decode()
