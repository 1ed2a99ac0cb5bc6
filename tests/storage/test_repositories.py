"""What the repositories do beyond giving back: order, versions, states, and what happens at the edges."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from policy.offices import Absence, Holding, Office
from storage.errors import NotFound, OpenProposalExists
from storage.records import Case, Identity
from storage.uow import UnitOfWork
from tests.storage.filled import fill
from tests.storage.house import START, House


def _case(uow: UnitOfWork, name: str = "Alex") -> Case:
    return uow.cases.open(uow.people.add(name, "", "", identified=True).id, urgent=False)


def test_references_should_count_by_the_year_in_london_and_by_council(house: House) -> None:
    with house.store.write(house.council) as uow:
        house.clock.now = datetime(2026, 12, 31, 23, 59, tzinfo=UTC)
        found = [_case(uow).reference, _case(uow).reference]
        uow.commit()
        house.clock.now = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)  # the first of July in London
        found.append(_case(uow).reference)
        uow.commit()
    with house.store.write(house.other) as uow:
        found.append(_case(uow).reference)
    assert found == ["INC-2026-0001", "INC-2026-0002", "INC-2027-0001", "INC-2027-0001"]


def test_reference_should_go_on_beyond_four_digits(house: House) -> None:
    with house.store.write(house.council) as uow:
        uow.cases._next("case-2026")
        uow.connection.exec_driver_sql("UPDATE counter SET value = 9999")
        assert _case(uow).reference == "INC-2026-10000"


def test_cases_should_be_found_by_reference_however_it_is_written_and_listed_newest_first(
    house: House,
) -> None:
    with house.store.write(house.council) as uow:
        first, second = _case(uow), _case(uow)
        other = uow.cases.open(first.person_id, urgent=True)
        assert uow.cases.by_reference(" inc-2026-0002 ") == second
        assert uow.cases.by_reference("INC-2026-0009") is None
        assert uow.cases.get("nothing") is None
        assert uow.cases.all() == (other, second, first)
        assert uow.cases.all(2) == (other, second)
        assert uow.cases.of_person(first.person_id) == (other, first)


def test_case_should_change_as_told(house: House) -> None:
    with house.store.write(house.council) as uow:
        case = _case(uow)
        assert uow.cases.bump(case.id, 1)
        assert not uow.cases.bump(case.id, 1)
        assert not uow.cases.bump("nothing", 1)
        uow.cases.set_urgent(case.id)
        uow.cases.close(case.id, START)
        uow.cases.withdraw(case.id, START + timedelta(days=1))
        after = uow.cases.get(case.id)
    assert after is not None
    assert (after.version, after.urgent, after.closed_at, after.withdrawn_at) == (
        2, True, START, START + timedelta(days=1),
    )  # fmt: skip


def test_reported_by_should_list_a_case_once_for_several_incidents(house: House) -> None:
    with house.store.write(house.council) as uow:
        case = _case(uow)
        for reporter in ("a", "a", "b"):
            uow.incidents.add(
                case_id=case.id, reporter_id=reporter, channel="x", category="A", happened_on=START.date()
            )
        assert uow.cases.reported_by("a") == uow.cases.reported_by("b") == (case,)
        assert uow.cases.reported_by("c") == ()


def test_incidents_should_stay_in_the_order_of_reporting_when_one_is_withdrawn(house: House) -> None:
    with house.store.write(house.council) as uow:
        case = _case(uow)
        made = [
            uow.incidents.add(
                case_id=case.id, reporter_id="a", channel="x", category="A", happened_on=day
            )
            for day in (date(2026, 10, 2), date(2026, 10, 1))
        ]  # fmt: skip
        uow.incidents.withdraw(made[0].id)
        found = uow.incidents.of_case(case.id)
    assert [one.id for one in found] == [one.id for one in made]
    assert [one.withdrawn_at for one in found] == [START, None]
    assert (found[1].happened_at, found[1].offence, found[1].target_ids) == (None, "", ())


def test_finding_should_replace_the_one_in_its_seat_and_keep_it(house: House) -> None:
    with house.store.write(house.council) as uow:
        case = _case(uow)
        for seat, kind in (("chief", "warning"), ("chair", "warning"), ("chief", "restriction")):
            uow.findings.sign(case_id=case.id, colleague_id="a", office="o", seat=seat, kind=kind)
            uow.commit()
            house.clock.pass_by(minutes=1)
        found = [(one.seat, one.kind, one.replaced_at) for one in uow.findings.of_case(case.id)]
    assert found == [
        ("chief", "warning", START + timedelta(minutes=2)),
        ("chair", "warning", None),
        ("chief", "restriction", None),
    ]


def test_proposal_should_keep_every_version_and_change_only_the_one_seen(house: House) -> None:
    with house.store.write(house.council) as uow:
        case = _case(uow)
        first = uow.proposals.draft(case.id, "restriction", {"detail": "one"}, "officer")
        second = uow.proposals.change(first.id, 1, {"detail": "two"}, "deputy")
        assert second is not None
        assert (second.version, second.drafted_by, second.content) == (2, "deputy", {"detail": "two"})
        assert uow.proposals.change(first.id, 1, {"detail": "three"}, "officer") is None
        assert uow.proposals.get(first.id) == second
        old = uow.proposals.get(first.id, 1)
        assert old is not None
        assert (old.state, old.content, old.drafted_by) == ("replaced", {"detail": "one"}, "officer")
        assert uow.proposals.get(first.id, 3) is None
        assert uow.proposals.settle(first.id, 1, "approved") is False
        assert uow.proposals.settle(first.id, 2, "approved") is True
        assert uow.proposals.settle(first.id, 2, "rejected") is False
        assert uow.proposals.change(first.id, 2, {}, "officer") is None
        settled = uow.proposals.get(first.id)
    assert settled is not None
    assert settled.state == "approved"


def test_case_should_have_one_open_proposal_at_a_time(house: House) -> None:
    with house.store.write(house.council) as uow:
        case = _case(uow)
        first = uow.proposals.draft(case.id, "restriction", {}, "officer")
        with pytest.raises(OpenProposalExists, match="already has an open proposal"):
            uow.proposals.draft(case.id, "warning", {}, "officer")
        uow.proposals.settle(first.id, 1, "rejected")
        second = uow.proposals.draft(case.id, "warning", {}, "officer")
        assert [(one.id, one.state) for one in uow.proposals.of_case(case.id)] == [
            (first.id, "rejected"),
            (second.id, "open"),
        ]


def test_approvals_should_be_one_a_colleague_a_version(house: House) -> None:
    with house.store.write(house.council) as uow:
        case = _case(uow)
        proposal = uow.proposals.draft(case.id, "restriction", {}, "officer")
        given = [
            ("chair", 1, "rejected", "too long"),
            ("chair", 1, "approved", ""),
            ("mayor", 1, "approved", ""),
        ]
        assert [uow.approvals.add(proposal.id, v, who, "o", "s", a, r) for who, v, a, r in given] == [
            True, False, True,
        ]  # fmt: skip
        uow.proposals.change(proposal.id, 1, {}, "officer")
        assert uow.approvals.add(proposal.id, 2, "chair", "o", "s", "approved")
        assert uow.approvals.add("nothing", 1, "chair", "o", "s", "approved") is False
        found = [
            (one.version, one.colleague_id, one.answer, one.reason) for one in uow.approvals.of(proposal.id)
        ]
    assert found == [
        (1, "chair", "rejected", "too long"),
        (1, "mayor", "approved", ""),
        (2, "chair", "approved", ""),
    ]


def test_decisions_without_a_proposal_should_each_be_recorded(house: House) -> None:
    with house.store.write(house.council) as uow:
        case = _case(uow)
        made = [uow.decisions.add(case.id, kind, None, None, []) for kind in ("warning", "police")]
        assert uow.decisions.of_case(case.id) == tuple(made)
        assert uow.decisions.get("nothing") is None
        with pytest.raises(NotFound, match="no such case"):
            uow.restrictions.add(
                case_id="nothing", person_id=case.person_id, decision_id=made[0].id, measures=[]
            )


def test_restriction_should_start_stop_end_and_be_confirmed(house: House) -> None:
    later = START + timedelta(days=2)
    with house.store.write(house.council) as uow:
        it = fill(uow)
        uow.restrictions.start(it.restriction.id, None)
        stopped = uow.restrictions.get(it.restriction.id)
        uow.restrictions.start(it.restriction.id, START)
        uow.restrictions.confirm(it.restriction.id, START)
        uow.restrictions.end(it.restriction.id, later)
        ended = uow.restrictions.get(it.restriction.id)
    assert stopped is not None
    assert ended is not None
    assert stopped.starts_at is None
    assert (ended.starts_at, ended.confirmed_at, ended.ended_at) == (START, START, later)


def test_notice_should_be_sent_once_and_have_the_next_version_when_corrected(house: House) -> None:
    with house.store.write(house.council) as uow:
        it = fill(uow)
        assert uow.notices.mark_sent(it.notice.id) is True
        assert uow.notices.mark_sent(it.notice.id) is False
        uow.notices.void(it.notice.id)
        assert uow.notices.mark_sent(it.notice.id) is False
        day = START.date()
        second = uow.notices.add(
            case_id=it.case.id, decision_id=it.decision.id, method="email", expected_on=day,
            printed_close=day, prepared_by="a", kind="correction", about="an earlier notice",
        )  # fmt: skip
        assert second.version == 2
        third = uow.notices.add(
            case_id=it.case.id, method="email", expected_on=day, printed_close=day, prepared_by="a",
            kind="marker", about="a marker",
        )  # fmt: skip
        assert (third.version, third.decision_id) == (1, "")
        assert [(one.version, one.state) for one in uow.notices.of_case(it.case.id)] == [
            (1, "void"),
            (2, "ready"),
            (1, "ready"),
        ]
        assert uow.notices.get(third.id) == third


def test_dispatch_should_keep_the_clock_on_the_wall_and_its_bounce(house: House) -> None:
    with house.store.write(house.council) as uow:
        it = fill(uow)
        early = it.dispatch.sent_local - timedelta(hours=1)
        other = uow.notices.add_dispatch(it.notice.id, "hand", early.replace(tzinfo=UTC), "a")
        assert other.sent_local == early
        uow.notices.bounce(it.dispatch.id, START)
        found = uow.notices.dispatches(it.notice.id)
    assert [(one.method, one.sent_local, one.bounced_at) for one in found] == [
        ("hand", early, None),
        ("email", it.dispatch.sent_local, START),
    ]


def test_colleague_should_have_several_accounts_and_an_account_one_colleague(house: House) -> None:
    with house.store.write(house.council) as uow:
        dana, sam = uow.colleagues.add("Dana"), uow.colleagues.add("Sam", guest=True)
        for platform, who in (("slack", dana), ("teams", dana), ("slack", sam)):
            uow.colleagues.link(Identity(platform, "T1", "U1", who.id))
        uow.colleagues.rename(dana.id, "Dana Okoro")
        assert uow.colleagues.by_identity("slack", "T1", "U1") == sam  # it moved
        assert [one.platform for one in uow.colleagues.identities(dana.id)] == ["teams"]
        assert uow.colleagues.by_identity("slack", "T2", "U1") is None
        assert [one.name for one in uow.colleagues.all()] == ["Dana Okoro", "Sam"]


def test_register_should_keep_what_ended_and_be_in_order(house: House) -> None:
    with house.store.write(house.council) as uow:
        dana, sam = uow.colleagues.add("Dana").id, uow.colleagues.add("Sam").id
        later = uow.offices.add(Holding(Office.MAYOR, sam, date(2026, 5, 12)), dana)
        first = uow.offices.add(Holding(Office.MAYOR, dana, date(2025, 5, 12)), dana)
        uow.offices.end(first, date(2026, 5, 11), sam)
        uow.offices.add_absence(Absence(dana, date(2026, 9, 1), date(2026, 9, 9)), dana)
        ended = Holding(Office.MAYOR, dana, date(2025, 5, 12), date(2026, 5, 11))
        assert uow.offices.rows() == ((first, ended), (later, Holding(Office.MAYOR, sam, date(2026, 5, 12))))
        assert uow.offices.register().absences == (Absence(dana, date(2026, 9, 1), date(2026, 9, 9)),)


def test_council_should_change_what_is_given(house: House) -> None:
    with house.store.write(house.council) as uow:
        before = uow.council.get()
        uow.council.update(name="Workington Town Council", channels={"staff": {"slack": "C9"}})
        uow.council.update()
        uow.commit()
    after, other = {one.id: one for one in house.store.councils()}, house.other
    assert (after[house.council].name, after[house.council].address) == (
        "Workington Town Council",
        before.address,
    )
    assert after[house.council].channels == {"staff": {"slack": "C9"}}
    assert after[other].name == "Maryport"


@pytest.mark.parametrize("value", [0, "", False, None, [], 6, ["a", "b"], {"a": [1]}])
def test_setting_should_come_back_as_it_was_set_also_when_it_is_nothing(
    sqlite_house: House, value: object
) -> None:
    with sqlite_house.store.write(sqlite_house.council) as uow:
        uow.settings.set("name", "before", "a")
        uow.settings.set("name", value, "a")
        uow.commit()
        assert uow.settings.get() == {"name": value}


def test_draft_should_be_its_writers_only_and_go_when_done_or_old(house: House) -> None:
    with house.store.write(house.council) as uow:
        uow.drafts.save("n1", "dana", "report", {"a": "first", "list": ["x"]})
        uow.drafts.save("n1", "dana", "report", {"a": "second", "list": ["x"]})
        assert uow.drafts.get("n1", "sam") is None
        uow.drafts.save("n1", "sam", "report", {})
        draft = uow.drafts.get("n1", "dana")
        assert draft is not None
        assert (draft.values, draft.saved_at) == ({"a": "second", "list": ["x"]}, START)
        uow.commit()
        house.clock.pass_by(days=1)
        uow.drafts.save("n2", "dana", "report", {"b": 1})
        assert uow.drafts.purge(START) == 0
        assert uow.drafts.purge(START + timedelta(seconds=1)) == 2
        uow.drafts.drop("n2")
        assert uow.drafts.get("n2", "dana") is None


def test_local_message_should_be_posted_once_an_outbox_row_and_change_in_place(house: House) -> None:
    with house.store.write(house.council) as uow:
        first = uow.local.post("room", {"title": "one"}, outbox_id="row")
        assert uow.local.post("room", {"title": "again"}, outbox_id="row") == first
        uow.local.post("room", {"title": "two"})
        uow.local.post("room", {"title": "three"})
        uow.local.post("another room", {"title": "elsewhere"})
        uow.commit()
        later = house.clock.pass_by(minutes=1)
        changed = uow.local.change(first.id, {"title": "one, decided"})
        assert changed is not None
        assert (changed.card, changed.posted_at, changed.changed_at, changed.changes) == (
            {"title": "one, decided"}, START, later, 1,
        )  # fmt: skip
        titles = [message.card["title"] for message in uow.local.of_channel("room")]
        assert titles == ["one, decided", "two", "three"]
        assert [one.card["title"] for one in uow.local.of_channel("room", 2)] == ["two", "three"]
        assert uow.local.change("nothing", {}) is None


def test_police_answers_should_be_kept_in_order(house: House) -> None:
    with house.store.write(house.council) as uow:
        case = _case(uow)
        for referred in ("no", "yes"):
            uow.police.add(case.id, referred, {"reason": referred}, "a")
        assert [(one.referred, one.words) for one in uow.police.of_case(case.id)] == [
            ("no", {"reason": "no"}),
            ("yes", {"reason": "yes"}),
        ]
