"""Every exhibit is a folder here, which holds what of it runs on both sides; the others ask for it by its name."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

from ..exhibit import Exhibit

HERE = Path(__file__).parent


class Exhibits(Mapping[str, Exhibit]):
    """The exhibits by name, each imported when it is first wanted: a visitor waits for the one that is shown alone.

    Which is shown first is told by the order in models/manifest.json. In a browser the folders of the others come after
    the first answer, so that those which are not there yet are looked for each time.
    """

    def __init__(self) -> None:
        self._there: set[str] = set()
        self._imported: dict[str, Exhibit] = {}

    def __getitem__(self, name: str) -> Exhibit:
        if name not in self._imported:
            if name not in self:
                raise KeyError(name)
            self._imported[name] = import_module(f".{name}", __package__).EXHIBIT
        return self._imported[name]

    def __contains__(self, name: object) -> bool:
        if name in self._there:
            return True
        there = isinstance(name, str) and name.isidentifier() and _is_package(HERE / name)
        if there:
            self._there.add(str(name))
        return there

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(folder.name for folder in HERE.iterdir() if folder.name in self))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _is_package(folder: Path) -> bool:
    return any((folder / f"__init__.{ending}").is_file() for ending in ("py", "pyc"))


EXHIBITS = Exhibits()
