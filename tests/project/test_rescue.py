"""`amends rescue`: somebody who lost everything comes in again, and the journal says how."""

import argparse

import pytest
from allauth.mfa.models import Authenticator

from amends.journal.models import Entry
from amends.kit.refusal import Refusal
from amends.people.actions import reset_second_factor
from amends.project.cli import SetUpError
from amends.project.commands import rescue


def test_the_printed_link_leads_to_a_new_password_and_the_second_factor_is_gone(world, capsys, client):
    Authenticator.objects.create(user=world.adam, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert rescue.run(argparse.Namespace(email=world.adam.email.upper())) == 0
    assert not Authenticator.objects.filter(user=world.adam).exists()
    link = capsys.readouterr().out.strip().rsplit(" ", 1)[-1]
    path = link[link.index("/invitation/") :]
    page = client.post(path, {"password": "quiet heron by the lake", "password_again": "quiet heron by the lake"})
    assert page.status_code == 302, page.content.decode()
    world.adam.refresh_from_db()
    assert world.adam.check_password("quiet heron by the lake")
    facts = Entry.objects.get(event="people.second_factor_reset").facts
    assert (facts["check"], facts["removed"]) == ("on_host", 1)


def test_without_a_second_factor_there_is_only_the_link(world, capsys):
    assert rescue.run(argparse.Namespace(email=world.liis.email)) == 0
    assert "second factor" not in capsys.readouterr().out


def test_an_address_that_nobody_has_is_said(world):
    with pytest.raises(SetUpError, match="Nobody who works here"):
        rescue.run(argparse.Namespace(email="nobody@larkhaven.example"))


def test_nobody_in_the_application_can_use_that_reason(world):
    Authenticator.objects.create(user=world.liis, type=Authenticator.Type.TOTP, data={"secret": "x"})
    with pytest.raises(Refusal) as refused:
        reset_second_factor(world.liis, check="on_host", by=world.as_(world.adam), at=world.at)
    assert refused.value.code == "check_needed"
