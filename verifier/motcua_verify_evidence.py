#!/usr/bin/env python3
"""Kiểm tra gói bằng chứng của Một Cửa trên một máy không cài Một Cửa. / Checks an evidence bundle of Một Cửa.

One file, Python 3.9 or later, nothing but the standard library. What is trusted (public keys, earlier heads) comes from
the command line, never from the bundle. Exit code: 0 whole, 1 something is not what it was, 2 could not be checked.
"""

import argparse
import base64
import datetime
import hashlib
import itertools
import json
import re
import sqlite3
import sys
import zipfile
from pathlib import Path

FORMAT = "motcua-evidence-1"
KINDS = {"entry": "Dòng nhật ký", "reading": "Lượt xem dữ liệu cá nhân", "blob": "Tệp", "origin": "Khởi đầu của sổ"}
MOST_NAMED = 20
MOST_FINDINGS = 10000
LATE = datetime.timedelta(hours=1)


class UnusableError(Exception):
    """Something given cannot be read; nothing can be said."""


# --- signatures: Ed25519 (RFC 8032) and ECDSA over P-256 (FIPS 186-5), verification only --------------------------

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)


def _add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % _P, (a[1] + a[0]) * (b[1] + b[0]) % _P
    g, h = 2 * a[3] * b[3] * _D % _P, 2 * a[2] * b[2] % _P
    x, z, t, y = f - e, h - g, h + g, f + e
    return (x * z % _P, t * y % _P, z * t % _P, x * y % _P)


def _times(number, point):
    found = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = _add(found, point)
        point, number = _add(point, point), number >> 1
    return found


def _recover_x(y, sign):
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    if square == 0:
        return None if sign else 0
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P:
        return None
    return _P - x if x & 1 != sign else x


def _point(raw):
    if len(raw) != 32:
        return None
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    x = _recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % _P)


def _compressed(point):
    inverse = pow(point[2], -1, _P)
    x, y = point[0] * inverse % _P, point[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")


_BASE_Y = 4 * pow(5, -1, _P) % _P
_BASE = _point(_BASE_Y.to_bytes(32, "little"))


def ed25519_fits(key, text, signature):
    """Tell whether the signature (64 bytes) over the text is of the public key (32 bytes)."""
    point = _point(key)
    if point is None or len(signature) != 64 or _point(signature[:32]) is None:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    if scalar >= _L:
        return False
    hashed = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % _L
    left = _times(scalar, _BASE)
    right = _add(_point(signature[:32]), _times(hashed, point))
    return _compressed(left) == _compressed(right)


_Q = 2**256 - 2**224 + 2**192 + 2**96 - 1
_N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
_G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
_P256_HEAD = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")


def _p256_add(a, b):
    if a is None or b is None:
        return a or b
    if a[0] == b[0]:
        if (a[1] + b[1]) % _Q == 0:
            return None
        slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, _Q) % _Q
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, _Q) % _Q
    x = (slope * slope - a[0] - b[0]) % _Q
    return x, (slope * (a[0] - x) - a[1]) % _Q


def _p256_times(number, point):
    found = None
    while number:
        if number & 1:
            found = _p256_add(found, point)
        point, number = _p256_add(point, point), number >> 1
    return found


def _der_pair(raw):
    if len(raw) < 8 or raw[0] != 0x30 or raw[1] != len(raw) - 2 or raw[2] != 2:
        return None
    length = raw[3]
    rest = raw[4 + length :]
    if len(rest) < 3 or rest[0] != 2 or rest[1] != len(rest) - 2:
        return None
    return int.from_bytes(raw[4 : 4 + length], "big"), int.from_bytes(rest[2:], "big")


def p256_fits(spki, text, signature):
    """Tell whether the ECDSA signature (DER) over the text is of the public key (DER of SubjectPublicKeyInfo)."""
    pair = _der_pair(signature)
    if pair is None or not spki.startswith(_P256_HEAD + b"\x04") or len(spki) != len(_P256_HEAD) + 65:
        return False
    key = (int.from_bytes(spki[-64:-32], "big"), int.from_bytes(spki[-32:], "big"))
    r, s = pair
    if not (0 < r < _N and 0 < s < _N) or (key[1] ** 2 - key[0] ** 3 + 3 * key[0] - _B) % _Q:
        return False
    inverse = pow(s, -1, _N)
    hashed = int.from_bytes(hashlib.sha256(text).digest(), "big")
    found = _p256_add(_p256_times(hashed * inverse % _N, _G), _p256_times(r * inverse % _N, key))
    return found is not None and found[0] % _N == r


