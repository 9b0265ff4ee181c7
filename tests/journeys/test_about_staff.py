"""A complaint about a member of staff: they, their manager and who reports to them find nothing of it anywhere.

A word that stands in its text is looked for in everything that the three of them can open, find, count, take out or
are sent. Somebody else opens the same and does find it: otherwise the search would prove nothing. What the person
complained about is owed (told, details, statement, result) reaches them on a page of their own.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.conftest import Larkhaven, bring_in
from tests.journeys.pages import Person, choose, choose_in_list, field, follow, press, sees, sees_heading
from tests.journeys.steps import Codes

pytestmark = [pytest.mark.browser, pytest.mark.once]

WORD = "Zwitscherling"
TEXT = f"Mr Mets shouted at me in front of everybody and called me a {WORD}."
COMPLAINANT = "Leena Kask"
DETAILS = "On Friday at ten you are said to have shouted at a customer at the counter."

LISTS = (
    *(f"/staff/complaints/?view={view}" for view in ("all", "open", "unassigned", "overdue", "safety", "approval")),
    "/staff/",
    "/staff/due/",
    "/staff/tasks/",
    "/staff/approvals/",
    "/staff/significant/",
    "/staff/register/",
    "/staff/contacts/?q=Leena",
    "/oversight/workload/",
    "/oversight/reads/",
    "/oversight/remedies/",
    "/oversight/redress/",
    "/oversight/what-if/?ask=1&show=newly",
)
BELOW = (
    "",
    *("original/", "investigation/", "response/", "files/", "trail/", "sheet/", "sheet.pdf", "file.pdf", "readers/"),
    *("walls/", "subject/rights/", "subject/1/letter/", "approval/", "assessment/", "closure/", "merge/", "related/"),
)


def who_leads(clara: Person, person: str, manager: str) -> None:
    """Note somebody's direct manager."""
    clara.goes_to("/settings/people/")
    follow(clara, person)
    card = clara.page.locator("#details")
    choose_in_list(clara, "Direct manager", manager, within=card)
    press(clara, "Save details")
    expect(card.get_by_label("Direct manager").locator("option:checked")).to_have_text(manager)


def counts(who: Person) -> list[str]:
    """What the saved views say how many there are, and the first line of the register."""
    who.goes_to("/staff/complaints/?view=open")
    found = who.page.get_by_role("navigation", name="Saved views").get_by_role("link").all_inner_texts()
    who.goes_to("/staff/register/")
    return [*found, who.page.locator(".page-head-text p").inner_text()]


