"""What the API's description, openapi.json, says of an operation."""

from typing import Any, Dict, Iterator, List, NamedTuple, Tuple

Schema = Dict[str, Any]


class Field(NamedTuple):
    """A field of what is sent or answered."""

    name: str
    type: str
    required: bool
    told: str


class Operation(NamedTuple):
    """An operation as the description has it."""

    name: str
    request: str
    """Method and path."""
    summary: str
    told: str
    parameters: List[Field]
    """Of path and query."""
    form: List[Field]
    answer: List[Tuple[str, List[Field]]]
    """Each object of the answer: its name and its fields, the outermost first."""
    refusals: List[Tuple[int, str]]


def operations(description: Dict[str, Any]) -> Dict[str, Operation]:
    """Every operation, by its `operationId`."""
    found: Dict[str, Operation] = {}
    schemas = description["components"]["schemas"]
    for path, methods in description["paths"].items():
        for method, node in methods.items():
            found[node["operationId"]] = _operation(f"{method.upper()} {path}", node, schemas)
    return found


def _operation(request: str, node: Schema, schemas: Schema) -> Operation:
    answers = node["responses"]
    answer = answers["200"].get("content", {}).get("application/json", {}).get("schema", {})
    return Operation(
        name=node["operationId"],
        request=request,
        summary=_line(node.get("summary", "")),
        told=_line(node.get("description", "")),
        parameters=list(_parameters(node)),
        form=list(_form(node, schemas)),
        answer=list(_objects(answer, schemas, set())),
        refusals=[
            (int(status), _line(body["description"]))
            for status, body in answers.items()
            if int(status) >= 400
        ],
    )


def _parameters(node: Schema) -> Iterator[Field]:
    for one in node.get("parameters", []):
        told = _told(one, one.get("example"))
        yield Field(one["name"], _type(one["schema"]), one.get("required", False), told)


def _form(node: Schema, schemas: Schema) -> Iterator[Field]:
    for content in node.get("requestBody", {}).get("content", {}).values():
        yield from _fields(_resolve(content["schema"], schemas)[1])


def _objects(
    schema: Schema, schemas: Schema, seen: "set[str]"
) -> Iterator[Tuple[str, List[Field]]]:
    """The object that a schema leads to, and those that its fields lead to."""
    name, found = _resolve(schema, schemas)
    if "properties" not in found or name in seen:
        return
    seen.add(name)
    yield name, list(_fields(found))
    for field in found["properties"].values():
        yield from _objects(field.get("items", field), schemas, seen)


def _resolve(schema: Schema, schemas: Schema) -> Tuple[str, Schema]:
    for part in [schema, *schema.get("oneOf", []), *schema.get("allOf", [])]:
        if "$ref" in part:
            name = part["$ref"].rsplit("/", 1)[1]
            return name, schemas[name]
    return "", schema


def _fields(schema: Schema) -> Iterator[Field]:
    required = schema.get("required", [])
    for name, field in schema.get("properties", {}).items():
        told = _told(field, field.get("example"))
        yield Field(name, _type(field), name in required, told)


def _type(schema: Schema) -> str:
    """In Python's words."""
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1]
    kinds = schema.get("type")
    if isinstance(kinds, list):
        return " or ".join(_type({**schema, "type": kind}) for kind in kinds)
    if kinds == "array":
        return f"list of {_type(schema['items'])}"
    for choice in [*schema.get("oneOf", []), *schema.get("allOf", [])]:
        if choice.get("type") != "null":
            return _type(choice)
    names = {
        "string": "str",
        "integer": "int",
        "boolean": "bool",
        "null": "None",
        "number": "float",
    }
    return names.get(str(kinds), "object")


def _told(node: Schema, example: Any) -> str:
    told = _line(node.get("description", ""))
    if told and not told.endswith((".", "!", "?")):
        told += "."
    return f"{told} Such as `{example}`." if isinstance(example, str) and example else told


def _line(text: str) -> str:
    return " ".join(text.split())
