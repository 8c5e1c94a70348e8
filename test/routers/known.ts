import type { Facts } from "./fate.ts"
import type { Probed } from "./probe.ts"
import type { RouterName } from "./routers.ts"

// What the releases pinned in .ci/routers were found to do. docs/routers.md shows this as a table.

/** The best there is: what every router should do. */
const GOOD = {
  serialisers: "json, msgpack, cbor",
  "agent in WELCOME": "none",
  "announce payload_passthru_mode": "broker, dealer",
  "attributes on INVOCATION": "kept",
  "attributes on later INVOCATION": "kept",
  "attributes on progressive RESULT": "kept",
  "attributes on RESULT": "kept",
  "attributes on ERROR": "kept",
  "attributes on EVENT": "kept",
  "bytes, same serialiser": "kept",
  "bytes, json to msgpack or cbor": "kept",
  "bytes, msgpack or cbor to json": "kept",
  "bytes, between msgpack and cbor": "kept",
  "progressive results": "kept",
  "progressive call invocation": "one invocation",
  "ERROR: its URI": "kept",
  "ERROR: arguments": "kept",
  "ERROR: keyword arguments": "kept",
  "arguments of both kinds": "kept",
  "one argument that is a list": "kept",
  "no arguments": "kept",
  "1 MiB of bytes there and back": "kept",
  "registration by prefix": "matches, URI told",
  "registration by wildcard": "matches, URI told",
  "subscription by prefix": "matches, URI told",
  "subscription by wildcard": "matches, URI told",
  "shared registration": "both called",
  "CANCEL, mode skip": "no INTERRUPT, caller gets wamp.error.canceled",
  "CANCEL, mode kill": "INTERRUPT kill, caller waits on",
  "CANCEL, mode killnowait": "INTERRUPT killnowait, caller gets wamp.error.canceled",
  "timeout of 100 ms": "wamp.error.timeout",
  "acknowledged PUBLISH": "done",
  "own event, asked for": "heard",
} satisfies Facts

const NO_PASSTHRU = {
  "announce payload_passthru_mode": "none",
  "attributes on INVOCATION": "dropped",
  "attributes on later INVOCATION": "dropped",
  "attributes on progressive RESULT": "dropped",
  "attributes on RESULT": "dropped",
  "attributes on ERROR": "dropped",
  "attributes on EVENT": "dropped",
} satisfies Facts

const NO_MATCH = "taken, but matches nothing"

const foxWamp: Facts = {
  ...GOOD,
  ...NO_PASSTHRU,
  serialisers: "json",
  "bytes, same serialiser": "kept; ERROR became [ 'com.example.error.sealed' ]",
  "bytes, json to msgpack or cbor": "not offered",
  "bytes, msgpack or cbor to json": "not offered",
  "bytes, between msgpack and cbor": "not offered",
  "progressive call invocation": "an invocation for each part",
  "ERROR: its URI": "became 'wamp.error.callee_failure'",
  "ERROR: arguments": "became [ 'com.example.error.told' ]",
  "ERROR: keyword arguments": "dropped",
  "one argument that is a list": "became [ 'a', 'b' ]",
  "no arguments": "became [ null, {} ]",
  "registration by prefix": NO_MATCH,
  "registration by wildcard": NO_MATCH,
  "subscription by prefix": NO_MATCH,
  "subscription by wildcard": NO_MATCH,
  "shared registration": "one called",
  "CANCEL, mode skip": "no INTERRUPT, caller waits on",
  "CANCEL, mode kill": "no INTERRUPT, caller waits on",
  "CANCEL, mode killnowait": "no INTERRUPT, caller waits on",
  "timeout of 100 ms": "not within a second",
}

export const KNOWN: Readonly<Record<RouterName, Probed>> = {
  embedded: {
    features: {
      broker: [
        "event_retention",
        "pattern_based_subscription",
        "payload_passthru_mode",
        "publisher_exclusion",
        "publisher_identification",
        "subscriber_blackwhite_listing",
      ],
      dealer: [
        "call_canceling",
        "call_timeout",
        "caller_identification",
        "pattern_based_registration",
        "payload_passthru_mode",
        "progressive_call_invocations",
        "progressive_call_results",
        "shared_registration",
      ],
    },
    facts: { ...GOOD, "agent in WELCOME": "wamp-e2ee router" },
  },
  nexus: {
    features: {
      broker: [
        "event_history",
        "pattern_based_subscription",
        "payload_passthru_mode",
        "publisher_exclusion",
        "publisher_identification",
        "session_meta_api",
        "subscriber_blackwhite_listing",
        "subscription_meta_api",
      ],
      dealer: [
        "call_canceling",
        "call_timeout",
        "caller_identification",
        "pattern_based_registration",
        "payload_passthru_mode",
        "progressive_call_invocations",
        "progressive_call_results",
        "registration_meta_api",
        "session_meta_api",
        "shared_registration",
        "testament_meta_api",
      ],
    },
    facts: {
      ...GOOD,
      "attributes on later INVOCATION": "dropped",
      "bytes, json to msgpack or cbor": "became text, base64 behind its mark",
      "bytes, msgpack or cbor to json": "became text, base64 without a mark",
    },
  },
  "Crossbar.io": {
    features: {
      broker: [
        "event_retention",
        "pattern_based_subscription",
        "payload_encryption_cryptobox",
        "payload_transparency",
        "publisher_exclusion",
        "publisher_identification",
        "session_meta_api",
        "subscriber_blackwhite_listing",
        "subscription_meta_api",
        "subscription_revocation",
      ],
      dealer: [
        "call_canceling",
        "caller_identification",
        "pattern_based_registration",
        "payload_encryption_cryptobox",
        "payload_transparency",
        "progressive_call_results",
        "registration_meta_api",
        "registration_revocation",
        "session_meta_api",
        "shared_registration",
        "testament_meta_api",
      ],
    },
    facts: {
      ...GOOD,
      ...NO_PASSTHRU,
      "progressive call invocation": "an invocation for each part",
      "CANCEL, mode skip": "no INTERRUPT, caller waits on",
      "timeout of 100 ms": "not within a second",
    },
  },
  "fox-wamp": {
    features: {
      broker: ["publisher_exclusion", "session_meta_api"],
      dealer: ["progressive_call_results", "session_meta_api"],
    },
    facts: foxWamp,
  },
}
