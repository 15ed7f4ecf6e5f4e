"""The permission table: every URL of the house and who may open it. What is not here is closed to everybody."""

from collections.abc import Mapping
from enum import StrEnum

from motcua.agencies.terms import Right
from motcua.identity.terms import Actor


class Audience(StrEnum):
    """Who may open a URL; finer rights (which dossier, which act) are asked by the rooms themselves."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    CITIZEN = "citizen"  # officers hand their own dossiers in with an account of their own as citizens
    OFFICER = "officer"  # holds at least one post
    DESK = "desk"  # holds a post that works on dossiers
    RECEIVER = "receiver"  # holds a post that takes dossiers in
    LEADER = "leader"  # leads a division or an agency, or oversees
    ADMIN = "admin"
    OVERSEER = "overseer"


_RIGHTS: Mapping[Audience, frozenset[Right]] = {
    Audience.DESK: frozenset(
        {Right.RECEIVE, Right.HANDLE, Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.SEAL, Right.OVERSEE}
    ),
    Audience.RECEIVER: frozenset({Right.RECEIVE}),
    Audience.LEADER: frozenset({Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.OVERSEE}),
    Audience.ADMIN: frozenset({Right.ADMIN}),
    Audience.OVERSEER: frozenset({Right.OVERSEE}),
}

TABLE: dict[str, Audience] = {
    "health": Audience.PUBLIC,
    "ready": Audience.PUBLIC,
    "metrics": Audience.PUBLIC,  # answers only to loopback
    "api:api-root": Audience.PUBLIC,
    "api:openapi-json": Audience.PUBLIC,
    "api:agencies": Audience.PUBLIC,
    "api:compute_due": Audience.PUBLIC,
    "api:list_procedures": Audience.PUBLIC,
    "api:show_procedure": Audience.PUBLIC,
    "api:create": Audience.SIGNED_IN,
    "api:receive": Audience.SIGNED_IN,
    "api:refuse": Audience.SIGNED_IN,
    "api:ask_supplement": Audience.SIGNED_IN,
    "api:supplement": Audience.SIGNED_IN,
    "api:assign": Audience.SIGNED_IN,
    "api:forward": Audience.SIGNED_IN,
    "api:deliver": Audience.SIGNED_IN,
    "api:withdraw": Audience.SIGNED_IN,
    "api:correct": Audience.SIGNED_IN,
    "api:appraise": Audience.SIGNED_IN,
    "api:send_back": Audience.SIGNED_IN,
    "api:approve": Audience.SIGNED_IN,
    "api:reject": Audience.SIGNED_IN,
    "api:seal": Audience.SIGNED_IN,
    "api:listing": Audience.SIGNED_IN,
    "api:queue": Audience.SIGNED_IN,
    "api:reasons": Audience.SIGNED_IN,
    "api:detail": Audience.SIGNED_IN,
    "api:timeline": Audience.SIGNED_IN,
    "api:paper_pdf": Audience.SIGNED_IN,
    "api:file": Audience.SIGNED_IN,
    "api:upload": Audience.SIGNED_IN,
    "portal:home": Audience.PUBLIC,
    "portal:procedures": Audience.PUBLIC,
    "portal:procedure": Audience.PUBLIC,
    "portal:track": Audience.PUBLIC,
    "portal:tracked": Audience.PUBLIC,
    "portal:apply": Audience.CITIZEN,
    "portal:apply_page": Audience.CITIZEN,
    "portal:apply_papers": Audience.CITIZEN,
    "portal:apply_file": Audience.CITIZEN,
    "portal:apply_review": Audience.CITIZEN,
    "portal:apply_discard": Audience.CITIZEN,
    "portal:dossiers": Audience.CITIZEN,
    "portal:dossier": Audience.CITIZEN,
    "portal:submitted": Audience.CITIZEN,
    "portal:paper": Audience.CITIZEN,
    "portal:attachment": Audience.CITIZEN,
    "portal:supplement": Audience.CITIZEN,
    "portal:withdraw": Audience.CITIZEN,
    "portal:money_receipt": Audience.CITIZEN,
    "portal:pay": Audience.CITIZEN,
    "portal:notices": Audience.CITIZEN,
    "portal:my_data": Audience.CITIZEN,
    "portal:my_data_file": Audience.CITIZEN,
    "screen_lock": Audience.OFFICER,
    "screen_unlock": Audience.OFFICER,
    "screen_awake": Audience.OFFICER,
    "screen_switch": Audience.OFFICER,
    "upload_begin": Audience.SIGNED_IN,
    "upload_piece": Audience.SIGNED_IN,
    "desk:home": Audience.DESK,
    "desk:approvals": Audience.DESK,
    "desk:batch": Audience.DESK,
    "desk:batch_outcome": Audience.DESK,
    "desk:register": Audience.DESK,
    "desk:register_run": Audience.DESK,
    "desk:register_file": Audience.DESK,
    "desk:control_sheet": Audience.DESK,
    "desk:process_log": Audience.DESK,
    "desk:find": Audience.DESK,
    "desk:printed": Audience.DESK,
    "desk:export": Audience.DESK,
    "desk:find_export": Audience.DESK,
    "desk:overview": Audience.LEADER,
    "desk:card": Audience.DESK,
    "desk:label": Audience.DESK,
    "desk:saved": Audience.DESK,
    "desk:favourite": Audience.RECEIVER,
    "desk:intake": Audience.RECEIVER,
    "desk:intake_form": Audience.RECEIVER,
    "desk:dossier": Audience.DESK,
    "desk:act": Audience.DESK,
    "desk:purpose": Audience.DESK,
    "desk:receipt": Audience.DESK,
    "desk:paper": Audience.DESK,
    "desk:file": Audience.DESK,
    "desk:look": Audience.DESK,
    "desk:till": Audience.DESK,
    "desk:shift": Audience.DESK,
    "desk:take_shift": Audience.DESK,
    "desk:closing_sheet": Audience.DESK,
    "desk:statements": Audience.DESK,
    "desk:statement": Audience.DESK,
    "desk:bank_line": Audience.DESK,
    "desk:daily": Audience.DESK,
    "desk:daily_excel": Audience.DESK,
    "desk:money_account": Audience.DESK,
    "desk:money_receipt": Audience.DESK,
    "payments:callback": Audience.PUBLIC,  # signed by the platform
    "desk:delegations": Audience.OFFICER,
    "desk:delegation_grant": Audience.OFFICER,
    "desk:delegation": Audience.OFFICER,
    "desk:delegation_revoke": Audience.OFFICER,
    "desk:leave": Audience.OFFICER,
    "desk:leave_end": Audience.OFFICER,
    "backoffice:home": Audience.ADMIN,
    "backoffice:delegations": Audience.ADMIN,
    "backoffice:delegation_grant": Audience.ADMIN,
    "backoffice:delegation": Audience.ADMIN,
    "backoffice:delegation_revoke": Audience.ADMIN,
    "backoffice:start": Audience.ADMIN,
    "backoffice:start_unit": Audience.ADMIN,
    "backoffice:start_units": Audience.ADMIN,
    "backoffice:start_people": Audience.ADMIN,
    "backoffice:start_procedures": Audience.ADMIN,
    "backoffice:start_ready": Audience.ADMIN,
    "backoffice:units": Audience.ADMIN,
    "backoffice:unit_create": Audience.ADMIN,
    "backoffice:units_import": Audience.ADMIN,
    "backoffice:units_template": Audience.ADMIN,
    "backoffice:unit": Audience.ADMIN,
    "backoffice:unit_rename": Audience.ADMIN,
    "backoffice:unit_move": Audience.ADMIN,
    "backoffice:unit_code": Audience.ADMIN,
    "backoffice:unit_close": Audience.ADMIN,
    "backoffice:unit_hours": Audience.ADMIN,
    "backoffice:post_add": Audience.ADMIN,
    "backoffice:post_end": Audience.ADMIN,
    "backoffice:people": Audience.ADMIN,
    "backoffice:person_create": Audience.ADMIN,
    "backoffice:people_import": Audience.ADMIN,
    "backoffice:people_template": Audience.ADMIN,
    "backoffice:people_export": Audience.ADMIN,
    "backoffice:person": Audience.ADMIN,
    "backoffice:person_details": Audience.ADMIN,
    "backoffice:person_link": Audience.ADMIN,
    "backoffice:person_assign": Audience.ADMIN,
    "backoffice:person_lock": Audience.ADMIN,
    "backoffice:person_factors": Audience.ADMIN,
    "backoffice:person_unlock": Audience.ADMIN,
    "backoffice:posting_end": Audience.ADMIN,
    "backoffice:posting_transfer": Audience.ADMIN,
    "backoffice:token_end": Audience.ADMIN,
    "backoffice:procedures": Audience.ADMIN,
    "backoffice:procedure_new": Audience.ADMIN,
    "backoffice:catalogue_import": Audience.ADMIN,
    "backoffice:offer_many": Audience.ADMIN,
    "backoffice:procedure_text": Audience.ADMIN,
    "backoffice:procedure": Audience.ADMIN,
    "backoffice:procedure_publish": Audience.ADMIN,
    "backoffice:draft_publish": Audience.ADMIN,
    "backoffice:offer_one": Audience.ADMIN,
    "backoffice:offer_stop": Audience.ADMIN,
    "backoffice:procedure_retire": Audience.ADMIN,
    "backoffice:calendar": Audience.ADMIN,
    "backoffice:day_declare": Audience.ADMIN,
    "backoffice:day_remove": Audience.ADMIN,
    "backoffice:clock": Audience.ADMIN,
    "backoffice:default_hours": Audience.ADMIN,
    "audit:journal": Audience.OVERSEER,
    "audit:delegations": Audience.OVERSEER,
    "audit:delegation": Audience.OVERSEER,
    "audit:helpers": Audience.OVERSEER,
    "audit:journal_export": Audience.OVERSEER,
    "audit:open": Audience.OVERSEER,
    "audit:replay": Audience.OVERSEER,
    "audit:readings": Audience.OVERSEER,
    "audit:readings_export": Audience.OVERSEER,
    "audit:overdue": Audience.OVERSEER,
    "audit:overdue_agency": Audience.OVERSEER,
    "audit:supplements": Audience.OVERSEER,
    "audit:corrections": Audience.OVERSEER,
    "audit:backdated": Audience.OVERSEER,
    "account_login": Audience.PUBLIC,
    "account_logout": Audience.PUBLIC,
    "account_signup": Audience.PUBLIC,
    "account_inactive": Audience.PUBLIC,
    "account_activate": Audience.PUBLIC,
    "account_reset_password": Audience.PUBLIC,
    "account_reset_password_done": Audience.PUBLIC,
    "account_reset_password_from_key": Audience.PUBLIC,
    "account_reset_password_from_key_done": Audience.PUBLIC,
    "socialaccount_login_cancelled": Audience.PUBLIC,
    "socialaccount_login_error": Audience.PUBLIC,
    "openid_connect_login": Audience.PUBLIC,
    "openid_connect_callback": Audience.PUBLIC,
    "account_home": Audience.SIGNED_IN,
    "account_reauthenticate": Audience.SIGNED_IN,
    "account_change_password": Audience.SIGNED_IN,
    "account_set_password": Audience.SIGNED_IN,
    "usersessions_list": Audience.SIGNED_IN,
    "usersession_end": Audience.SIGNED_IN,
    "mfa_authenticate": Audience.PUBLIC,  # only in the middle of signing in
    "mfa_login_webauthn": Audience.PUBLIC,
    "mfa_index": Audience.SIGNED_IN,
    "mfa_reauthenticate": Audience.SIGNED_IN,
    "mfa_reauthenticate_webauthn": Audience.SIGNED_IN,
    "mfa_activate_totp": Audience.SIGNED_IN,
    "mfa_deactivate_totp": Audience.SIGNED_IN,
    "mfa_view_recovery_codes": Audience.SIGNED_IN,
    "mfa_generate_recovery_codes": Audience.SIGNED_IN,
    "mfa_download_recovery_codes": Audience.SIGNED_IN,
    "mfa_list_webauthn": Audience.SIGNED_IN,
    "mfa_add_webauthn": Audience.SIGNED_IN,
    "mfa_remove_webauthn": Audience.SIGNED_IN,
    "mfa_edit_webauthn": Audience.SIGNED_IN,
    "portal:style_guide": Audience.PUBLIC,
}


def audience_of(view_name: str) -> Audience | None:
    """Return who may open the URL of that name; None when the table does not name it."""
    return TABLE.get(view_name)


def may_open(audience: Audience, actor: Actor) -> bool:
    """Return whether the actor belongs to the audience."""
    match audience:
        case Audience.PUBLIC:
            return True
        case Audience.SIGNED_IN:
            return actor.kind in {"citizen", "officer"}
        case Audience.CITIZEN:
            return actor.kind == "citizen"
        case Audience.OFFICER:
            return bool(actor.postings)
        case _:
            return any(actor.has(right) for right in _RIGHTS[audience])
