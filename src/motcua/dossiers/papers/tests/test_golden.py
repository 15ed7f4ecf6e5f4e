"""Papers issued in earlier releases print again to the byte, whatever was added to forms and layout since."""

import hashlib
import json
from importlib.metadata import version
from typing import Any

import pytest

from motcua.dossiers.papers.data import PaperData
from motcua.dossiers.papers.forms import Form, FormSet, data_from_json, render_form
from motcua.dossiers.papers.tests.samples import HANDOVER, RECEIPT, REFUSAL, SUPPLEMENT

#: Typst release → SHA-256 of each sample as the first release of the house printed it. A new Typst needs new lines
#: here, made with the templates of the release before it.
GOLDEN: dict[str, dict[tuple[Form, FormSet], str]] = {
    "0.15.2": {
        (Form.RECEIPT, FormSet.TT03_2025): "7d44d42ecd9136688c75e05acba8892caa640fdffebb33ce914248263977b57a",
        (Form.RECEIPT, FormSet.TT01_2018): "45f055a5249e253c8444fc35e7794eb3878a74a100cde774d7f6c0720d697d49",
        (Form.SUPPLEMENT, FormSet.TT03_2025): "9e0b6dc425c77cacd697849bea38f487ecd6a6a4d4121b051811376dec7b873d",
        (Form.SUPPLEMENT, FormSet.TT01_2018): "dca799df768642478c22a2af9a7a7fc80ef15f0b8f55c2855b5944419d38616a",
        (Form.REFUSAL, FormSet.TT03_2025): "a62ed9a2e952359b61c4eafa5a68b4f9d8f2982b5916000a8756781c7e7a40bb",
        (Form.REFUSAL, FormSet.TT01_2018): "194a0474c8bc0578f4dda5346ada0339a12cf0933e115bef7ebe0444ec255582",
        (Form.HANDOVER, FormSet.TT03_2025): "2e2763845734711c2bffe1b36721959cfef75fa0ea76b3572da9ab6d92dc16e4",
        (Form.HANDOVER, FormSet.TT01_2018): "b11dbf6aca8bcd01e176307e60e9ea10de01f413fb69f674202a7ea9d8a1480a",
    }
}
SAMPLES = {Form.RECEIPT: RECEIPT, Form.SUPPLEMENT: SUPPLEMENT, Form.REFUSAL: REFUSAL, Form.HANDOVER: HANDOVER}
#: What the JSON of an issued paper of the first release does not hold.
_LATER = ("verify_url", "variant", "pages")


def as_first_stored(data: PaperData) -> dict[str, Any]:
    """Return the JSON that the first release stored with an issued paper."""

    def without(value: dict[str, Any]) -> dict[str, Any]:
        return {name: one for name, one in value.items() if name not in _LATER}

    stored: dict[str, Any] = json.loads(json.dumps(data.to_json()), object_hook=without)
    return stored


@pytest.mark.parametrize("form_set", list(FormSet))
@pytest.mark.parametrize("form", list(SAMPLES))
def test_first_prints_come_again(form: Form, form_set: FormSet) -> None:
    stored = as_first_stored(SAMPLES[form])
    assert "verify_url" not in stored
    pdf = render_form(form, form_set, data_from_json(form, stored))
    assert hashlib.sha256(pdf).hexdigest() == GOLDEN[version("typst")][form, form_set]
