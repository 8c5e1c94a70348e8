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
  "name": "RealmOperatorEpoch",
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
    "internalType": "struct AuthorityCertificate.Local",
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
    "internalType": "struct AuthorityCertificate.Local",
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
    "internalType": "struct AuthorityCertificate.Local[]",
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
    "internalType": "struct AuthorityCertificate.Local",
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

export const realmRegistryBytecode = "0x60a03461007f57601f615bd738819003918201601f19168301916001600160401b038311848410176100835780849260209460405283398101031261007f57516001600160a01b038116810361007f57608052604051615b3f908161009882396080518181816101c5015281816138900152818161410f01526146c60152f35b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe6101806040526004361015610012575f80fd5b5f3560e01c806310df76b814611e48578063117127cd14611daa578063199eac1b14611c9f5780631be7db6b146119055780632c25e152146118a557806333711c9c14611806578063374140fb1461176c578063475e585f146114c15780634edc65ff14611486578063553cf7de146113be578063553eaccb1461137e5780635c3dcb10146113615780635fa8f4c41461132257806366b0546a146110f15780636ce3f3c714610feb5780636f0e530f14610fce5780637179846d14610e3a5780637ecebe0014610e025780638bdd36e014610dbe578063913318a614610c3f5780639b39856d14610b8a578063a6cbbd6114610b52578063b614581414610adf578063c286311914610a13578063c89ec68a146108be578063c90db44714610816578063cd6f3ad1146107e3578063d4e215e1146107c9578063da1058dc1461079f578063de7beb4714610678578063eefbeb04146105cd578063f480dd7e1461043e578063f698da251461041c578063fc898721146102b3578063fec1949b146101ed5763ff677c7b146101a6575f80fd5b346101e9575f3660031901126101e95760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b5f80fd5b346101e95760403660031901126101e95760043567ffffffffffffffff81116101e95761021e903690600401611fdd565b9060243567ffffffffffffffff81116101e95761023f903690600401611fdd565b9283810361029c57913681900360be1901905f5b8481101561029a578060051b82013590838212156101e95761029460019261027c838a8961246f565b61028a858c8b95949561246f565b9390928801613a73565b01610253565b005b83906329bada5160e11b5f5260045260245260445ffd5b346101e95760403660031901126101e9576102cc611f6d565b6024359060048210156101e9576102e281612fa7565b9182549060ff8216916102f48361202f565b6102fd8361202f565b6103068261202f565b828211156103e657916101009165ffffffffffff936103248361202f565b61032d8261202f565b8260ff8316911818916040519060208201927f3bb946e5aebeeb25bb0b3e00c39f109afcb4bf9bd6a4981c0200805fd90a762684526001600160a01b03604084019816885260608301915f83526103838161202f565b60808401526103918161202f565b60a083015260a082526103a560c08361237f565b81805181010391600164ffffffffff8660081c160182528619851681526020830190209651925191603f190190a265ffffffffffff19909316920116179055005b50916001600160a01b03906356620e9360e01b5f52166004526104088161202f565b6024526104148161202f565b60445260645ffd5b346101e9575f3660031901126101e9576020610436612edd565b604051908152f35b346101e95760203660031901126101e957610457611f6d565b61046081612f75565b906004820191600681015464ffffffffff8160a01c169081156105a5576001600160a01b0316803303610576575080421061054b575082546001600160a01b0319168355600290920180546001600160c81b031916905561029a91600181016001600160a01b03815416906001600160a01b0333166001600160a01b03198254161790556001600160a01b03604051937f0c6cc6ef6af1a600d67d435df59d06a6d4d17f24144ed7d551cf10b75cbcc079602086015216604084015260608301523360808301525f60a0830152600160c083015260c0825261054360e08361237f565b805490614580565b7f467fc663000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7fd1637658000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b7f31adcd00000000000000000000000000000000000000000000000000000000005f5260045ffd5b346101e9576105ff6105de36612268565b916105ee60408697959601612c74565b946105f8866140c8565b50866147a5565b9060805160a0519215610643576001600160a01b0382163314908161063a575b5061062657005b610635606061029a9401612c74565b6141aa565b9050158461061f565b6001600160a01b03827f25b72c7c000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b346101e95760e03660031901126101e957610691611f6d565b610699611f83565b906106a2611f99565b606435926106ae61220e565b9160a4359160c4359467ffffffffffffffff86116101e95761077887946106dc610786983690600401611faf565b916001600160a01b038616805f52600360205260405f20546040519060208201927f70623759c98b38392b917e3e1987baea1ecf7d23c17c01bdcef05130a79d7f0284526001600160a01b038916604084015260608301526001600160a01b038a1660808301528a60a083015260ff8c1660c083015260e082015282610100820152610100815261076f6101208261237f565b51902086613fc8565b61078181612f75565b613ac7565b1561078d57005b6344d80a4360e01b5f5260045260245ffd5b346101e95761029a6107b03661222e565b916107ba82614640565b6107c3826140c8565b506141aa565b346101e95761029a6107da36612268565b93929092613a73565b346101e95760203660031901126101e957610260610807610802611f6d565b612ddb565b6108146040518092612039565bf35b346101e95760203660031901126101e95761082f611f6d565b61083881612fa7565b906001600160a01b036006830154169182156105a5576006810180546001600160c81b031916905561029a926001600160a01b03604051937f0e7045466d20fb8fc1556f56d95ca6d6275168bded5fc54cf7364dc8f9fd06ce602086015216604084015260608301525f6080830152608082526108b660a08361237f565b8054906145e3565b346101e95760403660031901126101e9576108d7611f6d565b6108df611f83565b906108e981612f75565b6005810154926001600160a01b0384168033036109e457506001600160a01b03169283156109bc5761029a9361092c64ffffffffff809360a01c16834216614789565b60068401805464ffffffffff60a01b1984166001600160c81b03199091161760a083901b64ffffffffff60a01b16179055906001600160a01b03604051957fed4b7262c6c735140ba8d8741a5a98dddb819f90291b79db0525042f11c03033602088015216604086015233606086015260808501525f60a08501521660c083015260c0825261054360e08361237f565b7fd0ff2cd9000000000000000000000000000000000000000000000000000000005f5260045ffd5b7fc3a4c37a000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b346101e95760803660031901126101e957610a2c611f6d565b60243567ffffffffffffffff81116101e957610a4c903690600401611fdd565b9160443567ffffffffffffffff81116101e957610a6d903690600401611fdd565b91610a7661221e565b91838603610ac857610a8782612f75565b5f5b858110610a9257005b80610ac186610aac610aa76001958d8d612dcb565b612c74565b610ab7848b89612dcb565b3590338988613ac7565b5001610a89565b85846329bada5160e11b5f5260045260245260445ffd5b346101e957610b12610af03661222e565b5f6020604051610aff8161232b565b828152015264ffffffffff191691614751565b5f5260026020526040805f2060ff825191610b2c8361232b565b5481602064ffffffffff831694858152019160281c168152835192835251166020820152f35b346101e95760403660031901126101e9576020610b79610b70611f6d565b60243590612d59565b6001600160a01b0360405191168152f35b346101e95760603660031901126101e957610ba3611f6d565b610bab611f83565b9060443560ff811681036101e957610bc283614640565b610bcb82612f75565b6001600160a01b03831693845f52600160205260405f206001600160a01b0382165f5260205260405f2094600160ae1b86541615610c1f5750806107869495600164ffffffffff1991015416958693613ac7565b6001600160a01b039250633d97394960e21b5f526004521660245260445ffd5b346101e95760603660031901126101e957610c58611f6d565b610c60611f83565b9060443564ffffffffff81168082036101e957610c7c83612fa7565b9162093a808210159485610daf575b6001600160a01b03169182159586159081610da6575b50610d6c57506005830180546001600160a01b0319168317815561029a9564ffffffffff929015610d635750610cf45f5b825464ffffffffff60a01b191660a09190911b64ffffffffff60a01b16178255565b6006840180546001600160c81b03191690555460a01c16906001600160a01b03604051947f2b4cd13c109ed0b94ed1ca1278870e888103c8f29d6010d3753bb147df9f3b03602087015216604085015260608401525f608084015260a083015260a082526108b660c08361237f565b610cf490610cd2565b7f52ea03cb000000000000000000000000000000000000000000000000000000005f5260045262093a806024526301e1338060445260645ffd5b90501587610ca1565b6301e133808311159550610c8b565b346101e95760803660031901126101e957610dd7611f6d565b610786610de2611f83565b916044358093610df061221e565b92610dfa81612f75565b903391613ac7565b346101e95760203660031901126101e9576001600160a01b03610e23611f6d565b165f526003602052602060405f2054604051908152f35b346101e95760803660031901126101e95760243560048110156101e9576044359067ffffffffffffffff82116101e957608060031983360301126101e95760643567ffffffffffffffff81116101e957610e98903690600401611faf565b610ea760049492943533612d59565b936001600160a01b03851694855f525f60205260405f20938454610fa257610ece8661202f565b8515610f87576020969593610436959360ff93610eee9360040190613c8a565b9390600184016001600160a01b0333166001600160a01b0319825416179055806002850155604051947fc8478c388bdac148bc8550629364ff5e0dba98f525befec3cbdaf67cbcbdbd09898701528760408701523360608701525f6080870152610f578361202f565b8260a087015260c086015260e085015260e08452610f776101008561237f565b610f808161202f565b16906145e3565b866356620e9360e01b5f526004525f6024525f60445260645ffd5b867fda510893000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b346101e9575f3660031901126101e957602060405162093a808152f35b346101e95760403660031901126101e957611004611f6d565b6001600160a01b03611014611f83565b915f604080516110238161230f565b61102b612bee565b81528260208201520152165f5260016020526001600160a01b0360405f2091165f5260205260e060405f206001611062825461452b565b91015464ffffffffff6040516110778161230f565b838152604060208201918385168352019282191683526110da604051809564ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b511660a08301525164ffffffffff191660c0820152f35b346101e95760403660031901126101e95761110a611f6d565b60243564ffffffffff81168091036101e95761112582612f75565b60028101918254926001600160a01b033381861614951693845f52600160205260405f206001600160a01b0333165f5260205260405f2090865f1461130f5760b01c64ffffffffff16955b801580806112fb575b6112cb57806112ba575b806112aa575b61127a57868411801590611271575b61123d5761029a9650156112265750806111b883600160ad1b93546144b9565b80915516611210575b604051927fd3c8b96ff166d2770b0f933a1270b0b883fef1eab5a2b231cbeda20953778d02602085015260408401523360608401525f608084015260a083015260a082526108b660c08361237f565b6003820161121f8282546144b9565b90556111c1565b600101805464ffffffffff191683179055506111c1565b86847f7ffa7286000000000000000000000000000000000000000000000000000000005f526004526024524360445260645ffd5b50438411611198565b857fa1a548bd000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b506003825460a01c161515611189565b506001600f835460a81c1614611183565b867f6c799953000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b50600183015464ffffffffff191615611179565b5064ffffffffff60018201541695611170565b346101e95760203660031901126101e95760043567ffffffffffffffff81116101e95760e060031982360301126101e9576104366020916004016143f7565b346101e9575f3660031901126101e95760206040516276a7008152f35b346101e95760203660031901126101e95760043567ffffffffffffffff81116101e95761010060031982360301126101e957610436602091600401614363565b346101e95760a03660031901126101e9576113d7611f6d565b6113df611f83565b604435906064359260843567ffffffffffffffff81116101e95761029a9461140e6107ba923690600401611faf565b916001600160a01b038616805f52600360205260405f20546040519060208201927fd803b17932c10528e9796c2a4f45c1bc0a952b858c5aea4686b47cce63a0845984526001600160a01b0389166040840152606083015289608083015260a08201528260c082015260c0815261076f60e08261237f565b346101e95760403660031901126101e95760206114b26114a4611f6d565b6114ac611f83565b90612cf4565b64ffffffffff60405191168152f35b346101e95760803660031901126101e9576114da611f6d565b60243567ffffffffffffffff81116101e957608060031982360301126101e95760443567ffffffffffffffff81116101e95761151a903690600401611faf565b91909260643564ffffffffff8116938482036101e957611548919561153e84612fa7565b9460040184613c8a565b8194600285019384549164ffffffffff8860b01c169164ffffffffff8460b01c16928381111561175557506001600160a01b031697885f52600160205260405f20916001600160a01b038216926001600160a01b0384165f5260205260405f2054611725576276a7004201804211611711578082116116e357509164ffffffffff97959391859361029a9c989660d81c8091116116db575b50428989161191826116c7575b5081156116bf575b816116aa575b50846001600160a01b03949596555f146116a3576001600160a01b038383161660ff60a01b83161760b09190911b1785871660d81b175b6003880155604051977f1459eab08e1fc8cc7e02da24dc6a464d9c1ab40f18b6dd0bfe91963ad18b77e560208a015260408901521660608701526001600160a01b03821660808701525f60a087015260c086015260e08501521661010083015261010082526105436101208361237f565b505f611632565b600160ad1b1794506001600160a01b036115fb565b5f97506115f5565b6001600160a01b038516141591508c6115ed565b97508c6115e0565b907e16b5f7000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b634e487b7160e01b5f52601160045260245ffd5b828a7f2f99dad2000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b8390633315259160e01b5f5260045260245260445ffd5b346101e95760a03660031901126101e957611785611f6d565b610786611790611f83565b91611799611f99565b926064359384916117a861220e565b936117b281612fa7565b916001600160a01b0382165f52600160205260405f206001600160a01b0385165f52602052600160405f20015464ffffffffff1986169064ffffffffff1916145f1461180057503391613ac7565b91613ac7565b346101e95760403660031901126101e95761181f611f6d565b61184461182a611f83565b6001600160a01b0361183a6123e8565b9316835282613025565b6118516020820151612c88565b906060015f5b825181101561188b578061186e600192845161249a565b5161187982866124d0565b5261188481856124d0565b5001611857565b604051602080825281906118a190820186612179565b0390f35b346101e95760403660031901126101e95760043567ffffffffffffffff81116101e95760c060031982360301126101e9576024359067ffffffffffffffff82116101e9576118fa61029a923690600401611faf565b818193600401613a73565b346101e95760403660031901126101e95761191e611f6d565b6024359067ffffffffffffffff82116101e957366023830112156101e95781600401359067ffffffffffffffff82116101e957602483019260243691606085020101116101e95760405192611972846122df565b5f845260208401925f8452604085019461198a612c18565b86526060810195606087526080820191606083526119a66123e8565b916001600160a01b038716835260088511611c87576060830195865f5b87808210611c1c575050505060208301948086526040840197818952600182148015611bd8575b611ba5575b6119ff9150438452428a52612ddb565b815284518751810390811161171157611a1790612c88565b89525f5b895151811015611a60578651908851918183018093116117115781611a45600194611a599361249a565b518d5190611a5383836124d0565b526124d0565b5001611a1b565b508890888651611a6f816124ab565b90611a7d604051928361237f565b808252611a8c601f19916124ab565b015f5b818110611b8e57505086525f5b8751811015611aca5780611ac381611ab66001948a61380b565b8a5190611a5383836124d0565b5001611a9c565b509291611b0c90611af7879360405196879660208852516020880152516040870152516060860190612039565b516102e06102c0850152610300840190612179565b905190601f19838203016102e0840152602080835192838152019201905f5b818110611b39575050500390f35b9193509160206080600192606087516001600160a01b03815116835264ffffffffff8582015116858401526040810151611b728161202f565b6040840152015115156060820152019401910191849392611b2b565b602090611b99612cbf565b82828601015201611a8f565b87515f198301928311611711576001600160a01b03611bca6119ff94611bd39361249a565b51511686613025565b6119ef565b506001821180156119ea575087515f1983019083821161171157611c1691611bff9161249a565b516001600160a01b03602081835116920151161490565b156119ea565b6001600160a01b038181611c596020611c5387611c4c610aa7828d9a611c458260019f5161249a565b519b612c64565b958b612c64565b01612c74565b8c6040611c6e8864ffffffffff19938c612c64565b01351660a08601521660208401521690520187906119c3565b8463c5e0f6a560e01b5f52600452600860245260445ffd5b346101e95760a03660031901126101e957611cb8611f6d565b6024359067ffffffffffffffff82116101e95760e060031983360301126101e95760443567ffffffffffffffff81116101e957611cf9903690600401611faf565b60649391933567ffffffffffffffff81116101e957611d1c903690600401611fdd565b916084359567ffffffffffffffff87116101e957611d41611d4d973690600401611fdd565b969095600401906124f0565b90604051918291611d6283604081019261200e565b6040602084015281518091526020606084019201905f5b818110611d87575050500390f35b9193509160208082611d9c600194885161200e565b019401910191849392611d79565b346101e95760403660031901126101e95761029a611dc6611f6d565b611dce611f83565b6001600160a01b03611ddf83612fa7565b91600483018282166001600160a01b031982541617905581604051947fb7c4c93decd0b1f5c04fd9f8b52c56bc78c0ffd3b8068f484e3482214fe8070260208701521660408501523360608501521660808301525f60a083015260a0825261054360c08361237f565b346101e95760203660031901126101e957611e61611f6d565b611e6a81612f75565b9060048201916001600160a01b03835416803303611f3e575082546001600160a01b03191683556005810180546001600160c81b03199081169091556002909301805490931690925561029a91600181016001600160a01b03815416906001600160a01b0333166001600160a01b03198254161790556001600160a01b03604051937f0c6cc6ef6af1a600d67d435df59d06a6d4d17f24144ed7d551cf10b75cbcc079602086015216604084015260608301523360808301525f60a08301525f60c083015260c0825261054360e08361237f565b7f70d46f25000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b600435906001600160a01b03821682036101e957565b602435906001600160a01b03821682036101e957565b604435906001600160a01b03821682036101e957565b9181601f840112156101e95782359167ffffffffffffffff83116101e957602083818601950101116101e957565b9181601f840112156101e95782359167ffffffffffffffff83116101e9576020808501948460051b0101116101e957565b90601682101561201b5752565b634e487b7160e01b5f52602160045260245ffd5b6004111561201b57565b64ffffffffff608060c06102409380516120528161202f565b865283602082015116602087015265ffffffffffff1960408201511660408701526001600160a01b0360608201511660608701526120d6838201518488019064ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b61212960a082015161012088019064ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b01516001600160a01b038151166101c08601526001600160a01b036020820151166101e0860152826040820151166102008601526001600160a01b03606082015116610220860152015116910152565b90602080835192838152019201905f5b8181106121965750505090565b909192602060c060019286516001600160a01b0381511682526001600160a01b0384820151168483015260ff604082015116604083015264ffffffffff606082015116606083015264ffffffffff608082015116608083015260a064ffffffffff199101511660a08201520194019101919091612189565b6084359060ff821682036101e957565b6064359060ff821682036101e957565b60609060031901126101e9576004356001600160a01b03811681036101e957906024356001600160a01b03811681036101e9579060443590565b9060606003198301126101e95760043567ffffffffffffffff81116101e95760c081840360031901126101e9576004019160243567ffffffffffffffff81116101e957816122b891600401611faf565b929092916044359067ffffffffffffffff82116101e9576122db91600401611faf565b9091565b60a0810190811067ffffffffffffffff8211176122fb57604052565b634e487b7160e01b5f52604160045260245ffd5b6060810190811067ffffffffffffffff8211176122fb57604052565b6040810190811067ffffffffffffffff8211176122fb57604052565b60c0810190811067ffffffffffffffff8211176122fb57604052565b60e0810190811067ffffffffffffffff8211176122fb57604052565b90601f8019910116810190811067ffffffffffffffff8211176122fb57604052565b5f5b8281106123af57505050565b6020906040516123be81612347565b5f81525f838201525f60408201525f60608201525f60808201525f60a082015281840152016123a3565b604051906123f5826122df565b815f81525f60208201525f6040820152608061010091604051612418848261237f565b61242284826123a1565b606082015260405192612435818561237f565b3684370152565b903590601e19813603018212156101e9570180359067ffffffffffffffff82116101e9576020019181360383136101e957565b90821015612486576122db9160051b81019061243c565b634e487b7160e01b5f52603260045260245ffd5b9060088110156124865760051b0190565b67ffffffffffffffff81116122fb5760051b60200190565b51601681101561201b5790565b80518210156124865760209160051b010190565b601682101561201b5752565b9496979190925f936060968a8a03612bd7576001600160a01b031696875f525f60205260405f205415612bc65760088a1015612bb5575061252f6123e8565b96875260018901808a1161171157806040890152602088015261255460608201612c74565b9261255e826143f7565b924683351480612b98575b80612b8a575b5f901580612b41575b612b27575b506125899184866152b7565b5f901580612ade575b612ac1575b508064ffffffffff6125c360406125bb6125b560c08597018661243c565b906153dc565b930135615598565b6001600160a01b03604051966125d888612347565b1680875260208701525f604087015216606085015216608083015264ffffffffff191660a08201526060850151525f5b86811015612962576001810190818111611711578060051b8501359160fe19863603018312156101e95761263d828b8a61246f565b61264e6060868a9794970101612c74565b9161265d6080828b0101612c74565b95612669828b01614363565b928b86848d01354614858e82612942575b505080612932575b15806128dd575b6128c5575b848d61269e60a083830101612c74565b6001600160a01b03808651169116141580612867575b61284b575b6126f6936001600160a01b0396929360ff67ffffffffffffffff6126e660c08b9a986126ef970101613002565b161115916151d5565b86886152b7565b97169316928084145f14612842578a600a975b15806127d0575b64ffffffffff928760019a6127ab999897969486946127b2575b5050508c61276260406127476125b560e08886010188860161243c565b9560ff61275860c083870101613002565b1693010135615598565b916040519761277089612347565b88526020880152604087015216606085015216608083015264ffffffffff191660a08201526060890151906127a5838361249a565b5261249a565b5001612608565b6127c89260806127c392015161249a565b6124e4565b865f8f61272a565b506080016127e76127e287835161249a565b6124c3565b90601682101561201b578c9115908115612802575b50612710565b61281992506127e29150968096959493975161249a565b90601682101561201b57601688101561201b57939492939192908b90881064ffffffffff6127fc565b8a600b97612709565b5050608061285a92015161249a565b600290528b86848d6126b9565b5050505060800161287c6127e288835161249a565b601681101561201b57848d8f938a931590811561289a575b506126b4565b9150506128ae93506127e29291505161249a565b601681101561201b5786848d8f936002105f612894565b60806128d292015161249a565b600190528b8661268e565b50506080016128f06127e288835161249a565b601681101561201b578d9188911590811561290c575b50612689565b61291d93506127e29291505161249a565b601681101561201b57868d916001105f612906565b5043858e01604001351115612682565b612950925001602001612c74565b6001600160a01b03163014858e61267a565b509350945050915060016040830151148015612a97575b612a5f575b906129888161315d565b602081015190612997826124ab565b916129a5604051938461237f565b8083526129b4601f19916124ab565b01366020840137608001815f5b8351811015612a58576129e56129db6127e283865161249a565b6127c383876124d0565b6129f26127e282866124d0565b601681101561201b57151580612a29575b612a10575b6001016129c1565b94506001612a216127e287866124d0565b959050612a08565b50601686101561201b57851580612a035750612a486127e282866124d0565b601681101561201b578611612a03565b5092915050565b606082015160208301515f19810190811161171157612a896001600160a01b0391612a929361249a565b51511683613025565b61297e565b50606082015160208301515f1981019190821161171157612abb91611bff9161249a565b15612979565b612acf90608089015161249a565b600c905264ffffffffff612597565b50608088018051612aee906124c3565b601681101561201b5715908115612b06575b50612592565b51915050612b13906124c3565b601681101561201b575f90600c105f612b00565b612b359060808b015161249a565b6001905261258961257d565b5060808a018051612b51906124c3565b601681101561201b5715908115612b69575b50612578565b51915050612b76906124c3565b601681101561201b575f906001105f612b63565b50436040840135111561256f565b50612ba560208401612c74565b6001600160a01b03163014612569565b9950505050945050505050600f9190565b995050505094505050505060159190565b8a8a6329bada5160e11b5f5260045260245260445ffd5b60405190612bfb826122df565b5f6080838281528260208201528260408201528260608201520152565b60405190612c2582612363565b815f81525f60208201525f60408201525f6060820152612c43612bee565b6080820152612c50612bee565b60a082015260c0612c5f612bee565b910152565b9190811015612486576060020190565b356001600160a01b03811681036101e95790565b90612cbd612c95836124ab565b612ca2604051918261237f565b83815260208194612cb5601f19916124ab565b0191016123a1565b565b604051906080820182811067ffffffffffffffff8211176122fb576040525f6060838281528260208201528260408201520152565b6001600160a01b0316805f525f602052612d178260405f20600281015490613f79565b80612d4957505f5260016020526001600160a01b0360405f2091165f5260205264ffffffffff600160405f2001541690565b60b01c64ffffffffff1692915050565b6001600160a01b03916040519083602083019360a08552600a60c08501527f77616d702e7265616c6d0000000000000000000000000000000000000000000060e085015246604085015230606085015216608083015260a082015260e08152612dc46101008261237f565b5190201690565b91908110156124865760051b0190565b6001600160a01b0390612dec612c18565b50165f525f60205260405f2080549060ff821691612e098361202f565b6001600160a01b03600183015416612e24600284015461452b565b90612e32600385015461452b565b9260405195612e4087612363565b612e498161202f565b865264ffffffffff8160081c16602087015265ffffffffffff191660408601526060850152608084015260a083015264ffffffffff600660405192612e8d846122df565b6001600160a01b0360048201541684528260058201546001600160a01b038116602087015260a01c16604085015201546001600160a01b038116606084015260a01c16608082015260c082015290565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f7e3ad238e1aa593dc51fcd016c5ed8ac60b7a68f705b123e1a176909550a9e4460408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a082015260a08152612f6f60c08261237f565b51902090565b6001600160a01b031690815f525f60205260405f2091825415612f955750565b6347d6f45160e01b5f5260045260245ffd5b90612fb182612f75565b916001600160a01b036001840154163303612fc95750565b6001600160a01b03907f4d3a1dd8000000000000000000000000000000000000000000000000000000005f52166004523360245260445ffd5b3567ffffffffffffffff811681036101e95790565b5f1981146117115760010190565b6001600160a01b038151165f525f60205260405f206020820160028201549160608401945b6008835110156131195761306a816001600160a01b0387511686856155b9565b8015613154576130799061452b565b906131056001600160a01b03808451169216918281149260ff60208601511664ffffffffff60608701511664ffffffffff60808801511691865f14613121575f935b604051956130c887612347565b8652602086015260408501526060840152608083015264ffffffffff191660a082015288518651916130f983613017565b88526127a5838361249a565b5061311957516001600160a01b031661304a565b505050505050565b6001600160a01b038c51165f52600160205260405f20845f5260205260405f20600164ffffffffff1991015416936130bb565b50505050505050565b60208101805190925f19820182811161171157801561377b576131808185615601565b606084016001600160a01b03602080835101510151166001600160a01b036020835151015116141580613730575b61371f575b64ffffffffff606060208351015101511664ffffffffff6060835151015116105f90806136d6575b6136be575b5060015b8281106134b957505f5b86518110156134b05761320281835161249a565b5161320d828861380b565b906001600160a01b0382511615158061345f575b613448575b64ffffffffff608082015116421015806133f7575b6133e0575b8483146133d557606064ffffffffff9101511664ffffffffff6020830151161180613384575b61336d575b600182119081613357575b6040810191600183516132888161202f565b6132918161202f565b1492519061329e8261202f565b6132a78261202f565b1561333f575081613331575b505b15806132e0575b6132c9575b6001016131ee565b6132d781608088015161249a565b601490526132c1565b50608086016132f36127e283835161249a565b601681101561201b5782901591821561330e575b50506132bc565b61331e9250906127e2915161249a565b601681101561201b57601410815f613307565b60609150015115155f6132b3565b9050811561334e575b506132b5565b9050155f613348565b9050600119860184811161171157821490613276565b61337b82608089015161249a565b6012905261326b565b50608087016133976127e284835161249a565b601681101561201b578390159182156133b2575b5050613266565b6133c29250906127e2915161249a565b601681101561201b57601210825f6133ab565b505050505092505050565b6133ee8360808a015161249a565b60119052613240565b506080880161340a6127e285835161249a565b601681101561201b57849015918215613425575b505061323b565b6134359250906127e2915161249a565b601681101561201b57601110835f61341e565b6134568360808a015161249a565b60109052613226565b50608088016134726127e285835161249a565b601681101561201b5784901591821561348d575b5050613221565b61349d9250906127e2915161249a565b601681101561201b57601010835f613486565b50505092505050565b6134c481835161249a565b51825190600183019182841161171157826134de9161249a565b516135046134fc836001600160a01b03602081835116920151161490565b15858b615249565b6001600160a01b038251166001600160a01b0360208301511614158061366d575b613656575b64ffffffffff60608201511664ffffffffff6060840151161080613605575b6135ee575b61356d60ff60408060039501519301928184511619161615858b6151d5565b5116158061359d575b613584575b506001016131e4565b61359290608088015161249a565b600e9052600161357b565b50608087016135b06127e283835161249a565b601681101561201b578290159182156135cb575b5050613576565b6135db9250906127e2915161249a565b601681101561201b57600e10815f6135c4565b6135fc8460808b015161249a565b6006905261354e565b50608089016136186127e286835161249a565b601681101561201b57859015918215613633575b5050613549565b6136439250906127e2915161249a565b601681101561201b57600610845f61362c565b6136648460808b015161249a565b6005905261352a565b50608089016136806127e286835161249a565b601681101561201b5785901591821561369b575b5050613525565b6136ab9250906127e2915161249a565b601681101561201b57600510845f613694565b6136cc90608087015161249a565b600990525f6131e0565b506080860180516136e6906124c3565b601681101561201b57159081156136fe575b506131db565b5191505061370b906124c3565b601681101561201b575f906009105f6136f8565b6080850151602001600890526131b3565b50608085018051613743906020016124c3565b601681101561201b571590811561375b575b506131ae565b5161376991506020016124c3565b601681101561201b576008105f613755565b506080929092018051929350915f9150613794906124c3565b601681101561201b571580156137bd575b6137ad575050565b6137b7915161249a565b60049052565b505080516137ca906124c3565b601681101561201b575f906004106137a5565b91908260409103126101e957815160048110156101e95760209092015164ffffffffff811681036101e95790565b919091613816612cbf565b9261382581606084015161249a565b5190801590811580613a5c575b80613a3c575b613a365761384e6001600160a01b039185615779565b16855264ffffffffff6138766001600160a01b038551166001600160a01b0385511690612cf4565b16602086015280613a29575b613a25576001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016906001600160a01b0381511690604051916397a5d5b560e01b83526004830152604082602481865afa80156139cd576020925f905f92613a03575b506138f58161202f565b1515806139e9575b6139d8575b50019160406001600160a01b0384511660248251809581936397a5d5b560e01b835260048301525afa80156139cd576001600160a01b03925f9161399d575b5061394b8161202f565b604086015251165f5260016020526001600160a01b038060405f20925116165f5260205260405f2054600160ae1b81161515908161398e575b5015156060830152565b600160af1b915016155f613984565b6139bf915060403d6040116139c6575b6139b7818361237f565b8101906137dd565b505f613941565b503d6139ad565b6040513d5f823e3d90fd5b64ffffffffff16828701525f613902565b5064ffffffffff838801511664ffffffffff8216116138fd565b9050613a1e915060403d6040116139c6576139b7818361237f565b905f6138eb565b5050565b5060408201511515613882565b50505050565b50613a57836001600160a01b03602081835116920151161490565b613838565b506001810180821161171157602085015114613832565b9391613a809391856147a5565b613a875750565b613a9b60406001600160a01b039201612c74565b7f8c9ffd95000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b92939194906001600160a01b03811694855f52600160205260405f206001600160a01b0382165f5260205260405f209182549081151580613c72575b15613bf457613b1f90838a6001600160a01b038516928a6158cb565b15613bb757600160af1b8116613bab57613ba69760ff956001600160a01b0394600160af1b86941790555b604051987f74715d098bee08afbd6ad7d90d01886a6b082efd9df8a03b3ef1e0ec8537140460208b015260408a015260608901521660808701525f60a08701521660c08501521660e083015260e082526105436101008361237f565b600190565b50505050505050505f90565b6001600160a01b038886897f4509e6d7000000000000000000000000000000000000000000000000000000005f526004526024521660445260645ffd5b979492505050613c0f5f968464ffffffffff19841691614751565b5f52600260205260405f209564ffffffffff875416613c6757865464ffffffffff431665ffffffffffff1990911665ff0000000000602886901b161717909655613ba69560ff936001600160a01b0392839190613b4a565b505050505050505f90565b50600184015464ffffffffff19878116911614613b03565b909392916001600160a01b03613c9f86612c74565b16158015613f5c575b613f3857613cb860408601613002565b67ffffffffffffffff81169060ff8211613f255760011615613efa576020860191613ce283613002565b67ffffffffffffffff43911611613ed1576060870164ffffffffff613d0a6125b5838b61243c565b169442861115613eb557613e099189916001600160a01b03613d48613d41613d3186612c74565b94613d3b8b613002565b9661243c565b369161432d565b6020815191012091816040519467ffffffffffffffff60208701977fc0c557c364444bdd56d8ee0ec1d8b9cdb815bc22106133a9fd6b66269f42f8d38952466040890152306060890152166080870152168060a086015260c08501521660e0830152856101008301526101208201526101208152613dc86101408261237f565b5190206042906040519061190160f01b82527f43ee3bbb34d5e4fa65e905c83d5090865207639e2d8ba48cd446faca6f961b7b600283015260228201522090565b946001600160a01b03613e1b89612c74565b163314159182613e99575b5050613e705767ffffffffffffffff613e4c613e46613e6d969798612c74565b93613002565b16919091926001600160a01b039060d81b9360b01b9260a01b911617171790565b91565b6001600160a01b0384613e8288612c74565b906310c9e73960e21b5f526004521660245260445ffd5b613ead925086613ea88a612c74565b6152b7565b155f80613e26565b85630a72ee0b60e21b5f5260045264ffffffffff60245260445ffd5b67ffffffffffffffff613ee384613002565b6308dda2f360e01b5f52166004524360245260445ffd5b7f71cf7181000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b5063234c47bf60e21b5f5260045260245ffd5b6001600160a01b03613f4986612c74565b632edc489160e21b5f521660045260245ffd5b50613f6685612c74565b6001600160a01b03808416911614613ca8565b9291926001600160a01b035f941691826001600160a01b03821614613fc257600160ad1b16613fa6575050565b6003015492506001600160a01b03831603613fbd57565b5f9150565b93505050565b9493919492909285421161409c5762093a804201958642116117115786811161406c57506140399394955060426001600160a01b03821695865f52600360205260405f206001815401905561401b612edd565b906040519161190160f01b83526002830152602282015220906152b7565b156140415750565b7fe82a42ff000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b86907f3a87d8f0000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b857f15642292000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b906001600160a01b03604051927f89f2f73e000000000000000000000000000000000000000000000000000000008452168060048401526020836024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9283156139cd575f93614176575b505f19831461414b5750565b7fe356d5aa000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b9092506020813d6020116141a2575b816141926020938361237f565b810103126101e95751915f61413f565b3d9150614185565b6001600160a01b03909392931690815f52600160205260405f206001600160a01b0382165f5260205260405f20938454946001600f8760a81c161480614302575b1580156142e9575b6142c957600160af1b86166142b657600160ae1b861661427d57600160ae1b612cbd9596179055825f525f6020526001600160a01b0360405f2092604051947f1c5e90be299d4adbc92718523b78eb37f6aceff20ccf42c0d42196a8d56a7bbc602087015260408601521660608401525f608084015260a083015260a082526108b660c08361237f565b6001600160a01b0383857fa6d56d23000000000000000000000000000000000000000000000000000000005f526004521660245260445ffd5b506344d80a4360e01b5f5260045260245ffd5b6001600160a01b038385633d97394960e21b5f526004521660245260445ffd5b50600181015464ffffffffff19838116911614156141f3565b5060038660a01c1615156141eb565b67ffffffffffffffff81116122fb57601f01601f191660200190565b92919261433982614311565b91614347604051938461237f565b8294818452818301116101e9578281602093845f960137010152565b6101206143f49161437a613d4160e083018361243c565b6020815191012060e0604051927fc0c557c364444bdd56d8ee0ec1d8b9cdb815bc22106133a9fd6b66269f42f8d384526020840137610100820152206042906040519061190160f01b82527f43ee3bbb34d5e4fa65e905c83d5090865207639e2d8ba48cd446faca6f961b7b600283015260228201522090565b90565b6143f49061440760208201612c74565b9061441460608201612c74565b9067ffffffffffffffff61442a60a08301613002565b608061443c613d4160c086018661243c565b60208151910120936001600160a01b03604051968160208901997f158911a349ced51714c94e52e73209a19e10d8527527721c624c24cd03fd4ee28b52843560408b01521660608901526040830135848901521660a0870152013560c08501521660e08301526101008201526101008152613dc86101208261237f565b9064ffffffffff8260b01c168111156145275760ff60a01b82166001600160a01b0383161775ff00000000000000000000000000000000000000000083161760b09190911b177fffffffffff0000000000000000000000000000000000000000000000000000009091161790565b5090565b614533612bee565b5060405190614541826122df565b6001600160a01b038116825260ff8160a01c16602083015260ff8160a81c16604083015264ffffffffff8160b01c16606083015260d81c608082015290565b919061010065ffffffffffff9160a0840184805181010390600164ffffffffff8460081c16018152841983168652602082018620956080810151926060820151926020604084015193015191607f190190a401169065ffffffffffff1916179055565b919061010065ffffffffffff916080840184805181010394600164ffffffffff8460081c16018252841983168152602086018120956060820151926020604084015193015191605f190190a301169065ffffffffffff1916179055565b6001600160a01b03168033141580614689575b61465a5750565b7ff5c5082a000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b506040517fd3a2b2100000000000000000000000000000000000000000000000000000000081528160048201526020816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa80156139cd575f90614708575b6001600160a01b03915016331415614653565b506020813d602011614749575b816147226020938361237f565b810103126101e957516001600160a01b03811681036101e9576001600160a01b03906146f5565b3d9150614715565b916001600160a01b036040519281602085019516855216604083015264ffffffffff1916606082015260608152612f6f60808261237f565b9064ffffffffff8091169116019064ffffffffff821161171157565b9293949091945f60a0525f6080525f6080526147c360608501612c74565b6147cf60208601612c74565b610160526147df60408601612c74565b946001600160a01b0386161580156151ba575b61519e576001600160a01b0361016051166001600160a01b03871614615166576001600160a01b0382165f525f60205260405f2061012052610120515490811561514a57600261012051015460e0526148518760e05161012051613f79565b6151155761486160608201612c74565b6101005261487160208201612c74565b9761487e60808301613002565b9782359860ff67ffffffffffffffff8216116150f857600181166150b857438435116150a0576148b88b6101005160e051610120516155b9565b610140526101405115615084576101405160a01c600360ff821691161561504f5767ffffffffffffffff811983161661501657506101405160a81c600f1660c08190526001810110611711576006600160c0510111614ff95764ffffffffff6149276125b560a087018761243c565b169064ffffffffff8214614feb575b428211801590614fdc575b614fbf579061498b91859d9b939d9c989c359067ffffffffffffffff600160c0510191168a909192936001600160a01b039060d81b9460b01b9360a81b9260a01b91161717171790565b95600160c05101915b6101405115614fa357600160af1b6101405116614f6e576101405160d81c42811115614f36575064ffffffffff6101405160b01c168110614efa576001600160a01b0382166001600160a01b03610140511614614b46576101405160a81c600f16600103614b0a57600160ae1b610140511615614ae557614a14826140c8565b915b828210614aaa575050508015611711575f1901998a15614a7d576001600160a01b0361014051169964ffffffffff6101405160b01c1699614a6d6001600160a01b0361014051166101005160e051610120516155b9565b61014052999b919b9a909a614994565b600260c0510180600160c05101116117115763c5e0f6a560e01b5f52600452600160c0510160245260445ffd5b6001600160a01b03907f5676299e000000000000000000000000000000000000000000000000000000005f521660045260245260445260645ffd5b6001600160a01b0382633d97394960e21b5f528161010051166004521660245260445ffd5b6001600160a01b0361010051165f52600160205260405f206001600160a01b0383165f5260205264ffffffffff600160405f2001541691614a16565b505050929598919497909396614bf06101208996614b6a613d4160a083018361243c565b6020815191012060a0604051927fc0c557c364444bdd56d8ee0ec1d8b9cdb815bc22106133a9fd6b66269f42f8d384524660208501523060408501526060840137610100820152206042906040519061190160f01b82527f43ee3bbb34d5e4fa65e905c83d5090865207639e2d8ba48cd446faca6f961b7b600283015260228201522090565b60a052614c0b64ffffffffff1960a051166101605189614751565b5f52600260205264ffffffffff60405f205416614ee5576001600f8960a81c1614998a614ed4575b8a6001600160a01b0389165f52600160205260405f206001600160a01b0386165f5260205260405f20998a549182614d4f575b50505090614c7a9160a051610160516152b7565b15614d2a57612cbd96614cad6001926001600160a01b039560ff8916614c9f8161202f565b8660a05191610120516159af565b8481550164ffffffffff1960a0511664ffffffffff82541617905581604051957fc054c4d83f99dcf45de61234f5849a80e5abb9b4dfc97e3853116d5fe1c0871a60208801521660408601521660608401525f608084015260a05160a084015260c083015260c08252614d2160e08361237f565b610120516145e3565b6310c9e73960e21b5f5260a0516004526001600160a01b03610160511660245260445ffd5b64ffffffffff8260b01c1664ffffffffff8460b01c169081811115614ebf5750506001600160a01b0361016051166001600160a01b038416141580614ea5575b614e6757600160af1b831615614e2957505090614e20614dcb614c7a94936001600160a01b038d600164ffffffffff199101541691168c614751565b60ff60405191614dda8361232b565b4364ffffffffff90811684525f6020808601828152938252600290526040902093518454925165ffffffffffff19909316911617911660281b65ff000000000016179055565b90915f80614c66565b909181614e57575b50614e42575b5090614c7a91614e20565b6001608052600160ae1b179550614c7a614e37565b600160ae1b91501615155f614e31565b6001600160a01b03837f5a323e4e000000000000000000000000000000000000000000000000000000005f528161016051166004521660245260445ffd5b506001600160a01b03600161012051015416331415614d8f565b633315259160e01b5f5260045260245260445ffd5b995060038860a01c16151599614c33565b6344d80a4360e01b5f5260a05160045260245ffd5b7f6545a662000000000000000000000000000000000000000000000000000000005f5260045264ffffffffff6101405160b01c1660245260445ffd5b6001600160a01b03837f78290444000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b6001600160a01b03827f22f9bf4b000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b6001600160a01b03826337146b0b60e21b5f521660045260245ffd5b50630a72ee0b60e21b5f526004526101405160d81c60245260445ffd5b506101405160d81c8211614941565b6101405160d81c9150614936565b63c5e0f6a560e01b5f52600160c05101600452600660245260445ffd5b67ffffffffffffffff827f2b6d7314000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b6001600160a01b038c7f0eef7661000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b6001600160a01b038b6337146b0b60e21b5f521660045260245ffd5b836308dda2f360e01b5f52356004524360245260445ffd5b6001600160a01b036150cc60408601612c74565b7fc9645ce6000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b67ffffffffffffffff9063234c47bf60e21b5f521660045260245ffd5b6001600160a01b03877f15548680000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b6001600160a01b03836347d6f45160e01b5f521660045260245ffd5b7ffc5b0413000000000000000000000000000000000000000000000000000000005f526001600160a01b03610160511660045260245ffd5b6001600160a01b0386632edc489160e21b5f521660045260245ffd5b506001600160a01b0382166001600160a01b038716146147f2565b9115806151f8575b6151e5575050565b60806151f292015161249a565b60079052565b506080820161520b6127e283835161249a565b601681101561201b57829015918215615226575b50506151dd565b6152369250906127e2915161249a565b601681101561201b57600710815f61521f565b911580615266575b615259575050565b60806137b792015161249a565b50608082016152796127e283835161249a565b601681101561201b57829015918215615294575b5050615251565b6152a49250906127e2915161249a565b601681101561201b57600410815f61528d565b906152c3848483615a53565b506152cd8161202f565b1590816153c6575b506153bd57813b156153b5578361533660845f969587966040519485926020840197630b135d3f60e11b89526024850152604060448501528160648501528484013787838284010152601f801991011681010301601f19810183528261237f565b51916207a120fa3d156153ae573d61534d81614311565b9061535b604051928361237f565b81523d5f602083013e5b816153a2575b81615374575090565b630b135d3f60e11b915060208151910151906020811061539357501490565b5f199060200360031b1b161490565b8051602014915061536b565b6060615365565b505050505f90565b50505050600190565b90506001600160a01b038084169116145f6152d5565b9190915f9060098410801561552d575b615521576009915b84831015613fc25782820135907fff0000000000000000000000000000000000000000000000000000000000000082167f3b0000000000000000000000000000000000000000000000000000000000000081146155195764ffffffffff8216158061550c575b600360fc1b82109182156154e2575b5081156154da575b5080156154d0575b6154c75764ffffffffff600a91160264ffffffffff8116908103611711576154ae64ffffffffff91602f199360f81c90614789565b160164ffffffffff8111611711576001909201916153f4565b505f9450505050565b5060158414615479565b90505f615471565b7f39000000000000000000000000000000000000000000000000000000000000001091505f615469565b50600360fc1b811461545a565b509450505050565b5064ffffffffff925050565b7fffffffffffffffffff00000000000000000000000000000000000000000000007f6e6f7441667465723d000000000000000000000000000000000000000000000091833582811691615584575b501614156153ec565b828092508860090360031b1b16165f61557b565b64ffffffffff8111156155af575064ffffffffff90565b64ffffffffff1690565b926155c79181939594613f79565b9283156155d2575050565b6001600160a01b0391929350165f5260016020526001600160a01b0360405f2091165f5260205260405f205490565b61560f82606083015161249a565b51906001600160a01b038151165f525f60205261564260405f2060028101546001600160a01b0360208601511691613f79565b9061565d836001600160a01b03602081835116920151161490565b158015615771575b6156c85761569590839464ffffffffff606060809601511664ffffffffff8560b01c16101591826156b057615249565b60d81c910164ffffffffff81511682106156ad575050565b52565b915060ff60408701511660ff8560a01c161491615249565b9190506008602083015114908161574f575b5015615745576080600f915b016156f56127e284835161249a565b601681101561201b5715801561571d575b61570f57505050565b612cbd926127c3915161249a565b5061572c6127e284835161249a565b601681101561201b57601683101561201b578210615706565b60806004916156e6565b61576a91506001600160a01b03602081835116920151161490565b155f6156da565b508115615665565b6060810161578883825161249a565b51926001600160a01b038351165f52600160205260405f2060208501906001600160a01b0380835116165f5260205260405f209460a0600187015491019564ffffffffff19875116809264ffffffffff191614806158bb575b6158a75750615806906001600160a01b038651166001600160a01b0384511690614751565b5f52600260205264ffffffffff60405f20541661589557509260208301935b845181101561588c576001600160a01b0361584182855161249a565b5151166158636001600160a01b038651168264ffffffffff1986511691614751565b5f52600260205264ffffffffff60405f2054166158835750600101615825565b94505050505090565b50505050505f90565b516001600160a01b0316949350505050565b546001600160a01b03169695505050505050565b50600160af1b81541615156157e1565b9093916001600160a01b0316926001600160a01b038316841490811561599c575b506153bd576001600160a01b036001820154168314908115615985575b5061597d57916001600160a01b035f9116925b600682108061596b575b156153b557835f5260016020526001600160a01b0360405f2091165f526020526001600160a01b0360405f205416908183146153bd5761596590613017565b9061591c565b506001600160a01b0381161515615926565b505050600190565b6001600160a01b039150600201541682145f615909565b6001600160a01b0391501683145f6158ec565b90949293946159bd8161202f565b60018114613119576002906159d18161202f565b03615a3e5750905b6001600160a01b0382169383853314159384615a2a575b505050506159fc575050565b7fc13180e2000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b615a3494506152b7565b155f8083816159f0565b6001600160a01b0391506001015416906159d9565b9060418303615a7d57615a769250602081013591604082359201355f1a90615a87565b9192909190565b50505f9160029190565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411615afe579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa156139cd575f516001600160a01b03811615615af457905f905f90565b505f906001905f90565b5050505f916003919056fea2646970667358221220139c677e2275d3eae94391f297ff35c5b54810de9aa1c027ede5a8221767c6fb64736f6c63430008250033" as const

/** Byte position in the bytecode where the code of a RealmRegistry begins; it goes on to the end. */
export const realmRegistryCodeStart = 152 as const

/** Byte positions in that code of the 32-byte words that hold the OperatorRegistry's address, zero in the bytecode. */
export const operatorRegistryPositions = [
 453,
 14480,
 16655,
 18118
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
