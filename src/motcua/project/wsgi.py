"""The WSGI application that the web server loads."""

import os
import shutil
from pathlib import Path

from django.core.wsgi import get_wsgi_application


def _share_figures() -> None:
    """Let the processes of one web server add up their figures in a folder; it must be named before Django loads."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        return
    folder = Path(os.environ.get("MOTCUA_DATA", "var"), "metrics", str(os.getppid()))
    for former in folder.parent.glob("*"):
        if former != folder:
            shutil.rmtree(former, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


_share_figures()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.project.settings")
application = get_wsgi_application()
