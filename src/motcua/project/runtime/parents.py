"""A program that ends when whoever started it ends, whatever the way."""

from __future__ import annotations

import ctypes
import os
import signal

_PR_SET_PDEATHSIG = 1


def end_with(parent: int, number: signal.Signals) -> None:
    """In the child, before its program begins: have the kernel send `number` when the process `parent` dies.

    It may have died already, in the moment before this was asked: then nothing is begun.
    """
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number)
    if os.getppid() != parent:
        os._exit(1)
