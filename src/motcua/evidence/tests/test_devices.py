"""Keys of the heads that are no PEM: a PKCS#12 file, and a device (SoftHSM here)."""

from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from pkcs11 import Attribute, KeyType
from pkcs11.util.ec import encode_named_curve_parameters

from motcua.evidence.models import Head
from motcua.evidence.providers.keys import KeyProblemError, head_key, remembered
from motcua.evidence.tests.scene import Scene, make_scene, run_verifier
from motcua.signing.tests.tokens import PIN, SoftToken, soft_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(tmp_path: Path, settings: Any) -> Scene:
    return make_scene(tmp_path, settings)


def assert_it_signs(scene: Scene) -> None:
    """The next head is signed by the key that is set, and the stand-alone verifier says so."""
    key = head_key("so.thu")
    assert key is not None
    scene.act(scene.thing("d"), "dossier.submitted")
    head = scene.head()
    assert head.key_name.startswith(head.origin)
    first = scene.public_key()
    bundle = scene.export()
    code, said = run_verifier([str(bundle), "--key", first, "--key", head.key_name])
    assert (code, said["findings"]) == (0, [])
    code, said = run_verifier([str(bundle), "--key", first])
    assert code == 1
    assert "không do khóa nào được đưa vào ký" in said["findings"][0]["message"]
    assert Head.objects.order_by("-id")[0] == head


def test_a_pkcs12_file(scene: Scene, tmp_path: Path) -> None:
    path = tmp_path / "outside" / "head.p12"
    made = ec.generate_private_key(ec.SECP256R1())
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"head", made, None, None, BestAvailableEncryption(b"bi-mat"))
    )
    scene.settings.EVIDENCE_KEY, scene.settings.EVIDENCE_PIN = str(path), "bi-mat"
    assert_it_signs(scene)
    assert remembered() == Head.objects.order_by("-id")[0].note
    scene.settings.EVIDENCE_PIN = "sai"
    with pytest.raises(KeyProblemError, match="sai mật khẩu hoặc tệp hỏng"):
        head_key("so.thu")


def test_a_pkcs12_file_of_another_kind_of_key(scene: Scene, tmp_path: Path) -> None:
    path = tmp_path / "outside" / "rsa.p12"
    made = rsa.generate_private_key(65537, 2048)
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"head", made, None, None, BestAvailableEncryption(b"x")))
    scene.settings.EVIDENCE_KEY, scene.settings.EVIDENCE_PIN = str(path), "x"
    with pytest.raises(KeyProblemError, match="Ed25519 hoặc ECDSA P-256"):
        head_key("so.thu")


def _make_key(token: SoftToken, label: str) -> None:
    with token.open() as session:
        parameters = session.create_domain_parameters(
            KeyType.EC, {Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}, local=True
        )
        parameters.generate_keypair(store=True, label=label)


def test_a_device(scene: Scene, tmp_path: Path) -> None:
    with soft_token(tmp_path / "softhsm") as token:
        _make_key(token, "dau-so")
        uri = f"pkcs11:token={token.label};object=dau-so?module-path={token.module}"
        scene.settings.EVIDENCE_KEY, scene.settings.EVIDENCE_PIN = uri, PIN
        assert remembered() == ""
        scene.settings.EVIDENCE_MEMORY = str(tmp_path / "outside" / "last.txt")
        assert_it_signs(scene)
        assert remembered() == Head.objects.order_by("-id")[0].note
        scene.settings.EVIDENCE_PIN = "00000000"
        with pytest.raises(KeyProblemError, match="Không dùng được thiết bị"):
            head_key("so.thu")
        scene.settings.EVIDENCE_KEY = uri.replace("object=dau-so", "object=khac")
        scene.settings.EVIDENCE_PIN = PIN
        with pytest.raises(KeyProblemError, match="Không dùng được thiết bị"):
            head_key("so.thu")
        scene.settings.EVIDENCE_MEMORY = str(scene.settings.DATA_DIR / "last.txt")
        with pytest.raises(KeyProblemError, match="không được nằm trong thư mục dữ liệu"):
            remembered()
