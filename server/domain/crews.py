"""Owns what a crew (班组) may be: a leader and the people who came along, on one ticket."""

from server.domain.errors import CrewMembersMissing, CrewTooLarge

# The leader counts. A minibus holds 19, a coach of a building site about 30; more than that is a
# list for the desk, not for a card reader with a queue behind it.
MAX_CREW = 30
MIN_CREW = 2


def check_crew_size(people: int) -> None:
    """Refuse a crew of nobody but its leader, and one too large for a kiosk.

    people: the leader and the members. Raises CrewMembersMissing, CrewTooLarge.
    """
    if people < MIN_CREW:
        raise CrewMembersMissing
    if people > MAX_CREW:
        raise CrewTooLarge(maximum=MAX_CREW)
