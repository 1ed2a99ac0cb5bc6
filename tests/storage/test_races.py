"""Two at the same moment: each writes what is theirs, one decides, and nobody is given another's number (R19)."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from storage.errors import OpenProposalExists, StorageError
from storage.records import Decision, Identity
from storage.store import Store
from storage.uow import UnitOfWork
from tests.storage.house import House, meet, together


def _case(house: House) -> str:
    with house.store.write(house.council) as uow:
        person = uow.people.add("Alex", "", "", identified=True)
        case = uow.cases.open(person.id, urgent=False)
        uow.commit()
    return case.id


def _proposal(house: House, case_id: str) -> str:
    with house.store.write(house.council) as uow:
        proposal = uow.proposals.draft(case_id, "restriction", {"detail": "one"}, "officer")
        uow.commit()
    return proposal.id


def _each(house: House, call: Callable[[UnitOfWork, int], object], times: int = 2) -> list[object]:
    """Run a call in a unit of its own in each thread, half of them in another process's store; all commit."""
    stores = [house.store, house.open()]
    barrier = threading.Barrier(times)

    def one(number: int) -> object:
        meet(barrier)
        with stores[number % 2].write(house.council) as uow:
            answer = call(uow, number)
            uow.commit()
            return answer

    return together(*[lambda number=number: one(number) for number in range(times)])


def test_two_approvals_at_once_should_both_count_and_settle_one_decision(house: House) -> None:
    proposal_id = _proposal(house, _case(house))

    def approve(uow: UnitOfWork, number: int) -> Decision | None:
        proposal = uow.proposals.get(proposal_id)
        assert proposal is not None
        assert uow.approvals.add(proposal_id, 1, f"signer {number}", "chair_fgp", str(number), "approved")
        if len(uow.approvals.of(proposal_id)) < 2 or not uow.proposals.settle(proposal_id, 1, "approved"):
            return None
        return uow.decisions.add(proposal.case_id, "restriction", proposal_id, 1, [])

    answers = _each(house, approve)
    assert sum(answer is not None for answer in answers) == 1  # the second sees both, and only the second
    with house.store.read(house.council) as uow:
        assert {one.colleague_id for one in uow.approvals.of(proposal_id)} == {"signer 0", "signer 1"}
        proposal = uow.proposals.get(proposal_id)
        assert proposal is not None
        assert proposal.state == "approved"
        assert len(uow.decisions.all()) == 1


def test_settle_should_succeed_once_when_four_press_at_once(house: House) -> None:
    proposal_id = _proposal(house, _case(house))
    states = ("approved", "rejected", "approved", "rejected")
    answers = _each(house, lambda uow, n: uow.proposals.settle(proposal_id, 1, states[n]), 4)
    assert sorted(map(bool, answers)) == [False, False, False, True]
    with house.store.read(house.council) as uow:
        proposal = uow.proposals.get(proposal_id)
    assert proposal is not None
    assert proposal.state == states[answers.index(True)]


def test_one_colleague_pressing_twice_at_once_should_count_once(house: House) -> None:
    proposal_id = _proposal(house, _case(house))
    answers = _each(
        house, lambda uow, _: uow.approvals.add(proposal_id, 1, "chair", "chair_fgp", "chair", "approved")
    )
    assert sorted(map(bool, answers)) == [False, True]
    with house.store.read(house.council) as uow:
        assert len(uow.approvals.of(proposal_id)) == 1


def test_two_changes_of_one_version_should_make_one_next_version(house: House) -> None:
    proposal_id = _proposal(house, _case(house))
    answers = _each(house, lambda uow, n: uow.proposals.change(proposal_id, 1, {"detail": str(n)}, "officer"))
    assert sorted(answer is None for answer in answers) == [False, True]
    with house.store.read(house.council) as uow:
        assert uow.proposals.get(proposal_id) in answers


def test_two_drafts_at_once_should_leave_one_open_proposal(house: House) -> None:
    case_id = _case(house)

    def draft(uow: UnitOfWork, number: int) -> bool:
        try:
            uow.proposals.draft(case_id, "restriction", {"detail": str(number)}, "officer")
        except OpenProposalExists:
            return False
        return True

    assert sorted(map(bool, _each(house, draft))) == [False, True]
    with house.store.read(house.council) as uow:
        assert len(uow.proposals.of_case(case_id)) == 1


def test_two_decisions_on_one_proposal_should_be_the_same_one(house: House) -> None:
    case_id = _case(house)
    proposal_id = _proposal(house, case_id)
    one, other = _each(
        house, lambda uow, n: uow.decisions.add(case_id, "restriction", proposal_id, 1, [{"name": str(n)}])
    )
    assert one == other