# --- the tree of RFC 9162 ------------------------------------------------------------------------------------------


def leaf_hash(content):
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left, right):
    """Return the hash over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from_inclusion(leaf, index, size, path):
    """Return the root to which the path leads from this leaf hash; None for a path that cannot be one."""
    if not 0 <= index < size:
        return None
    found, place, last = leaf, index, size - 1
    for sibling in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


def is_consistent(earlier, earlier_root, size, root, path):
    """Tell whether the proof shows that the tree with `root` begins with the tree with `earlier_root`."""
    if earlier == size:
        return not path and earlier_root == root
    if not 0 < earlier < size or not path:
        return False
    steps = [earlier_root, *path] if earlier & (earlier - 1) == 0 else path
    place, last = earlier - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = steps[0]
    for one in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(one, old), node_hash(one, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, one)
        place, last = place >> 1, last >> 1
    return last == 0 and old == earlier_root and new == root


class Growing:
    """The root over the leaves so far."""

    def __init__(self):
        self.size, self.peaks = 0, []

    def add(self, leaf):
        """Take in the hash of the next leaf."""
        count = self.size
        while count & 1:
            leaf, count = node_hash(self.peaks.pop(), leaf), count >> 1
        self.peaks.append(leaf)
        self.size += 1

    def root(self):
        """Return the root."""
        found = self.peaks[-1] if self.peaks else hashlib.sha256(b"").digest()
        for peak in reversed(self.peaks[:-1]):
            found = node_hash(peak, found)
        return found


# --- heads and keys ------------------------------------------------------------------------------------------------


class Key:
    """A public key: `name+id+base64(kind, key)`, as `motcua evidence key show` prints it."""

    def __init__(self, text):
        try:
            self.name, key_id, coded = text.strip().split("+", 2)
            raw = base64.b64decode(coded, validate=True)
            self.kind, self.key = raw[0], raw[1:]
        except (ValueError, IndexError):
            raise UnusableError("Khóa công khai không đọc được: %r" % text[:80]) from None
        self.id = hashlib.sha256(self.name.encode() + b"\n" + raw).digest()[:4]
        if self.id.hex() != key_id or self.kind not in (1, 2):
            raise UnusableError("Khóa công khai bị sai: %r" % text[:80])

    def fits(self, text, signature):
        """Tell whether the signature over the text is of this key."""
        return (ed25519_fits if self.kind == 1 else p256_fits)(self.key, text, signature)


class Head:
    """A signed tree head: what its note says."""

    def __init__(self, note, stamps=()):
        self.note, self.stamps = note, stamps
        body, gap, tail = note.partition("\n\n")
        lines = body.split("\n")
        try:
            self.origin, size, root, at, previous = lines
            self.size, self.root = int(size), base64.b64decode(root, validate=True)
            self.at, self.previous = at[3:], previous[len("previous ") :].replace("-", "")
            self.signatures = [line.split(" ") for line in tail.splitlines() if line]
        except ValueError:
            raise UnusableError("Đầu sổ không đọc được: %r" % note[:80]) from None
        if not gap or not at.startswith("at ") or any(len(one) != 3 for one in self.signatures):
            raise UnusableError("Đầu sổ không đọc được: %r" % note[:80])
        self.text = (body + "\n").encode()
        self.digest = hashlib.sha256(note.encode()).digest()

    def problem(self, keys):
        """Say why no key of `keys` signed it; "" for a good signature."""
        if not self.signatures:
            return "không có chữ ký"
        for _dash, name, coded in self.signatures:
            raw = base64.b64decode(coded)
            for key in keys:
                if (key.name, key.id) == (name, raw[:4]):
                    return "" if key.fits(self.text, raw[4:]) else "chữ ký không khớp văn bản"
        return "không do khóa nào được đưa vào ký"


# --- words ---------------------------------------------------------------------------------------------------------


def moment(text):
    """Return an ISO moment as Vietnam's clocks say it."""
    try:
        at = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return text
    return at.astimezone(datetime.timezone(datetime.timedelta(hours=7))).strftime("%H:%M:%S %d/%m/%Y")


def about_of(leaf):
    """Return what is known of a leaf: its content's own words, else what was said of it."""
    if leaf.get("content") and leaf["kind"] in ("entry", "reading"):
        said = json.loads(leaf["content"])
        data = json.loads(said["data"]) if "data" in said else {}
        code = said.get("code") or (data.get("code") if isinstance(data, dict) else "") or ""
        thing = "%s %s" % (said["object_type"], said["object_id"])
        return {
            "verb": said.get("verb", "read"),
            "object": thing,
            "code": code,
            "actor": said["actor_name"],
            "at": said["at"],
        }
    return leaf.get("about") or {}


