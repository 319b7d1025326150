"""The data that goes to the server and comes back: operations, components, errors.

Field names are the names on the wire.
"""

from . import components, errors, operations

__all__ = ["components", "errors", "operations"]
