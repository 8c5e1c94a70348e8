"""A WAMP session over a WebSocket, just enough of it, with passthru attributes on every message that may have them."""

import asyncio
import base64
import itertools
import json
from collections.abc import Awaitable, Callable

import cbor2
from websockets.asyncio.client import connect

HELLO, WELCOME, GOODBYE, ERROR, PUBLISH, PUBLISHED = 1, 2, 6, 8, 16, 17
SUBSCRIBE, SUBSCRIBED, EVENT, CALL, RESULT = 32, 33, 36, 48, 50
REGISTER, REGISTERED, INVOCATION, YIELD = 64, 65, 68, 70

Attributes = dict[str, str]
OnEvent = Callable[[Attributes, bytes], Awaitable[None]]
# What answers a call: attributes, bytes, and an error's URI.
Answer = tuple[Attributes, bytes, str | None]
OnCall = Callable[[Attributes, bytes], Awaitable[Answer]]


class WampError(Exception):
    """An ERROR: its URI, and the sealed payload where it has one."""

    def __init__(self, uri: str, attributes: Attributes, box: bytes | None):
        super().__init__(uri)
        self.uri, self.attributes, self.box = uri, attributes, box


def passthru_of(details: dict) -> Attributes:
    return {name: value for name, value in details.items() if name.startswith("ppt_")}


class Passthru:
    carriage = "passthru"

    def __init__(self, serializer: str):
        self.text = serializer == "json"
        self.subprotocol = f"wamp.2.{serializer}"
        self.ids = itertools.count(1)
        self.waiting: dict[int, asyncio.Future] = {}
        self.procedures: dict[int, OnCall] = {}
        self.topics: dict[int, OnEvent] = {}

    async def join(self, url: str, realm: str) -> None:
        self.socket = await connect(url, subprotocols=[self.subprotocol], compression=None, proxy=None)
        features = {"features": {"payload_passthru_mode": True}}
        roles = {role: features for role in ("caller", "callee", "publisher", "subscriber")}
        await self.send(HELLO, realm, {"roles": roles})
        welcome = self.decode(await self.socket.recv())
        if welcome[0] != WELCOME:
            raise RuntimeError(f"expected WELCOME, got {welcome}")
        self.reader = asyncio.create_task(self.read())

    async def leave(self) -> None:
        self.reader.cancel()
        await self.send(GOODBYE, {}, "wamp.close.normal")
        await self.socket.close()

    async def call(self, uri: str, attributes: Attributes, box: bytes) -> tuple[Attributes, bytes]:
        _, _, details, *payload = await self.ask(CALL, attributes, uri, [self.item(box)])
        return passthru_of(details), self.bytes_of(payload)

    async def publish(self, uri: str, attributes: Attributes, box: bytes) -> None:
        await self.ask(PUBLISH, {"acknowledge": True, **attributes}, uri, [self.item(box)])

    async def register(self, uri: str, handler: OnCall) -> None:
        self.procedures[(await self.ask(REGISTER, {}, uri))[2]] = handler

    async def subscribe(self, uri: str, handler: OnEvent) -> None:
        self.topics[(await self.ask(SUBSCRIBE, {}, uri))[2]] = handler

    async def ask(self, kind: int, *rest) -> list:
        number = next(self.ids)
        self.waiting[number] = asyncio.get_running_loop().create_future()
        await self.send(kind, number, *rest)
        return await self.waiting[number]

    async def read(self) -> None:
        async for data in self.socket:
            message = self.decode(data)
            kind, number = message[0], message[1]
            if kind in (RESULT, PUBLISHED, SUBSCRIBED, REGISTERED):
                self.waiting.pop(number).set_result(message)
            elif kind == ERROR:
                _, _, request, details, uri, *payload = message
                attributes = passthru_of(details)
                box = self.bytes_of(payload) if attributes else None
                self.waiting.pop(request).set_exception(WampError(uri, attributes, box))
            elif kind == EVENT:
                _, subscription, _, details, *payload = message
                await self.topics[subscription](passthru_of(details), self.bytes_of(payload))
            elif kind == INVOCATION:
                _, _, registration, details, *payload = message
                handler = self.procedures[registration]
                attributes, box, error = await handler(passthru_of(details), self.bytes_of(payload))
                payload = [[self.item(box)]] if box else []
                if error:
                    await self.send(ERROR, INVOCATION, number, attributes, error, *payload)
                else:
                    await self.send(YIELD, number, attributes, *payload)

    def bytes_of(self, payload: list) -> bytes:
        """The one binary item of the arguments; keyword arguments are absent or empty."""
        (item,), *kwargs = payload
        if any(kwargs):
            raise RuntimeError("a sealed message has keyword arguments")
        if not self.text:
            return item
        if not item.startswith("\0"):
            raise RuntimeError("a byte string in JSON does not begin with U+0000")
        return base64.b64decode(item[1:], validate=True)

    def item(self, box: bytes) -> bytes | str:
        return "\0" + base64.b64encode(box).decode() if self.text else box

    def decode(self, data: bytes | str) -> list:
        return json.loads(data) if self.text else cbor2.loads(data)

    async def send(self, *message) -> None:
        await self.socket.send(json.dumps(message) if self.text else cbor2.dumps(list(message)))