class Report:
    """What was found, in the order in which it was found."""

    def __init__(self, verbs):
        self.verbs, self.findings, self.notes, self.open, self.count = verbs, [], [], [], 0

    def name(self, leaf):
        """Name a leaf: what, who, when."""
        about = about_of(leaf)
        row = "%s số %s" % (KINDS.get(leaf["kind"], leaf["kind"]), leaf.get("id") or leaf.get("subject") or "?")
        if not about.get("verb"):
            return row
        verb = self.verbs.get(about["verb"], about["verb"])
        code = " (hồ sơ %s)" % about["code"] if about.get("code") else ""
        actor = ", %s" % about["actor"] if about.get("actor") else ""
        return "%s: «%s» trên %s%s%s, lúc %s" % (
            row,
            verb,
            about.get("object", "?"),
            code,
            actor,
            moment(about.get("at", "")),
        )

    def find(self, kind, message, leaf=None):
        """Keep a finding."""
        self.count += 1
        if self.count > MOST_FINDINGS:
            return
        facts = {"seq": leaf.get("seq"), "id": leaf.get("id"), **about_of(leaf)} if leaf else {}
        self.findings.append({"kind": kind, "message": message, "facts": facts})


# --- the bundle ----------------------------------------------------------------------------------------------------


class Bundle:
    """A ZIP file made by `motcua evidence export`."""

    def __init__(self, path):
        try:
            self.zip = zipfile.ZipFile(path)
            self.manifest = json.loads(self.zip.read("manifest.json"))
        except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
            raise UnusableError("%s không phải gói bằng chứng: %s" % (path, error)) from None
        if self.manifest.get("format") != FORMAT:
            raise UnusableError("%s không phải gói bằng chứng mà chương trình này đọc được." % path)
        self.is_whole = self.manifest["scope"] == "all"
        self.names = set(self.zip.namelist())

    def lines(self, name):
        """Yield the objects of a file of lines; nothing when it is not there."""
        if name in self.names:
            with self.zip.open(name) as file:
                for line in file:
                    yield json.loads(line)

    def heads(self):
        """Return the heads, the smallest first."""
        found = [Head(one["note"], one.get("stamps", [])) for one in self.lines("heads.jsonl")]
        return sorted(found, key=lambda head: (head.size, head.at))


def check_heads(bundle, heads, keys, report):
    """Check origin, signature, timestamp and order of the heads."""
    before = None
    for head in heads:
        if head.origin != bundle.manifest["origin"]:
            report.find("head", "Đầu sổ %d lá là của sổ khác: %s." % (head.size, head.origin))
        if keys and head.problem(keys):
            said = "Chữ ký của đầu sổ %d lá ký lúc %s không đúng: %s." % (
                head.size,
                moment(head.at),
                head.problem(keys),
            )
            report.find("signature", said)
        for stamp in head.stamps:
            if head.digest not in base64.b64decode(stamp):
                report.find("stamp", "Dấu thời gian của đầu sổ %d lá là của văn bản khác." % head.size)
        expected = hashlib.sha256(before.note.encode()).hexdigest() if before else ""
        if bundle.is_whole and head.previous != expected:
            report.find("head", "Đầu sổ %d lá không nối tiếp đầu sổ trước: có đầu sổ bị sửa hoặc bị xóa." % head.size)
        before = head


