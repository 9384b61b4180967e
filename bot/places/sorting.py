"""Which parts and doors of one name are one street: a county has many a Main St.

What bears one name is one street where it lies close together: the closer, the less the communities agree.
Two groups that have the same house numbers are two streets however close they are. Given corners join the
street of their name that is near; only where there is none do they make one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeAlias

from bot.places.gathering import ROW, Gathering, Name, Part, Patch, Square
from bot.places.normalise import StreetName

# How far apart, in squares of some 500 m, two groups of one name may lie and yet be one street.
SAME_COMMUNITY, UNKNOWN_COMMUNITY, OTHER_COMMUNITY = 16, 4, 1
TWICE = 0.02  # the share of house numbers that two parts of one street may have in common, by mistake
COVERED = 0.8  # the share of doors that lie beside a street whose name agrees but for a part left out


Item: TypeAlias = Part | Patch


@dataclass(eq=False)
class Group:
    """Parts and patches that are one street, as far as we know."""

    parts: list[Part] = field(default_factory=list)
    patches: list[Patch] = field(default_factory=list)
    communities: set[int] = field(default_factory=set)
    squares: set[Square] = field(default_factory=set)
    _numbers: set[int] | None = None

    def add(self, other: Group) -> None:
        """Take in another group."""
        self.parts += other.parts
        self.patches += other.patches
        self.communities |= other.communities
        self.squares |= other.squares
        self._numbers = None

    def numbers(self, of: Callable[[Sequence[int]], set[int]]) -> set[int]:
        """Return its house numbers."""
        if self._numbers is None:
            self._numbers = of([patch.id for patch in self.patches])
        return self._numbers

    @property
    def whole(self) -> bool:
        """Tell whether one of its parts says that it is the street."""
        return any(part.whole for part in self.parts)

    def order(self) -> tuple[int, int]:
        """Streets that are in the files come first, in their order."""
        if self.parts:
            return 0, min(part.id for part in self.parts)
        return 1, min(patch.id for patch in self.patches)


class Sorter:
    """Makes streets of what was gathered."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering

    def streets(self) -> list[Group]:
        """Return the streets, those with lines first."""
        self._gathering.scratch.connection.execute("CREATE INDEX raw_door_patch ON raw_door (patch, number)")
        by_key = self._by_key()
        sorted_out = {key: self._of_one_name(*found) for key, found in by_key.items()}
        self._join_shortened(sorted_out)
        return sorted((group for groups in sorted_out.values() for group in groups), key=Group.order)

    def _by_key(self) -> dict[StreetName, tuple[list[Part], list[Patch]]]:
        names = self._gathering.names
        by_key: dict[StreetName, tuple[list[Part], list[Patch]]] = defaultdict(lambda: ([], []))
        for part in self._gathering.parts:
            by_key[names[part.name].key][0].append(part)
        for patch in self._gathering.patches:
            by_key[names[patch.name].key][1].append(patch)
        return by_key

    def _of_one_name(self, parts: list[Part], patches: list[Patch]) -> list[Group]:
        doors = [patch for patch in patches if not patch.corners]
        groups = self._with_doors(parts, doors)
        lost = [patch for patch in patches if patch.corners and not _is_near(patch, groups)]
        return [*groups, *self._joined(_close_together([_group(patch) for patch in lost]))]

    def _with_doors(self, parts: list[Part], patches: list[Patch]) -> list[Group]:
        _borrow_communities(parts, patches)
        wholes = [_group(part) for part in parts if part.whole]
        if wholes:
            patches = [patch for patch in patches if not _belongs(patch, wholes)]
        loose = [*(_group(part) for part in parts if not part.whole), *map(_group, patches)]
        return self._joined([*wholes, *_close_together(loose)])

    def _joined(self, groups: list[Group]) -> list[Group]:
        """Join what is near enough and has no house number twice, the nearest first."""
        near = []
        for a, b in combinations(groups, 2):
            most = OTHER_COMMUNITY if a.communities and b.communities else UNKNOWN_COMMUNITY
            if (apart := _apart(a.squares, b.squares, most)) <= most:
                near.append((apart, a, b))
        became = {group: group for group in groups}
        for _, a, b in sorted(near, key=lambda pair: pair[0]):
            one, two = _last(became, a), _last(became, b)
            if one is not two and self._may_be_one(one, two):
                one.add(two)
                became[two] = one
        return [group for group in groups if became[group] is group]

    def _may_be_one(self, one: Group, two: Group) -> bool:
        if one.whole and two.whole:
            return False
        if not one.patches or not two.patches:
            return True
        a, b = one.numbers(self._numbers), two.numbers(self._numbers)
        return len(a & b) <= TWICE * min(len(a), len(b))

    def _numbers(self, patches: Sequence[int]) -> set[int]:
        query = "SELECT DISTINCT number FROM raw_door WHERE patch = ?"
        return {number for patch in patches for (number,) in self._gathering.scratch.rows(query, (patch,))}

    def _join_shortened(self, sorted_out: dict[StreetName, list[Group]]) -> None:
        """Give doors on "Main" or "N Main St" to Main St, where they lie beside it."""
        drawn: dict[str, list[tuple[StreetName, Group]]] = defaultdict(list)
        for key, groups in sorted_out.items():
            drawn[key.key].extend((key, group) for group in groups if group.parts)
        for key, groups in sorted_out.items():
            for group in [group for group in groups if not group.parts]:
                target = self._beside(key, group, drawn[key.key])
                if target:
                    target.add(group)
                    groups.remove(group)

    def _beside(self, key: StreetName, group: Group, drawn: list[tuple[StreetName, Group]]) -> Group | None:
        fitting = [(_difference(key, other), street) for other, street in drawn if _agree(key, other)]
        for _, street in sorted(fitting, key=lambda pair: pair[0]):
            around = set(_around(street.squares))
            covered = sum(patch.count for patch in group.patches if patch.square in around)
            doors = sum(patch.count for patch in group.patches)
            if covered >= COVERED * doors and self._may_be_one(street, group):
                return street
        return None


