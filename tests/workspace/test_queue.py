"""My work and all complaints: what is shown, to whom, in which order, and at what cost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.complaints import actions
from amends.complaints.intake import Contact, Representative
from amends.complaints.models import Complaint
from amends.complaints.stages import Stage
from amends.framework.models import Product
from tests import builders
from tests.workspace.many import copies, due

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def text_of(response) -> str:
    """What the page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def references(response) -> list[str]:
    return re.findall(r'class="reference">([A-Z0-9-]+)<', response.content.decode())


def test_my_work_shows_what_is_mine_and_open(world, as_):
    mine = builders.a_complaint(world, Stage.INVESTIGATING)
    builders.a_complaint(world)
    closed = builders.a_complaint(world, Stage.CLOSED)
    response = as_(world.liis).get("/staff/")
    assert references(response) == [mine.reference]
    assert closed.reference not in response.content.decode()
    assert f'href="/staff/complaints/{mine.reference}/"' in response.content.decode()


def test_a_visitor_is_asked_to_sign_in(world, as_):
    assert as_(None).get("/staff/")["Location"] == "/accounts/login/?next=/staff/"


def test_who_sees_no_complaints_is_led_to_where_their_work_is(world, as_):
    complaint = builders.a_complaint(world)
    assert as_(world.adam).get("/staff/")["Location"] == "/settings/"
    nobody = as_(world.zoe).get("/staff/")
    assert nobody.status_code == 200
    assert "Your role shows you no complaints" in text_of(nobody)
    refused = as_(world.adam).get("/staff/complaints/")
    assert refused.status_code == 403
    assert complaint.reference not in refused.content.decode()


def test_front_line_sees_what_they_wrote_down_and_no_more(world, as_):
    theirs = actions.receive(builders.an_intake(), token="a" * 32, by=world.as_(world.frida), at=world.at).complaint
    builders.a_complaint(world)
    assert references(as_(world.frida).get("/staff/complaints/?view=all")) == [theirs.reference]


def test_other_units_and_walls_are_not_listed_and_not_counted(world, as_):
    builders.a_complaint(world, unit=world.energy)
    walled = builders.a_complaint(world)
    actions.name_subject(walled, world.liis, by=world.as_(world.clara), at=world.at)
    response = as_(world.liis).get("/staff/complaints/?view=all")
    assert references(response) == []
    assert "0 complaints" in text_of(response)


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("mine", {"mine"}),
        ("unassigned", {"fresh", "safety", "late"}),
        ("overdue", {"late"}),
        ("safety", {"safety"}),
        ("waiting", {"told"}),
        ("open", {"mine", "fresh", "safety", "late", "told"}),
        ("all", {"mine", "fresh", "safety", "late", "told", "closed"}),
    ],
)
def test_saved_views(world, as_, at_moment, view, expected):
    at_moment(world.at + timedelta(hours=1))
    named = {
        "mine": builders.a_complaint(world, Stage.INVESTIGATING),
        "fresh": builders.a_complaint(world),
        "safety": builders.a_complaint(world, said_danger=True),
        "late": copies(world, [due(world.at, is_safety=False)])[0],
        "told": builders.a_complaint(world, Stage.COMMUNICATED),
        "closed": builders.a_complaint(world, Stage.CLOSED),
    }
    Complaint.objects.filter(pk=named["told"].pk).update(handler=world.uma)
    Complaint.objects.filter(pk=named["late"].pk).update(handler=None, stage="received")
    shown = set(references(as_(world.liis).get(f"/staff/complaints/?view={view}")))
    assert shown == {named[name].reference for name in expected}


def test_groups_by_deadline_in_words(world, as_, at_moment):
    at_moment(world.at)  # a Monday at nine
    hours = {"Overdue": -3, "Due today": 4, "This week": 30, "Later": 200}
    copies(world, [due(world.at + timedelta(hours=count), title=name) for name, count in hours.items()])
    copies(world, [due(None, title="No deadline")])
    text = text_of(as_(world.liis).get("/staff/complaints/?view=open"))
    places = [text.index(f"{name} ") for name in ("Overdue 1", "Due today 1", "This week", "Later 1", "No deadline 1")]
    assert places == sorted(places)
    assert "3 h late" in text
    assert "Today 13:00" in text
    assert "Decision" in text


