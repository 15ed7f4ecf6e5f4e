"""Addresses about certificates, below /quan-tri/chung-thu/."""

from django.urls import path

from motcua.sites.backoffice.views.certificates import (
    key_offers,
    register,
    requests,
    signing_services,
    trusting,
)

paths = [
    path("chung-thu/", register.certificates, name="certificates"),
    path("chung-thu/danh-sach.xlsx", register.export, name="certificates_export"),
    path("chung-thu/ghi/", register.register, name="certificate_register"),
    path("chung-thu/de-nghi/", requests.requests, name="certificate_requests"),
    path("chung-thu/de-nghi/moi/", requests.new, name="certificate_request_new"),
    path("chung-thu/de-nghi/<int:request_id>/", requests.one, name="certificate_request"),
    path("chung-thu/de-nghi/<int:request_id>/cong-van.pdf", requests.letter, name="certificate_request_letter"),
    path("chung-thu/de-nghi/<int:request_id>/chung-thu/", requests.take, name="certificate_request_take"),
    path("chung-thu/de-nghi/<int:request_id>/tra-loi/", requests.answer, name="certificate_request_answer"),
    path("chung-thu/de-nghi/<int:request_id>/huy/", requests.cancel, name="certificate_request_cancel"),
    path("chung-thu/ky-tu-xa/", signing_services.signing_services, name="signing_services"),
    path("chung-thu/ky-tu-xa/them/", signing_services.declare, name="signing_service_declare"),
    path("chung-thu/ky-tu-xa/<int:service_id>/", signing_services.service, name="signing_service"),
    path("chung-thu/ky-tu-xa/<int:service_id>/sua/", signing_services.change, name="signing_service_change"),
    path("chung-thu/ky-tu-xa/<int:service_id>/ngung/", signing_services.end, name="signing_service_end"),
    path("chung-thu/khoa-cho/", key_offers.key_offers, name="key_offers"),
    path("chung-thu/khoa-cho/<int:offer_id>/", key_offers.key_offer, name="key_offer"),
    path("chung-thu/khoa-cho/<int:offer_id>/tu-choi/", key_offers.refuse, name="key_offer_refuse"),
    path("chung-thu/dich-vu/", trusting.trust_services, name="trust_services"),
    path("chung-thu/dich-vu/them/", trusting.declare, name="trust_service_declare"),
    path("chung-thu/dich-vu/hoi/", trusting.ask, name="trust_services_ask"),
    path("chung-thu/dich-vu/<int:service_id>/ngung/", trusting.end, name="trust_service_end"),
    path("chung-thu/quy-dinh/<slug:slug>/", trusting.rule, name="trust_rule"),
    path("chung-thu/<int:certificate_id>/", register.certificate, name="certificate"),
    path("chung-thu/<int:certificate_id>/chung-thu.cer", register.file, name="certificate_file"),
    path("chung-thu/<int:certificate_id>/khoa/", register.key, name="certificate_key"),
    path("chung-thu/<int:certificate_id>/kiem-tra/", register.check, name="certificate_check"),
    path("chung-thu/<int:certificate_id>/<slug:slug>/", requests.about, name="certificate_request_about"),
]