class Index:
    """What was read, on disk (a private file that SQLite removes by itself): a log of millions needs little memory."""

    def __init__(self, report):
        self.report, self.db = report, sqlite3.connect("", isolation_level=None)
        self.db.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA cache_size = -32000; BEGIN;"
            "CREATE TABLE entry (object TEXT, id INTEGER, rows TEXT, name TEXT);"
            "CREATE TABLE followed (mark BLOB PRIMARY KEY) WITHOUT ROWID;"
            "CREATE TABLE file (digest BLOB PRIMARY KEY, name TEXT, seq INTEGER, id INTEGER) WITHOUT ROWID;"
            "CREATE TABLE hash (seq INTEGER PRIMARY KEY, hash BLOB);"
        )

    def take(self, leaf):
        """Remember what a line of the journal says of rows and files."""
        if leaf["kind"] != "entry" or not leaf.get("content"):
            return
        said = json.loads(leaf["content"])
        data = json.loads(said["data"])
        rows = data.get("rows") if isinstance(data, dict) else None
        thing = "%s %s" % (said["object_type"], said["object_id"])
        name = self.report.name(leaf)
        kept = json.dumps(rows) if isinstance(rows, dict) else None
        self.db.execute("INSERT INTO entry VALUES (?, ?, ?, ?)", (thing, said["id"], kept, name if kept else None))
        for digest in re.findall(r"\b[0-9a-f]{64}\b", said["data"]):
            row = (bytes.fromhex(digest), name, leaf["seq"], said["id"])
            self.db.execute("INSERT OR IGNORE INTO file VALUES (?, ?, ?, ?)", row)

    def follows_anew(self, said):
        """Tell whether no line so far follows the same line of the same thing."""
        place = "%s %s %s" % (said["object_type"], said["object_id"], said["previous_hash"])
        mark = hashlib.sha256(place.encode()).digest()[:16]
        return self.db.execute("INSERT OR IGNORE INTO followed VALUES (?)", (mark,)).rowcount == 1

    def file(self, digest):
        """Return (name of the act that spoke of the file first, seq, id); None when none did."""
        return self.db.execute("SELECT name, seq, id FROM file WHERE digest = ?", (bytes.fromhex(digest),)).fetchone()


def check_late(leaf, head, report):
    """Find a line that says it was written long before a head that does not have it."""
    if head is None or leaf["kind"] != "entry" or not leaf.get("content"):
        return
    said = json.loads(leaf["content"])["recorded_at"]
    if instant(said) < instant(head.at) - LATE:
        text = "%s nói là được ghi lúc %s, nhưng chưa có trong đầu sổ ký lúc %s: được ghi lùi ngày."
        report.find("late", text % (report.name(leaf), moment(said), moment(head.at)), leaf)


def instant(text):
    """Return an ISO moment as a datetime."""
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def check_whole(bundle, heads, earlier, report, index):
    """Read every leaf: content to hash, hashes to roots, roots beside the heads."""
    growing, named, passed = Growing(), set(), None
    wanted = sorted(
        [(one, "root") for one in heads] + [(one, "earlier") for one in earlier], key=lambda one: one[0].size
    )
    good, broken = {"root": 0, "earlier": 0}, set()
    leaves = bundle.lines("leaves.jsonl")
    leaf = next(leaves, None)
    for seq in range(bundle.manifest["size"]):
        here = leaf if leaf is not None and leaf["seq"] == seq else None
        if here is None:
            report.find("leaf", "Lá thứ %d không còn trong sổ." % seq)
            named.add(seq)
        else:
            leaf = next(leaves, None)
            index.take(here)
            check_late(here, passed, report)
            if judge(here, report) or judge_place(here, index, report):
                named.add(seq)
        growing.add(bytes.fromhex((here or {}).get("hash") or "00" * 32))
        while wanted and wanted[0][0].size == seq + 1:
            head, kind = wanted.pop(0)
            if growing.root() == head.root:
                good[kind] = head.size
                passed = head
            elif kind == "earlier" or kind not in broken:
                tell_of_root(bundle, (head, kind), good[kind], named, report)
                broken.add(kind)
    for head, _kind in wanted:
        report.find(
            "head", "Sổ nay chỉ có %d lá; đầu sổ ký lúc %s có %d lá." % (growing.size, moment(head.at), head.size)
        )
    report.notes.append("Đã đọc %d lá." % growing.size)


def judge(leaf, report):
    """Compare a leaf with its content; return whether something was found."""
    if leaf.get("content") is None:
        report.find("deleted", "%s đã bị xóa khỏi cơ sở dữ liệu." % report.name(leaf), leaf)
    elif leaf_hash(leaf["content"].encode()).hex() != leaf["hash"]:
        report.find("changed", "%s đã bị sửa: nội dung không khớp lá của sổ." % report.name(leaf), leaf)
    elif leaf["kind"] == "entry" and not hash_fits(json.loads(leaf["content"])):
        report.find("changed", "%s đã bị sửa: nội dung không khớp mã băm của chính dòng đó." % report.name(leaf), leaf)
    elif leaf.get("about") and leaf["kind"] in ("entry", "reading") and leaf["about"] != about_of(leaf):
        report.find("changed", "%s: lời ghi kèm lá đã bị sửa." % report.name(leaf), leaf)
    else:
        return False
    return True


def judge_place(leaf, index, report):
    """Find a line that follows one which another line follows already; return whether it was found."""
    if leaf["kind"] != "entry":
        return False
    if not index.follows_anew(json.loads(leaf["content"])):
        report.find(
            "inserted", "%s bị chèn vào: dòng đứng trước nó đã có dòng khác nối tiếp." % report.name(leaf), leaf
        )
        return True
    return False


