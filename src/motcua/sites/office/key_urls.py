"""Addresses of keys, below /tai-khoan/khoa-ky/; `whose` is "toi" or the number of an agency."""

from django.urls import path

from motcua.sites.office import keys

urlpatterns = [
    path("<str:whose>/", keys.signing_keys, name="signing_keys"),
    path("<str:whose>/tep/", keys.key_file, name="signing_key_file"),
    path("<str:whose>/tu-xa/", keys.key_remote, name="signing_key_remote"),
    path("<str:whose>/tai-may/", keys.key_agent, name="signing_key_agent"),
    path("<str:whose>/tai-may/chuan-bi", keys.key_trial, name="signing_key_trial"),
    path("<str:whose>/tai-may/chu-ky", keys.key_proof, name="signing_key_proof"),
    path("<str:whose>/cho/<int:offer_id>/rut/", keys.key_withdraw, name="signing_key_withdraw"),
    path("<str:whose>/<int:certificate_id>/<slug:slug>/", keys.key_act, name="signing_key_act"),
]
