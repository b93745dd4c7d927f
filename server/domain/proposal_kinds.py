"""Owns the states of a place that is held for somebody who has not agreed yet (留名额)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class ProposalState(StrEnum):
    """Say how far a held place has got; the first three hold it until the clock takes it back."""

    PROPOSED = "proposed"
    WORKER_ACCEPTED = "worker_accepted"
    EMPLOYER_ACCEPTED = "employer_accepted"
    AGREED = "agreed"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"

    @property
    def holds(self) -> bool:
        """Tell whether the place is held."""
        return self in HOLDING


class Party(StrEnum):
    """Name the two who have to agree."""

    WORKER = "worker"
    EMPLOYER = "employer"


HOLDING = frozenset(
    {
        ProposalState.PROPOSED,
        ProposalState.WORKER_ACCEPTED,
        ProposalState.EMPLOYER_ACCEPTED,
    }
)

PROPOSAL_STATE_NAMES: Mapping[ProposalState, str] = {
    ProposalState.PROPOSED: "等两边回话",
    ProposalState.WORKER_ACCEPTED: "工友同意,等老板",
    ProposalState.EMPLOYER_ACCEPTED: "老板同意,等工友",
    ProposalState.AGREED: "谈成了",
    ProposalState.DECLINED: "没谈成",
    ProposalState.LAPSED: "过了时间",
    ProposalState.WITHDRAWN: "不留了",
}
