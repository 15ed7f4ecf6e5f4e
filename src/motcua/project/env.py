"""Every environment variable the installation understands, typed, in one place.

A wrong value stops the start with the variable's name and the reason.
"""

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environs import Env, EnvError


class BadEnvironment(SystemExit):
    """The environment is wrong; the message says which variable and why."""


@dataclass(frozen=True, slots=True)
class Environment:
    """What `DATABASE_URL` and the `MOTCUA_*` variables say."""

    database_url: str  # DATABASE_URL: postgresql://…; empty: the embedded server of the data folder
    data_dir: Path  # MOTCUA_DATA: blobs, embedded database, logs, secret key
    demo: bool  # MOTCUA_DEMO: demo accounts may sign in
    debug: bool  # MOTCUA_DEBUG: never on a real installation
    secret_key: str = field(repr=False)  # MOTCUA_SECRET_KEY: at least 32 characters
    hosts: tuple[str, ...]  # MOTCUA_HOSTS: host names served, comma-separated
    base_url: str  # MOTCUA_BASE_URL: the public address, printed in QR codes and mails
    demo_pki_url: str  # MOTCUA_DEMO_PKI_URL: where a demo asks its own authorities; empty: base_url/pki-mau
    behind_proxy: bool  # MOTCUA_BEHIND_PROXY: trust X-Forwarded-Proto and X-Forwarded-For of a TLS proxy
    place_name: str  # MOTCUA_PLACE_NAME: whose portal it is, under the name in the header
    email_url: str = field(repr=False)  # MOTCUA_EMAIL_URL: smtp://user:password@host:port, smtps://…; empty: files
    email_from: str  # MOTCUA_EMAIL_FROM
    sms_provider: str = field(
        repr=False
    )  # MOTCUA_SMS_PROVIDER: files (DATA/outbox/sms), none, or a gateway's https://…
    zalo_provider: str = field(
        repr=False
    )  # MOTCUA_ZALO_PROVIDER: files (DATA/outbox/zalo), none, or a gateway's https://…
    post_provider: str = field(repr=False)  # MOTCUA_POST_PROVIDER: by_hand, or a post company's https://…
    post_customer: str  # MOTCUA_POST_CUSTOMER: our customer code at that company
    max_upload_mb: int  # MOTCUA_MAX_UPLOAD_MB: one file
    clamd: str  # MOTCUA_CLAMD: unix:/run/clamav/clamd.ctl or tcp://host:3310 scans uploads for malware; empty: none
    clamd_down: str  # MOTCUA_CLAMD_DOWN: refuse uploads while clamd is away, or accept them and scan later
    oidc_issuer: str  # MOTCUA_OIDC_ISSUER: national identity provider; empty: none
    oidc_client_id: str  # MOTCUA_OIDC_CLIENT_ID
    oidc_client_secret: str = field(repr=False)  # MOTCUA_OIDC_CLIENT_SECRET
    oidc_name: str  # MOTCUA_OIDC_NAME: what the button says
    payment_url: str  # MOTCUA_PAYMENT_URL: the national payment platform; empty: none
    payment_partner: str  # MOTCUA_PAYMENT_PARTNER: MaDoiTac
    payment_secret: str = field(repr=False)  # MOTCUA_PAYMENT_SECRET: signs messages and checks callbacks
    payment_token: str = field(repr=False)  # MOTCUA_PAYMENT_TOKEN: goes as Bearer; may be empty
    backup: str  # MOTCUA_BACKUP: auto (on for the embedded database), on, off
    backup_dir: str  # MOTCUA_BACKUP_DIR: where to, best another disk; empty: DATA/backup
    backup_keep_days: int  # MOTCUA_BACKUP_KEEP_DAYS: how far back a restore can go
    backup_hour: int  # MOTCUA_BACKUP_HOUR: hour of the daily backup, Vietnam time
    idle_minutes: float  # MOTCUA_IDLE_MINUTES: an officer's screen locks after so long without a sign; 0: never
    keep_replies_days: int  # MOTCUA_KEEP_REPLIES_DAYS: how long a repeated request gets its first answer
    keep_events_days: int  # MOTCUA_KEEP_EVENTS_DAYS: delivered events
    keep_notices_days: int  # MOTCUA_KEEP_NOTICES_DAYS: notices and messages
    keep_unused_days: int  # MOTCUA_KEEP_UNUSED_DAYS: files nobody refers to, before they go into quarantine
    quarantine_days: int  # MOTCUA_QUARANTINE_DAYS: files in quarantine, before they are removed
    results_key: str  # MOTCUA_RESULTS_KEY: private key (P-256, PEM) of QR codes; empty: DATA/keys/results.pem
    check_mb: int  # MOTCUA_CHECK_MB: of stored files read back in each of the 48 rounds of a night
    evidence_key: str = field(repr=False)  # MOTCUA_EVIDENCE_KEY: signs the heads of the log: PEM, PKCS#12, pkcs11:…
    evidence_pin: str = field(repr=False)  # MOTCUA_EVIDENCE_PIN: opens that file or device; may be empty
    evidence_origin: str  # MOTCUA_EVIDENCE_ORIGIN: name of the log (motcua.quangninh.gov.vn); empty: of base_url
    evidence_minutes: int  # MOTCUA_EVIDENCE_MINUTES: between two heads
    evidence_memory: str  # MOTCUA_EVIDENCE_MEMORY: file for the last signed head; empty: beside the key file
    evidence_exchange_hours: int  # MOTCUA_EVIDENCE_EXCHANGE_HOURS: between two exchanges of heads with other houses
    manifest: bool  # MOTCUA_STATIC_MANIFEST: static files carry their hash (set by `motcua up`)


