"""Run a command inside an installation: its database, its environment, Django."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from motcua.project.runtime.errors import StartError
from motcua.project.runtime.fingerprint import prepared_for
from motcua.project.runtime.installation import Installation


@contextlib.contextmanager
def inside(installation: Installation, *, ready: bool = True, django: bool = True) -> Iterator[str]:
    """Enter an installation and yield its database's address. Raises StartError.

    With ready=True the database must have been prepared by `motcua up` before.
    """
    if ready and not installation.exists():
        raise StartError(
            f"Thư mục {installation.data_dir} chưa có dữ liệu Một Cửa.",
            "Hãy chạy «motcua up» trước, hoặc chỉ đúng thư mục bằng --data.",
        )
    installation.make()
    with installation.database() as database_url:
        if ready and not installation.external_url and not prepared_for(database_url):
            raise StartError("Cơ sở dữ liệu chưa được chuẩn bị xong.", "Hãy chạy «motcua up» trước.")
        os.environ.update(installation.environment(database_url, base_url=installation.running().get("url", "")))
        if django:
            _set_up_django()
        try:
            yield database_url
        finally:
            _close_connections()


def _set_up_django() -> None:
    import django

    django.setup()


def _close_connections() -> None:
    from django.db import connections

    with contextlib.suppress(Exception):
        connections.close_all()
