"""Sample logins, one for each kind of person who works on the site."""

import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password

from lpsa_wagtail.actions import open_account, remember
from lpsa_wagtail.models import InstallRecord
from lpsa_wagtail.permissions import group_made
from lpsa_wagtail.permissions.roles import BOARD, BOARD_CHAIR, SECRETARIAT

CODE = "demo.account."


@dataclass(frozen=True)
class Account:
    """An account to make: its user name, the person, and what the person is."""

    username: str
    name: str
    what: str
    person: str = ""  # key of a member
    codes: tuple[str, ...] = ()
    superuser: bool = False


@dataclass(frozen=True)
class Login:
    """An account that exists; the password is "" where it is not known."""

    username: str
    password: str
    what: str


ACCOUNTS = (
    Account("cochair", "Amina Wekesa", "co-chair of Sub-Saharan Africa", "amina"),
    Account("coordinator", "Leïla Benkacem", "coordinator of Gender Equity", "leila"),
    Account("exchair", "Raghav Menonkar", "co-chair of Asia until June 2024", "raghav"),
    Account("board", "Margit Oszlak", "member of the Advisory Board", codes=(BOARD,)),
    Account("boardchair", "Desmond Achterhof", "Advisory Board Chair", codes=(BOARD, BOARD_CHAIR)),
    Account("secretariat", "Priyanka Fonsekara", "secretariat", codes=(SECRETARIAT,)),
    Account("admin", "Site Administrator", "administrator of the site", superuser=True),
)


def find_accounts() -> dict:
    """Map user name → account of the sample logins that were made and are still there."""
    made = {account.username: InstallRecord.objects.made(_code(account)) for account in ACCOUNTS}
    return {username: user for username, user in made.items() if user}


def were_made() -> bool:
    return InstallRecord.objects.filter(code__startswith=CODE).exists()


def make_accounts(*, simple_passwords: bool) -> list[Login]:
    """Make the accounts and return the logins.

    Simple passwords are the same on every machine; the others are random and never seen again.
    """
    logins = []
    for account in ACCOUNTS:
        password = _simple(account) if simple_passwords else secrets.token_urlsafe(12)
        user = open_account(
            actor=None,
            username=account.username,
            email=f"{account.person or account.username}@example.org",
            name=account.name,
            password=password,
            groups=[group_made(code) for code in account.codes],
            superuser=account.superuser,
        )
        remember(code=_code(account), thing=user)
        logins.append(Login(user.get_username(), password, account.what))
    return logins


def known_logins() -> list[Login]:
    """The logins that exist; with their passwords if they are still the simple ones."""
    users = find_accounts()
    first = next((account for account in ACCOUNTS if account.username in users), ACCOUNTS[0])
    simple = bool(users) and check_password(_simple(first), users[first.username].password)
    return [
        Login(
            users[account.username].get_username(),
            _simple(account) if simple else "",
            account.what,
        )
        for account in ACCOUNTS
        if account.username in users
    ]


def _simple(account) -> str:
    return f"{account.username}-sample"


def _code(account) -> str:
    return f"{CODE}{account.username}"
