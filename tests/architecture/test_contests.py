"""Every form of the complaint page stands in the table of forms, and two people with one form lose nothing."""

from datetime import timedelta

from django.test import Client
from django.urls import URLPattern

from amends.kit import clock
from amends.workspace.complaint.urls import urlpatterns
from tests import builders
from tests.contests import Contest
from tests.forms import FORMS

#: Pages that only show; and what is tested by itself, with the reason.
WITHOUT = {
    "complaint": "shows",
    "original": "shows",
    "files": "shows",
    "file": "shows",
    "trail": "shows",
    "entry": "shows",
    "sheet": "shows",
    "sheet_pdf": "shows",
    "file_pdf": "shows",
    "readers": "shows",
    "deadline": "shows",
    "extension": "its address names a deadline: tests/workspace/complaint/test_extension.py",
    "complaint_rules": "needs other rules in force for each time: tests/workspace/complaint/test_rules.py",
    "takeover": "needs an imported complaint: tests/workspace/complaint/test_after_the_decision.py",
}

#: Forms that are not raced for yet: each keeps what was typed and refuses what is stale, by tests of its own page.
YET = {
    "authority",
    "authority_end",
    "contact",
    "contact_unlinking",
    "adjustments",
    "need_reasons",
    "need_given",
    "need_consent",
    "shield",
    "unshield",
    "detriment",
    "wrong_priority",
    "hand_over",
    "hand_over_acceptance",
    "hand_over_refusal",
    "significant_raised",
    "significant_reading",
    "significant_reaction",
    "investigation_level",
    "complaint_tasks",
    "evidence",
    "evidence_custody",
    "evidence_check",
    "hearings",
    "hearing_check",
    "unheard",
    "interim",
    "task_cancellation",
    "questions",
    "question_answer",
    "notice",
    "complaint_redress",
    "correction",
    "conversion",
    "related",
    "unlinking",
    "merge",
    "unmerging",
    "subject_rights",
    "subject_notice",
    "subject_details",
    "subject_support",
    "subject_statement",
    "subject_result",
    "subject_letter",
    "conflict",
    "walls",
    "lifting",
}


def test_every_form_has_its_row():
    named = {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)}
    tried = {
        pattern.name
        for pattern in urlpatterns
        if isinstance(pattern, URLPattern) and any(pattern.resolve(form.path) for form in FORMS)
    }
    assert named - tried - set(WITHOUT) - YET == set(), "add the form to tests/forms.py"
    assert not ((set(WITHOUT) | YET) & tried), "both in the table and left out"


def test_two_people_one_form(own_database):
    world = builders.a_world(at=clock.now() - timedelta(days=1))
    clients = {}
    for who in {who for form in FORMS for who in form.who}:
        clients[who] = Client(raise_request_exception=False)
        clients[who].force_login(getattr(world, who))
    wrong = [each for number, form in enumerate(FORMS) for each in Contest(world, form, number, clients).run()]
    assert not wrong, "\n".join(wrong)
