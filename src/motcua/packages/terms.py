"""Words of the room: how a package is laid out, and how large it may be."""

from typing import Final

#: The version of the layout that this program writes and reads (`format: 1` in procedure.yaml).
FORMAT: Final = 1

PROCEDURE_FILE: Final = "procedure.yaml"
FORM_FILE: Final = "form.yaml"
PROCESS_FILE: Final = "process.yaml"
PAPERS_FOLDER: Final = "papers"
TESTS_FOLDER: Final = "tests"
TEXTS_FOLDER: Final = "texts"

#: Bytes of one file, bytes of all files together, how many files.
LARGEST_FILE: Final = 1024 * 1024
LARGEST_PACKAGE: Final = 16 * 1024 * 1024
MOST_FILES: Final = 1000
#: Lists and mappings inside one another.
DEEPEST: Final = 40

#: Where a value stands: names of mappings, numbers of lists (from 0).
Path = tuple[str | int, ...]
