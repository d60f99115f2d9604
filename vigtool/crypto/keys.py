"""The keys: of a user, and of a key domain (a family, or the vault itself), and how one is granted to the other.

    passphrase -> keyslot -> UserSecret ── opens ──> Grant -> DomainKey ── HKDF ──> item key, footage identity

A grant is the root key of one epoch of one domain, sealed to one user's public key (HPKE) and signed by whoever gives
it. HPKE alone names no sender: without the signature, somebody who can write to the vault could hand out a root key of
their own making and then read everything that is written under it. Behind what HPKE gave stands a proof, derived from
the root: whoever has the key sees by it that the grant was made by somebody who had it too, whoever that was.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from hmac import compare_digest

from vigtool.crypto import kem
from vigtool.crypto.age.identity import Identity
from vigtool.crypto.derive import derive
from vigtool.crypto.kem import KemKind
from vigtool.crypto.layout import id_field, number_field
from vigtool.crypto.signing import Signer, verify
from vigtool.errors import SealBroken
from vigtool.ids import Id

ROOT_SIZE = 32

_ITEM_LABEL = b"vig/1/item"
_FOOTAGE_LABELS = {KemKind.X_WING: b"vig/1/media-age", KemKind.X25519: b"vig/1/media-age/x25519"}
_CARD_LABEL = b"vig/card/1\x00"
_GRANT_LABEL = b"vig/grant/1\x00"
_PROOF_LABEL = b"vig/1/grant-proof\x00"
_PROOF_SIZE = 32
_GRANT_SIGNATURE_LABEL = b"vig/grant-sig/1\x00"


@dataclass(frozen=True, slots=True)
class UserPublic:
    """What others need to know of a user.

    Attributes:
        kem_kind: which kind of key grants are sealed to.
        kem_public: that key.
        sig_public: the Ed25519 key that checks what this user signed.
    """

    kem_kind: KemKind
    kem_public: bytes
    sig_public: bytes

    def statement(self, vault: Id, user: Id) -> bytes:
        """What a user signs to say "these are my keys": both keys, so that neither can be replaced alone.

        `"vig/card/1" 00 | vault 16 | user 16 | kem_kind u16 | sig_public 32 | kem_public`
        """
        head = _CARD_LABEL + id_field(vault) + id_field(user) + number_field(self.kem_kind, 2)
        return head + self.sig_public + self.kem_public


@dataclass(frozen=True, slots=True)
class UserSecret:
    """A user's two seeds. Lives inside a keyslot, and in memory while the vault is open.

    Attributes:
        kem_seed: 32 bytes; opens grants.
        sig_seed: 32 bytes; signs.
        kem_kind: what `kem_seed` is the seed of. Chosen once, when the user is made, so that the user stays the same on
            every machine the vault is carried to.
    """

    kem_seed: bytes = field(repr=False)
    sig_seed: bytes = field(repr=False)
    kem_kind: KemKind

    @classmethod
    def generate(cls, kind: KemKind | None = None) -> UserSecret:
        """A new user; of the best kind this machine has, unless told."""
        return cls(secrets.token_bytes(32), secrets.token_bytes(32), kind or kem.best_kind())

    def public(self) -> UserPublic:
        """The public half."""
        return UserPublic(self.kem_kind, kem.public_key(self.kem_kind, self.kem_seed), self.signer().public)

    def signer(self) -> Signer:
        """What signs in this user's name."""
        return Signer(self.sig_seed)


@dataclass(frozen=True, slots=True)
class DomainKey:
    """The root key of one epoch of one key domain.

    Attributes:
        domain: the family's identity, or the vault's.
        epoch: counts from 1; a new one begins when somebody loses access.
        root: 32 random bytes. Nothing is ever sealed with it; it is only derived from.
        footage_kind: for which kind of identity this epoch's footage is sealed. Chosen with the root and granted with
            it, so that footage made on a machine without X-Wing keeps the one identity that opens it.
    """

    domain: Id
    epoch: int
    root: bytes = field(repr=False)
    footage_kind: KemKind

    @classmethod
    def generate(cls, domain: Id, epoch: int = 1, footage_kind: KemKind | None = None) -> DomainKey:
        """A new epoch; footage of the best kind this machine has, unless told."""
        return cls(domain, epoch, secrets.token_bytes(ROOT_SIZE), footage_kind or kem.best_kind())

    def item_key(self) -> bytes:
        """The AES-256 key of the epoch's records."""
        return derive(self.root, _ITEM_LABEL)

    def footage_identity(self) -> Identity:
        """The age identity of the epoch's films. One seed is never used for two kinds: each has its own label."""
        return Identity(self.footage_kind, derive(self.root, _FOOTAGE_LABELS[self.footage_kind]))


