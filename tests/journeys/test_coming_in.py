"""How an installation begins, and how somebody comes back in who forgot the password."""

import pytest

from tests.journeys import coming_in
from tests.journeys.conftest import LINK, PASSWORD
from tests.journeys.pages import field, press, sees_heading

pytestmark = [pytest.mark.browser, pytest.mark.once]


def test_five_questions_made_a_public_page_and_are_asked_once(larkhaven, visitor) -> None:
    somebody = visitor("Somebody", "tr", javascript=False)
    somebody.goes_to("/")
    assert somebody.page.url == f"{larkhaven.site}/tr/"
    assert "Larkhaven Utilities" in somebody.page.title()
    sees_heading(somebody, "Tell us what went wrong. We will look into it fairly.")
    response = somebody.page.goto(larkhaven.first_start)
    assert response.status == 410
    assert larkhaven.installation.reported("init")["first_start"] == ""


def test_an_invitation_works_once(larkhaven, visitor) -> None:
    subject = "Your access to the complaints of Larkhaven Utilities"
    link = LINK.search(larkhaven.letterbox.letter("mark@larkhaven.example", subject).text)[0]
    response = visitor("Somebody").page.goto(link)
    assert response.status == 410


def test_a_forgotten_password_is_chosen_anew_with_a_link_by_mail(larkhaven, visitor) -> None:
    # She alone has had no link by mail yet: nobody gets a second one within five minutes.
    clara = visitor("Clara Whitfield", javascript=False)
    clara.goes_to("/accounts/login/")
    clara.page.get_by_role("link", name="I have forgotten my password").click()
    field(clara, "E-mail address").fill("clara@larkhaven.example")
    press(clara, "Send the link")
    sees_heading(clara, "Look into your mailbox")
    subject = "A new password for the complaints of Larkhaven Utilities"
    link = LINK.search(larkhaven.letterbox.letter("clara@larkhaven.example", subject).text)[0]
    coming_in.take_up_invitation(clara, link, PASSWORD)
    field(clara, "E-mail address").fill("clara@larkhaven.example")
    field(clara, "Password").fill(PASSWORD)
    press(clara, "Sign in")
    sees_heading(clara, "My work")
