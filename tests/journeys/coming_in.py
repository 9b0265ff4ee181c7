"""How an installation gets its people: the first start, invitations, signing in."""

from datetime import date

from playwright.sync_api import expect

from tests.journeys.pages import Person, choose, choose_in_list, field, press, sees_heading


def start_first(who: Person, link: str, password: str) -> None:
    """Answer the five questions of the first start, and become the first administrator."""
    who.page.goto(link)
    field(who, "1. What is the organisation called?").fill("Larkhaven Utilities")
    field(who, "2. In which country does it work?").select_option("EE")
    for own_name in ("English", "Eesti", "Türkçe"):
        choose(who, "3. Which languages do you offer?", own_name)
    field(who, "4. How can people reach you besides the page?").fill("complaints@larkhaven.example")
    field(who, "Telephone for complaints").fill("+372 600 0142")
    choose(who, "5. How many people share the work?", "More than three")
    field(who, "Your name").fill(who.name)
    field(who, "Your e-mail address").fill(who.email)
    field(who, "Password").fill(password)
    press(who, "Set up and sign in")
    sees_heading(who, "Your public page works")


def invite(who: Person, other: Person, own_name_of_language: str, roles: list[str]) -> None:
    """Invite somebody and give them roles for the whole organisation."""
    who.goes_to("/settings/people/new/")
    field(who, "Name").fill(other.name)
    field(who, "E-mail address").fill(other.email)
    field(who, "Language").select_option(label=own_name_of_language)
    press(who, "Send invitation")
    card = who.page.locator("#roles")
    for role in roles:
        expect(card.get_by_text(who.say("Give a role"), exact=True).first).to_be_visible()  # the page is there
        giving = card.get_by_role("button", name=who.say("Give role"), exact=True)
        if not giving.is_visible():
            card.get_by_text(who.say("Give a role"), exact=True).click()
        choose_in_list(who, "Role", who.say(role), within=card)
        giving.click()
        expect(card.get_by_role("listitem").filter(has_text=who.say(role))).to_be_visible()


def take_up_invitation(who: Person, link: str, password: str) -> None:
    """Choose a password with the link of the mail."""
    who.page.goto(link)
    field(who, "Password").fill(password)
    press(who, "Save password")
    sees_heading(who, "Sign in")


def is_away(who: Person, first: date, last: date, *, instead: str = "") -> None:
    """Say that one is away, with somebody who stands in."""
    who.goes_to("/staff/me/")
    who.page.locator("#absences summary").click()
    field(who, "First day").fill(first.isoformat())
    field(who, "Last day").fill(last.isoformat())
    if instead:
        choose_in_list(who, "Who stands in", instead)
    press(who, "Save absence")
    expect(who.page.locator("#absences")).to_contain_text(instead)


def sign_in(who: Person, password: str) -> None:
    """Sign in with address and password; lands on one's own work."""
    who.goes_to("/accounts/login/")
    field(who, "E-mail address").fill(who.email)
    field(who, "Password").fill(password)
    press(who, "Sign in")
    sees_heading(who, "My work")
