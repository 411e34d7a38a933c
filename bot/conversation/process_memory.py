"""What features keep in memory while the program runs: one object per type, created on first use."""

from typing import Any, Protocol, TypeVar, runtime_checkable

T = TypeVar("T")


@runtime_checkable
class TextCache(Protocol):
    """An object that holds text of members, and can be emptied."""

    def forget(self) -> None: ...


class ProcessMemory:
    """Objects by their type; empty when the program starts."""

    def __init__(self) -> None:
        self._objects: dict[type[Any], Any] = {}

    def of(self, kind: type[T]) -> T:
        """The only object of a type, whose constructor takes no arguments."""
        if kind not in self._objects:
            self._objects[kind] = kind()
        found: T = self._objects[kind]
        return found

    def forget_texts(self) -> None:
        """Empties every `TextCache`. Must be called wherever a member is erased or a text is withdrawn."""
        for each in self._objects.values():
            if isinstance(each, TextCache):
                each.forget()
