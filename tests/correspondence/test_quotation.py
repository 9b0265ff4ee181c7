"""A reply without our own words below it, whatever program it was written with; nothing that somebody said is cut."""

import time

import pytest

from amends.correspondence.quotation import without_quotation

OURS = "Thank you for telling us.\nWe will answer by Friday."
MARKED = "> Thank you for telling us.\n>\n> We will answer by Friday."
SAID = "Still no water.\n\nIt is cold: very cold."
CUT = {
    "Gmail": f"On Mon, 2 Mar 2026 at 10:00, Larkhaven <complaints@larkhaven.example>\nwrote:\n\n{MARKED}",
    "Gmail, no marks": f"On Mon, 2 Mar 2026 at 10:00, Larkhaven <complaints@larkhaven.example> wrote:\n{OURS}",
    "Gmail in German": f"Am Mo., 2. März 2026 um 10:00 Uhr schrieb Larkhaven <c@larkhaven.example>:\n\n{MARKED}",
    "Gmail in Turkish": f"Larkhaven <c@larkhaven.example>, 2 Mar 2026 10:00 tarihinde\nşunu yazdı:\n\n{MARKED}",
    "Gmail in Estonian": f"Larkhaven (<c@larkhaven.example>) kirjutas kuupäeval 2. märts 2026:\n{MARKED}",
    "Thunderbird in Estonian": f"2.03.2026 10:00 Larkhaven kirjutas:\n{MARKED}",
    "old Outlook": f"-----Original Message-----\nFrom: Larkhaven\nSent: Monday\nTo: Mari\nSubject: Yours\n\n{OURS}",
    "Outlook": f"________________________________\nFrom: Larkhaven <c@larkhaven.example>\nSent: Monday\n"
    f"To: Mari Saar\nSubject: Your complaint\n\n{OURS}",
    "Outlook, bold, in German": f"*Von:* Larkhaven\n*Gesendet:* Montag\n*An:* Mari\n*Betreff:* Ihre\n\n{OURS}",
    "Outlook in Turkish": f"Kimden: Larkhaven\nGönderildi: Pazartesi\nKime: Mari\nKonu: Şikâyetiniz\n\n{OURS}",
    "Outlook in Estonian": f"Saatja: Larkhaven\nSaadetud: esmaspäev\nAdressaat: Mari\nTeema: Teie kaebus\n\n{OURS}",
    "only marks": MARKED,
}
KEPT = {
    "answers below": f"On 2 March 2026 at 10:00, Larkhaven <c@larkhaven.example> wrote:\n{MARKED}\n\nNo, it is not.",
    "answers between": "> By Friday.\nToo late.\n> Thank you.\nYou are welcome.",
    "cites a letter": "On Monday your engineer wrote:\nWe come at noon.\nNobody came.",
    "passes a mail on": f"See this:\n\n--- Forwarded message ---\nFrom: Shop\nDate: Monday\nSubject: x\n\n{OURS}",
    "a list": "From: the meter\nmy reading is 4711.\nIt was: 4000",
    "nothing above": f"On Mon, 2 Mar 2026 at 10:00, Larkhaven <c@larkhaven.example> wrote:\n{MARKED}",
}


@pytest.mark.parametrize("quoted", CUT.values(), ids=CUT.keys())
def test_what_is_ours_is_cut(quoted):
    assert without_quotation(f"{SAID}\n\n{quoted}") == SAID
    assert without_quotation(f"{SAID}\n\n{quoted}\n\n") == SAID


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_what_somebody_says_is_kept(text):
    assert without_quotation(text) == text


def test_hostile_text_takes_no_time():
    pieces = (
        "On 1 a@b wrote:\n> x\n",
        "\n",
        ">",
        "a:\n",
        "From: x\nTo: y\n",
        "On " * 100 + "wrote:\n",
        "On x wrote:\n\n",
    )
    began = time.process_time()
    for piece in pieces:
        without_quotation(piece * (100_000 // len(piece)) + "end")
    assert time.process_time() - began < 2
