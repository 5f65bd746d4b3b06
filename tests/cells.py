"""Which cells of the access matrix are asked: address × method × person × relation × answer.

The ordinary run asks each address for everybody, each in a world of their own, so that every pair of values meets. The
deep run asks every fifth of the whole matrix, `every_cell`, so that every three meet.
"""

from dataclasses import dataclass
from itertools import product

from tests.access_table import EXPECTED, METHODS, needs_of
from tests.worlds import ANSWERS, PEOPLE, RELATIONS

NAMES = [*PEOPLE, "one_factor", "nobody"]
WORLDS = list(product(RELATIONS, ANSWERS))
# What the columns of the table say in so many words, and a partner who is told something else than what is needed.
PLAIN = [
    ("anna", "assigned", "valid"),
    ("bo", "assigned", "valid"),
    ("bo", "assigned", "withdrawn"),
    ("bo", "own_matter", "other_category"),
]
CLOSED_METHOD = {"405", "302", "404"}


@dataclass(frozen=True)
class Cell:
    path: str
    method: str
    name: str
    relation: str
    answer: str

    @property
    def world(self):
        return self.relation, self.answer


STRIDE = 5


def _lines():
    """Those that depend on the world, and those that say the same in each of them."""
    depending = [(path, method) for path, method in EXPECTED if "<uuid:case_id>" in path or needs_of(path)]
    return depending, [line for line in EXPECTED if line not in set(depending)]


def ordinary_cells():
    """Relations and answers have no common factor and the method changes with every turn of the relations, so their
    pairs all meet as the number of the address grows; and so they do with every address and person."""
    depending, same = _lines()
    cells = {}
    for address, path in enumerate(dict(depending)):
        for place, name in enumerate(NAMES):
            turn, relation = divmod(address + place, len(RELATIONS))
            method, answer = METHODS[turn % 2], list(ANSWERS)[(address + place) % len(ANSWERS)]
            cells[Cell(path, method, name, list(RELATIONS)[relation], answer)] = None
        for method, plain in product(METHODS, PLAIN):
            cells[Cell(path, method, *plain)] = None
    for line, (path, method) in enumerate(same):
        for name in NAMES if not set(EXPECTED[path, method].values()) <= CLOSED_METHOD else ("anna", "nobody"):
            cells[Cell(path, method, name, *WORLDS[line % len(WORLDS)])] = None
    return list(cells)


def every_cell():
    """Each address that depends on the world, for everybody in every world; the others once for everybody."""
    depending, same = _lines()
    cells = [Cell(*line, name, *world) for line, name, world in product(depending, NAMES, WORLDS)]
    return cells + [Cell(*line, name, *WORLDS[0]) for line, name in product(same, NAMES)]


def deep_cells(world, cells):
    """Every fifth of a world's, beginning elsewhere in each: every three values of a line, a person, a relation and an
    answer meet."""
    return cells[WORLDS.index(world) % STRIDE :: STRIDE]
