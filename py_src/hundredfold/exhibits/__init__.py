"""Every exhibit, written out: an exhibit is one name here, in web/src/exhibits/ and in models/."""

from ..contract import Exhibit
from .digits import DIGITS
from .tower import TOWER

EXHIBITS: dict[str, Exhibit] = {DIGITS.id: DIGITS, TOWER.id: TOWER}
