"""What an account must look like."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from motcua.identity.terms import AccountKind
from motcua.kernel.checks import (
    born_problems,
    email_problems,
    length_problems,
    personal_id_problems,
    phone_problems,
    required_problems,
    tax_code_problems,
    tidy_number,
    tidy_phone,
)
from motcua.kernel.errors import Problem
from motcua.kernel.text import clean

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{2,149}")
SHORTEST_PASSWORD = 10


@dataclass(frozen=True, slots=True)
class Person:
    """What is said of somebody, tidied by `tidy`."""

    username: str
    full_name: str
    email: str = ""
    phone: str = ""
    personal_id: str = ""
    born: date | None = None
    tax_code: str = ""
    organisation_name: str = ""
    address: str = ""


def tidy(person: Person) -> Person:
    """The same without what people put between digits and words."""
    return Person(
        username=tidy_username(person.username),
        full_name=clean(person.full_name),
        email=person.email.strip(),
        phone=tidy_phone(person.phone),
        personal_id=tidy_number(person.personal_id).upper(),
        born=person.born,
        tax_code=tidy_number(person.tax_code),
        organisation_name=clean(person.organisation_name),
        address=clean(person.address),
    )


def tidy_username(username: str) -> str:
    """A username as it is stored: lower case; a phone number as 0XXXXXXXXX."""
    bare = clean(username).lower()
    phone = tidy_phone(bare)
    return phone if phone.isdigit() and not phone_problems(phone) else bare


def account_problems(person: Person, kind: AccountKind | str, *, today: date) -> list[Problem]:
    """Everything wrong with a (tidied) person's account."""
    problems = [
        *username_problems(person.username, kind),
        *required_problems(person.full_name, label="họ và tên", field="full_name"),
        *length_problems(person.full_name, longest=200, label="Họ và tên", field="full_name"),
        *email_problems(person.email),
        *phone_problems(person.phone),
        *tax_code_problems(person.tax_code),
        *born_problems(person.born, today=today),
        *length_problems(person.organisation_name, longest=300, label="Tên tổ chức", field="organisation_name"),
        *length_problems(person.address, longest=300, label="Địa chỉ", field="address"),
    ]
    return problems + personal_id_problems(person.personal_id, born=person.born)


def username_problems(username: str, kind: AccountKind | str) -> list[Problem]:
    """Why this may not be a username: citizens use their phone number or e-mail, officers a short word."""
    if not username:
        return [Problem("required", "Chưa có tên đăng nhập.", "username")]
    if kind == AccountKind.CITIZEN and not is_contact(username):
        message = "Tên đăng nhập là số điện thoại (ví dụ 0912345678) hoặc địa chỉ thư điện tử của bạn."
        return [Problem("username_contact", message, "username")]
    if not _USERNAME.fullmatch(username):
        message = "Tên đăng nhập dài từ 3 ký tự, chỉ gồm chữ không dấu, chữ số và các dấu . _ - @"
        return [Problem("username_format", message, "username")]
    return []


def is_contact(username: str) -> bool:
    """Whether the username is a phone number or an e-mail address."""
    return bool(username) and (not phone_problems(username) or not email_problems(username))


def contacts_of(username: str) -> dict[str, str]:
    """The phone or e-mail a citizen's username is: {"phone": …} or {"email": …}."""
    return {"email": username} if "@" in username else {"phone": username}


def password_problems(password: str, *, known: Sequence[str] = ()) -> list[Problem]:
    """Why the password is too easy to guess; `known`: words others know of the person (username, phone …)."""
    problems = []
    if len(password) < SHORTEST_PASSWORD:
        message = f"Mật khẩu phải có ít nhất {SHORTEST_PASSWORD} ký tự; có thể dùng một câu ngắn dễ nhớ."
        problems.append(Problem("password_short", message, "password"))
    if password.isdigit() or len(set(password)) < len("1234"):
        problems.append(Problem("password_simple", "Mật khẩu quá đơn giản; hãy dùng cả chữ và số.", "password"))
    if any(len(word) >= len("1234") and word.lower() in password.lower() for word in known):
        message = "Mật khẩu không được chứa tên đăng nhập, số điện thoại hoặc số định danh của bạn."
        problems.append(Problem("password_known", message, "password"))
    return problems
