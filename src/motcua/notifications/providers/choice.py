"""Which provider each channel has on this installation."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.conf import settings

from motcua.notifications.providers import Provider
from motcua.notifications.providers.email import EmailProvider
from motcua.notifications.providers.files import FileProvider
from motcua.notifications.providers.http import HttpProvider
from motcua.notifications.terms import Channel

FILES, NONE = "files", "none"


def switched_on() -> frozenset[Channel]:
    """Return the channels of this installation."""
    return frozenset(channel for channel in Channel if _chosen(channel) != NONE)


@contextmanager
def open_providers() -> Iterator[dict[Channel, Provider]]:
    """Yield the provider of every channel that is on; their connections are given back at the end."""
    with ExitStack() as stack:
        providers = {channel: _provider(channel) for channel in Channel if channel in switched_on()}
        for provider in providers.values():
            stack.callback(provider.close)
        yield providers


def _provider(channel: Channel) -> Provider:
    if channel == Channel.EMAIL:
        return EmailProvider()
    chosen = _chosen(channel)
    if chosen == FILES:
        return FileProvider(settings.DATA_DIR / "outbox" / channel.value)
    return HttpProvider(chosen, channel.value)


def _chosen(channel: Channel) -> str:
    chosen: dict[Channel, str] = {Channel.SMS: settings.SMS_PROVIDER, Channel.ZALO: settings.ZALO_PROVIDER}
    return chosen.get(channel, "smtp")
