"""Where the tour through every page leads: what stands in the addresses, what is no page, who looks at what."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page

from motcua.project.demo.accounts import EASY
from motcua.project.permissions import TABLE, Audience
from tests.e2e.axe import faults
from tests.e2e.citizen import BIRTH
from tests.e2e.people import House

WARD, PROVINCE, OFFICE = "phuong-hong-gai", "tinh-quang-ninh", "phuong-hong-gai-vanphong"

#: Who looks at the pages of an audience. What several may see looks the same but for their own data.
VISITORS: Final[Mapping[Audience, tuple[str, ...]]] = {
    Audience.PUBLIC: ("",),
    Audience.SIGNED_IN: ("congdan",),
    Audience.CITIZEN: ("congdan",),
    Audience.OFFICER: ("tiepnhan",),
    Audience.DESK: ("tiepnhan", "vanthu", "giamsat"),
    Audience.RECEIVER: ("tiepnhan",),
    Audience.ADMIN: ("quantri",),
    Audience.OVERSEER: ("giamsat",),
    Audience.LEADER: ("truongphong",),
    Audience.POST_CLERK: ("buudien",),
    Audience.CARRIER: ("buudien",),
    Audience.HANDLER: ("chuyenvien",),
}

#: Pages that not everybody of their audience may open.
LOOKERS: Final[Mapping[str, tuple[str, ...]]] = {
    "desk:helper_limit": ("lanhdao",),
    "desk:leave": ("chuyenvien",),
    "desk:register": ("tiepnhan", "vanthu"),
}

#: Addresses that answer with something other than a page of their own.
NO_PAGES: Final = frozenset(
    {
        "health", "ready", "metrics",
        "portal:apply_file", "portal:paper", "portal:attachment", "portal:apply_discard",
        "desk:paper", "desk:file", "portal:apply_form_pdf", "portal:declaration", "desk:declaration",
        "backoffice:units_template", "backoffice:people_template", "backoffice:people_export",
        "backoffice:procedure_text",
        "studio:export", "studio:download", "studio:bpmn_out", "studio:paper", "studio:try_paper", "studio:arrange",
        "studio:try_keep", "studio:try_end",
        "audit:journal_export", "portal:proof", "desk:proof", "desk:signing_prepare", "desk:signing_finish",
        "signing_key_trial", "signing_key_proof", "signing_key_withdraw", "signing_key_act",
        "desk:signing_paper", "seal_image_file", "signature_image_file", "signature_image_drop",
        "evidence:head", "evidence:note", "evidence:growth", "evidence:held", "evidence:offer",
        "demo_pki:stamp", "demo_pki:ocsp", "demo_pki:crl", "demo_pki:authority",
        "backoffice:certificates_export", "backoffice:certificate_file", "backoffice:certificate_request_letter",
        "backoffice:certificate_request_take", "backoffice:certificate_request_answer",
        "backoffice:certificate_request_cancel", "backoffice:certificate_check", "backoffice:trust_services_ask",
        "openid_connect_login", "openid_connect_callback",  # lead away, to the identity provider
        "account_set_password",  # only without a password; leads to its change
        "portal:check_keys", "portal:check_trust", "portal:check_worker", "portal:store_file", "portal:store_slip",
        "portal:share_file", "desk:result_slip", "desk:result_file", "portal:representation_end", "portal:consent_end",
        "desk:representing_end",
        "portal:my_data_file", "screen_lock", "screen_unlock", "screen_awake", "desk:card",
        "portal:money_receipt", "desk:take_shift", "desk:bank_line",
        "desk:scan_sheets", "desk:scan_page", "desk:book_pdf", "desk:book_excel",
        "desk:certified_give", "upload_begin", "upload_piece", "desk:register_file",
        "desk:control_sheet", "desk:process_log", "desk:export", "desk:find_export", "desk:label", "desk:saved",
        "desk:favourite", "desk:handover_pdf", "desk:closing_sheet", "desk:daily_excel", "desk:money_receipt",
        "desk:shift_receipts", "desk:money_receipts",
        "payments:callback", "post:sheet_pdf", "post:money_pdf", "post:receipt", "tax:sheet_pdf", "tax:money_pdf",
        "audit:readings_export", "usersession_end", "mfa_login_webauthn", "mfa_download_recovery_codes",
    }
)  # fmt: skip

#: Pages that other tests of this folder open on their way and look at, because they need a story.
ON_THE_WAY: Final = frozenset(
    {
        "portal:apply", "portal:apply_page", "portal:apply_papers", "portal:apply_review", "portal:submitted",
        "portal:apply_form",
        "portal:supplement", "portal:withdraw", "portal:tracked", "desk:act", "desk:receipt", "desk:look",
        "portal:check_result", "portal:check_qr", "portal:store_paper", "portal:store_share", "portal:share_end",
        "portal:share_look", "portal:consent_code", "desk:result",
        "portal:verify", "portal:group", "portal:renew", "desk:group", "desk:register_run", "desk:certified_done",
        "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
        "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "portal:pay", "desk:batch", "desk:batch_outcome",
        "desk:till", "desk:shift", "desk:statements", "desk:statement", "desk:daily", "desk:money_account",
        "desk:delegations", "desk:delegation_grant", "desk:delegation", "desk:delegation_revoke", "desk:leave_end",
        "post:home", "post:desk", "post:take_in", "post:take_in_form", "post:order", "post:order_act",
        "post:sheets", "post:sheet_make", "post:sheet", "post:sheet_drop", "post:money", "post:money_close",
        "post:money_list", "post:taxes", "post:tax", "tax:home", "tax:sheet", "tax:answer", "tax:return",
        "tax:paid", "tax:money", "tax:money_list", "desk:parcel", "desk:transfer_sheet", "desk:transfer_withdraw",
        "studio:draft", "studio:general", "studio:part", "studio:add", "studio:item", "studio:delete",
        "studio:form_head", "studio:chain", "studio:bpmn_in", "studio:tests_run", "studio:try", "studio:try_fill",
        "studio:try_outcome", "studio:try_work", "studio:compare", "studio:propose", "studio:approve",
        "studio:return", "studio:discard", "studio:clone", "studio:simulate",
        "desk:signing_batch", "seal_image", "backoffice:certificate", "backoffice:certificate_key",
        "backoffice:certificate_request", "backoffice:certificate_request_about", "backoffice:trust_service_end",
        "backoffice:trust_rule", "signing_keys", "signing_key_file", "signing_key_remote", "signing_key_agent",
        "backoffice:signing_service", "backoffice:signing_service_change", "backoffice:signing_service_end",
        "backoffice:key_offer", "backoffice:key_offer_refuse",
        "desk:scan", "desk:scan_dossier", "desk:book", "desk:book_correction", "desk:book_entry",
        "desk:certified_copy", "desk:certify_scan",
        "portal:pick_up", "mfa_reauthenticate_webauthn", "mfa_list_webauthn", "mfa_add_webauthn",
        "mfa_remove_webauthn", "mfa_edit_webauthn", "factor_needed", "post:taken_in",
    }
)  # fmt: skip

_OF_PROCEDURES: Final = frozenset({"portal:procedure", "desk:intake_form", "desk:assist_form"})


def pages() -> Iterator[tuple[str, Audience]]:
    """Every page of the permission table."""
    for name, audience in TABLE.items():
        if not name.startswith("api:") and name not in NO_PAGES:
            yield name, audience


def visitors(name: str, audience: Audience) -> tuple[str, ...]:
    """Who looks at a page."""
    return LOOKERS.get(name, VISITORS[audience])


def officer_beside(house: House) -> str:
    """An officer of the demo whom no story needs."""
    easy = {one.username for one in EASY}
    with house.visitor("quantri") as page:
        page.goto("/quan-tri/can-bo/?q=Tran")
        found: list[str] = re.findall(r"/can-bo/ho-so/([\w.]+)/", page.content())
    return next(one for one in found if one not in easy)


def routes() -> dict[str, str]:
    """Every named address of the house as a pattern like `/ho-so/<code>/`."""
    return dict(_routes(get_resolver(), "", "/"))


def _routes(resolver: URLResolver, space: str, before: str) -> Iterator[tuple[str, str]]:
    for one in resolver.url_patterns:
        route = before + re.sub(r"\(\?P(<\w+>)[^)]*\)|[$^]|<\w+:", _plain, str(one.pattern))
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _routes(one, inner, route)
        elif isinstance(one, URLPattern) and one.name:
            yield f"{space}{one.name}", route


def _plain(found: re.Match[str]) -> str:
    return found[1] or ("<" if found[0].startswith("<") else "")


class World:
    """What stands in the addresses: taken from the demo, by the links that the pages themselves show."""

    def __init__(self, house: House) -> None:
        self._house, self._routes = house, routes()
        self._common = {
            "slug": OFFICE,
            "username": officer_beside(house),
            "secret": "khong-co",
            "uidb36": "1",
            "key": "khong-co",
        }

    def path(self, name: str, account: str) -> str:
        """The address of a page for that visitor; "" when nothing in the demo fits."""
        route = self._routes[name]
        for part in re.findall(r"<(\w+)>", route):
            value = self._value(name, part, account)
            if not value:
                return self._linked(name, account)
            route = route.replace(f"<{part}>", value)
        return route

    def _value(self, name: str, part: str, account: str) -> str:
        if part == "code":
            return BIRTH if name.startswith("backoffice:") or name in _OF_PROCEDURES else self._code(account)
        if name == "backoffice:clock":
            return "tra-trong-ngay"
        return self._common.get(part, "")

    def _code(self, account: str) -> str:
        start = "/ho-so/" if account == "congdan" else "/mot-cua/tim/?q=nguyen" if account == "giamsat" else "/mot-cua/"
        return self._first(account, start, r"/ho-so/(H[\w.-]+)/")

    def _linked(self, name: str, account: str) -> str:
        """The first address of that pattern in the pages that lead to such pages."""
        numbered = re.sub(r"<\w+_id>", r"\\d+", self._routes[name])
        pattern = "(" + re.sub(r"<\w+>", r"[\\w.-]+", numbered) + ")"
        return next(filter(None, (self._first(account, start, pattern) for start in self._starts(name))), "")

    def _starts(self, name: str) -> list[str]:
        if name.startswith("audit:"):
            return ["/giam-sat/", "/giam-sat/qua-han/", "/giam-sat/uy-quyen/"]
        person = self._common.get("username", "")
        return [
            f"/quan-tri/can-bo/ho-so/{person}/", f"/quan-tri/don-vi/{OFFICE}/", f"/quan-tri/thu-tuc/{BIRTH}/",
            "/quan-tri/lich/", "/quan-tri/can-bo/ho-so/chuyenvien/", "/quan-tri/uy-quyen/", "/quan-tri/tam-dung/",
            "/quan-tri/nhac-han/",
        ]  # fmt: skip

    def _first(self, account: str, start: str, pattern: str) -> str:
        with self._house.visitor(account) as page:
            page.goto(start)
            found = re.search(pattern, page.content())
            return found[1] if found else ""


def submit_nothing(page: Page) -> bool:
    """Empty every field of the page's main form, spoil what guards it, and send it; False when there is no form."""
    form = page.locator("main form[method=post]").filter(has=page.locator("button")).last
    if not form.count():
        return False
    form.evaluate(
        """form => {
          form.noValidate = true;
          for (const one of form.elements) {
            if (one.type === "checkbox" || one.type === "radio") one.checked = false;
            else if (one.name === "revision") one.value = "-1";
            else if (one.tagName === "SELECT") one.selectedIndex = 0;
            else if (one.tagName !== "BUTTON" && one.type !== "file" && one.type !== "hidden") one.value = "";
          }
        }"""
    )
    with page.expect_navigation():
        form.evaluate("form => form.requestSubmit()")
    return True


def page_and_errors(page: Page, name: str) -> list[str]:
    """What is wrong with the open page, and with its form sent empty."""
    found = faults(page, name)
    if submit_nothing(page):
        found += faults(page, f"{name}-loi")
    return found
