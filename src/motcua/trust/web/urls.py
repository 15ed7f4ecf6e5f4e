"""Addresses of the demo's own authorities."""

from django.urls import path

from motcua.trust.web import demo

app_name = "demo_pki"

urlpatterns = [
    path("tsa/<str:name>", demo.stamp, name="stamp"),
    path("ocsp/<str:name>", demo.ocsp, name="ocsp"),
    path("crl/<str:name>.crl", demo.crl, name="crl"),
    path("ca/<str:name>.cer", demo.authority, name="authority"),
]
