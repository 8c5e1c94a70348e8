// Written by scripts/generate-abi.ts from the compiled contracts; do not edit.

import { keccak_256 } from "@noble/hashes/sha3.js"
import { concatBytes, fromHex, toHex, type Hex } from "../../core/bytes.ts"

export const realmRegistryAbi = [
 {
  "inputs": [
   {
    "internalType": "contract IOperatorRegistry",
    "name": "operatorRegistry",
    "type": "address"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "constructor"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "issuer",
    "type": "address"
   },
   {
    "internalType": "uint256",
    "name": "validFrom",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "epoch",
    "type": "uint256"
   }
  ],
  "name": "CertificateBeforeEpoch",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "capabilities",
    "type": "uint256"
   }
  ],
  "name": "CertificateCapabilitiesUnknown",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "digest",
    "type": "bytes32"
   },
   {
    "internalType": "address",
    "name": "from",
    "type": "address"
   }
  ],
  "name": "CertificateConsentMissing",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "notAfter",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "latest",
    "type": "uint256"
   }
  ],
  "name": "CertificateEndInvalid",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "capabilities",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "ofIssuer",
    "type": "uint256"
   }
  ],
  "name": "CertificateEscalates",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "chainId",
    "type": "uint256"
   }
  ],
  "name": "CertificateForeignChain",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "verifyingContract",
    "type": "address"
   }
  ],
  "name": "CertificateForeignContract",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "issuer",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "anchored",
    "type": "address"
   }
  ],
  "name": "CertificateIssuerChanged",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "issuer",
    "type": "address"
   },
   {
    "internalType": "uint256",
    "name": "notAfter",
    "type": "uint256"
   }
  ],
  "name": "CertificateIssuerExpired",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "issuer",
    "type": "address"
   }
  ],
  "name": "CertificateIssuerNotCa",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "issuer",
    "type": "address"
   }
  ],
  "name": "CertificateIssuerRevoked",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "issuer",
    "type": "address"
   }
  ],
  "name": "CertificateIssuerUnknown",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "validFrom",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "anchored",
    "type": "uint256"
   }
  ],
  "name": "CertificateNotNewer",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "validFrom",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "blockNumber",
    "type": "uint256"
   }
  ],
  "name": "CertificateNotYetValid",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "validFrom",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "ofIssuer",
    "type": "uint256"
   }
  ],
  "name": "CertificateOlderThanIssuer",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "digest",
    "type": "bytes32"
   }
  ],
  "name": "CertificateRevoked",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "subject",
    "type": "address"
   }
  ],
  "name": "CertificateRootBelowRoot",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "issuer",
    "type": "address"
   }
  ],
  "name": "CertificateSelfIssued",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "digest",
    "type": "bytes32"
   },
   {
    "internalType": "address",
    "name": "issuer",
    "type": "address"
   }
  ],
  "name": "CertificateSignatureInvalid",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "subject",
    "type": "address"
   }
  ],
  "name": "CertificateSubjectInvalid",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "subject",
    "type": "address"
   }
  ],
  "name": "CertificateSubjectIsRoot",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "depth",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "most",
    "type": "uint256"
   }
  ],
  "name": "CertificateTooDeep",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "capabilities",
    "type": "uint256"
   }
  ],
  "name": "CertificateWithoutRootCapability",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "delay",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "least",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "most",
    "type": "uint256"
   }
  ],
  "name": "CustodyDelayOutOfRange",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "CustodyNoRecovery",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "caller",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "guardian",
    "type": "address"
   }
  ],
  "name": "CustodyNotGuardian",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "caller",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "pending",
    "type": "address"
   }
  ],
  "name": "CustodyNotPending",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "caller",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "successor",
    "type": "address"
   }
  ],
  "name": "CustodyNotSuccessor",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "readyAt",
    "type": "uint256"
   }
  ],
  "name": "CustodyRecoveryNotReady",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "CustodyZeroAddress",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "account",
    "type": "address"
   },
   {
    "internalType": "uint256",
    "name": "currentNonce",
    "type": "uint256"
   }
  ],
  "name": "InvalidAccountNonce",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "operator",
    "type": "address"
   }
  ],
  "name": "OperatorAlreadyAccepted",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "operator",
    "type": "address"
   }
  ],
  "name": "OperatorNeedsAdmission",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "operator",
    "type": "address"
   }
  ],
  "name": "OperatorNoCaBelowRoot",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "operator",
    "type": "address"
   }
  ],
  "name": "OperatorNotActive",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "operator",
    "type": "address"
   }
  ],
  "name": "OperatorNotAdmitted",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "operator",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "caller",
    "type": "address"
   }
  ],
  "name": "OperatorNotCaller",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "certificates",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "signatures",
    "type": "uint256"
   }
  ],
  "name": "RealmBatchUneven",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "epoch",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "current",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "latest",
    "type": "uint256"
   }
  ],
  "name": "RealmEpochInvalid",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   }
  ],
  "name": "RealmExists",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "authority",
    "type": "address"
   }
  ],
  "name": "RealmNoRecord",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "caller",
    "type": "address"
   }
  ],
  "name": "RealmNotOwner",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "overlapUntil",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "latest",
    "type": "uint256"
   }
  ],
  "name": "RealmOverlapTooLong",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "enum IRealmRegistry.Policy",
    "name": "current",
    "type": "uint8"
   },
   {
    "internalType": "enum IRealmRegistry.Policy",
    "name": "wanted",
    "type": "uint8"
   }
  ],
  "name": "RealmPolicyNotTighter",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "root",
    "type": "address"
   }
  ],
  "name": "RealmRootHasRecord",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   }
  ],
  "name": "RealmUnknown",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "deadline",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "latest",
    "type": "uint256"
   }
  ],
  "name": "RequestDeadlineTooFar",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "deadline",
    "type": "uint256"
   }
  ],
  "name": "RequestExpired",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "signer",
    "type": "address"
   }
  ],
  "name": "RequestSignatureInvalid",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "bytes32",
    "name": "digest",
    "type": "bytes32"
   },
   {
    "internalType": "address",
    "name": "caller",
    "type": "address"
   }
  ],
  "name": "RevocationNotAuthorised",
  "type": "error"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "subject",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "issuer",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint64",
    "name": "sequence",
    "type": "uint64"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "digest",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "grant",
    "type": "uint256"
   }
  ],
  "name": "Anchored",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "authority",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint64",
    "name": "sequence",
    "type": "uint64"
   },
   {
    "indexed": false,
    "internalType": "uint40",
    "name": "epoch",
    "type": "uint40"
   }
  ],
  "name": "EpochSet",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "guardian",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint64",
    "name": "sequence",
    "type": "uint64"
   },
   {
    "indexed": false,
    "internalType": "uint40",
    "name": "delay",
    "type": "uint40"
   }
  ],
  "name": "GuardianSet",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "operator",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint64",
    "name": "sequence",
    "type": "uint64"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "digest",
    "type": "bytes32"
   }
  ],
  "name": "OperatorAccepted",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "previous",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "owner",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint64",
    "name": "sequence",
    "type": "uint64"
   },
   {
    "indexed": false,
    "internalType": "bool",
    "name": "recovered",
    "type": "bool"
   }
  ],
  "name": "OwnerChanged",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "owner",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "pending",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint64",
    "name": "sequence",
    "type": "uint64"
   }
  ],
  "name": "OwnerOffered",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint64",
    "name": "sequence",
    "type": "uint64"
   },
   {
    "indexed": false,
    "internalType": "enum IRealmRegistry.Policy",
    "name": "previous",
    "type": "uint8"
   },
   {
    "indexed": false,
    "internalType": "enum IRealmRegistry.Policy",
    "name": "policy",
    "type": "uint8"
   }
  ],
  "name": "PolicyTightened",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "owner",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "root",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint64",
    "name": "sequence",
    "type": "uint64"
   },
   {
    "indexed": false,
    "internalType": "enum IRealmRegistry.Policy",
    "name": "policy",
    "type": "uint8"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "digest",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "grant",
    "type": "uint256"
   }
  ],
  "name": "RealmCreated",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "successor",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint64",
    "name": "sequence",
    "type": "uint64"
   }
  ],
  "name": "RecoveryCancelled",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "guardian",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "successor",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint64",
    "name": "sequence",
    "type": "uint64"
   },
   {
    "indexed": false,
    "internalType": "uint40",
    "name": "readyAt",
    "type": "uint40"
   }
  ],
  "name": "RecoveryStarted",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "digest",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "authority",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint64",
    "name": "sequence",
    "type": "uint64"
   },
   {
    "indexed": false,
    "internalType": "address",
    "name": "subject",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint8",
    "name": "reason",
    "type": "uint8"
   }
  ],
  "name": "Revoked",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "previous",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "root",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint64",
    "name": "sequence",
    "type": "uint64"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "digest",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "grant",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint40",
    "name": "overlapUntil",
    "type": "uint40"
   }
  ],
  "name": "RootRotated",
  "type": "event"
 },
 {
  "inputs": [],
  "name": "MAX_DEADLINE",
  "outputs": [
   {
    "internalType": "uint256",
    "name": "",
    "type": "uint256"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "MAX_OVERLAP",
  "outputs": [
   {
    "internalType": "uint256",
    "name": "",
    "type": "uint256"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "OPERATORS",
  "outputs": [
   {
    "internalType": "contract IOperatorRegistry",
    "name": "",
    "type": "address"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "operator",
    "type": "address"
   },
   {
    "internalType": "bytes32",
    "name": "digest",
    "type": "bytes32"
   }
  ],
  "name": "accept",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "operator",
    "type": "address"
   },
   {
    "internalType": "bytes32",
    "name": "digest",
    "type": "bytes32"
   },
   {
    "internalType": "uint256",
    "name": "deadline",
    "type": "uint256"
   },
   {
    "internalType": "bytes",
    "name": "signature",
    "type": "bytes"
   }
  ],
  "name": "acceptFor",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   }
  ],
  "name": "acceptOwner",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "uint256",
      "name": "chainId",
      "type": "uint256"
     },
     {
      "internalType": "address",
      "name": "verifyingContract",
      "type": "address"
     },
     {
      "internalType": "uint256",
      "name": "validFrom",
      "type": "uint256"
     },
     {
      "internalType": "address",
      "name": "issuer",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "subject",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "realm",
      "type": "address"
     },
     {
      "internalType": "uint64",
      "name": "capabilities",
      "type": "uint64"
     },
     {
      "internalType": "string",
      "name": "meta",
      "type": "string"
     }
    ],
    "internalType": "struct AuthorityCertificate.Certificate",
    "name": "certificate",
    "type": "tuple"
   },
   {
    "internalType": "bytes",
    "name": "signature",
    "type": "bytes"
   },
   {
    "internalType": "bytes",
    "name": "consent",
    "type": "bytes"
   }
  ],
  "name": "admit",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "uint256",
      "name": "chainId",
      "type": "uint256"
     },
     {
      "internalType": "address",
      "name": "verifyingContract",
      "type": "address"
     },
     {
      "internalType": "uint256",
      "name": "validFrom",
      "type": "uint256"
     },
     {
      "internalType": "address",
      "name": "issuer",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "subject",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "realm",
      "type": "address"
     },
     {
      "internalType": "uint64",
      "name": "capabilities",
      "type": "uint64"
     },
     {
      "internalType": "string",
      "name": "meta",
      "type": "string"
     }
    ],
    "internalType": "struct AuthorityCertificate.Certificate",
    "name": "certificate",
    "type": "tuple"
   },
   {
    "internalType": "bytes",
    "name": "signature",
    "type": "bytes"
   }
  ],
  "name": "anchor",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "uint256",
      "name": "chainId",
      "type": "uint256"
     },
     {
      "internalType": "address",
      "name": "verifyingContract",
      "type": "address"
     },
     {
      "internalType": "uint256",
      "name": "validFrom",
      "type": "uint256"
     },
     {
      "internalType": "address",
      "name": "issuer",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "subject",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "realm",
      "type": "address"
     },
     {
      "internalType": "uint64",
      "name": "capabilities",
      "type": "uint64"
     },
     {
      "internalType": "string",
      "name": "meta",
      "type": "string"
     }
    ],
    "internalType": "struct AuthorityCertificate.Certificate[]",
    "name": "certificates",
    "type": "tuple[]"
   },
   {
    "internalType": "bytes[]",
    "name": "signatures",
    "type": "bytes[]"
   }
  ],
  "name": "anchorBatch",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "uint256",
      "name": "chainId",
      "type": "uint256"
     },
     {
      "internalType": "address",
      "name": "verifyingContract",
      "type": "address"
     },
     {
      "internalType": "uint256",
      "name": "validFrom",
      "type": "uint256"
     },
     {
      "internalType": "address",
      "name": "issuer",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "subject",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "realm",
      "type": "address"
     },
     {
      "internalType": "uint64",
      "name": "capabilities",
      "type": "uint64"
     },
     {
      "internalType": "string",
      "name": "meta",
      "type": "string"
     }
    ],
    "internalType": "struct AuthorityCertificate.Certificate",
    "name": "certificate",
    "type": "tuple"
   },
   {
    "internalType": "bytes",
    "name": "signature",
    "type": "bytes"
   },
   {
    "internalType": "bytes",
    "name": "consent",
    "type": "bytes"
   }
  ],
  "name": "anchorWithConsent",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   }
  ],
  "name": "cancelRecovery",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   }
  ],
  "name": "completeRecovery",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "salt",
    "type": "bytes32"
   },
   {
    "internalType": "enum IRealmRegistry.Policy",
    "name": "policy",
    "type": "uint8"
   },
   {
    "components": [
     {
      "internalType": "address",
      "name": "root",
      "type": "address"
     },
     {
      "internalType": "uint64",
      "name": "validFrom",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "capabilities",
      "type": "uint64"
     },
     {
      "internalType": "string",
      "name": "meta",
      "type": "string"
     }
    ],
    "internalType": "struct IRealmRegistry.RootCertificate",
    "name": "certificate",
    "type": "tuple"
   },
   {
    "internalType": "bytes",
    "name": "signature",
    "type": "bytes"
   }
  ],
  "name": "createRealm",
  "outputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "uint256",
      "name": "chainId",
      "type": "uint256"
     },
     {
      "internalType": "address",
      "name": "verifyingContract",
      "type": "address"
     },
     {
      "internalType": "uint256",
      "name": "validFrom",
      "type": "uint256"
     },
     {
      "internalType": "address",
      "name": "issuer",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "subject",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "realm",
      "type": "address"
     },
     {
      "internalType": "uint64",
      "name": "capabilities",
      "type": "uint64"
     },
     {
      "internalType": "string",
      "name": "meta",
      "type": "string"
     }
    ],
    "internalType": "struct AuthorityCertificate.Certificate",
    "name": "certificate",
    "type": "tuple"
   }
  ],
  "name": "digestOf",
  "outputs": [
   {
    "internalType": "bytes32",
    "name": "",
    "type": "bytes32"
   }
  ],
  "stateMutability": "pure",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "uint256",
      "name": "chainId",
      "type": "uint256"
     },
     {
      "internalType": "address",
      "name": "verifyingContract",
      "type": "address"
     },
     {
      "internalType": "uint256",
      "name": "validFrom",
      "type": "uint256"
     },
     {
      "internalType": "address",
      "name": "delegate",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "csPubKey",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "bootedAt",
      "type": "uint64"
     },
     {
      "internalType": "string",
      "name": "meta",
      "type": "string"
     }
    ],
    "internalType": "struct AuthorityCertificate.Delegate",
    "name": "certificate",
    "type": "tuple"
   }
  ],
  "name": "digestOfDelegate",
  "outputs": [
   {
    "internalType": "bytes32",
    "name": "",
    "type": "bytes32"
   }
  ],
  "stateMutability": "pure",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "domainSeparator",
  "outputs": [
   {
    "internalType": "bytes32",
    "name": "",
    "type": "bytes32"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "authority",
    "type": "address"
   }
  ],
  "name": "epochOf",
  "outputs": [
   {
    "internalType": "uint40",
    "name": "",
    "type": "uint40"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "operator",
    "type": "address"
   },
   {
    "internalType": "uint8",
    "name": "reason",
    "type": "uint8"
   }
  ],
  "name": "leaveRealm",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "owner",
    "type": "address"
   }
  ],
  "name": "nonces",
  "outputs": [
   {
    "internalType": "uint256",
    "name": "",
    "type": "uint256"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "pending",
    "type": "address"
   }
  ],
  "name": "offerOwner",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "subject",
    "type": "address"
   }
  ],
  "name": "pathOf",
  "outputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "issuer",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "subject",
      "type": "address"
     },
     {
      "internalType": "uint8",
      "name": "capabilities",
      "type": "uint8"
     },
     {
      "internalType": "uint40",
      "name": "validFrom",
      "type": "uint40"
     },
     {
      "internalType": "uint40",
      "name": "notAfter",
      "type": "uint40"
     },
     {
      "internalType": "bytes27",
      "name": "digest",
      "type": "bytes27"
     }
    ],
    "internalType": "struct IRealmRegistry.Link[]",
    "name": "path",
    "type": "tuple[]"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "creator",
    "type": "address"
   },
   {
    "internalType": "bytes32",
    "name": "salt",
    "type": "bytes32"
   }
  ],
  "name": "realmAddress",
  "outputs": [
   {
    "internalType": "address",
    "name": "",
    "type": "address"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   }
  ],
  "name": "realmOf",
  "outputs": [
   {
    "components": [
     {
      "internalType": "enum IRealmRegistry.Policy",
      "name": "policy",
      "type": "uint8"
     },
     {
      "internalType": "uint40",
      "name": "sequence",
      "type": "uint40"
     },
     {
      "internalType": "bytes26",
      "name": "head",
      "type": "bytes26"
     },
     {
      "internalType": "address",
      "name": "owner",
      "type": "address"
     },
     {
      "internalType": "uint40",
      "name": "rootEpoch",
      "type": "uint40"
     },
     {
      "components": [
       {
        "internalType": "address",
        "name": "issuer",
        "type": "address"
       },
       {
        "internalType": "uint8",
        "name": "capabilities",
        "type": "uint8"
       },
       {
        "internalType": "uint8",
        "name": "standing",
        "type": "uint8"
       },
       {
        "internalType": "uint40",
        "name": "validFrom",
        "type": "uint40"
       },
       {
        "internalType": "uint40",
        "name": "notAfter",
        "type": "uint40"
       }
      ],
      "internalType": "struct IRealmRegistry.Grant",
      "name": "root",
      "type": "tuple"
     },
     {
      "components": [
       {
        "internalType": "address",
        "name": "issuer",
        "type": "address"
       },
       {
        "internalType": "uint8",
        "name": "capabilities",
        "type": "uint8"
       },
       {
        "internalType": "uint8",
        "name": "standing",
        "type": "uint8"
       },
       {
        "internalType": "uint40",
        "name": "validFrom",
        "type": "uint40"
       },
       {
        "internalType": "uint40",
        "name": "notAfter",
        "type": "uint40"
       }
      ],
      "internalType": "struct IRealmRegistry.Grant",
      "name": "previousRoot",
      "type": "tuple"
     },
     {
      "components": [
       {
        "internalType": "address",
        "name": "pending",
        "type": "address"
       },
       {
        "internalType": "address",
        "name": "guardian",
        "type": "address"
       },
       {
        "internalType": "uint40",
        "name": "delay",
        "type": "uint40"
       },
       {
        "internalType": "address",
        "name": "successor",
        "type": "address"
       },
       {
        "internalType": "uint40",
        "name": "readyAt",
        "type": "uint40"
       }
      ],
      "internalType": "struct Custody.State",
      "name": "custody",
      "type": "tuple"
     }
    ],
    "internalType": "struct IRealmRegistry.Realm",
    "name": "",
    "type": "tuple"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "subject",
    "type": "address"
   }
  ],
  "name": "recordOf",
  "outputs": [
   {
    "components": [
     {
      "components": [
       {
        "internalType": "address",
        "name": "issuer",
        "type": "address"
       },
       {
        "internalType": "uint8",
        "name": "capabilities",
        "type": "uint8"
       },
       {
        "internalType": "uint8",
        "name": "standing",
        "type": "uint8"
       },
       {
        "internalType": "uint40",
        "name": "validFrom",
        "type": "uint40"
       },
       {
        "internalType": "uint40",
        "name": "notAfter",
        "type": "uint40"
       }
      ],
      "internalType": "struct IRealmRegistry.Grant",
      "name": "grant",
      "type": "tuple"
     },
     {
      "internalType": "uint40",
      "name": "epoch",
      "type": "uint40"
     },
     {
      "internalType": "bytes27",
      "name": "digest",
      "type": "bytes27"
     }
    ],
    "internalType": "struct IRealmRegistry.Record",
    "name": "",
    "type": "tuple"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "authority",
    "type": "address"
   },
   {
    "internalType": "bytes32",
    "name": "digest",
    "type": "bytes32"
   }
  ],
  "name": "revocationOf",
  "outputs": [
   {
    "components": [
     {
      "internalType": "uint40",
      "name": "blockNumber",
      "type": "uint40"
     },
     {
      "internalType": "uint8",
      "name": "reason",
      "type": "uint8"
     }
    ],
    "internalType": "struct IRealmRegistry.Revocation",
    "name": "",
    "type": "tuple"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "subject",
    "type": "address"
   },
   {
    "internalType": "bytes32",
    "name": "digest",
    "type": "bytes32"
   },
   {
    "internalType": "uint8",
    "name": "reason",
    "type": "uint8"
   }
  ],
  "name": "revoke",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "authority",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "subject",
    "type": "address"
   },
   {
    "internalType": "bytes32",
    "name": "digest",
    "type": "bytes32"
   },
   {
    "internalType": "uint8",
    "name": "reason",
    "type": "uint8"
   }
  ],
  "name": "revokeAs",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "address[]",
    "name": "subjects",
    "type": "address[]"
   },
   {
    "internalType": "bytes32[]",
    "name": "digests",
    "type": "bytes32[]"
   },
   {
    "internalType": "uint8",
    "name": "reason",
    "type": "uint8"
   }
  ],
  "name": "revokeBatch",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "authority",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "subject",
    "type": "address"
   },
   {
    "internalType": "bytes32",
    "name": "digest",
    "type": "bytes32"
   },
   {
    "internalType": "uint8",
    "name": "reason",
    "type": "uint8"
   },
   {
    "internalType": "uint256",
    "name": "deadline",
    "type": "uint256"
   },
   {
    "internalType": "bytes",
    "name": "signature",
    "type": "bytes"
   }
  ],
  "name": "revokeFor",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "components": [
     {
      "internalType": "address",
      "name": "root",
      "type": "address"
     },
     {
      "internalType": "uint64",
      "name": "validFrom",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "capabilities",
      "type": "uint64"
     },
     {
      "internalType": "string",
      "name": "meta",
      "type": "string"
     }
    ],
    "internalType": "struct IRealmRegistry.RootCertificate",
    "name": "certificate",
    "type": "tuple"
   },
   {
    "internalType": "bytes",
    "name": "signature",
    "type": "bytes"
   },
   {
    "internalType": "uint40",
    "name": "overlapUntil",
    "type": "uint40"
   }
  ],
  "name": "rotateRoot",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "uint40",
    "name": "epoch",
    "type": "uint40"
   }
  ],
  "name": "setEpoch",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "guardian",
    "type": "address"
   },
   {
    "internalType": "uint40",
    "name": "delay",
    "type": "uint40"
   }
  ],
  "name": "setGuardian",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "successor",
    "type": "address"
   }
  ],
  "name": "startRecovery",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "enum IRealmRegistry.Policy",
    "name": "policy",
    "type": "uint8"
   }
  ],
  "name": "tightenPolicy",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "components": [
     {
      "internalType": "address",
      "name": "issuer",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "subject",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "digest",
      "type": "bytes32"
     }
    ],
    "internalType": "struct IRealmRegistry.Claim[]",
    "name": "claims",
    "type": "tuple[]"
   }
  ],
  "name": "trustOf",
  "outputs": [
   {
    "components": [
     {
      "internalType": "uint256",
      "name": "blockNumber",
      "type": "uint256"
     },
     {
      "internalType": "uint256",
      "name": "timestamp",
      "type": "uint256"
     },
     {
      "components": [
       {
        "internalType": "enum IRealmRegistry.Policy",
        "name": "policy",
        "type": "uint8"
       },
       {
        "internalType": "uint40",
        "name": "sequence",
        "type": "uint40"
       },
       {
        "internalType": "bytes26",
        "name": "head",
        "type": "bytes26"
       },
       {
        "internalType": "address",
        "name": "owner",
        "type": "address"
       },
       {
        "internalType": "uint40",
        "name": "rootEpoch",
        "type": "uint40"
       },
       {
        "components": [
         {
          "internalType": "address",
          "name": "issuer",
          "type": "address"
         },
         {
          "internalType": "uint8",
          "name": "capabilities",
          "type": "uint8"
         },
         {
          "internalType": "uint8",
          "name": "standing",
          "type": "uint8"
         },
         {
          "internalType": "uint40",
          "name": "validFrom",
          "type": "uint40"
         },
         {
          "internalType": "uint40",
          "name": "notAfter",
          "type": "uint40"
         }
        ],
        "internalType": "struct IRealmRegistry.Grant",
        "name": "root",
        "type": "tuple"
       },
       {
        "components": [
         {
          "internalType": "address",
          "name": "issuer",
          "type": "address"
         },
         {
          "internalType": "uint8",
          "name": "capabilities",
          "type": "uint8"
         },
         {
          "internalType": "uint8",
          "name": "standing",
          "type": "uint8"
         },
         {
          "internalType": "uint40",
          "name": "validFrom",
          "type": "uint40"
         },
         {
          "internalType": "uint40",
          "name": "notAfter",
          "type": "uint40"
         }
        ],
        "internalType": "struct IRealmRegistry.Grant",
        "name": "previousRoot",
        "type": "tuple"
       },
       {
        "components": [
         {
          "internalType": "address",
          "name": "pending",
          "type": "address"
         },
         {
          "internalType": "address",
          "name": "guardian",
          "type": "address"
         },
         {
          "internalType": "uint40",
          "name": "delay",
          "type": "uint40"
         },
         {
          "internalType": "address",
          "name": "successor",
          "type": "address"
         },
         {
          "internalType": "uint40",
          "name": "readyAt",
          "type": "uint40"
         }
        ],
        "internalType": "struct Custody.State",
        "name": "custody",
        "type": "tuple"
       }
      ],
      "internalType": "struct IRealmRegistry.Realm",
      "name": "realm",
      "type": "tuple"
     },
     {
      "components": [
       {
        "internalType": "address",
        "name": "issuer",
        "type": "address"
       },
       {
        "internalType": "address",
        "name": "subject",
        "type": "address"
       },
       {
        "internalType": "uint8",
        "name": "capabilities",
        "type": "uint8"
       },
       {
        "internalType": "uint40",
        "name": "validFrom",
        "type": "uint40"
       },
       {
        "internalType": "uint40",
        "name": "notAfter",
        "type": "uint40"
       },
       {
        "internalType": "bytes27",
        "name": "digest",
        "type": "bytes27"
       }
      ],
      "internalType": "struct IRealmRegistry.Link[]",
      "name": "anchored",
      "type": "tuple[]"
     },
     {
      "components": [
       {
        "internalType": "address",
        "name": "revokedBy",
        "type": "address"
       },
       {
        "internalType": "uint40",
        "name": "epoch",
        "type": "uint40"
       },
       {
        "internalType": "enum IOperatorRegistry.Status",
        "name": "operator",
        "type": "uint8"
       },
       {
        "internalType": "bool",
        "name": "admitted",
        "type": "bool"
       }
      ],
      "internalType": "struct IRealmRegistry.Standing[]",
      "name": "standings",
      "type": "tuple[]"
     }
    ],
    "internalType": "struct IRealmRegistry.Trust",
    "name": "trust",
    "type": "tuple"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "components": [
     {
      "internalType": "uint256",
      "name": "chainId",
      "type": "uint256"
     },
     {
      "internalType": "address",
      "name": "verifyingContract",
      "type": "address"
     },
     {
      "internalType": "uint256",
      "name": "validFrom",
      "type": "uint256"
     },
     {
      "internalType": "address",
      "name": "delegate",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "csPubKey",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "bootedAt",
      "type": "uint64"
     },
     {
      "internalType": "string",
      "name": "meta",
      "type": "string"
     }
    ],
    "internalType": "struct AuthorityCertificate.Delegate",
    "name": "delegate",
    "type": "tuple"
   },
   {
    "internalType": "bytes",
    "name": "delegateSignature",
    "type": "bytes"
   },
   {
    "components": [
     {
      "internalType": "uint256",
      "name": "chainId",
      "type": "uint256"
     },
     {
      "internalType": "address",
      "name": "verifyingContract",
      "type": "address"
     },
     {
      "internalType": "uint256",
      "name": "validFrom",
      "type": "uint256"
     },
     {
      "internalType": "address",
      "name": "issuer",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "subject",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "realm",
      "type": "address"
     },
     {
      "internalType": "uint64",
      "name": "capabilities",
      "type": "uint64"
     },
     {
      "internalType": "string",
      "name": "meta",
      "type": "string"
     }
    ],
    "internalType": "struct AuthorityCertificate.Certificate[]",
    "name": "certificates",
    "type": "tuple[]"
   },
   {
    "internalType": "bytes[]",
    "name": "signatures",
    "type": "bytes[]"
   }
  ],
  "name": "verifyChain",
  "outputs": [
   {
    "internalType": "enum IRealmRegistry.Rule",
    "name": "broken",
    "type": "uint8"
   },
   {
    "internalType": "enum IRealmRegistry.Rule[]",
    "name": "links",
    "type": "uint8[]"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 }
] as const

