"""Random lives of complaints against a plain second implementation. A long run: `python bench/lives.py`."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.complaints.machine import Machine


@pytest.mark.django_db
def test_verbs_and_plain_complaints_agree(world):
    class Here(Machine):
        world_of = staticmethod(lambda: world)

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=6,
            stateful_step_count=60,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=[Phase.generate],
        ),
    )
