"""The machine: what it is, and how much processor time groups of processes have used."""

import os
import platform
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_FIELDS_BEFORE_STATE = 2


def cpu_seconds(root_pid: int) -> float:
    """Processor seconds used so far by a process and everything below it, ended children included."""
    parents = dict(_parents())
    below = {root_pid}
    while more := {pid for pid, parent in parents.items() if parent in below} - below:
        below |= more
    return sum(_used(pid) for pid in below)


def _parents() -> list[tuple[int, int]]:
    stats = {int(entry.name): _stat(int(entry.name)) for entry in Path("/proc").iterdir() if entry.name.isdigit()}
    return [(pid, int(stat[1])) for pid, stat in stats.items() if stat]


def _used(pid: int) -> float:
    stat = _stat(pid)
    return sum(map(int, stat[11:15])) / _TICKS if stat else 0.0


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the third on (the second may hold blanks); empty when the process is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def description() -> str:
    """The machine in one line, without its name."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    memory = next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    gigabytes = int(memory.split()[1]) / 1024**2
    python = platform.python_version()
    return f"{os.cpu_count()} cores ({model or platform.machine()}), {gigabytes:.0f} GB, Python {python}"
