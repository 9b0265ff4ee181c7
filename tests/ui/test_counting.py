"""The number of queries, for benchmarks."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.pages")]


def test_it_is_told_when_asked_for(organisation, client: Client, settings) -> None:
    settings.AMENDS_QUERY_HEADER = True
    assert client.get("/queries/")["Server-Timing"] == 'db;desc="4 queries"'  # three, and the organisation


def test_it_is_not_told_otherwise(organisation, client: Client) -> None:
    assert "Server-Timing" not in client.get("/queries/")