@dataclass(frozen=True, slots=True)
class Grant:
    """A domain key, sealed to one user.

    Attributes:
        domain: which domain.
        epoch: which epoch of it.
        user: who may open it.
        enc: HPKE's encapsulated key and ciphertext, 82 bytes over X25519, 1170 over X-Wing; then the proof, 32 bytes,
            which grants of the first vaults have not.
        granter: who gave it.
        role: what the user may do; a number the vault gives a meaning to.
        sig: the granter's signature over all of the above and the vault's identity.
    """

    domain: Id
    epoch: int
    user: Id
    enc: bytes
    granter: Id
    role: int
    sig: bytes


def seal_grant(key: DomainKey, vault: Id, user: Id, to: UserPublic, granter: Id, role: int, signer: Signer) -> Grant:
    """Give `key` to `user`, whose public key is `to`, in the name of `granter`, who is `signer`."""
    info = _grant_info(vault, key.domain, key.epoch, user, granter, role, to.kem_kind)
    enc = kem.seal(to.kem_kind, to.kem_public, number_field(key.footage_kind, 2) + key.root, info)
    enc += derive(key.root, _PROOF_LABEL + info)
    return Grant(key.domain, key.epoch, user, enc, granter, role, signer.sign(_GRANT_SIGNATURE_LABEL + info + enc))


def has_proof(grant: Grant, kem_kind: KemKind) -> bool:
    """Whether a grant to somebody whose key is of `kem_kind` says that its giver had the key, rightly or not."""
    return len(grant.enc) == _sealed_size(kem_kind) + _PROOF_SIZE


def is_proved(grant: Grant, vault: Id, kem_kind: KemKind, key: DomainKey) -> bool:
    """Whether whoever made a grant of `key` had it."""
    info = _grant_info(vault, grant.domain, grant.epoch, grant.user, grant.granter, grant.role, kem_kind)
    return has_proof(grant, kem_kind) and compare_digest(
        grant.enc[-_PROOF_SIZE:], derive(key.root, _PROOF_LABEL + info)
    )


def is_given_by(grant: Grant, vault: Id, kem_kind: KemKind, granter_public: bytes) -> bool:
    """Whether the granter signed a grant to somebody whose key is of `kem_kind`; no secret is needed to know."""
    info = _grant_info(vault, grant.domain, grant.epoch, grant.user, grant.granter, grant.role, kem_kind)
    return verify(granter_public, grant.sig, _GRANT_SIGNATURE_LABEL + info + grant.enc)


def open_grant(grant: Grant, vault: Id, secret: UserSecret, granter_public: bytes) -> DomainKey:
    """The domain key.

    Args:
        grant: as it stands in the vault.
        vault: the vault it must be a grant of.
        secret: of the user it is for.
        granter_public: the signing key of the granter, from where it is trusted; not from beside the grant.

    Raises:
        SealBroken: the granter did not sign it, or any part of it was changed, or it is not for this user.
        VaultError: this machine has not the kind of key it is sealed to.
    """
    info = _grant_info(vault, grant.domain, grant.epoch, grant.user, grant.granter, grant.role, secret.kem_kind)
    # The signature first: what nobody we know has signed is not even looked into.
    if not verify(granter_public, grant.sig, _GRANT_SIGNATURE_LABEL + info + grant.enc):
        raise SealBroken("a key in the vault was not given by the person it names", "Run `vigtool vault verify`.")
    sealed = grant.enc[:-_PROOF_SIZE] if has_proof(grant, secret.kem_kind) else grant.enc
    opened = kem.unseal(secret.kem_kind, secret.kem_seed, sealed, info)
    kind, root = int.from_bytes(opened[:2], "big"), opened[2:]
    if len(root) != ROOT_SIZE or kind not in set(KemKind):
        raise SealBroken("a key in the vault is not a key", "Run `vigtool vault verify`.")
    return DomainKey(grant.domain, grant.epoch, root, KemKind(kind))


def _sealed_size(kind: KemKind) -> int:
    """Bytes of a sealed root key: the encapsulated key, two and 32 bytes, and a tag."""
    return kem.enc_size(kind) + 2 + ROOT_SIZE + 16


def _grant_info(vault: Id, domain: Id, epoch: int, user: Id, granter: Id, role: int, kind: KemKind) -> bytes:
    """HPKE's info: 88 bytes.

    `"vig/grant/1" 00 | vault 16 | domain 16 | epoch u32 | user 16 | granter 16 | role u16 | kem_kind u16`
    """
    return b"".join(
        (
            _GRANT_LABEL,
            id_field(vault),
            id_field(domain),
            number_field(epoch, 4),
            id_field(user),
            id_field(granter),
            number_field(role, 2),
            number_field(kind, 2),
        )
    )
