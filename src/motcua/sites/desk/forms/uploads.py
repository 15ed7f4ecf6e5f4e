"""Files in forms: stored as soon as they arrive, kept across errors by signed references."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString

from motcua.dossiers.rules.application import FileRef
from motcua.files.actions.store import store_upload
from motcua.files.queries import arrived
from motcua.files.terms import StoredFile
from motcua.identity.terms import Actor
from motcua.kernel.errors import MotCuaError

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx"
#: What follows the name of a field for the marks of files that already arrived.
KEPT = "__giu"
#: What follows it for the numbers of files that a script sent in pieces.
SENT = "__tai"
_SALT = "motcua.desk.upload"
_A_DAY = 24 * 3600


@dataclass
class Arrived:
    """What a form brought for one field: fresh files, marks of those stored at an earlier try, and the numbers of
    those that a script sent in pieces before the form."""

    fresh: "Sequence[UploadedFile[bytes]]" = ()
    marks: Sequence[str] = ()
    sent: Sequence[str] = ()
    refs: list[FileRef] = field(default_factory=list)


class StoredFileInput(forms.FileInput):
    """A file input with a ticked box for every file that already arrived; no script needed to keep or drop one."""

    allow_multiple_selected = True

    def __init__(self, *, several: bool) -> None:
        super().__init__({"accept": ACCEPTED, "data-tep": "/tep/"} | ({"multiple": True} if several else {}))
        self._arrived: Arrived | None = None

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Arrived:
        """Return the same `Arrived` for the whole life of the form, so that stored files can be shown again."""
        if self._arrived is None:
            marks = data.getlist(name + KEPT) if hasattr(data, "getlist") else ()
            fresh = files.getlist(name) if hasattr(files, "getlist") else ()
            sent = data.getlist(name + SENT) if hasattr(data, "getlist") else ()
            self._arrived = Arrived(fresh, marks, sent)
        return self._arrived

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files and name + KEPT not in data and name + SENT not in data

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the input below the boxes of what already arrived."""
        refs = value.refs if isinstance(value, Arrived) else []
        kept = [{"name": ref.name, "mark": mark_of(ref)} for ref in refs]
        box = super().render(name, None, attrs, renderer)
        return render_to_string("desk/parts/files_input.html", {"kept": kept, "kept_name": name + KEPT, "input": box})


class StoredFilesField(forms.Field):
    """Cleans to a tuple of `FileRef`; every file is checked and stored by the room `files` on the way."""

    def __init__(self, *, actor: Actor, at: datetime, several: bool = True, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(widget=StoredFileInput(several=several), **options)
        self.actor, self.at, self.several = actor, at, several

    def clean(self, value: Arrived) -> tuple[FileRef, ...]:
        """Store what is fresh; raises ValidationError with every problem, keeping the files that were good."""
        problems: list[ValidationError] = []
        for mark in value.marks:
            ref = ref_of(mark)
            if ref is None:
                problems.append(ValidationError("Tệp đã tải lên không còn dùng được; hãy chọn lại tệp.", code="stale"))
            else:
                value.refs.append(ref)
        for number in value.sent:
            self._take(value, problems, partial(arrived, self.actor, number))
        for fresh in value.fresh:
            self._take(value, problems, partial(self._store, fresh))
        if not self.several:
            del value.refs[:-1]
        if problems:
            raise ValidationError(problems)
        return tuple(value.refs)

    def _store(self, fresh: "UploadedFile[bytes]") -> StoredFile:
        declared = fresh.content_type or ""
        return store_upload(self.actor, fresh, name=fresh.name or "tep", at=self.at, declared_type=declared)

    @staticmethod
    def _take(value: Arrived, problems: list[ValidationError], get: Callable[[], StoredFile]) -> None:
        try:
            stored = get()
        except MotCuaError as refusal:
            problems += [ValidationError(problem.message, code=problem.code) for problem in refusal.problems]
        else:
            value.refs.append(FileRef(stored.sha256, stored.name))


def mark_of(ref: FileRef) -> str:
    """Return the signed reference that stands for a stored file in a form."""
    return signing.dumps([ref.sha256, ref.name], salt=_SALT)


def mark_of_stored(stored: StoredFile) -> str:
    """Return the signed reference of a file that was stored before its form was read."""
    return mark_of(FileRef(stored.sha256, stored.name))


def ref_of(mark: str) -> FileRef | None:
    """Return the file behind a signed reference; None when it is forged or older than a day."""
    try:
        sha256, name = signing.loads(mark, salt=_SALT, max_age=_A_DAY)
    except (signing.BadSignature, ValueError):
        return None
    return FileRef(str(sha256), str(name))