def test_two_findings_in_one_seat_at_once_should_leave_one_standing(house: House) -> None:
    case_id = _case(house)

    def sign(uow: UnitOfWork, number: int) -> object:
        return uow.findings.sign(
            case_id=case_id, colleague_id=str(number), office="chief_officer", seat="chief", kind="warning"
        )

    _each(house, sign)
    with house.store.read(house.council) as uow:
        findings = uow.findings.of_case(case_id)
    assert sorted(one.replaced_at is None for one in findings) == [False, True]


def test_a_delivery_that_comes_twice_should_wait_for_the_first_and_see_it(house: House) -> None:
    """The second begins while the first is still open: it must neither act nor fail."""
    first_has_looked = threading.Event()

    def first() -> list[str]:
        with house.store.write(house.council) as uow:
            assert uow.deliveries.seen("click") is None
            first_has_looked.set()
            uow.colleagues.add("made once")
            uow.deliveries.record("click", "case", {"case": "c"})
            uow.commit()
        return ["acted"]

    def second() -> list[str]:
        assert first_has_looked.wait(20)
        with house.store.write(house.council) as uow:
            seen = uow.deliveries.seen("click")
            if seen is None:
                uow.colleagues.add("made twice")
                uow.commit()
                return ["acted"]
            return [seen.view, *seen.ids.values()]

    assert together(first, second) == [["acted"], ["case", "c"]]
    with house.store.read(house.council) as uow:
        assert [one.name for one in uow.colleagues.all()] == ["made once"]


def test_one_delivery_should_act_once_when_it_comes_four_times_at_once(house: House) -> None:
    def click(uow: UnitOfWork, number: int) -> bool:
        if uow.deliveries.seen("click") is not None:
            return False
        uow.deliveries.record("click", "case", {"by": str(number)})
        return True

    assert sum(map(bool, _each(house, click, 4))) == 1


def test_cases_opened_at_once_should_have_references_without_a_gap(house: House) -> None:
    with house.store.write(house.council) as uow:
        person = uow.people.add("Alex", "", "", identified=True)
        uow.commit()

    def report(uow: UnitOfWork, number: int) -> str:
        if number == 1:  # one that fails gives its number back
            uow.cases.open(person.id, urgent=False)
            uow.rollback()
        return uow.cases.open(person.id, urgent=False).reference

    references = _each(house, report, 6)
    assert sorted(map(str, references)) == [f"INC-2026-{number:04}" for number in range(1, 7)]


def test_bump_should_succeed_once_for_one_version_seen(house: House) -> None:
    case_id = _case(house)
    answers = _each(house, lambda uow, _: uow.cases.bump(case_id, 1), 4)
    assert sum(map(bool, answers)) == 1
    with house.store.read(house.council) as uow:
        case = uow.cases.get(case_id)
    assert case is not None
    assert case.version == 2


def test_notices_prepared_at_once_should_have_versions_of_their_own(house: House) -> None:
    case_id = _case(house)
    with house.store.write(house.council) as uow:
        decision = uow.decisions.add(case_id, "warning", None, None, [])
        uow.commit()

    def prepare(uow: UnitOfWork, number: int) -> int:
        day = uow.now().date()
        return uow.notices.add(
            case_id=case_id, decision_id=decision.id, method="email", expected_on=day, printed_close=day,
            prepared_by="officer",
        ).version  # fmt: skip

    assert set(_each(house, prepare)) == {1, 2}


def test_settings_and_accounts_written_at_once_should_leave_one_of_them(house: House) -> None:
    with house.store.write(house.council) as uow:
        ids = [uow.colleagues.add(name).id for name in ("Dana", "Sam")]
        uow.commit()

    def write(uow: UnitOfWork, number: int) -> None:
        uow.settings.set("months", number, "officer")
        uow.colleagues.link(Identity("slack", "T1", "U1", ids[number]))

    _each(house, write)
    with house.store.read(house.council) as uow:
        months = uow.settings.get()["months"]
        colleague = uow.colleagues.by_identity("slack", "T1", "U1")
    assert colleague is not None
    assert colleague.id == ids[months]


def test_one_workspace_bound_to_two_councils_at_once_should_speak_for_one(house: House) -> None:
    def bind(store: Store, council: str) -> bool:
        try:
            store.bind_workspace(council, "slack", "T1")
        except StorageError:
            return False
        return True

    stores = [house.store, house.open()]
    answers = together(
        lambda: bind(stores[0], house.council),
        lambda: bind(stores[1], house.other),
    )
    assert sorted(answers) == [False, True]
    assert house.open().council_for("slack", "T1") == (house.council, house.other)[answers.index(True)]


def test_a_writer_that_fails_should_let_the_next_one_through(house: House) -> None:
    case_id = _case(house)

    def fail() -> None:
        with house.store.write(house.council) as uow:
            assert uow.cases.get(case_id) is not None  # held on PostgreSQL
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert _each(house, lambda uow, _: uow.cases.get(case_id) is not None) == [True, True]
