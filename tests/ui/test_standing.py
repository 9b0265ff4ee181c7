"""One moment and one actor per request."""

from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from amends.kit import clock
from amends.people.actions import leave
from amends.people.standing import SYSTEM
from tests.cast import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.pages")]


def test_the_actor_is_the_person_with_their_roles(world: World, client: Client) -> None:
    client.force_login(world.liis)
    assert client.get("/staff/told/").content == b"en Liis Tamm handler"


def test_public_pages_know_no_actor_and_ask_nothing_about_one(
    world: World, client: Client, django_assert_num_queries
) -> None:
    client.force_login(world.liis)
    with django_assert_num_queries(1):  # the organisation
        assert b"actor=None" in client.get("/en/").content


def test_the_moment_is_in_utc(organisation, client: Client) -> None:
    before = clock.now()
    told = datetime.fromisoformat(client.get("/en/").content.decode().rpartition("now=")[2])
    assert before <= told <= clock.now()
    assert told.utcoffset() == timedelta(0)


def test_somebody_who_left_is_nobody(world: World, client: Client) -> None:
    client.force_login(world.zoe)
    leave(world.zoe, successor=None, by=SYSTEM, at=world.at)
    assert client.get("/staff/told/").status_code == 302


def test_use_prolongs_the_session_but_is_noted_now_and_then_only(world: World, client: Client) -> None:
    client.force_login(world.liis)
    client.get("/staff/told/")
    stored = Session.objects.get()
    noted = stored.get_decoded()["used_at"]
    client.get("/staff/told/")
    assert Session.objects.get().get_decoded()["used_at"] == noted

    session = client.session
    session["used_at"] = (clock.now() - timedelta(minutes=11)).isoformat()
    session.save()
    client.get("/staff/told/")
    assert Session.objects.get().get_decoded()["used_at"] > noted


def test_staying_signed_in_is_one_post(world: World, client: Client) -> None:
    client.force_login(world.liis)
    assert client.post("/settings/session/", headers={"Sec-Fetch-Mode": "cors"}).status_code == 204
    plain = client.post("/settings/session/", headers={"Referer": "http://testserver/staff/told/"})
    assert plain["Location"] == "http://testserver/staff/told/"
    strange = client.post("/settings/session/", headers={"Referer": "https://elsewhere.example/"})
    assert strange["Location"] == "/"