def hash_fits(said):
    """Tell whether a line of the journal carries the hash of its own content."""
    names = ("at", "recorded_at", "actor_id", "actor_name", "actor_title", "verb", "object_type", "object_id")
    values = {name: said[name] for name in names}
    values.update(data=json.loads(said["data"]), previous=said["previous_hash"])
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest() == said["hash"]


def tell_of_root(bundle, judged, good, named, report):
    """Say that the log is not what a head says, and name the acts among which the wrong one is."""
    head, kind = judged
    which = "đầu sổ được giữ từ trước" if kind == "earlier" else "đầu sổ đã ký"
    said = "Sổ không khớp %s (%d lá, lúc %s): lịch sử đã bị viết lại" % (which, head.size, moment(head.at))
    if not any(good <= seq < head.size for seq in named):
        among = (one for one in bundle.lines("leaves.jsonl") if good <= one["seq"] < head.size)
        names = "; ".join(report.name(one) for one in itertools.islice(among, MOST_NAMED))
        more = sum(1 for _ in among)
        rest = " và %d việc khác" % more if more else ""
        said += ". Việc bị sửa là một trong các việc sau: %s%s" % (names, rest)
    report.find(kind, said + ".")


def check_part(bundle, heads, earlier, report, index):
    """Check leaves by their own proofs, and that the heads follow one another."""
    by_size = {head.size: head for head in heads}
    count = _check_leaves(bundle, by_size, report, index)
    proofs = {
        (one["from"], one["to"]): [bytes.fromhex(part) for part in one["path"]]
        for one in bundle.lines("consistency.jsonl")
    }
    for old, new in zip(heads, heads[1:]):
        if not is_consistent(old.size, old.root, new.size, new.root, proofs.get((old.size, new.size), [])):
            report.find(
                "head", "Đầu sổ %d lá không nối tiếp đầu sổ %d lá: lịch sử đã bị viết lại." % (new.size, old.size)
            )
    for one in earlier:
        held = by_size.get(one.size)
        if held is not None and held.root != one.root:
            said = "Sổ không khớp đầu sổ được giữ từ trước (%d lá, lúc %s): lịch sử đã bị viết lại."
            report.find("earlier", said % (one.size, moment(one.at)))
        elif held is None:
            said = "Gói không có đầu sổ %d lá để đối chiếu với đầu sổ được giữ từ trước; hãy xuất lại với --earlier."
            report.find("earlier", said % one.size)
    report.notes.append("Đã kiểm %d lá của %s." % (count, bundle.manifest.get("code") or "gói"))


def _check_leaves(bundle, by_size, report, index):
    """Check each leaf by its own proof; return how many there are."""
    count = 0
    for leaf in bundle.lines("leaves.jsonl"):
        count += 1
        index.take(leaf)
        if judge(leaf, report):
            continue
        head = by_size.get(leaf.get("head"))
        if head is None:
            report.open.append("%s chưa có đầu sổ nào bao gồm." % report.name(leaf))
            continue
        path = [bytes.fromhex(one) for one in leaf["path"]]
        if root_from_inclusion(bytes.fromhex(leaf["hash"]), leaf["seq"], head.size, path) != head.root:
            report.find(
                "root",
                "%s không khớp sổ đã ký: việc này, hoặc một việc khác trong sổ, đã bị sửa." % report.name(leaf),
                leaf,
            )
    return count


def compare_bundles(bundle, older, report, index):
    """Compare leaf by leaf with a bundle made earlier: every act that differs is named, as it was and as it is."""
    if older.manifest["origin"] != bundle.manifest["origin"]:
        raise UnusableError("Gói cũ là của sổ khác: %s." % older.manifest["origin"])
    index.db.execute("DELETE FROM hash")
    rows = ((leaf["seq"], bytes.fromhex(leaf["hash"])) for leaf in bundle.lines("leaves.jsonl"))
    index.db.executemany("INSERT OR REPLACE INTO hash VALUES (?, ?)", rows)
    differing = {}
    for leaf in older.lines("leaves.jsonl"):
        found = index.db.execute("SELECT hash FROM hash WHERE seq = ?", (leaf["seq"],)).fetchone()
        if found is None or found[0].hex() != leaf["hash"]:
            differing[leaf["seq"]] = leaf
            if len(differing) >= MOST_FINDINGS:
                break
    now = {leaf["seq"]: leaf for leaf in bundle.lines("leaves.jsonl") if leaf["seq"] in differing} if differing else {}
    for seq, leaf in differing.items():
        changes = differences(leaf, now.get(seq, {}))
        report.find("earlier", "%s khác với gói đã giữ từ trước%s." % (report.name(leaf), changes), leaf)


