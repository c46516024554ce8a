"""The tests' own database: used as the service uses it."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError


def asked(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


@pytest.mark.django_db
def test_the_role_of_the_tests_passes_by_nothing():
    assert asked("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == (
        "kept_app",
        False,
        False,
    )


@pytest.mark.django_db
def test_the_service_cannot_make_a_table():
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        asked("CREATE TABLE sneaky (id int)")


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_is_emptied_afterwards_although_the_service_may_not_truncate():
    with pytest.raises(ProgrammingError, match="permission denied"):
        asked("TRUNCATE django_session")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES ('left-behind', 'nothing', now())")


@pytest.mark.django_db(transaction=True)
def test_nothing_was_left_behind():
    assert asked("SELECT count(*) FROM django_session WHERE session_key = 'left-behind'") == (0,)