def test_a_group_that_goes_on_on_the_next_page_has_no_number(world, as_, at_moment):
    at_moment(world.at)
    copies(world, [due(world.at + timedelta(days=30, minutes=n)) for n in range(60)])
    client = as_(world.liis)
    first = client.get("/staff/complaints/?view=open")
    assert re.search(r"Later\s+(?!\d)", text_of(first))
    assert len(references(first)) == 50
    second = client.get(first.context["next_href"])
    assert len(references(second)) == 11
    assert set(references(first)).isdisjoint(references(second))
    back = client.get(second.context["previous_href"])
    assert references(back) == references(first)


def test_names_only_for_those_who_may_see_them(world, as_):
    builders.a_complaint(world, complainant=Contact(name="Mari Saar", email="m@example.org"))
    builders.a_complaint(world, is_anonymous=True, complainant=Contact())
    acting = Contact(name="Kati Saar", phone="1")
    builders.a_complaint(
        world, complainant=Contact(name="Juta Saar"), representative=Representative(acting, relation="daughter")
    )
    seen = text_of(as_(world.liis).get("/staff/complaints/"))
    assert "Mari Saar" in seen
    assert "Kati Saar for Juta Saar" in seen
    assert "Anonymous" in seen
    hidden = text_of(as_(world.dario).get("/staff/complaints/"))
    assert "Saar" not in hidden
    assert hidden.count("Name hidden") == 2
    assert "Anonymous" in hidden


def test_rows_say_what_is_new_and_how_grave(world, as_):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING, channel="phone", said_danger=True)
    actions.reply(complaint, text="Still no water.", by=builders.the_complainant(complaint), at=world.at)
    page = as_(world.liis).get("/staff/").content.decode()
    assert "is-unread" in page
    for words in ("New reply", "Medium", "Safety", 'aria-label="Telephone"', "Investigating", "Liis Tamm"):
        assert words in page


def test_filters_narrow_and_can_be_removed(world, as_):
    product = Product.objects.get(code="our-products")
    wanted = builders.a_complaint(world, channel="phone", language="et", product=product, unit=world.water)
    builders.a_complaint(world)
    client = as_(world.liis)
    address = (
        f"/staff/complaints/?view=open&stage=received&channel=phone&language=et&product=our-products"
        f"&unit={world.water.pk}&severity="
    )
    response = client.get(address)
    assert references(response) == [wanted.reference]
    page = response.content.decode()
    assert "Remove filter Channel" in page
    assert re.search(r'href="[^"]*view=open(?!.*channel=phone)[^"]*language=et[^"]*"', page.replace("&amp;", "&"))
    none = client.get(address.replace("severity=", "severity=4"))
    assert references(none) == []
    assert "No complaint matches all filters" in text_of(none)
    assert "Severity: Critical" in text_of(none)


@pytest.mark.parametrize(
    "query",
    [
        "view=nonsense&sort=nonsense&page=nonsense",
        "severity=%00&stage=%00&channel=%00&product=%00&language=%00&unit=%00&page=%00",
        "severity=99999999999999999999&unit=99999999999999999999999",
        "unit=%C2%B2&severity=%C2%B2",
        "page=adue~1~AAA&sort=priority",
        "stage=%F0%9F%92%A9&page=a~~~~~",
        "view=mine&view=open&sort=due",
    ],
)
def test_an_address_that_says_nonsense_still_shows_a_list(world, as_, query):
    builders.a_complaint(world)
    assert as_(world.liis).get(f"/staff/complaints/?{query}").status_code == 200


def test_a_cursor_from_another_sort_begins_at_the_beginning(world, as_):
    copies(world, [due(world.at + timedelta(hours=n)) for n in range(60)])
    client = as_(world.liis)
    cursor = client.get("/staff/complaints/?view=all").context["next_href"].split("page=")[1]
    response = client.get(f"/staff/complaints/?view=all&sort=received&page={cursor}")
    assert references(response) == references(client.get("/staff/complaints/?view=all&sort=received"))


