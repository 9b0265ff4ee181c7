"""Every address that takes a form is raced for, or stands here with the reason why not; and two with one form lose
nothing."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.urls import get_resolver, resolve

from amends.kit import clock
from tests import builders
from tests.architecture.test_every_route_declares_access import routes
from tests.contests import Contest, clients_for
from tests.forms import FORMS
from tests.forms_elsewhere import ELSEWHERE

ROOT = Path(__file__).parents[2]
COMPLAINT = "staff/complaints/<str:reference>/"
PERSON = "settings/people/<uuid:name>/"

#: Pages that only show, or that show after a question. Whatever is sent to them changes nothing that is shared.
SHOWN = {
    *("health/live", "health/ready", "appearance/", "settings/components/", "settings/session/"),
    "logo/<int:version>.png",
    *("staff/", "staff/me/", "staff/about-me/", "staff/about-me/<uuid:party>/", "staff/approvals/", "staff/due/"),
    *("staff/register/", "staff/register/export/", "staff/contacts/", "staff/contacts/<uuid:contact>/"),
    "staff/letters/<uuid:uid>/",
    *("staff/mail/", "staff/mail/<str:mail>/", "staff/mail/<str:mail>/file/"),
    *("staff/tasks/", "staff/tasks/<uuid:uid>/files/<str:token>/", "staff/significant/", "staff/complaints/"),
    *("staff/complaints/new/told/", COMPLAINT, f"{COMPLAINT}original/", f"{COMPLAINT}files/"),
    *(f"{COMPLAINT}files/<str:token>/", f"{COMPLAINT}trail/", f"{COMPLAINT}trail/<str:uid>/", f"{COMPLAINT}sheet/"),
    f"{COMPLAINT}translations/",
    "staff/surveys/",
    *(f"{COMPLAINT}sheet.pdf", f"{COMPLAINT}file.pdf", f"{COMPLAINT}subject/rights/", f"{COMPLAINT}readers/"),
    *(f"{COMPLAINT}subject/<int:number>/letter/", f"{COMPLAINT}walls/", f"{COMPLAINT}deadlines/<int:number>/"),
    *("oversight/what-if/", "oversight/reads/", "oversight/remedies/", "oversight/remedies/export/"),
    *("oversight/outside/", "oversight/disclosures/", "oversight/disclosures/export/"),
    *("oversight/redress/", "oversight/redress/<int:number>/", "settings/", "settings/started/", "settings/people/"),
    *(
        "settings/calendars/",
        "settings/calendars/<slug:calendar>/year/",
        "settings/calendars/<slug:calendar>/versions/",
    ),
    *("settings/calendars/<slug:calendar>/versions/<int:number>/", "settings/calendars/<slug:calendar>/more-years/"),
    *("settings/rules/", "settings/rules/compare/", "settings/rules/activations/"),
    *("settings/rules/<slug:pack>/<int:version>/", "settings/escalation/", "settings/authorities/"),
    *("settings/outside-bodies/", "settings/assessment/", "settings/system/", "settings/system/mail/"),
    *("settings/system/journal/", "en/", "en/track/view/", "en/track/date/", "en/track/files/<str:token>/"),
    *("en/lost-codes/sent/", "en/how-it-works/", "en/accessibility/", "en/privacy/", "en/complain/done/"),
    *("en/policy/", "en/results/", "en/leaflet/", "en/leaflet/leaflet.pdf", "en/leaflet/large-print.pdf"),
    *("en/leaflet/poster.pdf", "settings/public-texts/", "settings/messages/", "staff/letters/<uuid:uid>/letter.pdf"),
    *("en/print-form/", "en/print-form/form.pdf", "en/print-form/large-print.pdf"),
    *("oversight/surveys/", "settings/survey/", "settings/form/", "settings/form/preview/"),
    *("accounts/inactive/", "accounts/forgotten/asked/", "accounts/signup/", "accounts/2fa/"),
}

#: Forms that are not raced for, with the test that stands for it.
WITHOUT = {
    "accounts/": ("what people sign in with is theirs alone", "tests/people/test_signing_in.py"),
    "demo/sign-in/": ("only in the demonstration", "tests/project/test_demo_command.py"),
    "settings/logo/": ("of two the second is refused", "tests/workspace/test_logo.py"),
    "settings/preferences/": ("one's own: what was chosen last counts", "tests/workspace/test_me.py"),
    "staff/me/": ("the same forms as for others, one's own", "tests/workspace/test_me.py"),
    "staff/report/": ("a complaint each; twice is one", "tests/workspace/test_report.py"),
    "staff/complaints/new/": ("a complaint each; twice is one", "tests/workspace/test_recording.py"),
    "staff/complaints/new/on-the-spot/": ("a complaint each; twice is one", "tests/workspace/test_on_the_spot.py"),
    f"{COMPLAINT}messages/<int:number>/taking-back/": ("raced for by itself", "tests/complaints/test_held_messages.py"),
    "staff/letters/": ("each letter is noted once, by the database", "tests/workspace/test_letters.py"),
    "staff/mail/<str:mail>/": ("of two the second is refused, by the database", "tests/workspace/test_mail.py"),
    "setup/<str:token>/": ("raced for by itself", "tests/workspace/test_first_start.py"),
    "invitation/<str:token>/": ("one link, one person, once", "tests/workspace/test_invitation.py"),
    "en/track/survey/": ("one person; what was said last counts", "tests/surveys/test_pages.py"),
    "oversight/workload/": ("it shows no number that could be overwritten", "tests/workspace/test_workload.py"),
    "en/complain/": ("a draft belongs to one device", "tests/portal/test_steps.py"),
    "en/resume/": ("opens a draft", "tests/portal/test_resume.py"),
    "en/track/": ("opens what a code belongs to", "tests/portal/test_track.py"),
    "en/track/reply/": ("one person; twice is one", "tests/portal/test_reply.py"),
    "en/track/summary/": ("one person; each answer is kept", "tests/portal/test_summary.py"),
    "en/track/decision/": ("one person; twice is one", "tests/portal/test_decision.py"),
    "en/track/withdraw/": ("one person; twice is one", "tests/portal/test_withdraw.py"),
    "en/track/withdraw/back/": ("one person; twice is one", "tests/portal/test_ways_in.py"),
    "en/track/contact/": ("one person; what was said last counts", "tests/portal/test_ways_in.py"),
    "en/lost-codes/": ("a code each, a few at most", "tests/portal/test_ways_in.py"),
    "en/verify/": ("reads only", "tests/portal/test_ways_in.py"),
    "en/track/detriment/": ("one person; each is kept", "tests/portal/test_detriment.py"),
    "en/track/leave/": ("closes what a code opened", "tests/portal/test_track.py"),
}


def raced_for() -> set[str]:
    """The routes to which a row of the tables sends something."""
    found = set()
    for form in (*FORMS, *ELSEWHERE):
        path = form.path if form.path.startswith("/") else f"/staff/complaints/AMD-26-7K3M9TQH/{form.path}"
        filled = re.sub(r"\{(number|version)\}", "1", path)
        found.add(resolve(re.sub(r"\{\w+\}", str(UUID(int=0)), filled)).route)
    return found


def reason_for(address: str) -> str | None:
    """The key of the reason why a route is not raced for."""
    if address in WITHOUT:
        return address
    return next(
        (
            key
            for key in (*("accounts/", "staff/me/", "staff/mail/<str:mail>/", "en/complain/"),)
            if address.startswith(key)
        ),
        None,
    )


def test_every_address_is_raced_for_or_has_its_reason():
    known, raced = {address for address, _pattern in routes(get_resolver().url_patterns)}, raced_for()
    left = {address for address in known - raced - SHOWN if reason_for(address) is None}
    assert left == set(), "add the form to tests/forms.py or tests/forms_elsewhere.py"
    assert SHOWN - known == set(), "these are gone"
    assert raced & (SHOWN | set(WITHOUT)) == set(), "both in the tables and left out"
    for key, (_reason, test) in WITHOUT.items():
        assert any(reason_for(address) == key for address in known), f"{key} is gone"
        assert (ROOT / test).is_file(), test


def test_two_people_one_form(own_database):
    world = builders.a_world(at=clock.now() - timedelta(days=1))
    forms = (*FORMS, *ELSEWHERE)
    clients = clients_for(world, forms)
    wrong = [each for number, form in enumerate(forms) for each in Contest(world, form, number, clients).run()]
    assert not wrong, "\n".join(wrong)
