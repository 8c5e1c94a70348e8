export { loadIdentity as openKeystore, saveIdentity, type StoredIdentity } from "./identity.ts"
export { createKey, listKeys, openKey, showKey } from "./keystore.ts"
export { openPins, type PinStore } from "./pins.ts"