def test_a_page_whose_rows_have_gone_says_so(world, as_):
    copies(world, [due(world.at + timedelta(hours=n)) for n in range(60)])
    client = as_(world.liis)
    further = client.get("/staff/complaints/?view=open").context["next_href"]
    Complaint.objects.update(stage="closed", version=9, next_due_at=None, next_due_kind="")
    response = client.get(further)
    assert "This page is empty now" in text_of(response)


def test_sorted_by_receipt_and_by_priority(world, as_):
    rows = [
        due(world.at, received_at=world.at - timedelta(days=2), priority=1, title="old and urgent"),
        due(world.at, received_at=world.at + timedelta(days=1), priority=None, title="new, not assessed"),
        due(world.at, received_at=world.at - timedelta(days=1), priority=1, title="newer and urgent"),
    ]
    made = {row.title: row.reference for row in copies(world, rows)}
    client = as_(world.liis)
    newest = references(client.get("/staff/complaints/?view=all&sort=received"))
    assert newest[0] == made["new, not assessed"]
    assert newest[-1] == made["old and urgent"]
    urgent = references(client.get("/staff/complaints/?view=all&sort=priority"))
    assert urgent[:2] == [made["newer and urgent"], made["old and urgent"]]


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("mine", "Nothing waits for you"),
        ("overdue", "Nothing is late"),
        ("safety", "No safety matter is open"),
        ("waiting", "Nobody owes us an answer"),
    ],
)
def test_an_empty_view_says_what_it_is_for(world, as_, at_moment, view, words):
    at_moment(world.at)
    builders.a_complaint(world)
    assert words in text_of(as_(world.liis).get(f"/staff/complaints/?view={view}"))


def test_the_first_use_offers_to_record_or_import(world, as_):
    response = as_(world.liis).get("/staff/complaints/")
    assert "There are no complaints yet" in text_of(response)
    assert "amends import complaints" in text_of(response)
    assert "/staff/complaints/new/" in response.content.decode()


def test_a_fragment_is_the_list_alone_with_a_spoken_count(world, as_):
    builders.a_complaint(world)
    client = as_(world.liis)
    whole = client.get("/staff/complaints/?view=open")
    part = client.get("/staff/complaints/?view=open&severity=", headers={"HX-Request": "true"})
    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert references(part) == references(whole)
    assert '<div id="live" hx-swap-oob="innerHTML">1 complaint</div>' in part.content.decode()
    assert part["HX-Push-Url"] == "/staff/complaints/?view=open"
    assert "HX-Request" in whole["Vary"]
    assert "HX-Request" in part["Vary"]
    restored = client.get("/staff/complaints/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in restored.content.decode()


def counted(client, address) -> int:
    client.get(address)  # the session notes its use once
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("who", ["liis", "clara", "mark"])
@pytest.mark.parametrize(
    "address",
    ["/staff/complaints/?view=open", "/staff/complaints/?view=all&sort=received", "/staff/complaints/?sort=priority"],
)
def test_a_list_costs_the_same_for_one_row_and_for_twenty(world, as_, who, address):
    client = as_(getattr(world, who))
    builders.a_complaint(world)
    copies(world, [due(None, priority=1, handler_id=world.liis.pk, severity=1)])
    one = counted(client, address)
    copies(
        world,
        [
            due(world.at + timedelta(hours=n) if n % 2 else None, handler_id=world.liis.pk, priority=n % 3 or None)
            for n in range(20)
        ],
    )
    twenty = counted(client, address)
    print(who, address, one, twenty)
    assert twenty == one
    assert twenty <= 30


def test_my_work_costs_no_more(world, as_):
    builders.a_complaint(world, Stage.INVESTIGATING)
    client = as_(world.liis)
    one = counted(client, "/staff/")
    for _ in range(3):
        builders.a_complaint(world, Stage.INVESTIGATING)
    assert counted(client, "/staff/") == one
    assert one <= 25
