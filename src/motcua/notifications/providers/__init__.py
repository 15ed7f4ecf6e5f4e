"""Ways out of the house, all behind one Protocol."""

from typing import Protocol

from motcua.notifications.terms import Outgoing


class Provider(Protocol):
    """Sends messages of one channel. A provider keeps nothing between messages but its connection."""

    def send(self, message: Outgoing) -> None:
        """Send one message, or raise RefusedError, TryLaterError or UnavailableError.

        `message.id` is the same when a message is sent again: a receiver can tell a double by it.
        """

    def close(self) -> None:
        """Give back the connection, if there is one."""
