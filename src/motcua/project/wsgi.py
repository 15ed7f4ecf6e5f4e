"""The WSGI application that the web server loads."""

import gc
import os
import shutil
from pathlib import Path

from django.core.wsgi import get_wsgi_application

#: So many new objects before Python looks for cycles among them: a page makes thousands that end with it by themselves.
_OBJECTS_BEFORE_LOOKING = 20_000


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
gc.collect()
gc.freeze()  # what is loaded stays; nobody needs to look through it again
gc.set_threshold(_OBJECTS_BEFORE_LOOKING, *gc.get_threshold()[1:])
