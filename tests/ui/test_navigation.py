"""The rail shows what a role may use, and nothing that does not exist."""

from datetime import datetime

import pytest
from django.db.models import QuerySet
from django.test import RequestFactory

from amends.complaints.queries import capped_counts
from amends.framework.permissions import May as MayFramework
from amends.people.models import Person
from amends.people.permissions import May
from amends.people.standing import Staff
from amends.ui import navigation
from amends.ui.navigation import Count, Entry, PublicEntry, Tally
from tests.cast import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.pages")]


def mine(actor: Staff, now: datetime) -> list[QuerySet[Person]]:
    return [Person.objects.filter(pk=actor.person_id), Person.objects.none()]


def late(own: int, none: int) -> Count:
    return Count(f"{own} late, {none} of none", is_hot=True)


@pytest.fixture(autouse=True)
def entries(_without_doors: None) -> None:
    work = Entry("My work", "inbox", "preferences", May.WORK_HERE, tally=Tally(mine, late))
    navigation.register(
        work, Entry("Administration", "sliders", "components", MayFramework.SEE_SETTINGS, group="Setup")
    )
    navigation.register(work)  # a second AppConfig.ready() adds nothing
    navigation.register_counting(capped_counts)
    navigation.register_public(PublicEntry("Track", "track"), PublicEntry("Privacy", "home", in_footer=True))


def test_each_role_sees_its_own(world: World) -> None:
    request = RequestFactory().get("/settings/preferences/")
    shown = {
        name: navigation.places_for(world.as_(getattr(world, name)), request, world.at) for name in ("liis", "adam")
    }
    assert [place.entry.label for place in shown["liis"]] == ["My work"]
    assert [place.entry.label for place in shown["adam"]] == ["My work", "Administration"]


def test_the_current_place_is_the_nearest_above(world: World) -> None:
    request = RequestFactory().get("/settings/components/more/")
    places = navigation.places_for(world.as_(world.adam), request, world.at)
    assert [place.is_current for place in places] == [False, True]
    assert places[0].count == Count("1 late, 0 of none", is_hot=True)


def test_the_bottom_bar_has_room_for_four_by_rank_and_says_what_is_late_behind_more() -> None:
    def place(label: str, rank: int, count: Count | None = None) -> navigation.Place:
        entry = Entry(label, "inbox", "preferences", May.WORK_HERE, short=label if rank else "", rank=rank)
        return navigation.Place(entry, "/", is_current=False, count=count)

    hot = Count("2 late", is_hot=True, number="2")
    some = [place("Sixth", 6), place("Long", 0), place("First", 1, hot), place("Third", 3), place("Second", 2)]
    bar = navigation.bottom_bar_of([*some, place("Fifth", 5)])
    assert [each.entry.label for each in bar.places] == ["First", "Second", "Third", "Fifth"]
    assert not bar.is_hot, "what is late stands in the bar itself"
    assert navigation.bottom_bar_of([*some, place("Fifth", 5), place("Mail", 0, hot)]).is_hot
    assert (hot.brief, Count("7").brief) == ("2", "7")


def test_public_links_are_in_the_language_of_the_page() -> None:
    request = RequestFactory().get("/en/track/")
    head = navigation.public_links(request, in_footer=False)
    assert [(link.href, link.is_current) for link in head] == [("/en/track/", True)]
    assert [link.label for link in navigation.public_links(request, in_footer=True)] == ["Privacy"]


def test_without_a_search_page_there_is_no_search() -> None:
    assert navigation.search_address() == ""
    navigation.register_search("preferences")
    assert navigation.search_address() == "/settings/preferences/"
