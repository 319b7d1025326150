"""The base of all errors."""

from __future__ import annotations


class OnlyauthError(Exception):
    """What a call ended in, other than what it was made for."""

    def __repr__(self) -> str:
        # What an exception was made with holds bodies, and bodies hold tokens: the message is fit
        # to be shown.
        return f"{type(self).__name__}({str(self)!r})"
