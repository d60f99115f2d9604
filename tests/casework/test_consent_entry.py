"""What can be entered as an answer, and what nobody could have signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from vigtool.casework.consent import Answer, Consent, Scope
from vigtool.casework.consent_entry import SignedForm, capacity, check_consent, next_entered
from vigtool.casework.family import Person, Role
from vigtool.errors import InvalidRecord

EVERYONE = {
    person.id: person
    for person in (
        Person(id="nadia", family="f", name="Nadia", role=Role.PARENT, responsible_for=("mina", "vera")),
        Person(id="tomas", family="f", name="Tomas", role=Role.PARENT),
        Person(id="mina", family="f", name="Mina", role=Role.BABY),
        Person(id="vera", family="f", name="Vera", role=Role.OTHER),
        Person(id="away", family="other", name="Away", role=Role.PARENT),
    )
}
GOOD = Consent(
    id="c",
    family="f",
    signed_by="nadia",
    signed_as="mother",
    for_persons=("nadia", "mina"),
    scope=Scope.COPY,
    answer=Answer.YES,
    on=date(2026, 11, 12),
    recipients=("nadia", "vera"),
)


@pytest.mark.parametrize(
    "consent",
    [
        GOOD,
        replace(GOOD, for_persons=("mina",)),
        replace(GOOD, answer=Answer.NO, recipients=()),
        replace(GOOD, answer=Answer.WITHDRAWN, recipients=()),
        replace(GOOD, scope=Scope.FILM, recipients=()),
        replace(GOOD, signed_by="tomas", for_persons=("tomas",), recipients=("nadia",)),
    ],
)
def test_what_can_be_signed_is_taken(consent: Consent) -> None:
    check_consent(consent, EVERYONE)


@pytest.mark.parametrize(
    "consent",
    [
        replace(GOOD, signed_by="nobody"),
        replace(GOOD, signed_by="away", for_persons=("away",)),
        replace(GOOD, signed_by="mina", for_persons=("mina",)),
        replace(GOOD, signed_as="  "),
        replace(GOOD, for_persons=()),
        replace(GOOD, for_persons=("mina", "mina")),
        replace(GOOD, for_persons=("tomas",)),
        replace(GOOD, for_persons=("vera",)),  # a grown-up, whatever the records say about responsibility
        replace(GOOD, for_persons=("nobody",)),
        replace(GOOD, signed_by="tomas", for_persons=("tomas", "mina")),
        replace(GOOD, recipients=()),
        replace(GOOD, recipients=("nobody",)),
        replace(GOOD, recipients=("vera", "vera")),
    ],
)
def test_what_nobody_could_have_signed_is_refused(consent: Consent) -> None:
    with pytest.raises(InvalidRecord) as refused:
        check_consent(consent, EVERYONE)
    said = refused.value.message + refused.value.hint
    assert not any(person.name in said for person in EVERYONE.values())


def test_capacity_says_for_whom() -> None:
    assert capacity("nadia", ("nadia",)) == "themselves"
    assert capacity("nadia", ("nadia", "mina")) == "parental responsibility"


def test_next_answer_comes_after_all_others() -> None:
    assert next_entered([]) == 1
    assert next_entered([GOOD, replace(GOOD, entered=7), replace(GOOD, entered=3)]) == 8


def test_a_form_is_one_answer_for_each_thing_it_asks() -> None:
    form = SignedForm(
        family="f",
        signed_by="nadia",
        for_persons=("nadia", "mina"),
        answers={
            Scope.FILM: Answer.YES,
            Scope.COPY: Answer.YES,
            Scope.PHOTOGRAPHS: Answer.NO,
            Scope.TRAINING: Answer.NO,
        },
        on=date(2026, 11, 12),
        recipients=("nadia",),
        review=date(2027, 1, 1),
        note="she asked twice",
    )
    film, copy, photographs, training = form.consents(entered=5)
    assert [one.scope for one in (film, copy, photographs, training)] == list(form.answers)
    assert [one.entered for one in (film, copy, photographs, training)] == [5, 6, 7, 8]
    assert (film.recipients, copy.recipients, photographs.recipients) == ((), ("nadia",), ())
    assert (film.review, training.review) == (form.review, None)
    assert film.signed_as == "parental responsibility"
    assert len({film.id, copy.id, photographs.id, training.id}) == 4
    for one in (film, copy, photographs, training):
        assert (one.note, one.on, one.signed_by, one.for_persons) == (form.note, form.on, "nadia", ("nadia", "mina"))
        check_consent(one, EVERYONE)
    assert {one.signed_as for one in replace(form, signed_as="mother").consents(1)} == {"mother"}
    assert "asked twice" not in repr(form)
