"""Rule packs on the screen: reading them, comparing two, letting them apply and ending that."""

import re
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from amends.framework.actions.activate_pack import activate_pack
from amends.framework.actions.copy_pack import copy_pack
from amends.framework.actions.end_activation import end_activation
from amends.framework.models import Activation, Product, RulePackVersion
from amends.framework.rules.reading import read_pack
from amends.framework.which_packs import own_pack
from amends.journal.models import Entry
from amends.journal.pseudonyms import name_of
from amends.kit import clock
from amends.people.standing import SYSTEM
from amends.workspace.settings.rules import activations as activations_screen
from amends.workspace.settings.rules.comparing import Where, compared
from tests import builders
from tests.framework.pack_documents import document, names
from tests.workspace.test_queue import counted, text_of

pytestmark = pytest.mark.django_db

RULES = "/settings/rules/"
NEW = "/settings/rules/activations/new/"
LIST = "/settings/rules/activations/"
ESTONIA = {"pack": "estonia.1", "role": "main", "reason": "The law asks for it"}


@pytest.fixture
def clara(world, as_):
    return as_(world.clara)


def pack(code: str) -> RulePackVersion:
    return RulePackVersion.objects.filter(pack=code).latest("version")


def activate(code: str, **changes) -> Activation:
    now = clock.now()
    usual = {"starts_at": now, "reason": "It is so", "by": SYSTEM, "at": now}
    return activate_pack(pack(code), **{**usual, **changes})


def table(response, caption: str) -> str:
    """A table of the page, without its tags."""
    found = re.search(rf"<caption[^>]*>{caption}</caption>(.*?)</table>", response.content.decode(), re.S)
    assert found, f"no table {caption!r}"
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[1]))


def shown_fields(response) -> dict[str, str]:
    """The hidden fields of the page, by name."""
    inputs = re.findall(r"<input type=\"hidden\"[^>]*>", response.content.decode())
    pairs = [(re.search(r'name="([^"]+)"', one), re.search(r'value="([^"]*)"', one)) for one in inputs]
    return {name[1]: value[1] if value else "" for name, value in pairs if name}


# ---------------------------------------------------------------- the list


def test_the_list_says_whose_law_it_is_what_applies_and_what_is_verified(world, clara):
    activate("uk-fca-disp", site="Harbour")
    activate("eu-psd2", role="beside")
    page = table(clara.get(RULES), "Rule packs with their newest version")
    assert re.search(r"General, to ISO 10002 Any country \d Applies to all that no filter names 4 verified", page)
    assert re.search(r"UK, FCA DISP 1 United Kingdom 1 Applies to some complaints 10 verified 1 to verify", page)
    assert re.search(r"EU payment services \(PSD2\) Any country 1 Runs beside another pack", page)
    assert re.search(r"Türkiye, Law 6502 Türkiye 1 Does not apply", page)
    assert page.index("UK, FCA DISP 1") < page.index("Australia")


def test_the_list_of_one_country(world, clara):
    page = text_of(clara.get(RULES + "?jurisdiction=EE"))
    assert "Estonia, Consumer Protection Act" in page
    assert "Türkiye, Law 6502" not in page
    for unknown in ("XX", "%00", "<b>"):
        assert "Türkiye, Law 6502" in text_of(clara.get(f"{RULES}?jurisdiction={unknown}"))


def test_a_pack_that_begins_later_says_when_and_an_older_version_that_applies_is_named(world, clara):
    activate("estonia", starts_at=datetime(2099, 1, 1, tzinfo=UTC))
    general = own_pack(clock.now())
    changed = deepcopy(general.document)
    changed["clocks"][0]["limit"]["count"] = 1
    changed["clocks"][0]["remind"] = []
    own = copy_pack(general, changed, by=world.as_(world.clara), at=world.at)
    activate_pack(own, starts_at=clock.now(), site="Harbour", reason="Ours", by=SYSTEM, at=clock.now())
    changed["name"]["en"] = "Our own rules"
    copy_pack(own, changed, by=world.as_(world.clara), at=world.at)
    page = table(clara.get(RULES), "Rule packs with their newest version")
    assert "Begins on 1 January 2099" in page
    assert re.search(r"Our own rules Your own Any country 2 Applies to some complaints Version 1", page)