export const realmRegistryBytecode = "0x60a03461008657601f615c0938819003918201601f19168301916001600160401b0383118484101761008a5780849260209460405283398101031261008657516001600160a01b038116810361008657608052604051615b6a908161009f82396080518181816101c50152818161390a015281816140d701528181614aec01526150860152f35b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe6101806040526004361015610012575f80fd5b5f3560e01c80630e173ac314611f2457806310df76b814611e00578063117127cd14611d52578063199eac1b14611c475780631be7db6b146118ad57806333711c9c1461180e578063374140fb14611774578063475e585f146114b95780634edc65ff1461147e578063553cf7de146113b6578063553eaccb146113765780635c3dcb10146113595780635fa8f4c41461131a57806366b0546a146111435780636a271ae8146110a05780636ce3f3c714610f9a5780636f0e530f14610f7d5780637179846d14610dd75780637ecebe0014610d9f57806381b57a9914610d3e5780638bdd36e014610cfa578063913318a614610b705780639b39856d14610abb578063a6cbbd6114610a83578063b614581414610a10578063c286311914610944578063c89ec68a146107e6578063c90db44714610735578063cd6f3ad114610702578063da1058dc146106d9578063de7beb47146105b2578063e17714fd146104fd578063f480dd7e1461036d578063f698da251461034b578063fc898721146101ed5763ff677c7b146101a6575f80fd5b346101e9575f3660031901126101e95760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b5f80fd5b346101e95760403660031901126101e957610206611fe4565b6024359060048210156101e95761021c81612fe9565b91825460ff81169061022d82612078565b61023682612078565b61023f83612078565b8183111561031657918165ffffffffffff9361025d61010094612078565b61026683612078565b811860ff8316189161027787613060565b6040519160208301937f3bb946e5aebeeb25bb0b3e00c39f109afcb4bf9bd6a4981c0200805fd90a762685526001600160a01b036040850199168952606084019283526102c381612078565b60808401526102d181612078565b60a083015260a082526102e560c08361235e565b818051810103918619851681526020830190209651925191603f190190a265ffffffffffff19909316920116179055005b506001600160a01b03836356620e9360e01b5f521660045261033781612078565b60245261034381612078565b60445260645ffd5b346101e9575f3660031901126101e9576020610365612eb0565b604051908152f35b346101e95760203660031901126101e957610386611fe4565b61038f81612f9e565b906004820191600681015464ffffffffff8160a01c169081156104d5576001600160a01b03168033036104a6575080421061047b575082546001600160a01b0319168355600290920180546001600160c81b0319169055610479916001810180546001600160a01b0319811633179091556001600160a01b031661041282613060565b906001600160a01b03604051947f0c6cc6ef6af1a600d67d435df59d06a6d4d17f24144ed7d551cf10b75cbcc0796020870152166040850152606084015233608084015260a0830152600160c083015260c0825261047160e08361235e565b805490614f61565b005b7f467fc663000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7fd1637658000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b7f31adcd00000000000000000000000000000000000000000000000000000000005f5260045ffd5b346101e95760403660031901126101e95760043567ffffffffffffffff81116101e95761052e903690600401612026565b9060243567ffffffffffffffff81116101e95761054f903690600401612026565b919082840361059b575f5b84811061056357005b80610595610574600193888761241b565b61057f838887612484565b61058d858a89959495612484565b939092612f48565b0161055a565b82846329bada5160e11b5f5260045260245260445ffd5b346101e95760e03660031901126101e9576105cb611fe4565b6105d3611ffa565b906105dc612010565b606435926105e8612263565b9160a4359160c4359467ffffffffffffffff86116101e9576106b287946106166106c0983690600401611f3e565b916001600160a01b038616805f52600360205260405f20546040519060208201927f70623759c98b38392b917e3e1987baea1ecf7d23c17c01bdcef05130a79d7f0284526001600160a01b038916604084015260608301526001600160a01b038a1660808301528a60a083015260ff8c1660c083015260e08201528261010082015261010081526106a96101208261235e565b51902086613fa3565b6106bb81612f9e565b613aed565b156106c757005b6344d80a4360e01b5f5260045260245ffd5b346101e9576104796106ea36612283565b916106f482615000565b6106fd826140a9565b61414d565b346101e95760203660031901126101e957610280610726610721611fe4565b612da3565b6107336040518092612082565bf35b346101e95760203660031901126101e95761074e611fe4565b61075781612fe9565b906001600160a01b036006830154169182156104d5576006810180546001600160c81b03191690556104799261078c82613060565b906001600160a01b03604051947f0e7045466d20fb8fc1556f56d95ca6d6275168bded5fc54cf7364dc8f9fd06ce602087015216604085015260608401526080830152608082526107de60a08361235e565b805490614fb4565b346101e95760403660031901126101e9576107ff611fe4565b610807611ffa565b9061081181612f9e565b6005810154926001600160a01b03841680330361091557506001600160a01b03169283156108ed576104799361085464ffffffffff809360a01c16834216613044565b60068401805464ffffffffff60a01b1984166001600160c81b03199091161760a083901b64ffffffffff60a01b161790559061088f84613060565b906001600160a01b03604051967fed4b7262c6c735140ba8d8741a5a98dddb819f90291b79db0525042f11c030336020890152166040870152336060870152608086015260a08501521660c083015260c0825261047160e08361235e565b7fd0ff2cd9000000000000000000000000000000000000000000000000000000005f5260045ffd5b7fc3a4c37a000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b346101e95760803660031901126101e95761095d611fe4565b60243567ffffffffffffffff81116101e95761097d903690600401612026565b9160443567ffffffffffffffff81116101e95761099e903690600401612026565b916109a7612273565b918386036109f9576109b882612f9e565b5f5b8581106109c357005b806109f2866109dd6109d86001958d8d612d93565b612c3e565b6109e8848b89612d93565b3590338988613aed565b50016109ba565b85846329bada5160e11b5f5260045260245260445ffd5b346101e957610a43610a2136612283565b5f6020604051610a3081612309565b828152015264ffffffffff191691615111565b5f5260026020526040805f2060ff825191610a5d83612309565b5481602064ffffffffff831694858152019160281c168152835192835251166020820152f35b346101e95760403660031901126101e9576020610aaa610aa1611fe4565b60243590612d21565b6001600160a01b0360405191168152f35b346101e95760603660031901126101e957610ad4611fe4565b610adc611ffa565b9060443560ff811681036101e957610af383615000565b610afc82612f9e565b6001600160a01b03831693845f52600160205260405f206001600160a01b0382165f5260205260405f2094600160ae1b86541615610b505750806106c09495600164ffffffffff1991015416958693613aed565b6001600160a01b039250633d97394960e21b5f526004521660245260445ffd5b346101e95760603660031901126101e957610b89611fe4565b610b91611ffa565b906044359164ffffffffff8316928381036101e957610baf83612fe9565b9162093a808510159081610ceb575b6001600160a01b03169182159182159081610ce2575b50610ca7576005840180546001600160a01b0319168417815561047996509115610c9e5750610c205f5b825464ffffffffff60a01b191660a09190911b64ffffffffff60a01b16178255565b6006830180546001600160c81b031916905564ffffffffff610c4184613060565b915460a01c16916001600160a01b03604051957f2b4cd13c109ed0b94ed1ca1278870e888103c8f29d6010d3753bb147df9f3b0360208801521660408601526060850152608084015260a083015260a082526107de60c08361235e565b610c2090610bfe565b857f52ea03cb000000000000000000000000000000000000000000000000000000005f5260045262093a806024526301e1338060445260645ffd5b90501587610bd4565b6301e133808611159150610bbe565b346101e95760803660031901126101e957610d13611fe4565b6106c0610d1e611ffa565b916044358093610d2c612273565b92610d3681612f9e565b903391613aed565b346101e95760403660031901126101e95760043567ffffffffffffffff81116101e95761010060031982360301126101e9576024359067ffffffffffffffff82116101e957610d94610479923690600401611f3e565b818193600401612f48565b346101e95760203660031901126101e9576001600160a01b03610dc0611fe4565b165f526003602052602060405f2054604051908152f35b346101e95760803660031901126101e95760243560048110156101e9576044359067ffffffffffffffff82116101e957608060031983360301126101e95760643567ffffffffffffffff81116101e957610e35903690600401611f3e565b610e4460049492943533612d21565b936001600160a01b03851694855f525f60205260405f20938454610f5157610e6b86612078565b8515610f36576020969593610365959360ff93610e8b9360040190613cc0565b9390600184016001600160a01b0333166001600160a01b0319825416179055806002850155604051947f65d6d14fb7f049d04bc5eb8613895bb49ea1cbd985dee52f873b2422297fc4af898701528760408701523360608701526001600160a01b0382166080870152600160a0870152610f0483612078565b8260c087015260e08601526101008501526101008452610f266101208561235e565b610f2f81612078565b1690614f61565b866356620e9360e01b5f526004525f6024525f60445260645ffd5b867fda510893000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b346101e9575f3660031901126101e957602060405162093a808152f35b346101e95760403660031901126101e957610fb3611fe4565b6001600160a01b03610fc3611ffa565b915f60408051610fd2816122ed565b610fda612bb2565b81528260208201520152165f5260016020526001600160a01b0360405f2091165f5260205260e060405f2060016110118254614f0c565b91015464ffffffffff604051611026816122ed565b83815260406020820191838516835201928219168352611089604051809564ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b511660a08301525164ffffffffff191660c0820152f35b346101e9576110d16110b136611f6c565b916110c160808697959601612c3e565b946110cb866140a9565b86614429565b9190608051921561110e576001600160a01b03821633149081611105575b506110f657005b6106fd60a06104799401612c3e565b905015846110ef565b6001600160a01b03827f25b72c7c000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b346101e95760403660031901126101e95761115c611fe4565b60243564ffffffffff81168082036101e95761117783612f9e565b906001600160a01b03806002840154163314941692835f52600160205260405f206001600160a01b0333165f5260205260405f20855f146113095764ffffffffff600185015460a01c165b8615806112f5575b6112c55764ffffffffff16958684118015906112bc575b61128857610479965015611271575061121a90600184019064ffffffffff60a01b1964ffffffffff60a01b83549260a01b169116179055565b61122382613060565b604051937fd3c8b96ff166d2770b0f933a1270b0b883fef1eab5a2b231cbeda20953778d0260208601526040850152336060850152608084015260a083015260a082526107de60c08361235e565b600101805464ffffffffff1916831790555061121a565b86847f7ffa7286000000000000000000000000000000000000000000000000000000005f526004526024524360445260645ffd5b504384116111e1565b857f6c799953000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b50600182015464ffffffffff1916156111ca565b64ffffffffff6001820154166111c2565b346101e95760203660031901126101e95760043567ffffffffffffffff81116101e95760e060031982360301126101e957610365602091600401614367565b346101e9575f3660031901126101e95760206040516276a7008152f35b346101e95760203660031901126101e95760043567ffffffffffffffff81116101e95761010060031982360301126101e95761036560209160040161430f565b346101e95760a03660031901126101e9576113cf611fe4565b6113d7611ffa565b604435906064359260843567ffffffffffffffff81116101e957610479946114066106f4923690600401611f3e565b916001600160a01b038616805f52600360205260405f20546040519060208201927fd803b17932c10528e9796c2a4f45c1bc0a952b858c5aea4686b47cce63a0845984526001600160a01b0389166040840152606083015289608083015260a08201528260c082015260c081526106a960e08261235e565b346101e95760403660031901126101e95760206114aa61149c611fe4565b6114a4611ffa565b90612cbe565b64ffffffffff60405191168152f35b346101e95760803660031901126101e9576114d2611fe4565b60243567ffffffffffffffff81116101e957608060031982360301126101e95760443567ffffffffffffffff81116101e957611512903690600401611f3e565b91909260643564ffffffffff8116938482036101e957611540919561153684612fe9565b9460040184613cc0565b90938492600285019182549264ffffffffff8860b01c169264ffffffffff8560b01c16938481111561175d57506001600160a01b031697885f52600160205260405f20926001600160a01b038216936001600160a01b0385165f5260205260405f205461172d576276a7004201804211611719578082116116eb5750918593916104799b97959364ffffffffff999760d81c8091116116e3575b50428989161192836116cf575b5082156116c7575b826116b9575b50859055156116b25774ff000000000000000000000000000000000000000082166001600160a01b0383161760b09190911b1784861660d81b175b60038701556001600160a01b0361164687613060565b91604051987f1459eab08e1fc8cc7e02da24dc6a464d9c1ab40f18b6dd0bfe91963ad18b77e560208b015260408a01521660608801526001600160a01b038316608088015260a087015260c086015260e08501521661010083015261010082526104716101208361235e565b505f611630565b600160ad1b1795508b6115f5565b5f97506115ef565b6001600160a01b038616141592508c6115e7565b97508c6115da565b907e16b5f7000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b634e487b7160e01b5f52601160045260245ffd5b838a7f2f99dad2000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b8490633315259160e01b5f5260045260245260445ffd5b346101e95760a03660031901126101e95761178d611fe4565b6106c0611798611ffa565b916117a1612010565b926064359384916117b0612263565b936117ba81612fe9565b916001600160a01b0382165f52600160205260405f206001600160a01b0385165f52602052600160405f20015464ffffffffff1986169064ffffffffff1916145f1461180857503391613aed565b91613aed565b346101e95760403660031901126101e957611827611fe4565b61184c611832611ffa565b6001600160a01b036118426123c7565b93168352826130a8565b6118596020820151612c52565b906060015f5b82518110156118935780611876600192845161249b565b5161188182866124d1565b5261188c81856124d1565b500161185f565b604051602080825281906118a9908201866121ce565b0390f35b346101e95760403660031901126101e9576118c6611fe4565b6024359067ffffffffffffffff82116101e957366023830112156101e95781600401359067ffffffffffffffff82116101e957602483019260243691606085020101116101e9576040519261191a846122bd565b5f845260208401925f84526040850194611932612bdc565b865260608101956060875260808201916060835261194e6123c7565b916001600160a01b038716835260088511611c2f576060830195865f5b87808210611bc4575050505060208301948086526040840197818952600182148015611b80575b611b4d575b6119a79150438452428a52612da3565b8152845187518103908111611719576119bf90612c52565b89525f5b895151811015611a085786519088519181830180931161171957816119ed600194611a019361249b565b518d51906119fb83836124d1565b526124d1565b50016119c3565b508890888651611a17816124ac565b90611a25604051928361235e565b808252611a34601f19916124ac565b015f5b818110611b3657505086525f5b8751811015611a725780611a6b81611a5e6001948a613885565b8a51906119fb83836124d1565b5001611a44565b509291611ab490611a9f879360405196879660208852516020880152516040870152516060860190612082565b516103006102e08501526103208401906121ce565b905190601f1983820301610300840152602080835192838152019201905f5b818110611ae1575050500390f35b9193509160206080600192606087516001600160a01b03815116835264ffffffffff8582015116858401526040810151611b1a81612078565b6040840152015115156060820152019401910191849392611ad3565b602090611b41612c89565b82828601015201611a37565b87515f198301928311611719576001600160a01b03611b726119a794611b7b9361249b565b515116866130a8565b611997565b50600182118015611992575087515f1983019083821161171957611bbe91611ba79161249b565b516001600160a01b03602081835116920151161490565b15611992565b6001600160a01b038181611c016020611bfb87611bf46109d8828d9a611bed8260019f5161249b565b519b612c2e565b958b612c2e565b01612c3e565b8c6040611c168864ffffffffff19938c612c2e565b01351660a086015216602084015216905201879061196b565b8463c5e0f6a560e01b5f52600452600860245260445ffd5b346101e95760a03660031901126101e957611c60611fe4565b6024359067ffffffffffffffff82116101e95760e060031983360301126101e95760443567ffffffffffffffff81116101e957611ca1903690600401611f3e565b60649391933567ffffffffffffffff81116101e957611cc4903690600401612026565b916084359567ffffffffffffffff87116101e957611ce9611cf5973690600401612026565b969095600401906124f1565b90604051918291611d0a836040810192612057565b6040602084015281518091526020606084019201905f5b818110611d2f575050500390f35b9193509160208082611d446001948851612057565b019401910191849392611d21565b346101e95760403660031901126101e957610479611d6e611fe4565b611d76611ffa565b611d7f82612fe9565b90600482016001600160a01b0382166001600160a01b03198254161790556001600160a01b03611dae83613060565b9181604051957fb7c4c93decd0b1f5c04fd9f8b52c56bc78c0ffd3b8068f484e3482214fe80702602088015216604086015233606086015216608084015260a083015260a0825261047160c08361235e565b346101e95760203660031901126101e957611e19611fe4565b611e2281612f9e565b9060048201916001600160a01b03835416803303611ef5575082546001600160a01b03191683556005810180546001600160c81b031990811690915560029093018054909316909255610479916001810180546001600160a01b0319811633179091556001600160a01b0316611e9782613060565b906001600160a01b03604051947f0c6cc6ef6af1a600d67d435df59d06a6d4d17f24144ed7d551cf10b75cbcc0796020870152166040850152606084015233608084015260a08301525f60c083015260c0825261047160e08361235e565b7f70d46f25000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b346101e957610479611f3536611f6c565b93929092612f48565b9181601f840112156101e95782359167ffffffffffffffff83116101e957602083818601950101116101e957565b9060606003198301126101e95760043567ffffffffffffffff81116101e95761010081840360031901126101e9576004019160243567ffffffffffffffff81116101e95781611fbd91600401611f3e565b929092916044359067ffffffffffffffff82116101e957611fe091600401611f3e565b9091565b600435906001600160a01b03821682036101e957565b602435906001600160a01b03821682036101e957565b604435906001600160a01b03821682036101e957565b9181601f840112156101e95782359167ffffffffffffffff83116101e9576020808501948460051b0101116101e957565b9060168210156120645752565b634e487b7160e01b5f52602160045260245ffd5b6004111561206457565b64ffffffffff608060e061026093805161209b81612078565b865283602082015116602087015265ffffffffffff1960408201511660408701526001600160a01b0360608201511660608701528383820151168387015261212b60a082015160a088019064ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b61217e60c082015161014088019064ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b01516001600160a01b038151166101e08601526001600160a01b03602082015116610200860152826040820151166102208601526001600160a01b03606082015116610240860152015116910152565b90602080835192838152019201905f5b8181106121eb5750505090565b909192602060c060019286516001600160a01b0381511682526001600160a01b0384820151168483015260ff604082015116604083015264ffffffffff606082015116606083015264ffffffffff608082015116608083015260a064ffffffffff199101511660a082015201940191019190916121de565b6084359060ff821682036101e957565b6064359060ff821682036101e957565b60609060031901126101e9576004356001600160a01b03811681036101e957906024356001600160a01b03811681036101e9579060443590565b60a0810190811067ffffffffffffffff8211176122d957604052565b634e487b7160e01b5f52604160045260245ffd5b6060810190811067ffffffffffffffff8211176122d957604052565b6040810190811067ffffffffffffffff8211176122d957604052565b60c0810190811067ffffffffffffffff8211176122d957604052565b610100810190811067ffffffffffffffff8211176122d957604052565b90601f8019910116810190811067ffffffffffffffff8211176122d957604052565b5f5b82811061238e57505050565b60209060405161239d81612325565b5f81525f838201525f60408201525f60608201525f60808201525f60a08201528184015201612382565b604051906123d4826122bd565b815f81525f60208201525f60408201526080610100916040516123f7848261235e565b6124018482612380565b606082015260405192612414818561235e565b3684370152565b919081101561243d5760051b8101359060fe19813603018212156101e9570190565b634e487b7160e01b5f52603260045260245ffd5b903590601e19813603018212156101e9570180359067ffffffffffffffff82116101e9576020019181360383136101e957565b9082101561243d57611fe09160051b810190612451565b90600881101561243d5760051b0190565b67ffffffffffffffff81116122d95760051b60200190565b5160168110156120645790565b805182101561243d5760209160051b010190565b60168210156120645752565b96929795949190975f98606098858503612b9b576001600160a01b031698895f525f60205260405f205415612b8c576008851015612b7d57506125326123c7565b98895260018401808511611719578060408b015260208a015261255760608201612c3e565b9261256182614367565b924683351480612b60575b80612b52575b5f901580612b09575b612aef575b5061258c91848661522b565b5f901580612aa6575b612a89575b508064ffffffffff6125c660406125be6125b860c085970186612451565b90615350565b930135615512565b6001600160a01b03604051966125db88612325565b1680875260208701525f604087015216606085015216608083015264ffffffffff191660a08201526060870151525f5b8181106127785750505050506001604083015114801561274e575b612716575b90612635816131d7565b602081015190612644826124ac565b91612652604051938461235e565b808352612661601f19916124ac565b01366020840137608001815f5b835181101561270f5761269c61268d61268883865161249b565b6124c4565b61269783876124d1565b6124e5565b6126a961268882866124d1565b6016811015612064571515806126e0575b6126c7575b60010161266e565b945060016126d861268887866124d1565b9590506126bf565b506016861015612064578515806126ba57506126ff61268882866124d1565b60168110156120645786116126ba565b5092915050565b606082015160208301515f198101908111611719576127406001600160a01b03916127499361249b565b515116836130a8565b61262b565b50606082015160208301515f198101919082116117195761277291611ba79161249b565b15612626565b60018101908181116117195761278f81848761241b565b9161279b828689612484565b6127a9606086939601612c3e565b916127b660808201612c3e565b956127c08261430f565b928d864685351480612a6c575b80612a5e575b1580612a09575b6129f1575b6127eb60a08601612c3e565b6001600160a01b0380845116911614158061299c575b612984575b916001600160a01b039361283961284093869560ff67ffffffffffffffff61283060c08c01613085565b16111591615149565b868861522b565b97169316928084145f1461297b578c600a975b158061290e575b64ffffffffff928760019a6128ed999897969486946128f4575b5050506128876125b860e0850185612451565b926128a4604060ff61289b60c08501613085565b16920135615512565b91604051976128b289612325565b88526020880152604087015216606085015216608083015264ffffffffff191660a082015260608b0151906128e7838361249b565b5261249b565b500161260b565b61290592608061269792015161249b565b8f5f8891612874565b5060800161292061268887835161249b565b906016821015612064578e911590811561293b575b5061285a565b61295292506126889150968096959493975161249b565b90601682101561206457601688101561206457939492939192908d90881064ffffffffff612935565b8c600b97612853565b608061299192015161249b565b600290528d86612806565b50506080016129af61268888835161249b565b6016811015612064578f918891159081156129cb575b50612801565b6129dc93506126889291505161249b565b601681101561206457868f916002105f6129c5565b60806129fe92015161249b565b600190528d866127df565b5050608001612a1c61268888835161249b565b6016811015612064578f91889115908115612a38575b506127da565b612a4993506126889291505161249b565b601681101561206457868f916001105f612a32565b5043604086013511156127d3565b50612a7960208601612c3e565b6001600160a01b031630146127cd565b612a979060808b015161249b565b600c905264ffffffffff61259a565b5060808a018051612ab6906124c4565b60168110156120645715908115612ace575b50612595565b51915050612adb906124c4565b6016811015612064575f90600c105f612ac8565b612afd9060808d015161249b565b6001905261258c612580565b5060808c018051612b19906124c4565b60168110156120645715908115612b31575b5061257b565b51915050612b3e906124c4565b6016811015612064575f906001105f612b2b565b504360408401351115612572565b50612b6d60208401612c3e565b6001600160a01b0316301461256c565b600f9a50985050505050505050565b60159a50985050505050505050565b85856329bada5160e11b5f5260045260245260445ffd5b60405190612bbf826122bd565b5f6080838281528260208201528260408201528260608201520152565b60405190612be982612341565b815f81525f60208201525f60408201525f60608201525f6080820152612c0d612bb2565b60a0820152612c1a612bb2565b60c082015260e0612c29612bb2565b910152565b919081101561243d576060020190565b356001600160a01b03811681036101e95790565b90612c87612c5f836124ac565b612c6c604051918261235e565b83815260208194612c7f601f19916124ac565b019101612380565b565b604051906080820182811067ffffffffffffffff8211176122d9576040525f6060838281528260208201528260408201520152565b6001600160a01b0316805f525f60205260405f20612cdc8382613f4f565b612d0d57505f5260016020526001600160a01b0360405f2091165f5260205264ffffffffff600160405f2001541690565b6001015460a01c64ffffffffff1692915050565b6001600160a01b03916040519083602083019360a08552600a60c08501527f77616d702e7265616c6d0000000000000000000000000000000000000000000060e085015246604085015230606085015216608083015260a082015260e08152612d8c6101008261235e565b5190201690565b919081101561243d5760051b0190565b6001600160a01b0390612db4612bdc565b50165f525f60205260405f2080549060ff821691612dd183612078565b600182015464ffffffffff612de96002850154614f0c565b91612df76003860154614f0c565b9360405196612e0588612341565b612e0e81612078565b8752828160081c16602088015265ffffffffffff191660408701526001600160a01b038116606087015260a01c16608085015260a084015260c083015264ffffffffff600660405192612e60846122bd565b6001600160a01b0360048201541684528260058201546001600160a01b038116602087015260a01c16604085015201546001600160a01b038116606084015260a01c16608082015260e082015290565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f7e3ad238e1aa593dc51fcd016c5ed8ac60b7a68f705b123e1a176909550a9e4460408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a082015260a08152612f4260c08261235e565b51902090565b9391612f55939185614429565b9050612f5e5750565b612f7260806001600160a01b039201612c3e565b7f8c9ffd95000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b6001600160a01b031690815f525f60205260405f2091825415612fbe5750565b7f47d6f451000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b90612ff382612f9e565b916001600160a01b03600184015416330361300b5750565b6001600160a01b03907f4d3a1dd8000000000000000000000000000000000000000000000000000000005f52166004523360245260445ffd5b9064ffffffffff8091169116019064ffffffffff821161171957565b64ffffffffff6001915460081c160164ffffffffff81116117195764ffffffffff1690565b3567ffffffffffffffff811681036101e95790565b5f1981146117195760010190565b6001600160a01b038151165f525f60205260405f206020820160608301935b600882511015613195576130e6816001600160a01b0386511685615533565b80156131cf576130f590614f0c565b906131816001600160a01b03808451169216918281149260ff60208601511664ffffffffff60608701511664ffffffffff60808801511691865f1461319c575f935b6040519561314487612325565b8652602086015260408501526060840152608083015264ffffffffff191660a082015287518551916131758361309a565b87526128e7838361249b565b5061319557516001600160a01b03166130c7565b5050505050565b6001600160a01b038b51165f52600160205260405f20845f5260205260405f20600164ffffffffff199101541693613137565b505050505050565b60208101805190925f1982018281116117195780156137f5576131fa818561557b565b606084016001600160a01b03602080835101510151166001600160a01b0360208351510151161415806137aa575b613799575b64ffffffffff606060208351015101511664ffffffffff6060835151015116105f9080613750575b613738575b5060015b82811061353357505f5b865181101561352a5761327c81835161249b565b516132878288613885565b906001600160a01b038251161515806134d9575b6134c2575b64ffffffffff60808201511642101580613471575b61345a575b84831461344f57606064ffffffffff9101511664ffffffffff60208301511611806133fe575b6133e7575b6001821190816133d1575b60408101916001835161330281612078565b61330b81612078565b1492519061331882612078565b61332182612078565b156133b95750816133ab575b505b158061335a575b613343575b600101613268565b61335181608088015161249b565b6014905261333b565b506080860161336d61268883835161249b565b601681101561206457829015918215613388575b5050613336565b613398925090612688915161249b565b601681101561206457601410815f613381565b60609150015115155f61332d565b905081156133c8575b5061332f565b9050155f6133c2565b90506001198601848111611719578214906132f0565b6133f582608089015161249b565b601290526132e5565b506080870161341161268884835161249b565b60168110156120645783901591821561342c575b50506132e0565b61343c925090612688915161249b565b601681101561206457601210825f613425565b505050505092505050565b6134688360808a015161249b565b601190526132ba565b506080880161348461268885835161249b565b60168110156120645784901591821561349f575b50506132b5565b6134af925090612688915161249b565b601681101561206457601110835f613498565b6134d08360808a015161249b565b601090526132a0565b50608088016134ec61268885835161249b565b601681101561206457849015918215613507575b505061329b565b613517925090612688915161249b565b601681101561206457601010835f613500565b50505092505050565b61353e81835161249b565b51825190600183019182841161171957826135589161249b565b5161357e613576836001600160a01b03602081835116920151161490565b15858b6151bd565b6001600160a01b038251166001600160a01b036020830151161415806136e7575b6136d0575b64ffffffffff60608201511664ffffffffff606084015116108061367f575b613668575b6135e760ff60408060039501519301928184511619161615858b615149565b51161580613617575b6135fe575b5060010161325e565b61360c90608088015161249b565b600e905260016135f5565b506080870161362a61268883835161249b565b601681101561206457829015918215613645575b50506135f0565b613655925090612688915161249b565b601681101561206457600e10815f61363e565b6136768460808b015161249b565b600690526135c8565b506080890161369261268886835161249b565b6016811015612064578590159182156136ad575b50506135c3565b6136bd925090612688915161249b565b601681101561206457600610845f6136a6565b6136de8460808b015161249b565b600590526135a4565b50608089016136fa61268886835161249b565b601681101561206457859015918215613715575b505061359f565b613725925090612688915161249b565b601681101561206457600510845f61370e565b61374690608087015161249b565b600990525f61325a565b50608086018051613760906124c4565b60168110156120645715908115613778575b50613255565b51915050613785906124c4565b6016811015612064575f906009105f613772565b60808501516020016008905261322d565b506080850180516137bd906020016124c4565b601681101561206457159081156137d5575b50613228565b516137e391506020016124c4565b6016811015612064576008105f6137cf565b506080929092018051929350915f915061380e906124c4565b601681101561206457158015613837575b613827575050565b613831915161249b565b60049052565b50508051613844906124c4565b6016811015612064575f9060041061381f565b91908260409103126101e957815160048110156101e95760209092015164ffffffffff811681036101e95790565b919091613890612c89565b9261389f81606084015161249b565b5190801590811580613ad6575b80613ab6575b613ab0576138c86001600160a01b0391856156ed565b16855264ffffffffff6138f06001600160a01b038551166001600160a01b0385511690612cbe565b16602086015280613aa3575b613a9f576001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016906001600160a01b0381511690604051916397a5d5b560e01b83526004830152604082602481865afa8015613a47576020925f905f92613a7d575b5061396f81612078565b151580613a63575b613a52575b50019160406001600160a01b0384511660248251809581936397a5d5b560e01b835260048301525afa8015613a47576001600160a01b03925f91613a17575b506139c581612078565b604086015251165f5260016020526001600160a01b038060405f20925116165f5260205260405f2054600160ae1b811615159081613a08575b5015156060830152565b600160af1b915016155f6139fe565b613a39915060403d604011613a40575b613a31818361235e565b810190613857565b505f6139bb565b503d613a27565b6040513d5f823e3d90fd5b64ffffffffff16828701525f61397c565b5064ffffffffff838801511664ffffffffff821611613977565b9050613a98915060403d604011613a4057613a31818361235e565b905f613965565b5050565b50604082015115156138fc565b50505050565b50613ad1836001600160a01b03602081835116920151161490565b6138b2565b5060018101808211611719576020850151146138ac565b92939490946001600160a01b03861694855f52600160205260405f206001600160a01b0382165f5260205260405f209182549788151580613ca8575b15613c2257613b459083876001600160a01b038c16928a61583f565b15613be557600160af1b8816613bd9576001600160a01b0360ff958194600160af1b613bd49b1790555b613b7888613060565b92604051997f74715d098bee08afbd6ad7d90d01886a6b082efd9df8a03b3ef1e0ec8537140460208c015260408b015260608a015216608088015260a08701521660c08501521660e083015260e082526104716101008361235e565b600190565b50505050505050505f90565b846001600160a01b0391887f4509e6d7000000000000000000000000000000000000000000000000000000005f526004526024521660445260645ffd5b949250965050613c3d5f938264ffffffffff19891691615111565b5f52600260205260405f209264ffffffffff845416613c9d57835465ff00000000001916602884901b65ff000000000016178455613bd49660ff946001600160a01b03938491805464ffffffffff19164364ffffffffff16179055613b6f565b505050505050505f90565b50600184015464ffffffffff19838116911614613b29565b9093926001600160a01b03613cd486612c3e565b16158015613f32575b613f0e57613ced60408601613085565b67ffffffffffffffff81169060ff8211613efb5760011615613ed0576020860191613d1783613085565b67ffffffffffffffff43911611613ea7576060870164ffffffffff613d3f6125b8838b612451565b169442861115613e8b5788613e199392613e09926001600160a01b03613d81613d7a613d6a86612c3e565b94613d748c613085565b96612451565b36916142d9565b6020815191012091816040519467ffffffffffffffff60208701977fc0c557c364444bdd56d8ee0ec1d8b9cdb815bc22106133a9fd6b66269f42f8d38952466040890152306060890152166080870152168060a086015260c08501521660e0830152866101008301526101208201526101208152613e016101408261235e565b519020615923565b9586613e148a612c3e565b61522b565b15613e625767ffffffffffffffff613e3e613e38613e5f969798612c3e565b93613085565b16919091926001600160a01b039060d81b9360b01b9260a01b911617171790565b91565b6001600160a01b0384613e7488612c3e565b906310c9e73960e21b5f526004521660245260445ffd5b85630a72ee0b60e21b5f5260045264ffffffffff60245260445ffd5b67ffffffffffffffff613eb984613085565b6308dda2f360e01b5f52166004524360245260445ffd5b7f71cf7181000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b5063234c47bf60e21b5f5260045260245ffd5b6001600160a01b03613f1f86612c3e565b632edc489160e21b5f521660045260245ffd5b50613f3c85612c3e565b6001600160a01b03808416911614613cdd565b6001600160a01b036002820154921691826001600160a01b03821614613f9d57600160ad1b16613f80575b50505f90565b60030154906001600160a01b03821614613f9a5780613f7a565b90565b91505090565b9493919492909285421161407d5762093a804201958642116117195786811161404d575061401a939495506140146001600160a01b03821695865f52600360205260405f2060018154019055613ff7612eb0565b6042916040519161190160f01b8352600283015260228201522090565b9061522b565b156140225750565b7fe82a42ff000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b86907f3a87d8f0000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b857f15642292000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b6001600160a01b03604051916397a5d5b560e01b835216908160048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa8015613a47576001915f9161412d575b5061411381612078565b0361411b5750565b6371ab6ad560e11b5f5260045260245ffd5b614146915060403d604011613a4057613a31818361235e565b505f614109565b6001600160a01b03909392931690815f52600160205260405f206001600160a01b0382165f5260205260405f20938454946001600f8760a81c1614806142ae575b158015614295575b61427557600160af1b861661426257600160ae1b861661422957600160ae1b612c879596179055825f525f60205260405f20916001600160a01b036141da84613060565b91604051957f1c5e90be299d4adbc92718523b78eb37f6aceff20ccf42c0d42196a8d56a7bbc60208801526040870152166060850152608084015260a083015260a082526107de60c08361235e565b6001600160a01b0383857fa6d56d23000000000000000000000000000000000000000000000000000000005f526004521660245260445ffd5b506344d80a4360e01b5f5260045260245ffd5b6001600160a01b038385633d97394960e21b5f526004521660245260445ffd5b50600181015464ffffffffff1983811691161415614196565b5060038660a01c16151561418e565b67ffffffffffffffff81116122d957601f01601f191660200190565b9291926142e5826142bd565b916142f3604051938461235e565b8294818452818301116101e9578281602093845f960137010152565b610120613f9a91614326613d7a60e0830183612451565b6020815191012060e0604051927fc0c557c364444bdd56d8ee0ec1d8b9cdb815bc22106133a9fd6b66269f42f8d38452602084013761010082015220615923565b613f9a9061437760208201612c3e565b9061438460608201612c3e565b9067ffffffffffffffff61439a60a08301613085565b60806143ac613d7a60c0860186612451565b60208151910120936001600160a01b03604051968160208901997f158911a349ced51714c94e52e73209a19e10d8527527721c624c24cd03fd4ee28b52843560408b01521660608901526040830135848901521660a0870152013560c08501521660e08301526101008201526101008152613e016101208261235e565b949194939093610120525f6080525f9361444860a06101205101612c3e565b9161445860606101205101612c3e565b9661446860806101205101612c3e565b9161447860c06101205101613085565b9667ffffffffffffffff88166101205135468103614ee15750602061012051016144a181612c3e565b6001600160a01b0330911603614ea457506001600160a01b038516158015614e89575b614e6d576001600160a01b038b166001600160a01b03861614614e385760ff8111614e26575060018816614df15743604061012051013511614dd35761450986612f9e565b6101005261451a8461010051613f4f565b614d9e5761452a6101205161430f565b60805261453c60a06101205101612c3e565b60e05261454e60606101205101612c3e565b610160526145656101605160e05161010051615533565b6101405261457860c06101205101613085565b926101405115614c9a576101405160a01c6003811615614d665767ffffffffffffffff60ff821619861616614d2957506101405160a81c600f1660c08190526001810110611719576006600160c0510111614d0c5764ffffffffff6145e96125b860e0610120510161012051612451565b169364ffffffffff8514614cfe575b428511801590614cef575b614cd25760406101205101359460d81b90604061012051013560b01b907bffffffffffffffff0000000000000000000000000000000000000000600160c0510160a81b9160a01b166001600160a01b0361016051161717171793600160c0510160a0525b6101405115614c9a57600160af1b6101405116614c62576101405160d81c42811115614c27575064ffffffffff6101405160b01c168110614beb576001600160a01b036101605116806001600160a01b0361014051161491825f14614bb95764ffffffffff80600161010051015460a01c165b1691831580614ba6575b614ab9575b828210614a885750505061478357600160a051146147565764ffffffffff6101405160b01c166001600160a01b0361014051166101605261473c6001600160a01b03610140511660e05161010051615533565b6101405260a05115611719575f1960a0510160a052614667565b600260c0510180600160c05101116117195763c5e0f6a560e01b5f52600452600160c0510160245260445ffd5b839561479a64ffffffffff19608051168d8a615111565b5f52600260205264ffffffffff60405f205416614a73576001600f8660a81c1614998a614a66575b50896001600160a01b0389165f52600160205260405f206001600160a01b0388165f5260205260405f2095865491826148e8575b50505090614807916080518d61522b565b156148c6576001600160a01b0392614830612c8798999a9b9360019360805188610100516159cd565b8581550164ffffffffff196080511664ffffffffff8254161790558161485861010051613060565b9381604051977f24361988f4a8e106a1176a9329a366f5b58b6de95ec6b3013a792cb1fefb052460208a015216604088015216606086015216608084015260a083015260805160c083015260e082015260e081526148b86101008261235e565b610100515461010051614f61565b6001600160a01b038a6310c9e73960e21b5f526080516004521660245260445ffd5b64ffffffffff8260b01c1664ffffffffff8460b01c169081811115614a515750506001600160a01b038f166001600160a01b038416141580614a37575b6149fb57600160af1b8316156149be575050906149b561496061480794936001600160a01b0364ffffffffff1960018b01541691168c615111565b60ff6040519161496f83612309565b4364ffffffffff90811684525f6020808601828152938252600290526040902093518454925165ffffffffffff19909316911617911660281b65ff000000000016179055565b90915f806147f6565b9091816149eb575b506149d7575b5090614807916149b5565b60019b50600160ae1b1796506148076149cc565b600160ae1b91501615155f6149c6565b6001600160a01b038f8185917f5a323e4e000000000000000000000000000000000000000000000000000000005f52166004521660245260445ffd5b506001600160a01b03600161010051015416331415614925565b633315259160e01b5f5260045260245260445ffd5b600316151599505f6147c2565b6344d80a4360e01b5f5260805160045260245ffd5b7f5676299e000000000000000000000000000000000000000000000000000000005f5260045260245260445260645ffd5b91600160ae1b610140511615614b84576040516397a5d5b560e01b81528360048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115613a47575f905f92614b62575b50600190614b2b81612078565b03614b4f5764ffffffffff169080821115614b4857505b916146e9565b9050614b42565b836371ab6ad560e11b5f5260045260245ffd5b60019250614b7e915060403d8111613a4057613a31818361235e565b91614b1e565b82633d97394960e21b5f526001600160a01b0360e0511660045260245260445ffd5b506001600f6101405160a81c16146146e4565b6001600160a01b0360e051165f52600160205260405f20825f5260205264ffffffffff80600160405f200154166146da565b7f6545a662000000000000000000000000000000000000000000000000000000005f5260045264ffffffffff6101405160b01c1660245260445ffd5b7f78290444000000000000000000000000000000000000000000000000000000005f526001600160a01b03610160511660045260245260445ffd5b7f22f9bf4b000000000000000000000000000000000000000000000000000000005f526001600160a01b03610160511660045260245ffd5b7fdc51ac2c000000000000000000000000000000000000000000000000000000005f526001600160a01b03610160511660045260245ffd5b84630a72ee0b60e21b5f526004526101405160d81c60245260445ffd5b506101405160d81c8511614603565b6101405160d81c94506145f8565b63c5e0f6a560e01b5f52600160c05101600452600660245260445ffd5b60ff9067ffffffffffffffff867f2b6d7314000000000000000000000000000000000000000000000000000000005f52166004521660245260445ffd5b7f0eef7661000000000000000000000000000000000000000000000000000000005f526001600160a01b03610160511660045260245ffd5b6001600160a01b03847f15548680000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b6308dda2f360e01b5f5260406101205101356004524360245260445ffd5b6001600160a01b03847fc9645ce6000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b63234c47bf60e21b5f5260045260245ffd5b6001600160a01b038b7ffc5b0413000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b6001600160a01b0385632edc489160e21b5f521660045260245ffd5b506001600160a01b0387166001600160a01b038616146144c4565b614eb56001600160a01b0391612c3e565b7f870d54a0000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b7f42e3b20f000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b614f14612bb2565b5060405190614f22826122bd565b6001600160a01b038116825260ff8160a01c16602083015260ff8160a81c16604083015264ffffffffff8160b01c16606083015260d81c608082015290565b919061010065ffffffffffff91838051810103938319821681526020850181209460808201519160608101519160408201519160a0602082015192607f19019101a401169065ffffffffffff1916179055565b919061010065ffffffffffff91838051810103831982168552602081018520946060810151916040820151916080602082015192605f19019101a301169065ffffffffffff1916179055565b6001600160a01b03168033141580615049575b61501a5750565b7ff5c5082a000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b506040517fd3a2b2100000000000000000000000000000000000000000000000000000000081528160048201526020816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa8015613a47575f906150c8575b6001600160a01b03915016331415615013565b506020813d602011615109575b816150e26020938361235e565b810103126101e957516001600160a01b03811681036101e9576001600160a01b03906150b5565b3d91506150d5565b916001600160a01b036040519281602085019516855216604083015264ffffffffff1916606082015260608152612f4260808261235e565b91158061516c575b615159575050565b608061516692015161249b565b60079052565b506080820161517f61268883835161249b565b60168110156120645782901591821561519a575b5050615151565b6151aa925090612688915161249b565b601681101561206457600710815f615193565b9115806151da575b6151cd575050565b608061383192015161249b565b50608082016151ed61268883835161249b565b601681101561206457829015918215615208575b50506151c5565b615218925090612688915161249b565b601681101561206457600410815f615201565b90615237848483615a7e565b5061524181612078565b15908161533a575b5061533157813b1561532957836152aa60845f969587966040519485926020840197630b135d3f60e11b89526024850152604060448501528160648501528484013787838284010152601f801991011681010301601f19810183528261235e565b51916207a120fa3d15615322573d6152c1816142bd565b906152cf604051928361235e565b81523d5f602083013e5b81615316575b816152e8575090565b630b135d3f60e11b915060208151910151906020811061530757501490565b5f199060200360031b1b161490565b805160201491506152df565b60606152d9565b505050505f90565b50505050600190565b90506001600160a01b038084169116145f615249565b9190915f906009841080156154a7575b61549b576009915b848310156154955782820135907fff0000000000000000000000000000000000000000000000000000000000000082167f3b00000000000000000000000000000000000000000000000000000000000000811461548d5764ffffffffff82161580615480575b600360fc1b8210918215615456575b50811561544e575b508015615444575b61543b5764ffffffffff600a91160264ffffffffff81169081036117195761542264ffffffffff91602f199360f81c90613044565b160164ffffffffff811161171957600190920191615368565b505f9450505050565b50601584146153ed565b90505f6153e5565b7f39000000000000000000000000000000000000000000000000000000000000001091505f6153dd565b50600360fc1b81146153ce565b509450505050565b93505050565b5064ffffffffff925050565b7fffffffffffffffffff00000000000000000000000000000000000000000000007f6e6f7441667465723d0000000000000000000000000000000000000000000000918335828116916154fe575b50161415615360565b828092508860090360031b1b16165f6154f5565b64ffffffffff811115615529575064ffffffffff90565b64ffffffffff1690565b826155419194939294613f4f565b92831561554c575050565b6001600160a01b0391929350165f5260016020526001600160a01b0360405f2091165f5260205260405f205490565b61558982606083015161249b565b51906001600160a01b038151165f525f6020526155b760405f206001600160a01b0360208501511690613f4f565b906155d2836001600160a01b03602081835116920151161490565b1580156156e5575b61563c5761560990839464ffffffffff606060809601511664ffffffffff8560b01c16149182615624576151bd565b60d81c910164ffffffffff8151168210615621575050565b52565b915060ff60408701511660ff8560a01c1614916151bd565b919050600860208301511490816156c3575b50156156b9576080600f915b0161566961268884835161249b565b601681101561206457158015615691575b61568357505050565b612c8792612697915161249b565b506156a061268884835161249b565b601681101561206457601683101561206457821061567a565b608060049161565a565b6156de91506001600160a01b03602081835116920151161490565b155f61564e565b5081156155da565b606081016156fc83825161249b565b51926001600160a01b038351165f52600160205260405f2060208501906001600160a01b0380835116165f5260205260405f209460a0600187015491019564ffffffffff19875116809264ffffffffff1916148061582f575b61581b575061577a906001600160a01b038651166001600160a01b0384511690615111565b5f52600260205264ffffffffff60405f20541661580957509260208301935b8451811015615800576001600160a01b036157b582855161249b565b5151166157d76001600160a01b038651168264ffffffffff1986511691615111565b5f52600260205264ffffffffff60405f2054166157f75750600101615799565b94505050505090565b50505050505f90565b516001600160a01b0316949350505050565b546001600160a01b03169695505050505050565b50600160af1b8154161515615755565b9093916001600160a01b0316926001600160a01b0383168414908115615910575b50615331576001600160a01b0360018201541683149081156158f9575b506158f157916001600160a01b035f9116925b60068210806158df575b1561532957835f5260016020526001600160a01b0360405f2091165f526020526001600160a01b0360405f20541690818314615331576158d99061309a565b90615890565b506001600160a01b038116151561589a565b505050600190565b6001600160a01b039150600201541682145f61587d565b6001600160a01b0391501683145f615860565b613f9a9060405160208101907fb03948446334eb9b2196d5eb166f69b9d49403eb4a12f36de8d3f9f3cb8e15c382527f235b4d235719be3c6ba20e7dd72c9b9e77edcd4a8769648ef4387abcfc96271a60408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc66060820152606081526159ad60808261235e565b5190206042916040519161190160f01b8352600283015260228201522090565b9391929360ff8154166159df81612078565b6159e881612078565b600181146131cf576002906159fc81612078565b03615a695750905b6001600160a01b0382169383853314159384615a55575b50505050615a27575050565b7fc13180e2000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b615a5f945061522b565b155f808381615a1b565b6001600160a01b039150600101541690615a04565b9060418303615aa857615aa19250602081013591604082359201355f1a90615ab2565b9192909190565b50505f9160029190565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411615b29579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa15613a47575f516001600160a01b03811615615b1f57905f905f90565b505f906001905f90565b5050505f916003919056fea2646970667358221220f4acdb265ef55b640d8571555913ec154bacec91c5af34135ea1c29cc07a95c464736f6c63430008250033" as const

/** Byte position in the bytecode where the code of a RealmRegistry begins; it goes on to the end. */
export const realmRegistryCodeStart = 159 as const

/** Byte positions in that code of the 32-byte words that hold the OperatorRegistry's address, zero in the bytecode. */
export const operatorRegistryPositions = [
 453,
 14602,
 16599,
 19180,
 20614
] as const

/** keccak256 of the code at a RealmRegistry that reads operators from `operatorRegistry` (20 bytes of hex). */
export function realmRegistryCodeHash(operatorRegistry: string): Hex {
  const address = fromHex(operatorRegistry, 20)
  const code = fromHex(realmRegistryBytecode)?.slice(realmRegistryCodeStart)
  if (address === undefined || code === undefined) throw new TypeError(`not an address: ${operatorRegistry}`)
  const word = concatBytes(new Uint8Array(12), address)
  for (const position of operatorRegistryPositions) code.set(word, position)
  return toHex(keccak_256(code))
}
