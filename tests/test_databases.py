"""The databases that the tests stand on: real, empty and each test's own."""

from __future__ import annotations

import sqlalchemy as sa

from tests.postgres import PostgresServer


def test_database_should_be_empty_when_a_test_begins(database_url: str) -> None:
    engine = sa.create_engine(database_url)
    assert sa.inspect(engine).get_table_names() == []
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE left_behind (id integer)"))
    assert sa.inspect(engine).get_table_names() == ["left_behind"]
    engine.dispose()


def test_database_should_still_be_empty_when_the_test_before_left_a_table(database_url: str) -> None:
    engine = sa.create_engine(database_url)
    assert sa.inspect(engine).get_table_names() == []
    engine.dispose()


def test_create_should_copy_the_template_when_one_is_named(postgres: PostgresServer) -> None:
    template = postgres.create()
    engine = sa.create_engine(template)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE copied (id integer)"))
    engine.dispose()

    copy = postgres.create(template=str(template.database))
    engine = sa.create_engine(copy)
    assert sa.inspect(engine).get_table_names() == ["copied"]

    postgres.drop(copy)  # while the engine still holds a connection
    engine.dispose()
    postgres.drop(template)
