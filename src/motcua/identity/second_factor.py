"""Where django-allauth's second factor meets the house: words, names of keys, secrets kept encrypted."""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from motcua.identity.models import Account

_MESSAGES = {
    "cannot_delete_authenticator": "Không gỡ được cách xác nhận này.",
    "cannot_generate_recovery_codes": "Hãy đặt ứng dụng tạo mã hoặc khóa bảo mật trước khi lấy mã dự phòng.",
    "incorrect_code": "Mã chưa đúng hoặc đã hết hạn. Hãy nhập mã đang hiện trên máy của bạn.",
}


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Bảo mật hai lớp."""

    error_messages = DefaultMFAAdapter.error_messages | _MESSAGES

    def get_totp_label(self, user: Account) -> str:
        """The name shown in the app that makes the codes."""
        return user.username

    def encrypt(self, text: str) -> str:
        """Encrypt a secret before it is stored."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; raises cryptography's InvalidToken when the house's key is another one."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:
        """The name a new key gets unless its holder gives another."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Khóa {count + 1}"


def _box() -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"motcua second factor").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(key))
