"""What the data classes share: strict reading of JSON, and a repr that tells no secret."""

from __future__ import annotations

import dataclasses
import json
import typing
from typing import (
    Any,
    Callable,
    ClassVar,
    Dict,
    FrozenSet,
    List,
    Mapping,
    Tuple,
    Type,
    TypeVar,
    Union,
    cast,
)

ModelT = TypeVar("ModelT", bound="Model")

_Reader = Callable[[str, Any], Any]
# Name, whether it is required, and reader of a field.
_Field = Tuple[str, bool, _Reader]

_known: Dict[type, Tuple[_Field, ...]] = {}


@dataclasses.dataclass(repr=False)
class Model:
    """Base of the data classes. `hidden` names the fields whose values a repr must not show."""

    hidden: ClassVar[FrozenSet[str]] = frozenset()

    def __repr__(self) -> str:
        # Reprs land in logs and in error trackers, which show the variables of a traceback.
        shown = ", ".join(f"{name}={self._shown(name)}" for name, _, _ in _fields(type(self)))
        return f"{type(self).__name__}({shown})"

    def _shown(self, name: str) -> str:
        value = getattr(self, name)
        return "***" if name in self.hidden and value is not None else repr(value)

    @classmethod
    def from_dict(cls: Type[ModelT], data: Mapping[str, Any]) -> ModelT:
        """Reads an object of JSON. Keys that this version doesn't know are left out.

        Raises ValueError, which names the key and never its value, where a required key is missing
        or a value has another type than the field.
        """
        # It is what somebody else sent.
        if not isinstance(cast(Any, data), dict):
            raise ValueError("an object was expected")
        values: Dict[str, Any] = {}
        for name, required, read in _fields(cls):
            if name in data:
                values[name] = read(name, data[name])
            elif required:
                raise ValueError(f"'{name}' is missing")
        return cls(**values)

    @classmethod
    def from_json(cls: Type[ModelT], text: Union[str, bytes]) -> ModelT:
        """Reads an object from its JSON text. Raises ValueError."""
        return cls.from_dict(json.loads(text))

    def to_dict(self) -> Dict[str, Any]:
        """The fields that are set, under their names on the wire."""
        return {name: _plain(value) for name, value in self.values().items()}

    def values(self) -> Dict[str, Any]:
        """The fields that are set, as they are."""
        pairs = [(name, getattr(self, name)) for name, _, _ in _fields(type(self))]
        return {name: value for name, value in pairs if value is not None}

    def to_json(self) -> str:
        """The fields that are set, as JSON text."""
        return json.dumps(self.to_dict())


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.to_dict()
    if isinstance(value, list):
        items: List[Any] = value
        return [_plain(item) for item in items]
    return value


def _fields(model: type) -> Tuple[_Field, ...]:
    """The fields of a class, found out once."""
    known = _known.get(model)
    if known is None:
        hints = typing.get_type_hints(model)
        known = _known[model] = tuple(
            (field.name, field.default is dataclasses.MISSING, _reader(hints[field.name]))
            for field in dataclasses.fields(model)
        )
    return known


def _reader(hint: Any) -> _Reader:
    arguments = typing.get_args(hint)
    origin = typing.get_origin(hint)
    if origin is Union:
        kinds = [argument for argument in arguments if argument is not type(None)]
        inner = _any_reader([_reader(kind) for kind in kinds])
        return lambda name, value: None if value is None else inner(name, value)
    if origin is list:
        return _list_reader(_reader(arguments[0]))
    if issubclass(hint, Model):
        return lambda name, value: _nested(hint, name, value)
    return lambda name, value: _exactly(hint, name, value)


def _any_reader(readers: List[_Reader]) -> _Reader:
    first, *others = readers

    def read(name: str, value: Any) -> Any:
        for one in others:
            try:
                return one(name, value)
            except ValueError:
                pass
        return first(name, value)

    return read


def _list_reader(item: _Reader) -> _Reader:
    def read(name: str, value: Any) -> List[Any]:
        if not isinstance(value, list):
            raise ValueError(f"'{name}' is no array")
        values: List[Any] = value
        return [item(name, one) for one in values]

    return read


def _nested(model: Type[Model], name: str, value: Any) -> Model:
    try:
        return model.from_dict(value)
    except ValueError as problem:
        raise ValueError(f"in '{name}': {problem}") from None


def _exactly(kind: type, name: str, value: Any) -> Any:
    # Not isinstance: True is an int to Python, and no number to anybody else.
    if type(value) is not kind:
        raise ValueError(f"'{name}' is no {kind.__name__}")
    return value
