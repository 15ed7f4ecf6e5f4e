"""By which ways a notice leaves the house."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from motcua.notifications.terms import Channel, NoticeKind, Recipient

_ALL = (Channel.EMAIL, Channel.SMS, Channel.ZALO)

#: SMS costs money and interrupts: it carries what the reader waits for or must do. Officers read their work inside.
CHANNELS: Mapping[NoticeKind, tuple[Channel, ...]] = MappingProxyType(
    {
        NoticeKind.PROGRESS: _ALL,
        NoticeKind.ACTION: _ALL,
        NoticeKind.OUTCOME: _ALL,
        NoticeKind.INFORMATION: (Channel.EMAIL, Channel.ZALO),
        NoticeKind.WORK: (),
    }
)


def ways_out(kind: NoticeKind, to: Recipient, *, switched_on: Collection[Channel]) -> tuple[tuple[Channel, str], ...]:
    """Return (channel, address) for each way that the kind wants, the house has and the recipient can be reached by."""
    addresses = {Channel.EMAIL: to.email, Channel.SMS: to.phone, Channel.ZALO: to.phone}
    return tuple(
        (channel, addresses[channel]) for channel in CHANNELS[kind] if channel in switched_on and addresses[channel]
    )
