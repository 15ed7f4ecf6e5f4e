"""Everything that changes accounts, posts held, keys and links."""

from motcua.identity.actions.change_account import change_account
from motcua.identity.actions.create_account import create_account
from motcua.identity.actions.create_admin import create_admin
from motcua.identity.actions.deactivate import deactivate, reactivate
from motcua.identity.actions.delegate import Giving, grant_delegation, revoke_delegation
from motcua.identity.actions.import_people import import_people
from motcua.identity.actions.issue_token import issue_token, revoke
from motcua.identity.actions.leave import declare_leave, end_leave
from motcua.identity.actions.links import activate, make_link, reset_password
from motcua.identity.actions.load_accounts import load_accounts
from motcua.identity.actions.note_sign_in import note_sign_in
from motcua.identity.actions.passwords import change_password
from motcua.identity.actions.posts import assign_post, end_post, move_officer
from motcua.identity.actions.sign_up import sign_up
from motcua.identity.actions.vouch import vouched_account

__all__ = [
    "Giving",
    "activate",
    "assign_post",
    "change_account",
    "change_password",
    "create_account",
    "create_admin",
    "deactivate",
    "declare_leave",
    "end_leave",
    "end_post",
    "grant_delegation",
    "import_people",
    "issue_token",
    "load_accounts",
    "make_link",
    "move_officer",
    "note_sign_in",
    "reactivate",
    "reset_password",
    "revoke",
    "revoke_delegation",
    "sign_up",
    "vouched_account",
]
