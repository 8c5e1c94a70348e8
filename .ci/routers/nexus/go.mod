// The router nexus, to be probed: `go build` in here takes exactly this release, checked against go.sum.
module wamp-e2ee/routers

go 1.25.0

require github.com/gammazero/nexus/v3 v3.3.0
