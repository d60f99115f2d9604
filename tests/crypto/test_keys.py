"""User keys, domain keys and grants, over both kinds of key encapsulation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

import pytest
from cryptography.hazmat.primitives import hpke
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vigtool.crypto import kem, keys
from vigtool.crypto.kem import KemKind
from vigtool.crypto.keys import DomainKey, Grant, UserSecret, has_proof, is_proved, open_grant, seal_grant
from vigtool.crypto.signing import verify
from vigtool.errors import SealBroken, VaultError

VAULT, FAMILY, USER, LEAD = "11" * 16, "22" * 16, "33" * 16, "44" * 16
BOTH = [KemKind.X25519, KemKind.X_WING]


def test_this_machine_has_both_kinds() -> None:
    """Otherwise half of these tests would say nothing."""
    assert kem.kem_available()
    assert kem.best_kind() is KemKind.X_WING


@pytest.fixture
def without_x_wing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A platform whose encryption library has no X-Wing."""
    kem.kem_available.cache_clear()
    monkeypatch.delattr(hpke, "MLKEM768X25519PrivateKey")
    yield
    kem.kem_available.cache_clear()


def granted(kind: KemKind) -> tuple[DomainKey, UserSecret, UserSecret, Grant]:
    key, user, lead = DomainKey.generate(FAMILY, 3, kind), UserSecret.generate(kind), UserSecret.generate(kind)
    return key, user, lead, seal_grant(key, VAULT, USER, user.public(), LEAD, 2, lead.signer())


@pytest.mark.parametrize("kind", BOTH)
def test_a_grant_gives_the_key(kind: KemKind) -> None:
    key, user, lead, grant = granted(kind)
    assert open_grant(grant, VAULT, user, lead.public().sig_public) == key
    assert (grant.domain, grant.epoch, grant.user, grant.granter, grant.role) == (FAMILY, 3, USER, LEAD, 2)
    assert len(grant.enc) == {KemKind.X25519: 82 + 32, KemKind.X_WING: 1170 + 32}[kind]
    assert key.root not in grant.enc


@pytest.mark.parametrize("kind", BOTH)
@pytest.mark.parametrize("field", [field.name for field in fields(Grant)])
def test_a_grant_with_any_field_changed_is_refused(kind: KemKind, field: str) -> None:
    _, user, lead, grant = granted(kind)
    value = getattr(grant, field)
    others: list[object]
    if isinstance(value, bytes):
        others = [value[:-1], b"", value + b"\x00", bytes([value[0] ^ 1]) + value[1:], value[:-1] + b"\x00\x00"]
    else:
        others = ["99" * 16, "", "zz"] if isinstance(value, str) else [value + 1, -1, 1 << 40]
    for other in others:
        changed = replace(grant, **{field: other})  # type: ignore[arg-type]  # each has its field's type
        with pytest.raises(SealBroken):
            open_grant(changed, VAULT, user, lead.public().sig_public)


@pytest.mark.parametrize("kind", BOTH)
def test_a_forged_or_foreign_granter_is_refused(kind: KemKind) -> None:
    key, user, lead, grant = granted(kind)
    stranger = UserSecret.generate(kind)
    forged = seal_grant(key, VAULT, USER, user.public(), LEAD, 2, stranger.signer())
    with pytest.raises(SealBroken):
        open_grant(forged, VAULT, user, lead.public().sig_public)
    with pytest.raises(SealBroken):
        open_grant(grant, VAULT, user, stranger.public().sig_public)
    with pytest.raises(SealBroken):
        open_grant(grant, "99" * 16, user, lead.public().sig_public)
    with pytest.raises(SealBroken):
        open_grant(grant, VAULT, stranger, lead.public().sig_public)


@pytest.mark.parametrize("kind", BOTH)
def test_a_rightly_signed_grant_of_something_else_is_refused(kind: KemKind) -> None:
    """What the granter really signed still has to be a key."""
    key, user, lead, _ = granted(kind)
    for inner in (b"", key.root, b"\x00\x00" + key.root, b"\x00\x20" + key.root[:-1]):
        info = keys._grant_info(VAULT, FAMILY, 3, USER, LEAD, 2, kind)
        enc = kem.seal(kind, user.public().kem_public, inner, info)
        grant = Grant(FAMILY, 3, USER, enc, LEAD, 2, lead.signer().sign(b"vig/grant-sig/1\x00" + info + enc))
        with pytest.raises(SealBroken):
            open_grant(grant, VAULT, user, lead.public().sig_public)


