"""Django's settings for sign-in (django-allauth), taken over by `project/settings.py`."""

from typing import Any

#: The name of the national identity provider in addresses.
PROVIDER_ID = "quoc-gia"


def allauth_settings(*, issuer: str, client_id: str, client_secret: str, name: str) -> dict[str, Any]:
    """Every setting of sign-in; without an issuer there is no identity provider."""
    app = _provider(issuer=issuer, client_id=client_id, client_secret=client_secret, name=name)
    return {
        "AUTHENTICATION_BACKENDS": ["motcua.identity.backends.HouseBackend"],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "/",
        "LOGOUT_REDIRECT_URL": "/",
        "AUTH_PASSWORD_VALIDATORS": [],
        "ACCOUNT_ADAPTER": "motcua.identity.adapters.AccountAdapter",
        "ACCOUNT_LOGIN_METHODS": {"username"},
        "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*", "password2*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "[Một Cửa] ",
        "ACCOUNT_PRESERVE_USERNAME_CASING": False,
        "ACCOUNT_SESSION_REMEMBER": False,
        "ACCOUNT_USERNAME_MIN_LENGTH": 3,
        "ACCOUNT_PASSWORD_MIN_LENGTH": None,
        "ACCOUNT_USER_DISPLAY": str,
        "ACCOUNT_RATE_LIMITS": {
            "login": "300/m/ip",
            "login_failed": "60/m/ip,5/5m/key",
            "signup": "60/m/ip",
            "reset_password": "30/m/ip,3/15m/key",
        },
        "ACCOUNT_FORMS": {
            "login": "motcua.identity.web.forms.LoginForm",
            "signup": "motcua.identity.web.forms.SignupForm",
            "change_password": "motcua.identity.web.forms.ChangePasswordForm",
            "set_password": "motcua.identity.web.forms.SetPasswordForm",
            "reset_password": "motcua.identity.web.forms.ResetPasswordForm",
            "reset_password_from_key": "motcua.identity.web.forms.ResetPasswordKeyForm",
            "reauthenticate": "motcua.identity.web.forms.ReauthenticateForm",
        },
        "SOCIALACCOUNT_ADAPTER": "motcua.identity.adapters.ProviderAdapter",
        "SOCIALACCOUNT_EMAIL_VERIFICATION": "none",
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": [app] if issuer else []}},
        **_second_factor(),
    }


def _second_factor() -> dict[str, Any]:
    """Apps that make codes, passkeys and security keys, recovery codes; and how long a proof holds."""
    return {
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 900,
        "MFA_ADAPTER": "motcua.identity.second_factor.SecondFactorAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_TOTP_ISSUER": "Một Cửa",
        "MFA_TOTP_TOLERANCE": 1,
        "MFA_FORMS": {
            "authenticate": "motcua.identity.web.factor_forms.AuthenticateForm",
            "reauthenticate": "motcua.identity.web.factor_forms.ReauthenticateForm",
            "activate_totp": "motcua.identity.web.factor_forms.ActivateTotpForm",
            "add_webauthn": "motcua.identity.web.factor_forms.AddKeyForm",
            "edit_webauthn": "motcua.identity.web.factor_forms.RenameKeyForm",
        },
    }


def _provider(*, issuer: str, client_id: str, client_secret: str, name: str) -> dict[str, Any]:
    """The national identity provider as allauth wants to hear of it."""
    return {
        "provider_id": PROVIDER_ID,
        "name": name,
        "client_id": client_id,
        "secret": client_secret,
        "settings": {
            "server_url": issuer,
            "fetch_userinfo": True,
            "oauth_pkce_enabled": True,
            "scope": ["openid", "profile", "email", "phone"],
        },
    }
