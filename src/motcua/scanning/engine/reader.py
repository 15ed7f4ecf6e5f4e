"""The child process that reads a stack: `python -m motcua.scanning.engine.reader`, a job as JSON on standard input.

The job: {"files": [{"path", "media_type"}], "folder", "reads", "processes"}. On standard output one JSON object a
line: first {"pages": total}, then one for each page as it is finished, in any order:
{"file", "page", "target", "kind", "width", "height", "dpi", "source_dpi", "lines", "mark"?, "problem"?}.
Nothing of the database or the settings is here; memory and time are bounded, so a page made to harm harms this process.
"""

import json
import resource
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from motcua.scanning.engine.one_page import Task, again, page_of
from motcua.scanning.engine.unpack import PageUnreadableError, pages_in

#: Bytes of address space of one process: a page of 60 megapixels takes a fifth of it.
_MEMORY: Final = 3 * 1024**3
_FILE_BYTES: Final = 256 * 1024**2


def main() -> None:
    """Read the stack asked for on the standard input."""
    job = json.load(sys.stdin)
    _bound()
    if "again" in job:
        task = Task(**job["again"])
        _say(again(task, int(job["dpi"])))
        return
    _read(job)


def _read(job: dict[str, Any]) -> None:
    tasks, problems = _tasks(job)
    _say({"pages": len(tasks) + len(problems)})
    for problem in problems:
        _say(problem)
    with ProcessPoolExecutor(int(job.get("processes", 2)), mp_context=get_context("fork")) as pool:
        waiting = {pool.submit(page_of, task): (place, task) for place, task in tasks}
        for done in as_completed(waiting):
            file, task = waiting[done]
            try:
                facts = done.result()
            except MemoryError:
                facts = {"problem": "Trang quá lớn, không đọc được."}
            _say({"file": file, "page": task.page, "target": task.target, **facts})


def _tasks(job: dict[str, Any]) -> tuple[list[tuple[int, Task]], list[dict[str, Any]]]:
    tasks: list[tuple[int, Task]] = []
    problems: list[dict[str, Any]] = []
    folder = Path(job["folder"])
    for place, file in enumerate(job["files"]):
        try:
            count = pages_in(Path(file["path"]), file["media_type"])
        except PageUnreadableError as error:
            problems.append({"file": place, "page": 0, "target": "", "problem": str(error)})
            continue
        for page in range(count):
            target = str(folder / f"{place:03d}-{page:04d}.jpg")
            tasks.append((place, Task(file["path"], file["media_type"], page, target, reads=bool(job["reads"]))))
    return tasks, problems


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, _FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _say(facts: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
