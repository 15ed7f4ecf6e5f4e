"""First values of an e-form: only one's own, only what the form asks for, each with where it comes from."""

from typing import Any

import pytest

from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.models import Dossier, DraftResult, Result
from motcua.dossiers.providers.business import business_register
from motcua.dossiers.queries.first_values import sources_for
from motcua.dossiers.rules.application import ComponentFacts, PartyFacts
from motcua.dossiers.terms import Channel
from motcua.dossiers.tests.stages import AT, file_ref
from motcua.dossiers.tests.world import CODE, MONDAY, TYPED, World, definition_with_form
from motcua.forms.rules.prefill import first_values
from motcua.forms.terms import Form
from motcua.identity.models import Account
from motcua.identity.terms import Actor

RESULT = "KQ.G15.000031"


def form_of(**prefill: str) -> Form:
    fields = [{"key": key, "kind": "text", "label": key, "prefill": [path]} for key, path in prefill.items()]
    return Form.model_validate({"title": "Thử", "pages": [{"key": "a", "title": "A", "fields": fields}]})


@pytest.fixture
def world(db: None) -> World:
    return World(definition_with_form()).build()


def account_of(actor: Actor) -> Account:
    return Account.objects.get(pk=actor.known_id)


def handed_in(world: World) -> Dossier:
    owner = PartyFacts(
        name="Trần Văn Bình", personal_id="001085001234", phone="0987654321", account_id=world.citizen.account_id
    )
    papers = (ComponentFacts("to-khai", files=(file_ref(),)),)
    application = world.application(channel=Channel.ONLINE, owner=owner, components=papers, form=TYPED)
    return submit_dossier(actor=world.citizen, application=application, at=MONDAY)


def sealed(world: World, dossier: Dossier) -> None:
    who = {"approved_by_id": world.chair.account_id, "signer_name": world.chair.name, "approved_at": AT}
    draft = DraftResult.objects.create(
        dossier=dossier, number=1, author_id=world.specialist.known_id, author_name="A", at=AT
    )
    Result.objects.create(
        dossier=dossier, draft=draft, name="Giấy khai sinh", number="15", symbol="GKS", sealed_at=AT, **who
    )


def test_nothing_is_asked_that_the_form_does_not_name(world: World, django_assert_num_queries: Any) -> None:
    account = account_of(world.citizen)
    with django_assert_num_queries(0):
        assert sources_for(form_of(), account, at=AT) == {}
        assert set(sources_for(form_of(a="account.phone"), account, at=AT)) == {"account"}


def test_a_former_dossier(world: World) -> None:
    dossier = handed_in(world)
    form = form_of(a=f"dossier:{CODE}.child_name", b="dossier:1.999999.child_name")
    found = first_values(form, sources_for(form, account_of(world.citizen), at=AT))
    assert found.typed == {"a": "Nguyễn An Bình"}
    assert (found.provenance["a"]["source"], found.provenance["a"]["ref"]) == ("dossier", dossier.code)
    assert sources_for(form, account_of(world.other_citizen), at=AT) == {}


def test_an_issued_result(world: World) -> None:
    dossier = handed_in(world)
    form = form_of(a=f"result:{RESULT}.number", b=f"result:{RESULT}.child_name", c="result:KQ.G99.000001.number")
    assert sources_for(form, account_of(world.citizen), at=AT) == {}
    sealed(world, dossier)
    found = first_values(form, sources_for(form, account_of(world.citizen), at=AT))
    assert found.typed == {"a": "15", "b": "Nguyễn An Bình"}
    assert found.provenance["a"]["ref"] == "15/GKS"
    Result.objects.update(is_negative=True)
    assert sources_for(form, account_of(world.citizen), at=AT) == {}


def test_the_register_of_businesses(world: World, settings: Any) -> None:
    account = account_of(world.citizen)
    form = form_of(a="business.name")
    settings.DEMO = False
    account.tax_code = "5700100018"
    assert business_register() is None
    assert sources_for(form, account, at=AT) == {}
    settings.DEMO = True
    found = first_values(form, sources_for(form, account, at=AT))
    assert found.typed == {"a": "Công ty TNHH Thương mại Vịnh Xanh"}
    assert (found.provenance["a"]["source"], found.provenance["a"]["ref"]) == ("business", "5700100018")
    account.tax_code = "0000000000"
    assert sources_for(form, account, at=AT) == {}
