"""Tests that really commit: in a copy of the test database of their own, so that nothing must be emptied after them.

(Emptying is what Django would do, and what the journal's triggers refuse.)
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.signals import request_started
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from motcua.kernel.errors import MotCuaError

T = TypeVar("T")


@contextmanager
def own_database(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let every connection of this process, old or new, lead to a fresh copy; drop it at the end."""
    settings: dict[str, Any] = connections.settings["default"]
    template = settings["NAME"]
    copy = f"{template}_own"
    with blocker.unblock():
        connection.close()
        _run(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)', f'CREATE DATABASE "{copy}" TEMPLATE "{template}"')
        settings["NAME"] = connection.settings_dict["NAME"] = copy
        _forget()
        try:
            yield
        finally:
            connection.close()
            settings["NAME"] = connection.settings_dict["NAME"] = template
            _run(f'DROP DATABASE "{copy}" WITH (FORCE)')
            connection.close()
            _forget()


def at_once(*deeds: Callable[[], T]) -> list[T | MotCuaError]:
    """Do everything at the same time, each in a thread and connection of its own; return what each gave or raised."""
    gate = threading.Barrier(len(deeds))
    found: list[Any] = [AssertionError("it never ended")] * len(deeds)

    def run(number: int, deed: Callable[[], T]) -> None:
        try:
            connection.ensure_connection()
            gate.wait(timeout=20)
            found[number] = deed()
        except BaseException as error:
            found[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    for one in found:
        if isinstance(one, BaseException) and not isinstance(one, MotCuaError):
            raise one
    return found


def _run(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _forget() -> None:
    """What processes remember of the database is asked for anew at the start of a request."""
    request_started.send(sender=None)
