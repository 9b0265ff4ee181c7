"""Which language a text is probably in, by the small words that every text of it has.

A suggestion for people, no verdict: short texts, and those that two languages share, get none. Libraries that do it
better bring models of megabytes or numpy along; for a choice that somebody confirms this is enough.
"""

import re
from collections import Counter
from collections.abc import Collection

#: What is read of a text, and how many small words it takes to say anything.
_LONGEST = 20_000
_FEWEST = 3
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
#: Neighbours of the languages that an organisation offers are here as well: Finnish must not pass for Estonian.
_SMALL_WORDS = {
    "en": "the and to of a in is it i you that was for on with not have this my we but they your had been were are at",
    "et": "ja on ei et see ma kui oli mis aga ka ning olen mul minu kes oma meie teie nad siis pole tuli vaid olid "
    "või selle ole kas enne pärast ning need nende tema sellest kuni mille kelle mida veel ainult nii millal seal",
    "tr": "ve bir bu için ben da de çok ne ama mi gibi daha var yok olarak kadar değil sonra benim bana hiç şey biz o "
    "ile veya her en önce olan kim onun bunu mı mu mü bizim sizin size bize hangi ya göre artık iki gün hâlâ nasıl",
    "de": "der die das und ist ich nicht ein eine zu mit sie es den auf wir von dem mir war bei aber auch wurde dass",
    "fr": "le la les et je est une un pas que de des pour vous nous dans mon ma qui sur avec mais été cette au du ne",
    "es": "el la los y que de en un una no se por con para mi es las del lo como pero fue muy ha me su al está",
    "it": "il la di che e non un una per sono mi è in ho con del della ma le gli si questo nel alla mio dal anche",
    "pt": "o a de que e não um uma para com em os do da no na se por mais as foi mas ao ele meu minha eu isso está",
    "nl": "de het een en van ik is niet te dat in op voor met zijn er maar mijn ook aan bij was wij naar geen heb u",
    "fi": "ja on ei se että minä olen oli mutta myös kun tämä joka ovat minun ole niin mitä hän vain sitten kuin nyt",
    "sv": "och det att en ett jag är inte som på för med till den har av om men var vi från mitt min så när de",
    "no": "og det å en et jeg er ikke som på for med til den har av om men var vi fra mitt min så når de etter",
    "da": "og det at en et jeg er ikke som på for med til den har af om men var vi fra mit min så når de efter",
    "pl": "i w na nie się z do to że jest a o jak ale po co tak mi za od czy mnie był już przez dla moje tylko",
    "lv": "un ir ka es no ar uz par bet kas man tas nav bija kā lai jūs mēs pie vai viņi tikai pēc šo mana jau",
    "lt": "ir yra kad aš ne į su iš bet tai man jis buvo kaip nėra ar po mes jūs tik už apie nuo mano jau dėl",
    "ru": "и в не на я что с он как это по но у к мне за мы вы из так же бы от был было нет для меня",
    "uk": "і в не на я що з він як це по але у до мені за ми ви так же від був було немає для мене та є",
    "ar": "في من على لا أن هذا إلى لم ما كان مع عن هذه لقد قد أنا ولم التي الذي كل بعد و",
}
_KNOWN = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}


def language_of_text(text: str, among: Collection[str]) -> str | None:
    """One of these languages where the text is clearly in it, else None."""
    words = Counter(found[0].lower() for found in _WORD.finditer(text[:_LONGEST].replace("İ", "i")))
    hits = {language: sum(words[each] for each in known) for language, known in _KNOWN.items()}
    best, *others = sorted(hits, key=lambda language: hits[language], reverse=True)
    is_clear = hits[best] >= _FEWEST and hits[best] >= 1.5 * hits[others[0]]
    return best if is_clear and best in among else None