def differences(before, after):
    """Say which fields of a leaf's content differ."""
    if not (before.get("content") and after.get("content")):
        return ", nay không còn"
    old, new = json.loads(before["content"]), json.loads(after["content"])
    names = [name for name in old if name not in ("hash", "seal", "previous_hash") and old[name] != new.get(name)]
    parts = ["%s trước là %s, nay là %s" % (name, old[name], new.get(name)) for name in names]
    return " (%s)" % "; ".join(parts) if parts else ""


def check_blobs(bundle, folder, report, index):
    """Compare files with their leaves: from the bundle when it has them, and from a folder of the installation."""
    seen = 0
    for one in bundle.lines("blobs.jsonl"):
        places = [bundle] if bundle.manifest.get("with_blobs") else []
        for place in places + ([folder] if folder else []):
            seen += 1
            found = blob_digest(place, one["sha256"])
            if found != one["sha256"] and not (found is None and one.get("removed")):
                act = index.file(one["sha256"])
                said = "Tệp %s %s" % (one["sha256"], "không còn" if found is None else "đã bị sửa")
                said += "; việc đã đính kèm: %s." % act[0] if act else "; không dòng nào trong gói nói tới tệp này."
                report.find("blob", said)
                break
    report.notes.append("Đã đọc lại %d tệp." % seen)


def blob_digest(place, digest):
    """Return the SHA-256 (hex) of a stored file; None when it is not there."""
    try:
        if isinstance(place, Bundle):
            file = place.zip.open("blobs/%s/%s" % (digest[:2], digest[2:]))
        else:
            paths = [place / digest[:2] / digest[2:], place / "quarantine" / digest[:2] / digest[2:]]
            file = next(path for path in paths if path.exists()).open("rb")
        found = hashlib.sha256()
        with file:
            for piece in iter(lambda: file.read(1 << 20), b""):
                found.update(piece)
        return found.hexdigest()
    except (KeyError, StopIteration, OSError, zipfile.BadZipFile):
        return None


# --- rows of dossiers ----------------------------------------------------------------------------------------------


def check_rows(bundle, report, index):
    """Compare the rows of dossiers (days, status, timeline) with what the acts in the log made of them."""
    index.db.execute("CREATE INDEX entry_object ON entry (object, id)")
    index.db.execute("CREATE TABLE seen (object TEXT PRIMARY KEY) WITHOUT ROWID")
    count = newer = 0
    for one in bundle.lines("rows.jsonl"):
        count += 1
        index.db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (one["object"],))
        lines = index.db.execute("SELECT id, rows, name FROM entry WHERE object = ? ORDER BY id", (one["object"],))
        lines = lines.fetchall()
        if one["last"] > (lines[-1][0] if lines else 0):
            newer += 1
        elif not lines:
            said = "Hồ sơ %s có trong cơ sở dữ liệu mà không việc nào trong nhật ký ghi."
            report.find("row_added", said % one["code"])
        else:
            compare_rows(bundle, one, [(json.loads(rows), name) for _id, rows, name in lines if rows], report)
    if "rows.jsonl" in bundle.names:
        gone = "SELECT object, max(name) FROM entry WHERE rows LIKE '{\"dossier\"%' AND object NOT IN seen GROUP BY 1"
        for thing, name in index.db.execute(gone):
            report.find("row_gone", "Hồ sơ «%s» đã bị xóa khỏi cơ sở dữ liệu; nhật ký còn: %s." % (thing, name))
    if count:
        report.notes.append("Đã so %d hồ sơ với nhật ký." % count)
    if newer:
        report.notes.append("%d hồ sơ có việc mới hơn gói: chưa so." % newer)


