// fox-wamp in memory, on one port of the loopback: node start.cjs PORT. Realms come into being when they are asked for.
const Router = require("fox-wamp")

new Router().listenWAMP({ host: "127.0.0.1", port: Number(process.argv[2]) })
