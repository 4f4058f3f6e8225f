"""Everything that a member can ask for, one file each; a new file is found by itself."""

from importlib import import_module
from pkgutil import iter_modules

from bots.ask import Keyword


def find_keywords(package: str = __name__) -> tuple[Keyword, ...]:
    """The `KEYWORD` of every module of `package`, by module name."""
    paths = import_module(package).__path__
    names = sorted(module.name for module in iter_modules(paths))
    return tuple(import_module(f"{package}.{name}").KEYWORD for name in names)
