"""The language of a text is suggested where it is clear, and only then."""

import pytest

from amends.kit.which_language import language_of_text

OFFERED = ("en", "et", "tr")
CLEAR = {
    "en": "The water was off for two days and nobody told us. I have been calling you since Monday.",
    "et": "Vesi oli kaks päeva ära ja keegi ei teatanud meile. Ma olen helistanud, aga see ei aidanud.",
    "tr": "Su iki gün kesildi ve kimse bize haber vermedi. Ben çok aradım ama hiç bir cevap yok.",
}
UNCLEAR = {
    "nothing": "",
    "a number": "4711",
    "two words": "No water",
    "Finnish": "Vesi oli poikki kaksi päivää ja kukaan ei kertonut. Minä olen soittanut, mutta se ei auttanut.",
    "German": "Das Wasser war zwei Tage weg und niemand hat es uns gesagt. Ich habe nicht gewartet.",
    "two languages": f"{CLEAR['en']} {CLEAR['et']}",
    "another script": "Вода была отключена два дня, и нам не сказали. Я звонил, но это не помогло.",
}


@pytest.mark.parametrize("language", CLEAR)
def test_a_clear_text_says_its_language(language):
    assert language_of_text(CLEAR[language], OFFERED) == language
    assert language_of_text(CLEAR[language], {"fr"}) is None, "only what is offered"


@pytest.mark.parametrize("text", UNCLEAR.values(), ids=UNCLEAR.keys())
def test_what_is_not_clear_is_left_to_people(text):
    assert language_of_text(text, OFFERED) is None