def compare_rows(bundle, thing, lines, report):
    """Follow a dossier from act to act, then compare what they left with what stands there."""
    words, known = bundle.manifest.get("words", {}), {}
    for rows, name in lines:
        for row, said in rows.items():
            follow_row(row, said, name, known, lambda kind, text: report.find(kind, _told(thing, words, text)))
    is_whole = "code" in (known.get("dossier") or {})
    for row, columns in thing["rows"].items():
        if known.get(row) is None and (is_whole or row in known):
            text = "%s có trong cơ sở dữ liệu mà không việc nào trong nhật ký ghi." % row_words(words, row)
            report.find("row_added", _told(thing, words, text))
        for column, (said, name) in (known.get(row) or {}).items():
            if column in columns and columns[column] != said:
                text = "{%s|%s} nay là %s, nhật ký ghi %s; bị sửa thẳng trong cơ sở dữ liệu sau việc %s."
                facts = (row, column, worded(columns[column]), worded(said), name)
                report.find("row_changed", _told(thing, words, text % facts))
    for row in [row for row, columns in known.items() if columns is not None and row not in thing["rows"]]:
        name = next((name for _said, name in known[row].values()), "?")
        text = "%s đã bị xóa khỏi cơ sở dữ liệu; nhật ký ghi ở việc %s." % (row_words(words, row), name)
        report.find("row_gone", _told(thing, words, text))


def follow_row(row, said, name, known, find):
    """Take in what an act made of a row; tell of what it found otherwise than the acts before had left it."""
    if said is None:
        known[row] = None
        return
    columns = known[row] = known.get(row) or {}
    for column, value in said.items():
        before, after = value if isinstance(value, list) else (value, value)
        if column in columns and columns[column][0] != before:
            text = "{%s|%s} đã bị sửa thẳng trong cơ sở dữ liệu từ %s thành %s, trước việc %s."
            find("row_between", text % (row, column, worded(columns[column][0]), worded(before), name))
        columns[column] = (after, name)


def _told(thing, words, text):
    """Return a sentence about a dossier; «{row|column}» at its beginning in words."""
    if text.startswith("{"):
        place, _, rest = text[1:].partition("}")
        row, _, column = place.partition("|")
        said = words.get("%s.%s" % (row.partition(" ")[0], column), column)
        text = "«%s» của %s%s" % (said, row_words(words, row), rest)
    return "Hồ sơ %s: %s" % (thing["code"], text)


def row_words(words, row):
    """Return the name of a row: what it is and its number."""
    model, _, number = row.partition(" ")
    return ("%s %s" % (words.get(model, model), number)).strip()


def worded(value):
    """Return a value as people read it."""
    if value in (None, ""):
        return "trống"
    return {True: "có", False: "không"}[value] if isinstance(value, bool) else "«%s»" % moment(str(value))


# --- the program ---------------------------------------------------------------------------------------------------