def test_names_are_in_the_language_of_the_reader(world, clara):
    world.clara.language = "et"
    world.clara.save(update_fields=["language"])
    page = text_of(clara.get(RULES))
    assert "Üldine, standardi ISO 10002 järgi" in page
    assert "Ühendkuningriik" in page


def test_the_list_costs_the_same_however_many_versions_and_activations(world, clara):
    few = counted(clara, RULES)
    general = pack("general")
    for number in range(6):
        changed = deepcopy(general.document)
        changed["name"]["en"] = f"Ours {number}"
        copy_pack(general, changed, code=f"own{number}", by=world.as_(world.clara), at=world.at)
        activate("estonia", site=f"Site {number}")
    assert counted(clara, RULES) == few
    assert few <= 20


@pytest.mark.parametrize("who", ["liis", "mark", "uma", "frida", "bruno", "tom", "dario", "dora", "adam"])
def test_whoever_works_with_dates_may_read_the_rules(world, as_, who):
    client = as_(getattr(world, who))
    for address in (RULES, f"{RULES}estonia/1/", f"{RULES}compare/?one=estonia.1&other=turkiye.1", LIST):
        assert client.get(address).status_code == 200, address
    page = text_of(client.get(f"{RULES}estonia/1/"))
    assert ("Let it apply" in page) is (who == "adam")
    assert ("Administration / " in text_of(client.get(RULES))) is False


def test_who_may_not_open_the_administration_gets_no_link_to_it(world, as_):
    assert 'href="/settings/"' not in as_(world.liis).get(RULES).content.decode()
    assert 'href="/settings/"' in as_(world.dario).get(RULES).content.decode()


@pytest.mark.parametrize("who", ["liis", "tom", "dario", "dora", "zoe"])
def test_who_may_not_change_what_applies(world, as_, who):
    client = as_(getattr(world, who))
    activation = name_of(activate("estonia", site="Harbour").subject)
    for address in (NEW, f"{LIST}{activation}/ending/", f"{RULES}general/{pack('general').version}/own/"):
        assert client.get(address).status_code == 403
        assert client.post(address, {**ESTONIA, "confirm": "1"}).status_code == 403
    assert Activation.objects.filter(ends_at__isnull=True).count() == 2


# ---------------------------------------------------------------- one pack


def test_every_clock_stands_in_a_table_in_words(world, clara):
    page = table(
        clara.get(f"{RULES}estonia/1/"), "Every clock: when it starts, how long it runs, and what happens to it"
    )
    decision = read_pack(document("estonia-1.json")).clocks_of("decision")[0]
    assert f"{decision.name}" in page
    assert "When the complaint is received" in page
    assert f"{decision.limit.count} days" in page
    assert "Silence counts as a decision" in page
    assert "The decision is told" in page
    assert "The organisation" in page


def test_each_figure_has_its_source_place_day_and_state_in_words(world, clara):
    response = clara.get(f"{RULES}uk-fca-disp/1/")
    page = table(response, "Where each figure stands, and whether somebody has seen it there")
    assert re.search(r"Final response FCA Handbook, DISP 1.6 [\w ]+ DISP 1.6.2R Verified 21 November 2026", page)
    assert re.search(r"To verify 22 November 2026", page)
    links = re.findall(r'<a href="(https://[^"]+)" rel="noopener noreferrer"', response.content.decode())
    assert "https://handbook.fca.org.uk/handbook/disp1/disp1s6?date=01-06-2026&amp;timeline=true" in links
    assert len(re.findall(r"\bVerified\b", page)) == 10


def test_bodies_money_suspensions_records_letters_and_examples(world, clara):
    disp = text_of(clara.get(f"{RULES}uk-fca-disp/1/"))
    for words in (
        "Financial Ombudsman Service",
        "6 months When the decision is told",
        "Products, by their codes motor-finance-dca",
        "Stands still From: 11 January 2024 Until the end of: 31 May 2026",
        "3 years From the day it was received",
        "Short letter after an early resolution",
        "You have the right to bring your complaint to the Financial Ombudsman Service",
        "Eight weeks, over the beginning of summer time.",
        "27 April 2026, 23:59",
        "Worked out by us from the rule",
        "Public holidays: United Kingdom Region: ENG",
    ):
        assert words in disp, words
    turkiye = text_of(clara.get(f"{RULES}turkiye/1/"))
    assert re.search(r"Up to a value of, by year 2026: TRY\s?186,000.00", turkiye)


