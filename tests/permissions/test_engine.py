"""Denied unless a table says otherwise."""

from enum import StrEnum

import pytest

from amends.kit.refusal import Refusal
from amends.people.standing import SYSTEM, Scope, Staff
from amends.permissions import engine
from amends.permissions.engine import all_rules, holds_anywhere, may, register, require
from amends.permissions.roles import Role


class May(StrEnum):
    READ = "tests.read"
    WRITE = "tests.write"
    NOTHING_SAYS = "tests.nothing_says"


@pytest.fixture(autouse=True)
def no_other_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_RULES", {})


def staff(*roles: Role) -> Staff:
    return Staff(1, "Zoe", "en", dict.fromkeys(roles, Scope(everywhere=True)))


def is_open(person: object, subject: object) -> bool:
    return subject == "open"


def fails(person: object, subject: object) -> bool:
    raise AssertionError("asked, although the alternative was decided")


def test_an_act_that_no_table_names_is_denied_to_everybody():
    for person in (staff(), staff(*Role), SYSTEM):
        assert not may(person, May.NOTHING_SAYS)
        assert not may(person, May.NOTHING_SAYS, "open")


def test_an_act_with_an_empty_table_is_denied():
    register({May.READ: []})
    assert not may(staff(*Role), May.READ)


def test_all_conditions_of_one_alternative_have_to_hold():
    register({May.READ: [[holds_anywhere(Role.HANDLER), is_open], [holds_anywhere(Role.AUDITOR)]]})
    assert may(staff(Role.HANDLER), May.READ, "open")
    assert not may(staff(Role.HANDLER), May.READ, "closed")
    assert may(staff(Role.AUDITOR), May.READ, "closed")
    assert not may(staff(Role.TOP_MANAGEMENT), May.READ, "open")


def test_conditions_are_asked_from_left_to_right_and_no_further_than_needed():
    register({May.READ: [[is_open, fails], [holds_anywhere(Role.AUDITOR)], [fails]]})
    assert may(staff(Role.AUDITOR), May.READ, "closed")


def test_an_act_has_one_table():
    rules = {May.WRITE: [[is_open]]}
    register(rules)
    register(rules)  # the same module, imported twice
    with pytest.raises(RuntimeError, match="two rules"):
        register({May.WRITE: [[holds_anywhere(Role.AUDITOR)]]})
    assert not may(staff(Role.AUDITOR), May.WRITE, "closed")


def test_who_may_not_is_refused_with_what_to_do():
    register({May.WRITE: [[is_open]]})
    require(staff(), May.WRITE, "open")
    with pytest.raises(Refusal) as refused:
        require(staff(), May.WRITE, "closed")
    assert refused.value.code == "not_permitted"
    assert refused.value.facts == {"act": "tests.write"}
    assert "Ask the person" in str(refused.value.sentence)


def test_the_table_can_be_read_but_not_altered_from_outside():
    register({May.READ: [[is_open]]})
    everything = all_rules()
    everything[May.WRITE] = [[is_open]]
    assert not may(staff(), May.WRITE, "open")
    assert everything[May.READ][0][0].__name__ == "is_open"


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_name_and_a_duty_in_a_sentence(role: Role):
    assert str(role.label)
    assert str(role.duty).endswith(".")
    assert holds_anywhere(role).__name__ == f"is_{role.value}"
    assert holds_anywhere(role)(staff(role), None)
    assert not holds_anywhere(role)(staff(), None)


def test_the_codes_of_the_roles_are_those_that_stand_in_the_journal():
    assert list(Role) == [
        "top_management",
        "management_representative",
        "unit_manager",
        "front_line",
        "handler",
        "decision_maker",
        "auditor",
        "data_protection",
        "administrator",
    ]
