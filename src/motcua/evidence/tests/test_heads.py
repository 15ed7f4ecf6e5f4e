"""Heads: signed outside, never against what was signed before, and checked by arithmetic of our own."""

import json
import secrets
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from motcua.evidence.actions.make_head import make_head
from motcua.evidence.actions.restored import accept_restored
from motcua.evidence.actions.sequence import sequence_all
from motcua.evidence.actions.stamp_heads import stamp_heads
from motcua.evidence.models import Alarm, Head, Leaf, Stamp
from motcua.evidence.providers.keys import KeyProblemError, head_key, new_key, read_key, spki
from motcua.evidence.queries.bundle import proof_json
from motcua.evidence.rules.notes import BadNoteError, digest_of, read_note, read_public_key
from motcua.evidence.terms import LeafKind
from motcua.evidence.tests.rewriting import rebuild_leaves
from motcua.evidence.tests.scene import VERIFIER, Scene, as_superuser, make_scene, run_verifier
from motcua.journal.tests.test_record import Clerk
from motcua.kernel.errors import RuleBroken
from motcua.trust.terms import UnstampedError


@pytest.fixture
def scene(db: None, tmp_path: Path, settings: Any) -> Scene:
    return make_scene(tmp_path, settings)


def test_our_own_arithmetic_agrees_with_the_library() -> None:
    text = secrets.token_bytes(50)
    edwards = ed25519.Ed25519PrivateKey.generate()
    raw, signature = edwards.public_key().public_bytes_raw(), edwards.sign(text)
    assert VERIFIER.ed25519_fits(raw, text, signature)
    curve = ec.generate_private_key(ec.SECP256R1())
    der, proof = spki(curve.public_key()), curve.sign(text, ec.ECDSA(hashes.SHA256()))
    assert VERIFIER.p256_fits(der, text, proof)
    for place in (0, 31, 32, 63):
        bent = bytes(byte ^ (number == place) for number, byte in enumerate(signature))
        assert not VERIFIER.ed25519_fits(raw, text, bent)
    assert not VERIFIER.ed25519_fits(raw, text + b"x", signature)
    assert not VERIFIER.p256_fits(der, text + b"x", proof)
    assert not VERIFIER.p256_fits(der, text, proof[:-1])


def test_published_ed25519_vector() -> None:
    key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"  # RFC 8032, 7.1, test 1
    signature = (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b"
    )
    assert VERIFIER.ed25519_fits(bytes.fromhex(key), b"", bytes.fromhex(signature))


def test_the_key_lies_outside_the_data(scene: Scene) -> None:
    with pytest.raises(KeyProblemError, match="không được nằm trong thư mục dữ liệu"):
        new_key(scene.settings.DATA_DIR / "head.pem", data=scene.settings.DATA_DIR)
    with pytest.raises(KeyProblemError, match="đã có"):
        new_key(scene.key, data=scene.settings.DATA_DIR)
    scene.settings.EVIDENCE_KEY = str(scene.settings.DATA_DIR / "head.pem")
    with pytest.raises(KeyProblemError, match="không được nằm trong thư mục dữ liệu"):
        head_key("x")
    assert scene.key.stat().st_mode & 0o077 == 0


