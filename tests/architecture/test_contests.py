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
    "deadline": "shows",
    "extension": "its address names a deadline: tests/workspace/complaint/test_extension.py",
    "complaint_rules": "needs other rules in force for each time: tests/workspace/complaint/test_rules.py",
    "takeover": "needs an imported complaint: tests/workspace/complaint/test_after_the_decision.py",
}


def test_every_form_has_its_row():
    named = {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)}
    tried = {
        pattern.name
        for pattern in urlpatterns
        if isinstance(pattern, URLPattern) and any(pattern.resolve(form.path) for form in FORMS)
    }
    assert named - tried - set(WITHOUT) == set(), "add the form to tests/forms.py"
    assert not (set(WITHOUT) & tried), "both in the table and left out"


def test_two_people_one_form(own_database):
    world = builders.a_world(at=clock.now() - timedelta(days=1))
    clients = {}
    for who in {who for form in FORMS for who in form.who}:
        clients[who] = Client(raise_request_exception=False)
        clients[who].force_login(getattr(world, who))
    wrong = [each for number, form in enumerate(FORMS) for each in Contest(world, form, number, clients).run()]
    assert not wrong, "\n".join(wrong)
