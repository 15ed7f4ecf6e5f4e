"""A certificate authority that is written to on paper: the request is printed, the certificate comes back as a file."""

from datetime import datetime

from motcua.trust.providers.ca.port import Order, Outcome


class ByLetter:
    """Nothing goes out by itself: the request waits for the file, or for the word that it was revoked."""

    label = "Công văn gửi tổ chức cung cấp dịch vụ chứng thực"

    def ask(self, order: Order, *, at: datetime) -> Outcome:  # noqa: ARG002 (the port's signature)
        """Wait for people."""
        return Outcome("waiting", words="In công văn, ký, gửi đi; khi có trả lời thì tải tệp chứng thư lên.")
