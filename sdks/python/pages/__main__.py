"""Writes a page for each operation of the package.

python3 sdks/python/pages OPENAPI PACKAGE FOLDER
"""

import json
import sys
from pathlib import Path
from typing import List, Tuple

from api import Operation, operations
from package import Method, Unreadable, methods
from render import index, page

# The package sends what the first does by the second: addresses end up in logs.
INSTEAD = {"validateSuccessToken": "validateSuccessTokenByForm"}


def paired(description: Path, package: Path) -> List[Tuple[Operation, Method]]:
    """Each method with its operation.

    Raises:
        Unreadable: the package lacks an operation, or has one that the API has not.
    """
    known = operations(json.loads(description.read_text(encoding="utf-8")))
    found = methods(package)
    have = {method.operation for method in found}
    if missing := sorted({INSTEAD.get(name, name) for name in known} - have):
        raise Unreadable(f"the package has no method for {', '.join(missing)}")
    if unknown := sorted(have - set(known)):
        raise Unreadable(f"openapi.json has no {', '.join(unknown)}")
    return [(known[method.operation], method) for method in found]


def main() -> None:
    description, package, folder = map(Path, sys.argv[1:])
    try:
        pages = paired(description, package)
    except Unreadable as why:
        sys.exit(f"pages: {why}")
    for operation, method in pages:
        file = folder / method.where / f"{method.name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(operation, method), encoding="utf-8")
    (folder / "README.md").write_text(index(pages), encoding="utf-8")


if __name__ == "__main__":
    main()
