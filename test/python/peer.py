"""A peer for test/python/peer.test.ts: one JSON request a line on standard input, answers and reports on standard output.

{"id", "do", …} is answered by {"id", "ok"} or {"id", "refused": word, "why"}; what comes in from others is reported as
{"seen": "call" | "event", …}. Byte strings are U+0000 and base64. Ends with its standard input, and after a minute
without a request.
"""

import asyncio
import base64
import json
import sys

import cbor2

import e2ee
from e2ee import CALL, ERROR, EVENT, RESULT, Opened, Refused, Sealed, Sealer
from passthru import Passthru, WampError

REQUEST_SECONDS = 10
IDLE_SECONDS = 60
KINDS = {"event": EVENT, "call": CALL, "result": RESULT, "error": ERROR}


def from_json(value):
    if isinstance(value, dict):
        return {key: from_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [from_json(item) for item in value]
    return base64.b64decode(value[1:]) if isinstance(value, str) and value.startswith("\0") else value


def to_json(value):
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [to_json(item) for item in value]
    return "\0" + base64.b64encode(value).decode() if isinstance(value, bytes) else value


def say(**what) -> None:
    sys.stdout.write(json.dumps(to_json(what)) + "\n")
    sys.stdout.flush()


def told(opened: Opened) -> dict:
    return {
        "args": opened.args,
        "kwargs": opened.kwargs,
        "keyId": e2ee.key_id(opened.key),
        "frame": opened.frame,
        "error": opened.error,
    }


class Peer:
    sealer: Sealer
    session = None

    def use(self, keys: list[bytes], cipher: str, frames: bool) -> str:
        self.sealer = Sealer(keys, cipher, frames)
        return e2ee.key_id(keys[0])

    async def join(self, url: str, realm: str, serializer: str, over: str) -> str:
        if over == "autobahn":
            from in_band_session import InBand

            self.session = InBand(serializer)
        else:
            self.session = Passthru(serializer)
        await self.session.join(url, realm)
        return self.session.carriage

    async def leave(self) -> None:
        await self.session.leave()

    async def call(self, uri: str, args: list, kwargs: dict, flip: int | None = None) -> dict:
        sealed = self.sealer.seal(CALL, uri, args, kwargs)
        box = flipped(sealed.box, flip)
        try:
            attributes, answer = await self.session.call(uri, sealed.attributes, box)
        except WampError as error:
            if error.box is None:
                return {"error": error.uri}
            return told(self.open_answer(ERROR, uri, sealed, error.attributes, error.box, error.uri))
        if self.session.carriage == "in-band" and self.sealer.frames:
            # An error that goes as a result opens as an error alone: its kind is in the authenticator.
            try:
                return told(self.open_answer(ERROR, uri, sealed, attributes, answer))
            except Refused as refusal:
                if refusal.word != "authenticator":
                    raise
        return told(self.open_answer(RESULT, uri, sealed, attributes, answer))

    def open_answer(self, kind, uri, sealed: Sealed, attributes, box, error: str | None = None) -> Opened:
        return self.sealer.open(kind, uri, attributes, box, correlation=sealed.correlation, error=error)

    async def register(self, uri: str, flip: int | None = None) -> None:
        """Answers with what it was called with, or with the error that the first argument names."""

        async def invoked(attributes, box):
            try:
                opened = self.sealer.open(CALL, uri, attributes, box)
            except Refused as refusal:
                say(seen="call", uri=uri, refused=refusal.word)
                unknown = refusal.word == "unknown_key"
                return {}, None, "e2ee.error.unknown_key" if unknown else "e2ee.error.refused"
            say(seen="call", uri=uri, **told(opened))
            first = opened.args[0] if opened.args else None
            error = first if isinstance(first, str) and ".error." in first else None
            answer = self.sealer.seal(
                ERROR if error else RESULT,
                uri,
                opened.args,
                opened.kwargs,
                key=opened.key,
                correlation=opened.correlation,
                error=error,
            )
            return answer.attributes, flipped(answer.box, flip), error

        await self.session.register(uri, invoked)

    async def publish(self, uri: str, args: list, kwargs: dict, flip: int | None = None) -> None:
        sealed = self.sealer.seal(EVENT, uri, args, kwargs)
        await self.session.publish(uri, sealed.attributes, flipped(sealed.box, flip))

    async def subscribe(self, uri: str) -> None:
        async def received(attributes, box):
            try:
                say(seen="event", uri=uri, **told(self.sealer.open(EVENT, uri, attributes, box)))
            except Refused as refusal:
                say(seen="event", uri=uri, refused=refusal.word)

        await self.session.subscribe(uri, received)

    # Without a session, for comparisons byte by byte.

    def key_ids(self, keys: list[bytes]) -> list[str]:
        return [e2ee.key_id(key) for key in keys]

    def open(self, kind: str, uri: str, attributes: dict, box: bytes, **place) -> dict:
        return told(self.sealer.open(KINDS[kind], uri, attributes, box, **place))

    def seal(self, kind: str, uri: str, args: list, kwargs: dict, **how) -> dict:
        sealed = self.sealer.seal(KINDS[kind], uri, args, kwargs, **how)
        return {"attributes": sealed.attributes, "box": sealed.box, "correlation": sealed.correlation}

    def example(self, key: bytes, nonce: bytes, instance: bytes, sequence: int, now: int, uri: str, args: list) -> dict:
        """All that the example of the page shows, made anew."""
        sealer = Sealer([key], instance=instance, sequence=sequence)
        sealed = sealer.seal(CALL, uri, args, {}, nonce=nonce, now=now)
        _, frame = e2ee.open_box(sealer.cipher, key, sealed.box)
        e2e = cbor2.loads(frame)["e2e"]
        return {
            "ppt_keyid": sealed.attributes["ppt_keyid"],
            "commitment": e2ee.commitment(key),
            "header": e2e[1 : 1 + e2e[0]],
            "authenticator": e2e[1 + e2e[0] :],
            "frame": frame,
            "argument": sealed.box,
            "correlation": sealed.correlation,
        }


def flipped(box: bytes, bit: int | None) -> bytes:
    if bit is None:
        return box
    copy = bytearray(box)
    copy[bit // 8] ^= 1 << bit % 8
    return bytes(copy)


async def answer(peer: Peer, id: int, do: str, **given) -> None:
    try:
        result = getattr(peer, do)(**given)
        if asyncio.iscoroutine(result):
            result = await asyncio.wait_for(result, REQUEST_SECONDS)
        say(id=id, ok=result)
    except Refused as refusal:
        say(id=id, refused=refusal.word, why=str(refusal))
    except Exception as error:  # whatever it is, the test is to see it
        say(id=id, failed=f"{type(error).__name__}: {error}")


async def main() -> None:
    peer = Peer()
    lines = asyncio.StreamReader(limit=1 << 24)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    at_work = set()
    try:
        while line := await asyncio.wait_for(lines.readline(), IDLE_SECONDS):
            task = asyncio.create_task(answer(peer, **from_json(json.loads(line))))
            at_work.add(task)
            task.add_done_callback(at_work.discard)
    except TimeoutError:
        sys.exit(f"nothing was asked for {IDLE_SECONDS} seconds")


asyncio.run(main())
