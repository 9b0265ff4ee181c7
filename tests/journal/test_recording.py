import pytest
from django.db import IntegrityError, transaction

from amends.journal.models import Entry
from amends.kit import clock
from amends.people.actions import add_unit
from amends.people.standing import SYSTEM


@pytest.mark.django_db
def test_one():
    add_unit("Org", parent=None, by=SYSTEM, at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.all().update(event="x")


def test_own(own_database):
    add_unit("Org", parent=None, by=SYSTEM, at=clock.now())
    assert Entry.objects.count() == 1


def test_own2(own_database):
    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_again():
    assert Entry.objects.count() == 0
