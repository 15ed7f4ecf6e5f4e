"""Which platform this installation has."""

from django.conf import settings

from motcua.payments.providers import Platform
from motcua.payments.providers.national import NationalPlatform


def platform() -> Platform | None:
    """Return the platform of the settings, None when none is set."""
    if not settings.PAYMENT_PLATFORM_URL:
        return None
    return NationalPlatform(
        url=settings.PAYMENT_PLATFORM_URL,
        partner=settings.PAYMENT_PLATFORM_PARTNER,
        secret=settings.PAYMENT_PLATFORM_SECRET,
        token=settings.PAYMENT_PLATFORM_TOKEN,
    )