def keys_from(given):
    """Return the keys of the command line: each a line of text, or a file of such lines."""
    found = []
    for one in given:
        text = Path(one).read_text(encoding="utf-8") if Path(one).is_file() else one
        found += [Key(line) for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return found


def earlier_from(given, keys):
    """Return the heads and the bundles kept from earlier; raises UnusableError for a head that no given key signed."""
    heads, bundles = [], []
    for one in given:
        if zipfile.is_zipfile(one):
            bundles.append(Bundle(one))
            heads += bundles[-1].heads()[-1:]
            continue
        try:
            text = Path(one).read_text(encoding="utf-8")
        except OSError as error:
            raise UnusableError("Không đọc được %s: %s" % (one, error)) from None
        heads.append(Head(json.loads(text)["note"] if text.lstrip().startswith("{") else text))
    for head in heads:
        if keys and head.problem(keys):
            raise UnusableError("Đầu sổ được giữ từ trước (%d lá): %s." % (head.size, head.problem(keys)))
    return heads, bundles


def verify(path, keys, earlier, bundles, folder):
    """Check a bundle; return the report."""
    bundle = Bundle(path)
    report = Report(bundle.manifest.get("verbs", {}))
    heads = bundle.heads()
    if any(one.origin != bundle.manifest["origin"] for one in earlier):
        raise UnusableError("Đầu sổ được giữ từ trước là của sổ khác.")
    if not keys:
        report.open.append("Không đưa khóa công khai nào vào (--key): chữ ký của đầu sổ chưa được kiểm.")
    if not heads:
        report.open.append("Gói không có đầu sổ nào: không có gì đã ký để đối chiếu.")
    check_heads(bundle, heads, keys, report)
    index = Index(report)
    (check_whole if bundle.is_whole else check_part)(bundle, heads, earlier, report, index)
    for older in bundles:
        compare_bundles(bundle, older, report, index)
    for leaf in bundle.lines("outside.jsonl"):
        report.find("inserted", "%s bị chèn thẳng vào cơ sở dữ liệu: không có trong sổ." % report.name(leaf), leaf)
    check_blobs(bundle, folder, report, index)
    check_rows(bundle, report, index)
    if report.count > MOST_FINDINGS:
        report.notes.append("Còn %d chỗ sai khác nữa không nêu ra." % (report.count - MOST_FINDINGS))
    if heads:
        report.notes.append("Đầu sổ mới nhất: %d lá, ký lúc %s." % (heads[-1].size, moment(heads[-1].at)))
        report.notes.append("%d/%d đầu sổ có dấu thời gian." % (sum(bool(one.stamps) for one in heads), len(heads)))
    return report


def verify_proof(path, keys, earlier):
    """Check the proof of one act (JSON, from the page of a dossier); return the report."""
    leaf = json.loads(Path(path).read_text(encoding="utf-8"))
    report = Report({})
    if leaf.get("format") != FORMAT or "hash" not in leaf:
        raise UnusableError("%s không phải bằng chứng mà chương trình này đọc được." % path)
    if leaf.get("content") is None:
        report.notes.append(
            "Bằng chứng chỉ có dấu của việc, không kèm nội dung: chứng minh được là có, không nói là việc gì."
        )
    else:
        judge(leaf, report)
        report.notes.append(report.name(leaf) + ".")
    if not leaf.get("note"):
        report.open.append("Việc này chưa có đầu sổ nào bao gồm; hãy tải lại bằng chứng sau vài phút.")
        return report
    _check_head_of(leaf, keys, earlier, report)
    return report


def _check_head_of(leaf, keys, earlier, report):
    """Check the head that a proof comes with, and that the act is in it."""
    head = Head(leaf["note"])
    if not keys:
        report.open.append("Không đưa khóa công khai nào vào (--key): chữ ký của đầu sổ chưa được kiểm.")
    elif head.problem(keys):
        report.find("signature", "Chữ ký của đầu sổ %d lá không đúng: %s." % (head.size, head.problem(keys)))
    path = [bytes.fromhex(one) for one in leaf["path"]]
    if root_from_inclusion(bytes.fromhex(leaf["hash"]), leaf["seq"], head.size, path) != head.root:
        report.find("root", "Việc này không có trong đầu sổ %d lá." % head.size)
    for one in earlier:
        if one.origin == head.origin and one.size == head.size and one.root != head.root:
            report.find(
                "earlier", "Đầu sổ %d lá khác với đầu sổ được giữ từ trước: lịch sử đã bị viết lại." % head.size
            )
    report.notes.append("Có trong đầu sổ %d lá, ký lúc %s." % (head.size, moment(head.at)))


def main(arguments=None):
    """Run the program; return its exit code."""
    parser = argparse.ArgumentParser(description="Kiểm tra gói bằng chứng của Một Cửa.")
    parser.add_argument("bundle", metavar="TỆP", help="gói bằng chứng (.zip), hoặc bằng chứng của một việc (.json)")
    parser.add_argument("--key", action="append", default=[], metavar="KHÓA", help="khóa công khai, hoặc tệp chứa khóa")
    parser.add_argument("--earlier", action="append", default=[], metavar="TỆP", help="đầu sổ hoặc gói đã giữ từ trước")
    parser.add_argument("--blobs", default="", metavar="THƯ_MỤC", help="thư mục blobs của máy chủ, để đọc lại tệp")
    parser.add_argument("--json", action="store_true", help="in kết quả bằng JSON")
    options = parser.parse_args(arguments)
    try:
        keys = keys_from(options.key)
        earlier, bundles = earlier_from(options.earlier, keys)
        if zipfile.is_zipfile(options.bundle):
            report = verify(options.bundle, keys, earlier, bundles, Path(options.blobs) if options.blobs else None)
        else:
            report = verify_proof(options.bundle, keys, earlier)
    except (UnusableError, OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        print(
            json.dumps({"whole": None, "error": str(error)}, ensure_ascii=False)
            if options.json
            else "Không kiểm tra được: %s" % error
        )
        return 2
    if options.json:
        whole = {"whole": not report.findings and not report.open, "findings": report.findings}
        print(json.dumps({**whole, "open": report.open, "notes": report.notes}, ensure_ascii=False, indent=1))
    else:
        for one in report.findings:
            print("✘ %s" % one["message"])
        for said in report.open:
            print("? %s" % said)
        for said in report.notes:
            print("· %s" % said)
        good = "Nguyên vẹn: mọi việc trong gói đúng như khi vào sổ." if not report.open else "Chưa kết luận được hết."
        print("Có %d chỗ sai khác." % len(report.findings) if report.findings else good)
    return 1 if report.findings else 2 if report.open else 0


if __name__ == "__main__":
    sys.exit(main())