_SHORTEST_SECRET = 32
#: A file sent through the API may wait so long for the act that uses it.
_UPLOADS_WAIT_DAYS = 7


def read_environment() -> Environment:
    """Read and check the environment; raises BadEnvironment naming the variable."""
    try:
        found = _read(Env())
    except EnvError as error:
        raise BadEnvironment(f"Biến môi trường sai: {error}") from error
    for reason in [*_reasons_against(found), *_reasons_against_keeping(found)]:
        raise BadEnvironment(f"Biến môi trường sai: {reason}")
    return found


def _read(env: Env) -> Environment:
    return Environment(
        database_url=env.str("DATABASE_URL", ""),
        data_dir=Path(env.str("MOTCUA_DATA", "var")).absolute(),
        demo=env.bool("MOTCUA_DEMO", False),
        debug=env.bool("MOTCUA_DEBUG", False),
        secret_key=env.str("MOTCUA_SECRET_KEY", "") or secrets.token_urlsafe(48),
        hosts=tuple(env.list("MOTCUA_HOSTS", ["*"])),
        base_url=env.str("MOTCUA_BASE_URL", "http://localhost:8000").rstrip("/"),
        demo_pki_url=env.str("MOTCUA_DEMO_PKI_URL", "").rstrip("/"),
        behind_proxy=env.bool("MOTCUA_BEHIND_PROXY", False),
        place_name=env.str("MOTCUA_PLACE_NAME", ""),
        email_url=env.str("MOTCUA_EMAIL_URL", ""),
        email_from=env.str("MOTCUA_EMAIL_FROM", "Một Cửa <motcua@localhost>"),
        sms_provider=env.str("MOTCUA_SMS_PROVIDER", "files"),
        zalo_provider=env.str("MOTCUA_ZALO_PROVIDER", "files"),
        post_provider=env.str("MOTCUA_POST_PROVIDER", "by_hand"),
        post_customer=env.str("MOTCUA_POST_CUSTOMER", ""),
        max_upload_mb=env.int("MOTCUA_MAX_UPLOAD_MB", 20),
        clamd=env.str("MOTCUA_CLAMD", ""),
        clamd_down=env.str("MOTCUA_CLAMD_DOWN", "refuse"),
        oidc_issuer=env.str("MOTCUA_OIDC_ISSUER", ""),
        oidc_client_id=env.str("MOTCUA_OIDC_CLIENT_ID", ""),
        oidc_client_secret=env.str("MOTCUA_OIDC_CLIENT_SECRET", ""),
        oidc_name=env.str("MOTCUA_OIDC_NAME", "Tài khoản định danh điện tử"),
        payment_url=env.str("MOTCUA_PAYMENT_URL", ""),
        payment_partner=env.str("MOTCUA_PAYMENT_PARTNER", ""),
        payment_secret=env.str("MOTCUA_PAYMENT_SECRET", ""),
        payment_token=env.str("MOTCUA_PAYMENT_TOKEN", ""),
        backup=env.str("MOTCUA_BACKUP", "auto"),
        backup_dir=env.str("MOTCUA_BACKUP_DIR", ""),
        backup_keep_days=env.int("MOTCUA_BACKUP_KEEP_DAYS", 14),
        backup_hour=env.int("MOTCUA_BACKUP_HOUR", 1),
        idle_minutes=env.float("MOTCUA_IDLE_MINUTES", 10.0),
        **_keeping(env),
        results_key=env.str("MOTCUA_RESULTS_KEY", ""),
        check_mb=env.int("MOTCUA_CHECK_MB", 1000),
        **_evidence(env),
        manifest=env.bool("MOTCUA_STATIC_MANIFEST", False),
    )


def _keeping(env: Env) -> dict[str, Any]:
    return {
        "keep_replies_days": env.int("MOTCUA_KEEP_REPLIES_DAYS", 30),
        "keep_events_days": env.int("MOTCUA_KEEP_EVENTS_DAYS", 30),
        "keep_notices_days": env.int("MOTCUA_KEEP_NOTICES_DAYS", 730),
        "keep_unused_days": env.int("MOTCUA_KEEP_UNUSED_DAYS", 14),
        "quarantine_days": env.int("MOTCUA_QUARANTINE_DAYS", 30),
    }


