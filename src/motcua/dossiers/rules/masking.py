"""What strangers see of people: enough to recognise one's own dossier, too little to learn anything (Law 91/2025)."""


def mask_name(name: str) -> str:
    """Return the name with all words but the last reduced to their first letter: "Nguyễn Văn An" → "N. V. An"."""
    words = name.split()
    return " ".join([*(f"{word[0]}." for word in words[:-1]), *words[-1:]])


def mask_number(number: str, *, shown: int = 3) -> str:
    """Return the number with only its last `shown` characters."""
    hidden = len(number) - shown if len(number) > shown else len(number)
    return "•" * hidden + number[hidden:]
