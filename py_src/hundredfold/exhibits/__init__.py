"""Every exhibit, written out: an exhibit is one name here, in web/src/exhibits/ and in models/."""

from collections.abc import Iterator, Mapping
from importlib import import_module

from ..exhibit import Exhibit

NAMES = ("digits", "tower")


class Exhibits(Mapping[str, Exhibit]):
    """The exhibits by name, each imported when it is first wanted: a visitor waits for the one that is shown alone."""

    def __getitem__(self, name: str) -> Exhibit:
        if name not in NAMES:
            raise KeyError(name)
        exhibit: Exhibit = getattr(import_module(f".{name}", __package__), name.upper())
        return exhibit

    def __contains__(self, name: object) -> bool:
        return name in NAMES

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


EXHIBITS = Exhibits()
