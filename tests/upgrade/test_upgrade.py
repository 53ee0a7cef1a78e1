"""Whoever has an older version with data gets to this one without losing anything, and back."""

import pytest
from django.db.migrations.loader import MigrationLoader

from tests.upgrade.states import APP, State, names, newest

HEALTHY = {"undecided": [], "broken links of the chain": [], "wrong answers": {}}

every_state = pytest.mark.parametrize("name", names())


@pytest.fixture(scope="module")
def migrations():
    return MigrationLoader(None)


def test_the_first_state_and_the_newest_are_kept(migrations):
    newest_name = newest(migrations)[APP]
    told = "`python3 dev.py migrations` keeps the state of the newest migration"

    assert {"0001_initial", newest_name} - set(names()) == set(), told


@every_state
def test_a_kept_state_has_rows_in_every_table_of_ours(name, migrations):
    models = migrations.project_state([(APP, name)]).apps.get_app_config(APP).get_models()
    filled = {row["model"] for row in State.of(name).rows_of_ours()}

    assert filled == {model._meta.label_lower for model in models}


@every_state
def test_a_kept_state_has_decisions_in_force_and_something_that_waits(name):
    facts = State.of(name).facts

    assert [kind for kind, ids in facts["public"].items() if not ids] == []
    assert facts["waiting"] != []


@every_state
def test_what_was_kept_is_what_is_upgraded(journey, name):
    assert journey(name)["rows filled"] == State.of(name).rows_of_ours()


@every_state
def test_what_is_live_and_what_visitors_see_is_the_same_after_an_upgrade(journey, name):
    kept = State.of(name).facts

    assert journey(name)["facts"] == kept
    assert journey(name)["facts again"] == kept


@every_state
def test_decisions_are_in_force_after_an_upgrade_and_pages_answer(journey, name):
    assert journey(name)["health"] == HEALTHY
    assert journey(name)["health again"] == HEALTHY


@every_state
def test_going_back_leaves_every_row_as_it_was(journey, name):
    assert journey(name)["rows after going back"] == State.of(name).rows_of_ours()


@every_state
def test_setup_after_an_upgrade_makes_nothing_twice(journey, name):
    assert journey(name)["setups"][-1] == "Setup was complete; nothing was to do.\n"
    assert journey(name)["facts after setup"] == State.of(name).facts


@every_state
def test_what_waited_before_an_upgrade_can_be_decided_after_it(journey, name):
    decided = journey(name)["decided"]

    assert decided == dict.fromkeys(decided, True) != {}


@every_state
def test_what_waited_before_an_upgrade_is_on_the_desk_after_it(journey, name):
    assert State.of(name).facts["waiting"] != []
    assert journey(name)["not on the desk"] == []


@every_state
def test_all_migrations_can_be_undone(journey, name):
    assert journey(name)["tables left"] == []
