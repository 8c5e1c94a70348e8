"""In-band payloads over autobahn-python, whose messages have no room for passthru attributes."""

import asyncio

from autobahn.asyncio.component import Component
from autobahn.wamp.exception import ApplicationError
from autobahn.wamp.types import PublishOptions

from e2ee import from_in_band, in_band
from passthru import Attributes, OnCall, OnEvent, WampError


class InBand:
    carriage = "in-band"

    def __init__(self, serializer: str):
        self.serializer = serializer

    async def join(self, url: str, realm: str) -> None:
        transport = {"type": "websocket", "url": url, "serializers": [self.serializer], "max_retries": 0}
        self.component = Component(transports=[transport], realm=realm)
        joined = asyncio.get_running_loop().create_future()
        self.component.on("join", lambda session, _details: joined.set_result(session))
        self.running = self.component.start(loop=asyncio.get_running_loop())
        self.session = await joined

    async def leave(self) -> None:
        self.session.leave()
        await asyncio.wait([self.running], timeout=2)

    async def call(self, uri: str, attributes: Attributes, box: bytes) -> tuple[Attributes, bytes]:
        try:
            return from_in_band(await self.session.call(uri, in_band(attributes, box)))
        except ApplicationError as error:
            raise WampError(error.error, {}, None) from error

    async def publish(self, uri: str, attributes: Attributes, box: bytes) -> None:
        await self.session.publish(uri, in_band(attributes, box), options=PublishOptions(acknowledge=True))

    async def register(self, uri: str, handler: OnCall) -> None:
        async def invoked(item: bytes) -> bytes:
            attributes, box, error = await handler(*from_in_band(item))
            if box is None:
                raise ApplicationError(error)
            # A sealed error goes as a result: its header tells.
            return in_band(attributes, box)

        await self.session.register(invoked, uri)

    async def subscribe(self, uri: str, handler: OnEvent) -> None:
        async def received(item: bytes) -> None:
            await handler(*from_in_band(item))

        await self.session.subscribe(received, uri)