def outputs(who: Person, reference: str, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Everything in which the complaint could show, as text, with what it is."""
    for path in LISTS:
        answer = who.page.request.get(who.site + path)
        yield path, answer.text()
    for path in BELOW:
        answer = who.page.request.get(f"{who.site}/staff/complaints/{reference}/{path}")
        body = answer.body().decode("utf-8", "replace") if answer.ok else answer.text()
        # Where it opens, the address itself is a find; where not, the page repeats nothing of it.
        yield f"…/{path}", body + (reference if answer.ok else "")
    yield from _found_by_searching(who, reference)
    yield from _taken_out(who, tmp_path)


def _found_by_searching(who: Person, reference: str) -> Iterator[tuple[str, str]]:
    for sought in (reference, WORD, COMPLAINANT, "shouted"):
        who.goes_to("/staff/complaints/?view=all")
        search = who.page.get_by_role("searchbox", name="Search complaints")
        search.fill(sought)
        search.press("Enter")
        who.page.wait_for_url(re.compile(r"q=|/staff/complaints/LAU|/staff/contacts"))
        links = who.page.get_by_role("main").get_by_role("link")
        found = (link.get_attribute("href") or "" for link in links.all())
        # What was sought stands in the addresses of the views themselves.
        yield f"search for {sought}", " ".join(href.partition("?")[0] for href in found)


def _taken_out(who: Person, tmp_path: Path) -> Iterator[tuple[str, str]]:
    for path, button in (("/staff/register/", "Make the file"), ("/oversight/remedies/", "As CSV")):
        who.page.goto(who.site + path)
        pressed = who.page.get_by_role("button", name=button)
        if pressed.count():
            if button == "Make the file":
                choose(who, "File", "Text with commas (CSV)")
            with who.page.expect_download() as download:
                pressed.click()
            file = tmp_path / "taken-out"
            download.value.save_as(file)
            yield f"{path} as a file", file.read_text(encoding="utf-8", errors="replace")


def names_subject(clara: Person, codes: Codes, name: str) -> None:
    """From now on the wall stands."""
    steps.open_complaint(clara, codes.reference)
    clara.page.locator("summary").filter(has_text="More actions").click()
    follow(clara, "Name the person complained about")
    choose_in_list(clara, "Member of staff", name)
    press(clara, "Name this person")
    sees(clara, "The person is named. They, their manager and their reports cannot reach the complaint any more.")


def tells_subject(liis: Person, codes: Codes, step: str, button: str, *, text: str = "", label: str = "") -> None:
    """A step of what is owed to the person complained about."""
    liis.goes_to(f"/staff/complaints/{codes.reference}/subject/rights/")
    follow(liis, step)
    if text:
        field(liis, label).fill(text)
    choose(liis, "On which way?", "On their own page")
    press(liis, button)
    expect(liis.page).to_have_url(re.compile("/subject/rights/$"))


def is_heard(larkhaven: Larkhaven, rein: Person, liis: Person, codes: Codes) -> None:
    """Told, given the details, supported, and heard; nothing else of the complaint is there."""
    tells_subject(liis, codes, "Tell the person complained about", "Record that they are told")
    tells_subject(liis, codes, "Hand over the details", "Hand over", text=DETAILS, label="What they are given")
    mail = larkhaven.letterbox.letter(rein.email, "There is something for you to read")
    rein.page.goto(re.search(r"http://\S+/about-me/\S*", mail.text)[0])
    if not rein.page.get_by_text(DETAILS).is_visible():
        follow(rein, "A complaint about you")
    sees(rein, DETAILS)
    field(rein, "Name").fill("Rosa Lind")
    press(rein, "Save")
    sees(rein, "It is recorded who supports you.")
    field(rein, "Your statement").fill("I spoke loudly because the counter was full.")
    press(rein, "Send the statement")
    sees(rein, "Your statement is recorded.")
    page = rein.page.content()
    assert [each for each in (WORD, codes.reference, COMPLAINANT, liis.name) if each in page] == []
    liis.goes_to(f"/staff/complaints/{codes.reference}/subject/rights/")
    sees(liis, "I spoke loudly because the counter was full.")


def test_nothing_of_it_reaches_whom_it_is_about_but_what_is_owed_to_them(
    larkhaven, staff, visitor, new_page, tmp_path
) -> None:
    clara = staff("clara")
    rein = bring_in(larkhaven, clara, new_page, "Rein Mets", ["Handler"])
    kadri = bring_in(larkhaven, clara, new_page, "Kadri Oja", ["Unit manager", "Decision maker"])
    jaan = bring_in(larkhaven, clara, new_page, "Jaan Lepp", ["Handler"])
    who_leads(clara, rein.name, kadri.name)
    who_leads(clara, jaan.name, rein.name)
    kept_away = (rein, kadri, jaan)
    before = [counts(who) for who in kept_away]

    leena = visitor(COMPLAINANT)
    codes = steps.complain(leena, text=TEXT)
    steps.open_complaint(rein, codes.reference)
    sees(rein, TEXT)  # nobody knows yet that it is about him
    names_subject(clara, codes, rein.name)
    came = len(larkhaven.letterbox.letters)
    liis = staff("liis")
    steps.open_complaint(liis, codes.reference)
    steps.assess(liis, handler=liis.name)
    steps.investigate(liis)
    is_heard(larkhaven, rein, liis, codes)

    # Late found: what he had read before stands there for those who lead.
    clara.goes_to(f"/staff/complaints/{codes.reference}/walls/")
    wall = clara.page.get_by_role("main").locator(".card").filter(has_text=rein.name).first
    expect(wall).to_contain_text("Read it before the wall")

    # A decision makes the most noise: letters, lists of approvals, the ledger of remedies.
    liis.goes_to(f"/staff/complaints/{codes.reference}/")
    steps.record_finding(liis, "Upheld: we were wrong", f"He did say {WORD}.", cause="person")
    steps.propose(liis, f"You were right: nobody is a {WORD}.", "He was heard.", remedy=f"An apology for {WORD}")
    shown, looked_at = [], 0
    for who, counted in zip(kept_away, before, strict=True):
        for what, text in outputs(who, codes.reference, tmp_path):
            looked_at += 1
            if WORD in text or codes.reference in text or COMPLAINANT in text:
                shown.append(f"{who.name}: {what}")
        assert counts(who) == counted, who.name
    assert shown == []
    found = [what for what, text in outputs(liis, codes.reference, tmp_path) if WORD in text or codes.reference in text]
    assert len(found) > 12, found
    steps.approve(staff("mark"), codes.reference)
    steps.open_complaint(liis, codes.reference)
    steps.communicate(liis)
    tells_subject(
        liis, codes, "Tell them the result", "Tell them", text="The customer was right.", label="What they are told"
    )
    rein.goes_to("/staff/about-me/")
    follow(rein, "A complaint about you")
    sees(rein, "The customer was right.")
    assert WORD not in rein.page.content()

    addresses = {who.email for who in kept_away}
    letters = [each for each in larkhaven.letterbox.letters[came:] if each.to in addresses]
    assert {each.subject for each in letters} == {"There is something for you to read"}
    assert [each.subject for each in letters if WORD in each.text or codes.reference in each.text] == []
    print(f"outputs looked at by three who are kept away: {looked_at}, with the word or the reference: {len(shown)}")
    sees_heading(rein, "A complaint about you")
