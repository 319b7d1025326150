"""From the Rust client's threads to asyncio's event loops.

A thread that isn't Python's must not wait for the interpreter's lock to say that an answer came: at
the interpreter's end it would never get it, and after a fork it isn't there. So outcomes are put
down in a mailbox, one for each event loop, whose file becomes readable, and the loop takes all that
are there at once.
"""

from __future__ import annotations

import asyncio
import functools
import itertools
import weakref
from typing import Dict, MutableMapping, Optional

from . import _native
from .call import Call


class _Mailbox:
    """The calls of one event loop that are on their way."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.native = _native.Mailbox()
        self.tickets = itertools.count()
        self.waiting: Dict[int, asyncio.Future[_native.Outcome]] = {}
        loop.add_reader(self.native.fileno(), self._deliver)

    def _deliver(self) -> None:
        for ticket, outcome in self.native.take():
            future = self.waiting.pop(ticket, None)
            # It may have been cancelled in the meantime.
            if future is not None and not future.done():
                future.set_result(outcome)


_mailboxes: MutableMapping[asyncio.AbstractEventLoop, _Mailbox] = weakref.WeakKeyDictionary()


def _mailbox(loop: asyncio.AbstractEventLoop) -> Optional[_Mailbox]:
    found = _mailboxes.get(loop)
    if found is None and _native.HAS_MAILBOX:
        try:
            found = _mailboxes[loop] = _Mailbox(loop)
        except NotImplementedError:
            return None
    return found


async def outcome(
    client: _native.Client, call: Call, authorization: Optional[str]
) -> _native.Outcome:
    """Makes a call and waits for what comes of it. Cancelled, the call is given up and its
    connection closed."""
    loop = asyncio.get_running_loop()
    arguments = (
        call.operation,
        call.path,
        call.query,
        call.form,
        call.lines,
        authorization,
    )
    mailbox = _mailbox(loop)
    if mailbox is None:
        # A loop that can't watch files, as Windows's: a thread waits instead, as many at once as
        # the loop has.
        return await loop.run_in_executor(None, functools.partial(client.send, *arguments))
    ticket = next(mailbox.tickets)
    future: asyncio.Future[_native.Outcome] = loop.create_future()
    mailbox.waiting[ticket] = future
    in_flight = None
    try:
        in_flight = client.start(mailbox.native, ticket, *arguments)
        return await future
    finally:
        if mailbox.waiting.pop(ticket, None) is not None and in_flight is not None:
            in_flight.cancel()
