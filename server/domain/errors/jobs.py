"""Owns the refusals about jobs after the agreement, and about places held for somebody."""

# ruff: noqa: N818 - errors are named as the state they report (PostFull), not ...Error.

from server.domain.errors.base import DomainError
from server.domain.kinds import RefusalKind


class PlacementTooEarly(DomainError, code="placement_too_early", kind=RefusalKind.CONFLICT):
    """The day of the work has not come yet; fact day."""


class SideUnfit(DomainError, code="side_unfit"):
    """A job cannot fall through for that reason on that side."""


class RatingUnready(DomainError, code="rating_unready", kind=RefusalKind.CONFLICT):
    """The work is not done, so there is nothing to rate."""


class RatingGiven(DomainError, code="rating_given", kind=RefusalKind.CONFLICT):
    """The job has been rated already."""


class ProposalUnknown(DomainError, code="proposal_unknown", kind=RefusalKind.NOT_FOUND):
    """There is no such proposal."""


class ProposalOver(DomainError, code="proposal_over", kind=RefusalKind.CONFLICT):
    """The proposal is agreed, declined, withdrawn or lapsed; fact state."""


class ProposalLapsed(DomainError, code="proposal_lapsed", kind=RefusalKind.CONFLICT):
    """The place was held as long as the market holds one; fact minutes."""


class ProposalOpen(DomainError, code="proposal_open", kind=RefusalKind.CONFLICT):
    """A place is held for the worker already, for this post or another of the day."""


class ProposalOfCrew(DomainError, code="proposal_of_crew", kind=RefusalKind.CONFLICT):
    """A crew agrees at the desk; single places are not held for it."""


class PlacesHeld(DomainError, code="places_held", kind=RefusalKind.CONFLICT):
    """Every place that is left is held for somebody."""


class GatheringUnknown(DomainError, code="gathering_unknown", kind=RefusalKind.NOT_FOUND):
    """Nobody is called together under that id any more."""
