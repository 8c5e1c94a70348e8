import type { Command } from "commander"
import { addressOfKey, parseSignature, signDigest } from "../../certificate/signature.ts"
import { callOfRequest, checkRequest } from "../../chain/registries/relayed.ts"
import {
  certificateOf,
  digestOf,
  formatRequest,
  parseAnySignature,
  parseRequest,
  signerOf,
  signRequest,
  typedDataOf,
  type SignedRequest,
} from "../../chain/registries/requests.ts"
import { isCertificateAction, shapeOf } from "../../chain/registries/request-types.ts"
import { utf8ToBytes } from "../../core/bytes.ts"
import { E2eeError, isE2eeError } from "../../core/errors.ts"
import { saveFile } from "../../store/atomic-file.ts"
import { globalsOf, readText, secretKey } from "../options.ts"
import { outputOf } from "../output.ts"
import { addToRealmFile, REALM_FILE } from "../realm-file.ts"
import { openWriting, writes, type WriteOptions } from "../writing.ts"

/** `request` and `relay`: what one account signs, and another sends. */
export function addRelayCommands(program: Command): void {
  const request = program
    .command("request")
    .description("requests that one account signs and another sends with `relay`; other commands make them")
  request
    .command("show <file>")
    .description("show what a request would do; with --typed-data what a hardware or contract wallet is to sign")
    .option("--typed-data", "print the EIP-712 typed data alone (eth_signTypedData_v4)")
    .action(async (file: string, { typedData }: { typedData?: boolean }, command: Command) => {
      const read = await readRequest(file)
      const data = typedDataOf(read)
      if (typedData === true) return outputOf(command).result({ ...data }, JSON.stringify(data, undefined, 2))
      const { action, chainId, verifyingContract, signature } = read
      const signer = signerOf(read)
      const fields = {
        action,
        signer,
        signed: signature !== undefined,
        digest: digestOf(read),
        chainId,
        verifyingContract,
      }
      outputOf(command).result({ ok: true, ...fields, message: data.message }, described(read))
    })
  request
    .command("sign <file>")
    .description("sign a request file with a key of the keystore; needs no chain, so the key may stay offline")
    .option("--key <name>", "the signer's key")
    .option("--signature <hex>", "put in a signature that was made elsewhere, as by a contract wallet (ERC-1271)")
    .option("--consent", "it is the consent of a certificate's subject, or of the realm's owner")
    .action(
      async (file: string, options: { key?: string; signature?: string; consent?: boolean }, command: Command) => {
        const { key, signature, consent } = options
        if ((key === undefined) === (signature === undefined)) {
          throw new E2eeError("usage.invalid", "expected either --key NAME or --signature HEX")
        }
        const read = await readRequest(file)
        if (consent === true && !(shapeOf(read.action).terms as readonly string[]).includes("consent")) {
          throw new E2eeError("usage.invalid", `${read.action} takes no consent; leave --consent out`)
        }
        const secret = key === undefined ? undefined : await secretKey(globalsOf(command), key)
        const digest = digestOf(read)
        const given = secret === undefined ? parseAnySignature(signature ?? "") : signDigest(digest, secret)
        const signed =
          consent === true
            ? { ...read, consent: given }
            : secret === undefined
              ? { ...read, signature: given }
              : signRequest(read, secret)
        await saveFile(file, utf8ToBytes(formatRequest(signed)))
        const by = secret === undefined ? "elsewhere" : addressOfKey(secret)
        const fields = {
          request: file,
          action: read.action,
          signer: signerOf(read),
          by,
          consent: consent === true,
          digest,
        }
        const what = consent === true ? "consent" : "signature"
        outputOf(command).result({ ok: true, ...fields }, `${what} of ${by} is in ${file}; send it with: relay ${file}`)
      },
    )

  writes(program.command("relay <file>"), "who pays; a rotation wants the controller's key, a realm's the owner's")
    .description("check a signed request (chain, deadline, nonce, signature), say what it does, and send it")
    .option("--check", "only check it; nothing is sent")
    .option("--realm-file <file>", "where a sent certificate of a root is added", REALM_FILE)
    .action(async (file: string, options: WriteOptions & { check?: boolean; realmFile: string }, command: Command) => {
      const read = await readRequest(file)
      const { client, deployment, output, perform } = await openWriting(command, options)
      await checkRequest(client, deployment, read)
      const fields = { action: read.action, signer: signerOf(read) }
      if (options.check === true) {
        return output.result({ ok: true, ...fields, message: typedDataOf(read).message }, `good: ${described(read)}`)
      }
      output.progress(described(read))
      const receipt = await perform(callOfRequest(deployment, read), fields, `sent: ${described(read)}`)
      if (receipt === undefined) return
      await keepCertificate(read, options.realmFile).catch((error: unknown) => {
        // Whoever relays for others has no file of the realm; the request holds the certificate.
        if (!isE2eeError(error, "store.missing") && !isE2eeError(error, "trust.realm")) throw error
        output.progress(`its certificate stays in ${file}: ${error.message}`)
      })
    })
}

/** Whose root or operator it is stands in the realm file. A contract wallet's word proves nothing to end points. */
async function keepCertificate(request: SignedRequest, realmFile: string): Promise<void> {
  const certificate = certificateOf(request)
  const signature = parseSignature(request.signature ?? "")
  if (certificate === undefined || signature === undefined || request.action === "realm.anchor") return
  await addToRealmFile(realmFile, { certificate, signature, digest: digestOf(request) })
}

async function readRequest(file: string): Promise<SignedRequest> {
  return parseRequest(await readText(file, "the request file", "other commands make it with --sign-only or --prepare"))
}

/** What a request does, in words, with every field that is signed and what the sender adds. */
function described(request: SignedRequest): string {
  const { action, chainId, salt, policy, overlapUntil, signature } = request
  const { message } = typedDataOf(request)
  const fields: Readonly<Record<string, unknown>> = { ...message, salt, policy, overlapUntil }
  const shown = Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([name, value]) => `${name} ${String(value)}`)
  const kind = isCertificateAction(action) ? "a certificate" : "a request"
  const state = signature === undefined ? "not signed yet" : "signed"
  return `${action}, ${kind} of ${signerOf(request)} on chain ${chainId} (${state}): ${shown.join(", ")}`
}
