"""From an operation and its method to a page."""

import re
from typing import List

from api import Field, Operation
from package import Method, Parameter

NOTE = "<!-- Written by scripts/regenerate from openapi.json and the package. -->"

# Which exception a refusal is; the README has the table of all.
EXCEPTIONS = {400: "errors.ErrorResponse", 401: "errors.ErrorResponse"}


def page(operation: Operation, method: Method) -> str:
    """The page of one operation."""
    parts = [
        f"# {method.name}",
        NOTE,
        f"{operation.summary} {operation.told}".strip(),
        _beyond_the_first_sentence(method.told),
        _example(operation, method),
        f"Over the wire it is `{operation.request}`, "
        f"[{operation.name}](../../../../docs/reference/api.md).",
        "## What it takes",
        _signature(method),
        _table([*operation.parameters, *operation.form], with_required=True),
        "## What it gives",
        f"`{method.result}`, with `status_code`, `content_type`, `raw_response`, and `object`:",
    ]
    for at, (name, fields) in enumerate(operation.answer):
        if at > 0:
            parts.append(f"### {name}")
        parts.append(_table(fields, with_required=False))
    parts += [
        "## What it can end in",
        _refusals(operation),
        "The exceptions are in `onlyauth.models.errors`; [the README](../../README.md#errors) "
        "tells what each has.",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def index(pages: "List[tuple[Operation, Method]]") -> str:
    """The page that lists the others."""
    lines = ["# Operations", "", NOTE, "", "| method | what it does |", "|---|---|"]
    for operation, method in pages:
        link = f"[`s.{method.where}.{method.name}`]({method.where}/{method.name}.md)"
        lines.append(f"| {link} | {operation.summary} |")
    return "\n".join(lines) + "\n"


def _signature(method: Method) -> str:
    named = [_declared(parameter) for parameter in method.parameters]
    return f"```python\n{method.name}({', '.join(named)}) -> {method.result}\n```"


def _declared(parameter: Parameter) -> str:
    default = "" if parameter.default is None else f" = {parameter.default}"
    return f"{parameter.name}: {parameter.type}{default}"


def _beyond_the_first_sentence(told: str) -> str:
    """The first says what the operation's summary says."""
    first, _, others = told.partition("\n\n")
    _, _, rest = first.partition(". ")
    return "\n\n".join(part for part in [rest.strip(), others] if part)


def _example(operation: Operation, method: Method) -> str:
    needed = [parameter for parameter in method.parameters if parameter.default is None]
    given = [f"    {_given(operation, parameter)},\n" for parameter in needed]
    arguments = f"(\n{''.join(given)})" if given else "()"
    call = f"s.{method.where}.{method.name}{arguments}"
    twin = f"s.{method.where}.{method.name}_async{arguments}"
    return (
        f"```python\nres = {call}\n```\n\nor, in a coroutine,\n\n```python\nres = await {twin}\n```"
    )


def _given(operation: Operation, parameter: Parameter) -> str:
    model = re.search(r"operations\.\w+", parameter.type)
    if model is None:
        return f'{parameter.name}="…"'
    fields = [f'        {field.name}="…",\n' for field in operation.form if field.required]
    inner = f"\n{''.join(fields)}    " if fields else ""
    return f"{parameter.name}={model[0]}({inner})"


def _table(fields: List[Field], with_required: bool) -> str:
    if not fields:
        return "Nothing."
    head = "| field | type | | what it is |\n|---|---|---|---|" if with_required else None
    lines = [head or "| field | type | what it is |\n|---|---|---|"]
    for field in fields:
        cells = [f"`{field.name}`", field.type]
        if with_required:
            cells.append("required" if field.required else "")
        lines.append(f"| {' | '.join([*cells, field.told.replace('|', chr(92) + '|')])} |")
    return "\n".join(lines)


def _refusals(operation: Operation) -> str:
    lines = ["| status | exception | when |", "|---|---|---|"]
    for status, told in operation.refusals:
        lines.append(f"| {status} | `{EXCEPTIONS.get(status, 'errors.SDKError')}` | {told} |")
    lines.append(
        "| none | `errors.SDKConnectionError`, `errors.SDKTimeoutError` | no whole answer came |"
    )
    return "\n".join(lines)