def test_a_signature_made_for_another_purpose_makes_no_grant() -> None:
    _, user, lead, grant = granted(KemKind.X25519)
    info = keys._grant_info(VAULT, FAMILY, 3, USER, LEAD, 2, KemKind.X25519)
    with pytest.raises(SealBroken):
        open_grant(replace(grant, sig=lead.signer().sign(info + grant.enc)), VAULT, user, lead.public().sig_public)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(kind=st.sampled_from(BOTH), sealed=st.one_of(st.binary(max_size=100), st.binary(min_size=1100, max_size=1200)))
def test_any_bytes_are_at_worst_a_broken_seal(kind: KemKind, sealed: bytes) -> None:
    with pytest.raises(SealBroken):
        kem.unseal(kind, bytes(32), sealed, b"")


@pytest.mark.parametrize("kind", BOTH)
@pytest.mark.parametrize("public", [b"", bytes(32), b"\xff" * 1216, b"\x01" + bytes(31)])
def test_sealing_to_what_is_no_key_is_refused(kind: KemKind, public: bytes) -> None:
    with pytest.raises(SealBroken):
        kem.seal(kind, public, b"secret", b"")


def test_a_platform_without_x_wing_takes_the_classic_kind(without_x_wing: None) -> None:
    assert not kem.kem_available()
    key, user, lead = DomainKey.generate(FAMILY), UserSecret.generate(), UserSecret.generate()
    assert key.footage_kind is user.kem_kind is KemKind.X25519
    grant = seal_grant(key, VAULT, USER, user.public(), LEAD, 0, lead.signer())
    assert open_grant(grant, VAULT, user, lead.public().sig_public) == key


def test_what_was_sealed_with_x_wing_is_named_where_there_is_none(without_x_wing: None) -> None:
    with pytest.raises(VaultError, match="does not know"):
        kem.unseal(KemKind.X_WING, bytes(32), bytes(1200), b"")


def test_what_was_made_without_x_wing_keeps_its_kind(without_x_wing: None) -> None:
    """A vault carried from a machine without X-Wing to one that has it: same user, same identity of its films."""
    key = DomainKey.generate(FAMILY)
    identity = key.footage_identity().text()
    kem.kem_available.cache_clear()
    assert identity.startswith("AGE-SECRET-KEY-1")
    assert key.footage_identity().text() == identity


def test_derived_keys_are_pinned() -> None:
    """Final: vaults in the field depend on them. Checked against HKDF written out with the standard library's HMAC."""
    key = DomainKey(FAMILY, 1, bytes(range(32)), KemKind.X_WING)
    assert key.item_key().hex() == "6271de39f02ee9fc5c2376fcbbc27878cbd6bdcc4c9fce3a4751fc43bb53fedb"
    assert key.footage_identity().seed.hex() == "15f14fd2a800b981c26cc61db61dc53f8c634c587813f2ed3fdec188b786c839"
    assert (
        replace(key, footage_kind=KemKind.X25519).footage_identity().seed.hex()
        == "15bd58c3bcb513ed6adcccecba45d5172346fbaed14d1a993f62e3c9afd7c86f"
    )


def test_a_card_statement_binds_every_field() -> None:
    public = UserSecret(bytes(32), bytes(range(32)), KemKind.X25519).public()
    statement = public.statement(VAULT, USER)
    assert statement == (
        b"vig/card/1\x00" + b"\x11" * 16 + b"\x33" * 16 + b"\x00\x20" + public.sig_public + public.kem_public
    )
    assert verify(
        public.sig_public, UserSecret(bytes(32), bytes(range(32)), KemKind.X25519).signer().sign(statement), statement
    )


def test_nothing_secret_is_shown() -> None:
    secret, key = UserSecret.generate(), DomainKey.generate(FAMILY)
    shown = repr(secret) + repr(key) + repr(key.footage_identity())
    for hidden in (secret.kem_seed, secret.sig_seed, key.root, key.footage_identity().seed):
        assert hidden.hex() not in shown
        assert repr(hidden) not in shown


@pytest.mark.parametrize("kind", BOTH)
def test_a_grant_proves_that_its_giver_had_the_key(kind: KemKind) -> None:
    key, _, _, grant = granted(kind)
    other = DomainKey.generate(FAMILY, 3, kind)
    assert has_proof(grant, kind)
    assert is_proved(grant, VAULT, kind, key)
    assert not is_proved(grant, VAULT, kind, other), "who has not the key cannot make one"
    different = ({"user": LEAD}, {"role": 1}, {"epoch": 4}, {"granter": USER})
    for changed in (replace(grant, **change) for change in different):
        assert not is_proved(changed, VAULT, kind, key)
    assert not is_proved(grant, FAMILY, kind, key)