def _evidence(env: Env) -> dict[str, Any]:
    return {
        "evidence_key": env.str("MOTCUA_EVIDENCE_KEY", ""),
        "evidence_pin": env.str("MOTCUA_EVIDENCE_PIN", ""),
        "evidence_origin": env.str("MOTCUA_EVIDENCE_ORIGIN", ""),
        "evidence_minutes": env.int("MOTCUA_EVIDENCE_MINUTES", 5),
        "evidence_memory": env.str("MOTCUA_EVIDENCE_MEMORY", ""),
        "evidence_exchange_hours": env.int("MOTCUA_EVIDENCE_EXCHANGE_HOURS", 1),
    }


def _reasons_against(found: Environment) -> list[str]:
    reasons = []
    scheme = urlsplit(found.database_url).scheme
    if scheme not in {"", "postgresql", "postgres"}:
        reasons.append(f"DATABASE_URL phải bắt đầu bằng postgresql://, không phải {scheme}://")
    if len(found.secret_key) < _SHORTEST_SECRET:
        reasons.append(f"MOTCUA_SECRET_KEY phải dài ít nhất {_SHORTEST_SECRET} ký tự")
    if urlsplit(found.base_url).scheme not in {"http", "https"}:
        reasons.append("MOTCUA_BASE_URL phải bắt đầu bằng http:// hoặc https://")
    if found.max_upload_mb < 1:
        reasons.append("MOTCUA_MAX_UPLOAD_MB phải từ 1 trở lên")
    if found.idle_minutes < 0:
        reasons.append("MOTCUA_IDLE_MINUTES phải từ 0 trở lên")
    if urlsplit(found.email_url).scheme not in {"", "smtp", "smtps"}:
        reasons.append("MOTCUA_EMAIL_URL phải bắt đầu bằng smtp:// hoặc smtps://")
    if found.oidc_issuer and not found.oidc_client_id:
        reasons.append("có MOTCUA_OIDC_ISSUER thì phải có MOTCUA_OIDC_CLIENT_ID")
    return reasons + _reasons_against_providers(found) + _reasons_against_payment(found)


def _reasons_against_payment(found: Environment) -> list[str]:
    if not found.payment_url:
        return []
    reasons = []
    if urlsplit(found.payment_url).scheme not in {"http", "https"}:
        reasons.append("MOTCUA_PAYMENT_URL phải bắt đầu bằng http:// hoặc https://")
    if not found.payment_partner or not found.payment_secret:
        reasons.append("có MOTCUA_PAYMENT_URL thì phải có MOTCUA_PAYMENT_PARTNER và MOTCUA_PAYMENT_SECRET")
    return reasons


def _reasons_against_providers(found: Environment) -> list[str]:
    chosen = {"MOTCUA_SMS_PROVIDER": found.sms_provider, "MOTCUA_ZALO_PROVIDER": found.zalo_provider}
    reasons = []
    if found.post_provider != "by_hand" and urlsplit(found.post_provider).scheme not in {"http", "https"}:
        reasons.append("MOTCUA_POST_PROVIDER phải là by_hand hoặc địa chỉ http(s)://")
    return reasons + [
        f"{name} phải là files, none hoặc địa chỉ http(s)://"
        for name, value in chosen.items()
        if value not in {"files", "none"} and urlsplit(value).scheme not in {"http", "https"}
    ]


def _reasons_against_keeping(found: Environment) -> list[str]:
    reasons = []
    if found.backup not in {"auto", "on", "off"}:
        reasons.append("MOTCUA_BACKUP phải là auto, on hoặc off")
    if found.backup_hour not in range(24):
        reasons.append("MOTCUA_BACKUP_HOUR phải từ 0 đến 23")
    days = {
        "MOTCUA_BACKUP_KEEP_DAYS": found.backup_keep_days,
        "MOTCUA_KEEP_REPLIES_DAYS": found.keep_replies_days,
        "MOTCUA_KEEP_EVENTS_DAYS": found.keep_events_days,
        "MOTCUA_KEEP_NOTICES_DAYS": found.keep_notices_days,
        "MOTCUA_QUARANTINE_DAYS": found.quarantine_days,
        "MOTCUA_CHECK_MB": found.check_mb,
        "MOTCUA_EVIDENCE_MINUTES": found.evidence_minutes,
        "MOTCUA_EVIDENCE_EXCHANGE_HOURS": found.evidence_exchange_hours,
    }
    return (
        _reasons_against_files(found)
        + reasons
        + [f"{name} phải từ 1 trở lên" for name, number in days.items() if number < 1]
    )


def _reasons_against_files(found: Environment) -> list[str]:
    reasons = []
    if found.keep_unused_days <= _UPLOADS_WAIT_DAYS:
        reasons.append(
            f"MOTCUA_KEEP_UNUSED_DAYS phải trên {_UPLOADS_WAIT_DAYS}: tệp tải lên qua API được chờ chừng ấy ngày"
        )
    if found.clamd_down not in {"refuse", "accept"}:
        reasons.append("MOTCUA_CLAMD_DOWN phải là refuse hoặc accept")
    where = urlsplit(found.clamd)
    named = where.path if where.scheme == "unix" else where.hostname if where.scheme == "tcp" else ""
    if found.clamd and not named:
        reasons.append("MOTCUA_CLAMD phải có dạng unix:/đường/dẫn hoặc tcp://máy:3310")
    return reasons
