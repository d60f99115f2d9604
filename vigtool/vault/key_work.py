"""What a transaction may do with users and keys; handed out by `Writer.keys`."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from vigtool.crypto.keys import Grant
from vigtool.ids import Id
from vigtool.vault import granting, membership, users
from vigtool.vault.core import Core
from vigtool.vault.users import NewUser


class KeyWork:
    """Users and keys, inside one transaction. Whom and what it touches is named in the transaction's entry."""

    def __init__(self, core: Core, connection: Connection, touched: list[Id]) -> None:
        """Made by `Writer.keys`."""
        self._core, self._connection, self._touched = core, connection, touched

    @property
    def connection(self) -> Connection:
        """The transaction, for the vault's own modules."""
        return self._connection

    def open_domain(self, domain: Id) -> None:
        """Make the first key of a domain; see `granting.open_domain`."""
        granting.open_domain(self._core, self._connection, domain)
        self._touched.append(domain)

    def open_own_domain(self) -> None:
        """Make this user's own key domain, where they have none yet."""
        if not self._core.keyring.has(self._core.user):
            granting.open_domain(self._core, self._connection, self._core.user)

    def enter(self, new: NewUser) -> Core:
        """Enter a user; see `users.enter`."""
        self._touched.append(new.user)
        return users.enter(self._core, self._connection, new)

    def take_out(self, user: Id) -> list[Id]:
        """Take every way in and every key from a user; the domains they had keys of, but their own.

        What lay in their own goes with its key: after the commit `shredding.finish` is due.
        """
        users.take_out(self._connection, user)
        self._core.keyring.told.way(user)
        domains = [domain for domain in granting.domains_of(self._connection, user) if domain != user]
        for domain in [*domains, user]:
            granting.take(self._core, self._connection, domain, user)
        granting.shred_all(self._connection, user)
        self._touched.append(user)
        return domains

    def put_label(self, user: Id, text: str) -> None:
        """What the user picker shows of a user."""
        users.put_label(self._connection, user, text)
        self._touched.append(user)

    def holders(self, domain: Id) -> dict[Id, int]:
        """Who holds the newest key of a domain, and in which role; see `granting.holders`."""
        return granting.holders(self._core, self._connection, domain)

    def rows(self, domain: Id) -> list[Grant]:
        """Every grant of a domain as it lies in the table."""
        return granting.rows_of(self._connection, domain)

    def stewards(self) -> list[Id]:
        """Who is to keep the key of every family."""
        return membership.stewards(self._core, self._connection)

    def give(self, domain: Id, user: Id, role: int) -> None:
        """Give every key of a domain; see `granting.give`."""
        granting.give(self._core, self._connection, domain, user, role)
        self._touched += [domain, user]

    def take(self, domain: Id, user: Id) -> None:
        """Take every key of a domain from a user."""
        granting.take(self._core, self._connection, domain, user)
        self._touched += [domain, user]

    def renew(self, domain: Id, to: Mapping[Id, int]) -> int:
        """Begin a new epoch; see `granting.renew`."""
        self._touched.append(domain)
        return granting.renew(self._core, self._connection, domain, to)

    def close_epochs(self, domain: Id) -> None:
        """Have whoever writes in a domain next begin a new epoch."""
        granting.close_epochs(self._connection, domain)