def test_the_calendar_of_the_law_is_linked_once_it_is_there(world, clara):
    address = f"{RULES}uk-fca-disp/1/"
    assert "/settings/calendars/gb-eng/" not in clara.get(address).content.decode()
    activate("uk-fca-disp")
    assert "/settings/calendars/gb-eng/" in clara.get(address).content.decode()


@pytest.mark.parametrize("language", ["en", "et", "tr"])
def test_every_shipped_pack_can_be_read_in_every_language(world, clara, language):
    world.clara.language = language
    world.clara.save(update_fields=["language"])
    for name in names():
        code, _dash, number = name.removesuffix(".json").rpartition("-")
        response = clara.get(f"{RULES}{code}/{number}/")
        assert response.status_code == 200, name
        with translation.override(language):
            assert str(read_pack(document(name)).name).partition("'")[0] in response.content.decode(), name


@pytest.mark.parametrize("address", ["nothing/1/", "general/999/", "general/99999999999999/", "general/999/own/"])
def test_what_is_not_there_is_not_found(world, clara, address):
    assert clara.get(RULES + address).status_code == 404


# ---------------------------------------------------------------- comparing


def test_what_differs_stands_side_by_side_and_the_rest_is_counted(world, clara):
    response = clara.get(f"{RULES}compare/?one=uk-fca-disp.1&other=uk-payment-services.1")
    page = table(response, "What differs: Final response")
    assert "Time 8 weeks 15 working days Ends at midnight" in page
    assert "Taking more time Up to 3 times At most, each time: 4 weeks With a reason Once" in page
    assert "Who owes it" not in page
    assert "things are equal" in text_of(response)
    assert "Only in the first" in text_of(response)


def test_a_version_compared_with_itself(world, clara):
    page = text_of(clara.get(f"{RULES}compare/?one=estonia.1&other=estonia.1"))
    assert "Both say the same" in page


def test_comparing_needs_two_versions_that_are_there(world, clara):
    assert clara.get(f"{RULES}compare/").status_code == 200
    page = clara.get(f"{RULES}compare/?one=estonia.1")
    assert page.status_code == 200
    assert '<option value="estonia.1" selected>' in page.content.decode()
    for wrong in ("other=", "other=nothing.1", "other=estonia", "other=%00"):
        response = clara.get(f"{RULES}compare/?one=estonia.1&{wrong}")
        assert response.status_code == 422
        assert "Choose a version" in text_of(response)


def test_one_changed_number_is_the_one_difference():
    before = document("estonia-1.json")
    changed = deepcopy(before)
    changed["clocks"][0]["limit"]["count"] += 1
    different = [part for part in compared(read_pack(before), read_pack(changed)) if not part.is_equal]
    assert [(part.where, [str(pair.label) for pair in part.different]) for part in different] == [
        (Where.BOTH, ["Time"])
    ]


@pytest.mark.parametrize("name", names())
def test_nothing_is_told_twice_and_nothing_is_lost_in_a_comparison(name: str):
    pack = read_pack(document(name))
    assert all(part.is_equal for part in compared(pack, pack))
    other = read_pack(document("general-1.json"))
    there, back = compared(pack, other), compared(other, pack)
    in_both = [sorted(len(part.different) for part in way if part.where is Where.BOTH) for way in (there, back)]
    assert in_both[0] == in_both[1]
    assert sum(part.where is Where.FIRST for part in there) == sum(part.where is Where.SECOND for part in back)


# ---------------------------------------------------------------- letting a pack apply


def test_first_it_says_what_would_change_then_it_is_done(world, clara):
    now = clock.now()
    for number in range(6):
        builders.a_receipt(world, at=now - timedelta(days=number + 1))
    day = (now - timedelta(days=4, hours=1)).date()
    asked = {**ESTONIA, "starts_on": day.isoformat()}
    preview = clara.post(NEW, asked)
    page = text_of(preview)
    assert preview.status_code == 200
    assert "It begins in the past." in page
    assert "Fewer than five complaints that run were received since then." in page
    assert "Fewer than five of them would get other rules." in page
    assert "Ends then General, to ISO 10002" in page
    assert not Activation.objects.filter(pack_version__pack="estonia").exists()
    fields = shown_fields(preview)
    assert (fields["reason"], fields["starts_on"]) == ("The law asks for it", day.isoformat())
    done = clara.post(NEW, {**fields, "confirm": "1", "moves_running": "on"})
    assert done["Location"] == LIST
    activation = Activation.objects.get(pack_version__pack="estonia")
    assert activation.starts_at == datetime(day.year, day.month, day.day, tzinfo=UTC)
    assert activation.made_by == world.clara
    assert Entry.objects.filter(event="framework.pack_activated").latest("id").facts["moves_running"] is True
    assert "Running complaints are looked at again" in text_of(clara.get(LIST))


