"""Brings the morning of a leader, as the shipped demo has it, into a data folder that is named on the command line."""

import sys
from pathlib import Path

from motcua.project.commands.shell import inside
from motcua.project.runtime.installation import Installation


def prepare(folder: Path) -> None:
    """Let about sixty dossiers wait for the leaders of the ward."""
    with inside(Installation(folder)):
        from django.utils import timezone

        from motcua.project.demo.morning import tell_morning
        from motcua.project.demo.story import Story
        from motcua.project.demo.units import MAIN_WARD

        tell_morning(Story([MAIN_WARD], now=timezone.now()))


if __name__ == "__main__":
    prepare(Path(sys.argv[1]))
