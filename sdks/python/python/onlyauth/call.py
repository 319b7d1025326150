"""One call: an operation's parameters and fields, in the wire's names and words."""

from __future__ import annotations

import dataclasses
import enum
from typing import Any, Dict, FrozenSet, Mapping, Optional, Sequence, Union, cast

from .models.model import Model

Fields = Union[Model, Mapping[str, Any]]

_SENSITIVE: FrozenSet[str] = frozenset(
    {"authorization", "token", "end_user_phone_number", "end_user_uuid"}
)


@dataclasses.dataclass(repr=False)
class Call:
    """What is sent. It has no repr of its own: values are tokens and phone numbers."""

    operation: str
    path: Dict[str, str]
    query: Dict[str, str]
    form: Dict[str, str]
    lines: Optional[str] = None
    """The body of an operation that takes lines of JSON instead of a form."""

    def secrets(self, authorization: Optional[str]) -> FrozenSet[str]:
        """The texts that no message may repeat: the API secret, tokens, end users."""
        fields = {**self.query, **self.form}
        fields["authorization"] = (authorization or "").partition(" ")[2]
        return frozenset(fields[name] for name in _SENSITIVE if fields.get(name))


def words(fields: Fields) -> Dict[str, str]:
    """The fields that are set, as they are written on the wire. Raises TypeError for anything else
    than fields."""
    pairs = fields.values() if isinstance(fields, Model) else fields
    # Nobody checks types but those who run a checker.
    if not isinstance(cast(Any, pairs), Mapping):
        raise TypeError(
            "a request is an object of onlyauth.models.operations, or a mapping, "
            f"and no {type(fields).__name__}"
        )
    return {name: word(value) for name, value in pairs.items() if value is not None}


def word(value: Any) -> str:
    """A value as it is written on the wire: true and false, lists with spaces between their
    entries."""
    if isinstance(value, str) and not isinstance(value, enum.Enum):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, enum.Enum):
        return word(value.value)
    if isinstance(value, (list, tuple)):
        items: Sequence[Any] = value
        return " ".join(word(item) for item in items)
    return str(value)