def test_five_and_more_are_counted(world, clara):
    for number in range(6):
        builders.a_receipt(world, at=clock.now() - timedelta(hours=number + 1))
    page = text_of(clara.post(NEW, {**ESTONIA, "starts_on": "2026-01-01"}))
    assert "6 complaints that run were received since then. 6 of them would get other rules." in page


def test_where_nothing_runs_nobody_is_asked_about_it(world, clara):
    page = clara.post(NEW, ESTONIA)
    assert "No complaint that runs was received since then." in text_of(page)
    assert 'type="checkbox" name="moves_running"' not in page.content.decode()
    ahead = clara.post(NEW, {**ESTONIA, "starts_on": "2090-01-01"})
    assert "It begins later." in text_of(ahead)
    assert 'type="checkbox" name="moves_running"' not in ahead.content.decode()


def test_every_filter_reaches_the_activation(world, clara):
    product = Product.objects.in_use().first()
    asked = {
        **ESTONIA,
        "role": "beside",
        "product": product.code,
        "site": " Harbour  East ",
        "complainant_kind": "organisation",
        "starts_on": "31.12.2090",
    }
    preview = clara.post(NEW, asked)
    assert "Product or service" in text_of(preview)
    clara.post(NEW, {**shown_fields(preview), "confirm": "1"})
    made = Activation.objects.get(pack_version__pack="estonia")
    assert (made.role, made.product, made.site) == ("beside", product, "Harbour East")
    assert made.complainant_kind == "organisation"
    assert made.starts_at == datetime(2090, 12, 31, tzinfo=UTC)
    page = table(clara.get(LIST), "Packs that apply now or will apply")
    assert "Site: Harbour East Kind of complainant: An organisation Runs beside the other" in page
    assert "Begins later" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": " "}, "Say why these rules apply from now on"),
        ({"reason": "", "starts_on": "2020-01-01"}, "Say why these rules apply from a time that has passed"),
        ({"pack": ""}, "Choose a version"),
        ({"pack": "nothing.1"}, "Choose a version"),
        ({"role": "above"}, "Choose one of the answers shown"),
        ({"product": "nothing"}, "Choose one of the answers shown"),
        ({"complainant_kind": "dog"}, "Choose one of the answers shown"),
        ({"starts_on": "soon"}, "Enter a day, like 31.12.2026"),
        ({"starts_on": "0001-01-01"}, "Enter a day of this century"),
        ({"starts_on": "9999-12-31"}, "Enter a day of this century"),
        ({"reason": "x" * 501}, "Shorten this to 500 characters"),
        ({"site": "x" * 121}, "Shorten this to 120 characters"),
        ({"pack": "general.1"}, "This version applies to these complaints already"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_confirmed(world, clara, changes, words):
    asked = {**ESTONIA, "site": "", **changes}
    response = clara.post(NEW, asked)
    assert response.status_code == 422
    assert words in text_of(response)
    assert Activation.objects.count() == 1
    if changes.get("reason", "x").strip():
        assert asked["reason"][:100] in response.content.decode(), "what was typed stays"


def test_a_later_activation_is_not_pushed_aside(world, clara):
    activate("turkiye", starts_at=datetime(2090, 1, 1, tzinfo=UTC))
    response = clara.post(NEW, {**ESTONIA, "starts_on": "2089-01-01"})
    assert response.status_code == 422
    assert "Another version is to apply from a later day" in text_of(response)


def test_going_back_keeps_what_was_typed(world, clara):
    fields = shown_fields(clara.post(NEW, {**ESTONIA, "site": "Harbour"}))
    page = clara.post(NEW, {**fields, "change": "1"})
    assert page.status_code == 200
    assert 'value="Harbour"' in page.content.decode()
    assert '<option value="estonia.1" selected>' in page.content.decode()


def test_two_people_at_once_the_second_is_told(world, clara, as_):
    fields = shown_fields(clara.post(NEW, ESTONIA))
    adam = as_(world.adam)
    adam.post(NEW, {**shown_fields(adam.post(NEW, {**ESTONIA, "pack": "turkiye.1"})), "confirm": "1"})
    response = clara.post(NEW, {**fields, "confirm": "1"})
    assert response.status_code == 409
    page = text_of(response)
    assert "Somebody else has changed which rules apply." in page
    assert "Ends then Türkiye, Law 6502, version 1" in page
    assert own_pack(clock.now()).pack == "turkiye"
    assert clara.post(NEW, {**shown_fields(response), "confirm": "1"}).status_code == 302
    assert own_pack(clock.now()).pack == "estonia"


# ---------------------------------------------------------------- what applies, and ending it


def test_what_applied_before_stands_below(world, clara):
    activation = activate("estonia", site="Harbour")
    end_activation(activation, reason="Closed", by=SYSTEM, at=clock.now() + timedelta(minutes=1))
    Activation.objects.filter(pk=activation.pk).update(ends_at=clock.now())
    response = clara.get(LIST)
    assert "Estonia" in table(response, "Packs that apply no longer")
    assert "Estonia" not in table(response, "Packs that apply now or will apply")


def test_ending_asks_once_more_and_why(world, clara):
    activation = activate("estonia", site="Harbour")
    address = f"{LIST}{name_of(activation.subject)}/ending/"
    assert address in clara.get(LIST).content.decode()
    page = text_of(clara.get(address))
    assert "Shall this apply no longer: Estonia, Consumer Protection Act, version 1?" in page
    assert "Site: Harbour" in page
    refused = clara.post(address, {"reason": " "})
    assert refused.status_code == 422
    assert "Say why these rules apply no longer" in text_of(refused)
    assert clara.post(address, {"reason": "The office closed"})["Location"] == LIST
    activation.refresh_from_db()
    assert activation.ends_at is not None
    assert clara.post(address, {"reason": "Again"}).status_code == 409


def test_the_last_one_without_a_filter_offers_no_end_and_refuses_it(world, clara):
    first = Activation.objects.get()
    address = f"{LIST}{name_of(first.subject)}/ending/"
    assert address not in clara.get(LIST).content.decode()
    response = clara.post(address, {"reason": "Enough"})
    assert response.status_code == 422
    assert "Some pack has to apply" in text_of(response)


def test_one_that_waits_says_that_it_never_begins(world, clara):
    activation = activate("estonia", starts_at=clock.now() + timedelta(days=30))
    address = f"{LIST}{name_of(activation.subject)}/ending/"
    assert "It has not begun, and it never will." in text_of(clara.get(address))
    clara.post(address, {"reason": "Not this year"})
    assert own_pack(clock.now() + timedelta(days=31)) == pack("general")


@pytest.mark.parametrize("name", [uuid4(), "zz"])
def test_an_activation_that_is_not_there(world, clara, name):
    assert clara.get(f"{LIST}{name}/ending/").status_code == 404


def test_older_ones_come_page_by_page(world, clara, monkeypatch):
    monkeypatch.setattr(activations_screen, "PAGE_SIZE", 2)
    for site in "ABCDE":
        activation = activate("estonia", site=site)
        end_activation(activation, reason="Over", by=SYSTEM, at=clock.now())
    seen, address = [], LIST
    for _page in range(5):
        response = clara.get(address)
        seen += re.findall(r"Site: ([A-E])", table(response, "Packs that apply no longer"))
        onwards = re.search(r'href="(\?before=[^"]+)" rel="next"', response.content.decode())
        if onwards is None:
            break
        address = LIST + onwards[1]
    assert seen == ["E", "D", "C", "B", "A"]
    assert clara.get(f"{LIST}?before=nonsense").status_code == 200


def test_the_list_of_activations_costs_the_same_however_long(world, clara):
    activate("estonia", site="First", product=Product.objects.first())
    few = counted(clara, LIST)
    for site in "ABCDEFGH":
        activate("turkiye", site=site, product=Product.objects.first())
    assert counted(clara, LIST) == few
    assert few <= 25