def test_a_key_of_p256_signs_heads_that_the_verifier_accepts(scene: Scene) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    path = scene.folder / "p256.pem"
    plain = serialization.NoEncryption()
    path.write_bytes(private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    old = scene.public_key()
    scene.settings.EVIDENCE_KEY = str(path)
    scene.act(scene.thing("d"), "dossier.submitted")
    head = scene.head()
    key = read_key(path, pin="", name=head.origin).public
    assert read_public_key(key.text()) == key
    code, said = run_verifier([str(scene.export()), "--key", key.text(), "--key", old])
    assert (code, said["findings"]) == (0, [])
    assert run_verifier([str(scene.export()), "--key", old])[0] == 1


def test_without_a_key_nothing_is_concluded(scene: Scene) -> None:
    code, said = run_verifier([str(scene.export())])
    assert code == 2
    assert "chữ ký" in said["open"][0]


def test_the_proof_of_one_act(scene: Scene) -> None:
    path = scene.folder / "proof.json"
    leaf = Leaf.objects.get(kind=LeafKind.ENTRY, source_id=scene.entries[4].pk)
    proof = proof_json(leaf)
    path.write_text(json.dumps(proof), encoding="utf-8")
    assert run_verifier([str(path), "--key", scene.public_key()])[0] == 0
    for bent in ({"content": proof["content"].replace("H49", "H50")}, {"seq": 2}, {"path": proof["path"][1:]}):
        path.write_text(json.dumps(proof | bent), encoding="utf-8")
        assert run_verifier([str(path), "--key", scene.public_key()])[0] == 1


def test_nothing_that_contradicts_is_signed(scene: Scene) -> None:
    scene.act(scene.thing("d"), "dossier.submitted")
    with as_superuser() as cursor:
        cursor.execute("UPDATE journal_entry SET actor_name = 'Người khác' WHERE id = %s", [scene.entries[0].pk])
        rebuild_leaves(cursor)
    sequence_all(at=scene.at)
    assert make_head(at=scene.at) is None
    assert "không ký tiếp" in Alarm.objects.get().message


def test_after_a_restore_the_log_owns_up_and_goes_on(scene: Scene) -> None:
    kept = scene.folder / "kept.txt"
    kept.write_text(Head.objects.order_by("-id")[0].note, encoding="utf-8")
    size = Head.objects.order_by("-id")[1].size
    with as_superuser() as cursor:
        cursor.execute("DELETE FROM evidence_leaf WHERE seq >= %s", [size])
        cursor.execute("DELETE FROM evidence_head WHERE size > %s", [size])
        cursor.execute("DELETE FROM journal_entry WHERE id >= %s", [scene.entries[6].pk])
        cursor.execute("DELETE FROM journal_reading WHERE purpose = 'approved'")
        cursor.execute("DELETE FROM evidence_tile")
        rebuild_leaves(cursor)
    scene.act(scene.thing("d"), "dossier.submitted")
    sequence_all(at=scene.at)
    assert make_head(at=scene.at) is None
    with pytest.raises(RuleBroken, match="lý do"):
        accept_restored(actor=Clerk(), reason=" ", at=scene.at)
    made = accept_restored(actor=Clerk(), reason="Đĩa hỏng", at=scene.at)
    assert made.size > size
    assert scene.findings() == []
    assert scene.verify("--earlier", str(kept))[0] == 1  # what was signed and is gone stays to be seen
    with pytest.raises(RuleBroken, match="không lùi lại"):
        accept_restored(actor=Clerk(), reason="Đĩa hỏng", at=scene.at)


class _Authority:
    """A stamper that answers with the digest inside its token, or not at all."""

    def __init__(self, *, away: bool = False) -> None:
        self.away = away

    def stamp(self, digest: bytes, *, hash_name: str = "sha256") -> bytes:
        if self.away:
            raise UnstampedError(hash_name)
        return b"token of " + digest


def test_heads_are_stamped_later(scene: Scene) -> None:
    assert stamp_heads(_Authority(away=True), at=scene.at) == 0
    assert stamp_heads(_Authority(), at=scene.at) == Head.objects.count() == Stamp.objects.count()
    assert stamp_heads(_Authority(), at=scene.at) == 0
    assert scene.verify()[0] == 0
    with as_superuser() as cursor:
        cursor.execute("UPDATE evidence_stamp SET token = 'other' WHERE id = (SELECT min(id) FROM evidence_stamp)")
    assert scene.verify()[0] == 1


def test_notes() -> None:
    for text in (
        "",
        "a\nb\n\n",
        "o\n1\nAAAA\nat x\nprevious -\n\n",
        "o\nx\nAAAA\nat 2026-01-01T00:00:00Z\nprevious -\n\n",
    ):
        with pytest.raises(BadNoteError):
            read_note(text)
    with pytest.raises(BadNoteError):
        read_public_key("a+b+c")
    assert digest_of("x") == sha256(b"x").hexdigest()
