"""The package's operations, read from its source: nothing of it has to be built for that."""

import ast
import textwrap
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional


class Parameter(NamedTuple):
    """A parameter of a method, as its source has it."""

    name: str
    type: str
    default: Optional[str]


class Method(NamedTuple):
    """A method that carries out an operation."""

    operation: str
    """Its `operationId` in the API's description."""
    where: str
    """The attribute of the SDK that has it."""
    name: str
    parameters: List[Parameter]
    result: str
    told: str
    """Its docstring without the sections, which the API's description tells."""


class Unreadable(Exception):
    """The package is not laid out as this expects."""


def methods(package: Path) -> List[Method]:
    """Every method that calls an operation, in the order of files and lines.

    Raises:
        Unreadable: an operation is named that `operation.py` does not have, or a method has no
            asynchronous twin.
    """
    names = _operations(package / "operation.py")
    found: List[Method] = []
    for file in sorted(package.glob("*.py")):
        for scope in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(scope, ast.ClassDef):
                found += _of_class(file.stem, scope, names)
    return found


def _operations(file: Path) -> Dict[str, str]:
    """The constants of `operation.py`, and the `operationId` that each stands for."""
    names: Dict[str, str] = {}
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            (target,), (name, *_) = node.targets, node.value.args
            if isinstance(target, ast.Name) and isinstance(name, ast.Constant):
                names[target.id] = str(name.value)
    return names


def _of_class(where: str, scope: ast.ClassDef, names: Dict[str, str]) -> List[Method]:
    twins = {node.name for node in scope.body if isinstance(node, ast.AsyncFunctionDef)}
    found: List[Method] = []
    for node in scope.body:
        constant = _called(node) if isinstance(node, ast.FunctionDef) else None
        if constant is None or not isinstance(node, ast.FunctionDef):
            continue
        if constant not in names:
            raise Unreadable(f"{where}.{node.name} calls {constant}, which operation.py lacks")
        if f"{node.name}_async" not in twins:
            raise Unreadable(f"{where}.{node.name} has no twin {node.name}_async")
        result = ast.unparse(node.returns) if node.returns else "None"
        told = (ast.get_docstring(node) or "").split("\n\nArgs:")[0].split("\n\nRaises:")[0]
        found.append(
            Method(names[constant], where, node.name, _parameters(node), result, _flow(told))
        )
    return found


def _called(node: ast.FunctionDef) -> Optional[str]:
    """The operation that is handed to `self._caller.call`."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "self._caller.call":
            return ast.unparse(call.args[0])
    return None


def _parameters(node: ast.FunctionDef) -> List[Parameter]:
    arguments = node.args.args[1:]
    missing = [None] * (len(arguments) - len(node.args.defaults))
    defaults = [*missing, *map(ast.unparse, node.args.defaults)]
    return [
        Parameter(argument.arg, ast.unparse(argument.annotation or ast.Constant(None)), default)
        for argument, default in zip(arguments, defaults)
    ]


def _flow(text: str) -> str:
    """Paragraphs without the line breaks of the source."""
    return "\n\n".join(" ".join(textwrap.dedent(part).split()) for part in text.split("\n\n"))
