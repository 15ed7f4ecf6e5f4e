"""Why something could not be started."""


class StartError(Exception):
    """Something needed to run is missing or wrong.

    `message` says in one Vietnamese sentence what is wrong, `advice` what the person at the keyboard can do about it.
    """

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()