def _group(item: Item) -> Group:
    known = {item.community} if item.community else set()
    if isinstance(item, Part):
        return Group([item], [], known, set(item.squares))
    return Group([], [item], known, {item.square})


def _borrow_communities(parts: list[Part], patches: list[Patch]) -> None:
    """Give what has no community that of the doors around it."""
    if all(patch.community == 0 for patch in patches):
        return
    everything: list[Item] = [*parts, *patches]
    lacking = [item for item in everything if not item.community]
    if not lacking:
        return
    around: dict[Square, Counter[int]] = defaultdict(Counter)
    for patch in patches:
        if patch.community:
            for near in _around({patch.square}):
                around[near][patch.community] += patch.count
    for item in lacking:
        squares = item.squares if isinstance(item, Part) else {item.square}
        votes = sum((around[each] for each in squares if each in around), Counter[int]())
        if votes:
            item.community = votes.most_common(1)[0][0]


def _close_together(groups: list[Group]) -> list[Group]:
    """Join the groups of each community, where they lie within its reach."""
    by_community: dict[frozenset[int], list[Group]] = defaultdict(list)
    for group in groups:
        by_community[frozenset(group.communities)].append(group)
    return [
        one
        for community, found in by_community.items()
        for one in _linked(found, SAME_COMMUNITY if community else UNKNOWN_COMMUNITY)
    ]


def _linked(groups: list[Group], most: int) -> list[Group]:
    """Join what lies within so many squares, and what lies so near to that, and so on."""
    became = {group: group for group in groups}
    at: dict[Square, Group] = {}
    for group in groups:
        for each in group.squares:
            _unite(became, at.setdefault(each, group), group)
    squares = sorted(at)
    for i, one in enumerate(squares):
        for other in squares[i + 1 :]:
            if other // ROW - one // ROW > most:
                break
            if abs(other % ROW - one % ROW) <= most:
                _unite(became, at[one], at[other])
    joined: dict[Group, Group] = {}
    for group in groups:
        first = _last(became, group)
        joined.setdefault(first, Group()).add(group)
    return list(joined.values())


def _unite(became: dict[Group, Group], a: Group, b: Group) -> None:
    one, two = _last(became, a), _last(became, b)
    if one is not two:
        became[two] = one


def _last(became: dict[Group, Group], group: Group) -> Group:
    while became[group] is not group:
        became[group] = group = became[became[group]]
    return group


def _apart(a: Iterable[Square], b: Iterable[Square], most: int) -> int:
    """Return how many squares lie between the two, `most` + 1 where they are further apart."""
    nearest = most + 1
    others = [divmod(each, ROW) for each in b]
    for row, column in (divmod(each, ROW) for each in a):
        for other_row, other_column in others:
            apart = max(abs(row - other_row), abs(column - other_column))
            if apart < nearest:
                nearest = apart
                if not nearest:
                    return 0
    return nearest


def _is_near(corners: Patch, groups: list[Group]) -> bool:
    """Give corners to the nearest street; they never make one of two, as nothing could tell these apart."""
    return bool(groups) and _belongs(corners, groups, UNKNOWN_COMMUNITY)


def _belongs(patch: Patch, groups: list[Group], reach: int = SAME_COMMUNITY) -> bool:
    """Give a patch to the nearest street, of its own community where two are near; tells whether one is."""
    apart = {group: _apart(group.squares, {patch.square}, SAME_COMMUNITY) for group in groups}
    nearest = min(groups, key=lambda group: (apart[group], patch.community not in group.communities))
    stranger = nearest.communities and patch.community and patch.community not in nearest.communities
    if apart[nearest] > (UNKNOWN_COMMUNITY if stranger else reach):
        return False
    nearest.patches.append(patch)
    return True


def _around(squares: Iterable[Square]) -> Iterator[Square]:
    for each in squares:
        for row in (-ROW, 0, ROW):
            yield from range(each + row - 1, each + row + 2)


def _agree(one: StreetName, two: StreetName) -> bool:
    """Tell whether the two may be one name, a suffix or a directional left out."""
    return (one.suffix == two.suffix or not one.suffix or not two.suffix) and (
        one.directional == two.directional or not one.directional or not two.directional
    )


def _difference(one: StreetName, two: StreetName) -> int:
    return (one.suffix != two.suffix) + (one.directional != two.directional)


def name_of(group: Group, names: Sequence[Name]) -> Name:
    """Return the name that most of the street's parts bear, or else most of its doors."""
    votes: Counter[int] = Counter()
    for part in group.parts:
        votes[part.name] += 1
    if not votes:
        for patch in group.patches:
            votes[patch.name] += patch.count
    return names[votes.most_common(1)[0][0]]


def community_of(group: Group) -> int:
    """Return the community that most of its doors have, or else most of its parts."""
    votes: Counter[int] = Counter()
    for patch in group.patches:
        votes[patch.community] += patch.count if patch.community else 0
    if not +votes:
        votes.update(part.community for part in group.parts if part.community)
    return max(votes, key=lambda each: (votes[each], -each), default=0)


def aliases_of(group: Group, name: Name, names: Sequence[Name]) -> list[str]:
    """Return the other names: those the data gives, and those its doors have."""
    given = [alias for part in group.parts for alias in part.aliases]
    everything: list[Item] = [*group.parts, *group.patches]
    worn = [names[item.name] for item in everything]
    other = [each.full_name for each in worn if each.key != name.key]
    return [each for each in dict.fromkeys([*given, *other]) if each and each != name.full_name]
