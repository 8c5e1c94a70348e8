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

export const realmRegistryBytecode = "0x60a03461007f57601f615bc238819003918201601f19168301916001600160401b038311848410176100835780849260209460405283398101031261007f57516001600160a01b038116810361007f57608052604051615b2a908161009882396080518181816101c50152818161383c01528181613ffa01526141cc0152f35b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe6102806040526004361015610012575f80fd5b5f3560e01c806310df76b814611dc5578063117127cd14611d27578063199eac1b14611c1c5780631be7db6b146118825780632c25e1521461182257806333711c9c14611783578063374140fb146116e9578063475e585f1461149e5780634edc65ff14611463578063523139f8146113b8578063553cf7de146112f0578063553eaccb146112b05780635c3dcb10146112935780635fa8f4c41461125457806366b0546a146110235780636ce3f3c714610f1d5780636f0e530f14610f005780637179846d14610d6c5780637ecebe0014610d345780638bdd36e014610d0e578063913318a614610b8f578063a6cbbd6114610b57578063b614581414610ae4578063c286311914610a13578063c89ec68a146108be578063c90db44714610816578063cd6f3ad1146107e3578063d4e215e1146107c9578063da1058dc1461079f578063de7beb4714610678578063eefbeb04146105cd578063f480dd7e1461043e578063f698da251461041c578063fc898721146102b3578063fec1949b146101ed5763ff677c7b146101a6575f80fd5b346101e9575f3660031901126101e95760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b5f80fd5b346101e95760403660031901126101e95760043567ffffffffffffffff81116101e95761021e903690600401611f5a565b9060243567ffffffffffffffff81116101e95761023f903690600401611f5a565b9283810361029c57913681900360be1901905f5b8481101561029a578060051b82013590838212156101e95761029460019261027c838a89612424565b61028a858c8b959495612424565b9390928801613a1f565b01610253565b005b83906329bada5160e11b5f5260045260245260445ffd5b346101e95760403660031901126101e9576102cc611eea565b6024359060048210156101e9576102e281612f5c565b9182549060ff8216916102f483611fac565b6102fd83611fac565b61030682611fac565b828211156103e657916101009165ffffffffffff9361032483611fac565b61032d82611fac565b8260ff8316911818916040519060208201927f3bb946e5aebeeb25bb0b3e00c39f109afcb4bf9bd6a4981c0200805fd90a762684526001600160a01b03604084019816885260608301915f835261038381611fac565b608084015261039181611fac565b60a083015260a082526103a560c083612334565b81805181010391600164ffffffffff8660081c160182528619851681526020830190209651925191603f190190a265ffffffffffff19909316920116179055005b50916001600160a01b03906356620e9360e01b5f521660045261040881611fac565b60245261041481611fac565b60445260645ffd5b346101e9575f3660031901126101e9576020610436612e92565b604051908152f35b346101e95760203660031901126101e957610457611eea565b61046081612f2a565b906004820191600681015464ffffffffff8160a01c169081156105a5576001600160a01b0316803303610576575080421061054b575082546001600160a01b0319168355600290920180546001600160c81b031916905561029a91600181016001600160a01b03815416906001600160a01b0333166001600160a01b03198254161790556001600160a01b03604051937f0c6cc6ef6af1a600d67d435df59d06a6d4d17f24144ed7d551cf10b75cbcc079602086015216604084015260608301523360808301525f60a0830152600160c083015260c0825261054360e083612334565b80549061463d565b7f467fc663000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7fd1637658000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b7f31adcd00000000000000000000000000000000000000000000000000000000005f5260045ffd5b346101e9576105ff6105de3661221d565b916105ee60408697959601612c29565b946105f886614185565b5086614751565b9060805160a0519215610643576001600160a01b0382163314908161063a575b5061062657005b610635606061029a9401612c29565b614267565b9050158461061f565b6001600160a01b03827f25b72c7c000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b346101e95760e03660031901126101e957610691611eea565b610699611f00565b906106a2611f16565b606435926106ae61218b565b9160a4359160c4359467ffffffffffffffff86116101e95761077887946106dc610786983690600401611f2c565b916001600160a01b038616805f52600360205260405f20546040519060208201927f70623759c98b38392b917e3e1987baea1ecf7d23c17c01bdcef05130a79d7f0284526001600160a01b038916604084015260608301526001600160a01b038a1660808301528a60a083015260ff8c1660c083015260e082015282610100820152610100815261076f61012082612334565b51902086614085565b61078181612f2a565b613a73565b1561078d57005b6344d80a4360e01b5f5260045260245ffd5b346101e95761029a6107b0366121e3565b916107ba82613f74565b6107c382614185565b50614267565b346101e95761029a6107da3661221d565b93929092613a1f565b346101e95760203660031901126101e957610260610807610802611eea565b612d90565b6108146040518092611fb6565bf35b346101e95760203660031901126101e95761082f611eea565b61083881612f5c565b906001600160a01b036006830154169182156105a5576006810180546001600160c81b031916905561029a926001600160a01b03604051937f0e7045466d20fb8fc1556f56d95ca6d6275168bded5fc54cf7364dc8f9fd06ce602086015216604084015260608301525f6080830152608082526108b660a083612334565b8054906146a0565b346101e95760403660031901126101e9576108d7611eea565b6108df611f00565b906108e981612f2a565b6005810154926001600160a01b0384168033036109e457506001600160a01b03169283156109bc5761029a9361092c64ffffffffff809360a01c16834216614735565b60068401805464ffffffffff60a01b1984166001600160c81b03199091161760a083901b64ffffffffff60a01b16179055906001600160a01b03604051957fed4b7262c6c735140ba8d8741a5a98dddb819f90291b79db0525042f11c03033602088015216604086015233606086015260808501525f60a08501521660c083015260c0825261054360e083612334565b7fd0ff2cd9000000000000000000000000000000000000000000000000000000005f5260045ffd5b7fc3a4c37a000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b346101e95760803660031901126101e957610a2c611eea565b60243567ffffffffffffffff81116101e957610a4c903690600401611f5a565b9160443567ffffffffffffffff81116101e957610a6d903690600401611f5a565b916064359160ff831683036101e957838603610acd57610a8c82612f2a565b5f5b858110610a9757005b80610ac686610ab1610aac6001958d8d612d80565b612c29565b610abc848b89612d80565b3590338988613a73565b5001610a8e565b85846329bada5160e11b5f5260045260245260445ffd5b346101e957610b17610af5366121e3565b5f6020604051610b04816122e0565b828152015264ffffffffff1916916146fd565b5f5260026020526040805f2060ff825191610b31836122e0565b5481602064ffffffffff831694858152019160281c168152835192835251166020820152f35b346101e95760403660031901126101e9576020610b7e610b75611eea565b60243590612d0e565b6001600160a01b0360405191168152f35b346101e95760603660031901126101e957610ba8611eea565b610bb0611f00565b9060443564ffffffffff81168082036101e957610bcc83612f5c565b9162093a808210159485610cff575b6001600160a01b03169182159586159081610cf6575b50610cbc57506005830180546001600160a01b0319168317815561029a9564ffffffffff929015610cb35750610c445f5b825464ffffffffff60a01b191660a09190911b64ffffffffff60a01b16178255565b6006840180546001600160c81b03191690555460a01c16906001600160a01b03604051947f2b4cd13c109ed0b94ed1ca1278870e888103c8f29d6010d3753bb147df9f3b03602087015216604085015260608401525f608084015260a083015260a082526108b660c083612334565b610c4490610c22565b7f52ea03cb000000000000000000000000000000000000000000000000000000005f5260045262093a806024526301e1338060445260645ffd5b90501587610bf1565b6301e133808311159550610bdb565b346101e957610786610d1f3661219b565b9183610d2c839695612f2a565b903391613a73565b346101e95760203660031901126101e9576001600160a01b03610d55611eea565b165f526003602052602060405f2054604051908152f35b346101e95760803660031901126101e95760243560048110156101e9576044359067ffffffffffffffff82116101e957608060031983360301126101e95760643567ffffffffffffffff81116101e957610dca903690600401611f2c565b610dd960049492943533612d0e565b936001600160a01b03851694855f525f60205260405f20938454610ed457610e0086611fac565b8515610eb9576020969593610436959360ff93610e209360040190613c36565b9390600184016001600160a01b0333166001600160a01b0319825416179055806002850155604051947fc8478c388bdac148bc8550629364ff5e0dba98f525befec3cbdaf67cbcbdbd09898701528760408701523360608701525f6080870152610e8983611fac565b8260a087015260c086015260e085015260e08452610ea961010085612334565b610eb281611fac565b16906146a0565b866356620e9360e01b5f526004525f6024525f60445260645ffd5b867fda510893000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b346101e9575f3660031901126101e957602060405162093a808152f35b346101e95760403660031901126101e957610f36611eea565b6001600160a01b03610f46611f00565b915f60408051610f55816122c4565b610f5d612ba3565b81528260208201520152165f5260016020526001600160a01b0360405f2091165f5260205260e060405f206001610f9482546145e8565b91015464ffffffffff604051610fa9816122c4565b8381526040602082019183851683520192821916835261100c604051809564ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b511660a08301525164ffffffffff191660c0820152f35b346101e95760403660031901126101e95761103c611eea565b60243564ffffffffff81168091036101e95761105782612f2a565b60028101918254926001600160a01b033381861614951693845f52600160205260405f206001600160a01b0333165f5260205260405f2090865f146112415760b01c64ffffffffff16955b8015808061122d575b6111fd57806111ec575b806111dc575b6111ac578684118015906111a3575b61116f5761029a9650156111585750806110ea83600160ad1b9354614576565b80915516611142575b604051927fd3c8b96ff166d2770b0f933a1270b0b883fef1eab5a2b231cbeda20953778d02602085015260408401523360608401525f608084015260a083015260a082526108b660c083612334565b60038201611151828254614576565b90556110f3565b600101805464ffffffffff191683179055506110f3565b86847f7ffa7286000000000000000000000000000000000000000000000000000000005f526004526024524360445260645ffd5b504384116110ca565b857fa1a548bd000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b506003825460a01c1615156110bb565b506001600f835460a81c16146110b5565b867f6c799953000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b50600183015464ffffffffff1916156110ab565b5064ffffffffff600182015416956110a2565b346101e95760203660031901126101e95760043567ffffffffffffffff81116101e95760e060031982360301126101e9576104366020916004016144b4565b346101e9575f3660031901126101e95760206040516276a7008152f35b346101e95760203660031901126101e95760043567ffffffffffffffff81116101e95761010060031982360301126101e957610436602091600401614420565b346101e95760a03660031901126101e957611309611eea565b611311611f00565b604435906064359260843567ffffffffffffffff81116101e95761029a946113406107ba923690600401611f2c565b916001600160a01b038616805f52600360205260405f20546040519060208201927fd803b17932c10528e9796c2a4f45c1bc0a952b858c5aea4686b47cce63a0845984526001600160a01b0389166040840152606083015289608083015260a08201528260c082015260c0815261076f60e082612334565b346101e9576113c63661219b565b9190926113d282613f74565b6001600160a01b038116805f52600160205260405f206001600160a01b0384165f5260205260405f20600160ae1b81541615908115611449575b50611429579180859261078695945f525f60205260405f20613a73565b826001600160a01b0391633d97394960e21b5f526004521660245260445ffd5b6001015464ffffffffff198781169116141590508661140c565b346101e95760403660031901126101e957602061148f611481611eea565b611489611f00565b90612ca9565b64ffffffffff60405191168152f35b346101e95760803660031901126101e9576114b7611eea565b6024359067ffffffffffffffff82116101e957608060031983360301126101e95760443567ffffffffffffffff81116101e9576114f8903690600401611f2c565b90929060643564ffffffffff8116918282036101e957611526919561151c86612f5c565b9460040186613c36565b81600285019384549164ffffffffff8160b01c169164ffffffffff8460b01c1692838111156116d257506276a70042018042116116be57808211611690575091839164ffffffffff97959361029a9b979560d81c809111611688575b504288881611908161166a575b8115611662575b8161164d575b50846001600160a01b03949596555f14611646576001600160a01b038383161660ff60a01b83161760b09190911b1785871660d81b175b600388015581604051987f1459eab08e1fc8cc7e02da24dc6a464d9c1ab40f18b6dd0bfe91963ad18b77e560208b01521660408901521660608701526001600160a01b03821660808701525f60a087015260c086015260e085015216610100830152610100825261054361012083612334565b505f6115d3565b600160ad1b1794506001600160a01b0361159c565b5f9750611596565b90506001600160a01b0381166001600160a01b03841614159061158f565b96508b611582565b907e16b5f7000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b634e487b7160e01b5f52601160045260245ffd5b8390633315259160e01b5f5260045260245260445ffd5b346101e95760a03660031901126101e957611702611eea565b61078661170d611f00565b91611716611f16565b9260643593849161172561218b565b9361172f81612f5c565b916001600160a01b0382165f52600160205260405f206001600160a01b0385165f52602052600160405f20015464ffffffffff1986169064ffffffffff1916145f1461177d57503391613a73565b91613a73565b346101e95760403660031901126101e95761179c611eea565b6117c16117a7611f00565b6001600160a01b036117b761239d565b9316835282612fcc565b6117ce6020820151612c3d565b906060015f5b825181101561180857806117eb600192845161244f565b516117f68286612485565b526118018185612485565b50016117d4565b6040516020808252819061181e908201866120f6565b0390f35b346101e95760403660031901126101e95760043567ffffffffffffffff81116101e95760c060031982360301126101e9576024359067ffffffffffffffff82116101e95761187761029a923690600401611f2c565b818193600401613a1f565b346101e95760403660031901126101e95761189b611eea565b6024359067ffffffffffffffff82116101e957366023830112156101e95781600401359067ffffffffffffffff82116101e957602483019260243691606085020101116101e957604051926118ef84612294565b5f845260208401925f84526040850194611907612bcd565b865260608101956060875260808201916060835261192361239d565b916001600160a01b038716835260088511611c04576060830195865f5b87808210611b99575050505060208301948086526040840197818952600182148015611b55575b611b22575b61197c9150438452428a52612d90565b81528451875181039081116116be5761199490612c3d565b89525f5b8951518110156119dd578651908851918183018093116116be57816119c26001946119d69361244f565b518d51906119d08383612485565b52612485565b5001611998565b5088908886516119ec81612460565b906119fa6040519283612334565b808252611a09601f1991612460565b015f5b818110611b0b57505086525f5b8751811015611a475780611a4081611a336001948a6137b7565b8a51906119d08383612485565b5001611a19565b509291611a8990611a74879360405196879660208852516020880152516040870152516060860190611fb6565b516102e06102c08501526103008401906120f6565b905190601f19838203016102e0840152602080835192838152019201905f5b818110611ab6575050500390f35b9193509160206080600192606087516001600160a01b03815116835264ffffffffff8582015116858401526040810151611aef81611fac565b6040840152015115156060820152019401910191849392611aa8565b602090611b16612c74565b82828601015201611a0c565b87515f1983019283116116be576001600160a01b03611b4761197c94611b509361244f565b51511686612fcc565b61196c565b50600182118015611967575087515f198301908382116116be57611b9391611b7c9161244f565b516001600160a01b03602081835116920151161490565b15611967565b6001600160a01b038181611bd66020611bd087611bc9610aac828d9a611bc28260019f5161244f565b519b612c19565b958b612c19565b01612c29565b8c6040611beb8864ffffffffff19938c612c19565b01351660a0860152166020840152169052018790611940565b8463c5e0f6a560e01b5f52600452600860245260445ffd5b346101e95760a03660031901126101e957611c35611eea565b6024359067ffffffffffffffff82116101e95760e060031983360301126101e95760443567ffffffffffffffff81116101e957611c76903690600401611f2c565b60649391933567ffffffffffffffff81116101e957611c99903690600401611f5a565b916084359567ffffffffffffffff87116101e957611cbe611cca973690600401611f5a565b969095600401906124a5565b90604051918291611cdf836040810192611f8b565b6040602084015281518091526020606084019201905f5b818110611d04575050500390f35b9193509160208082611d196001948851611f8b565b019401910191849392611cf6565b346101e95760403660031901126101e95761029a611d43611eea565b611d4b611f00565b6001600160a01b03611d5c83612f5c565b91600483018282166001600160a01b031982541617905581604051947fb7c4c93decd0b1f5c04fd9f8b52c56bc78c0ffd3b8068f484e3482214fe8070260208701521660408501523360608501521660808301525f60a083015260a0825261054360c083612334565b346101e95760203660031901126101e957611dde611eea565b611de781612f2a565b9060048201916001600160a01b03835416803303611ebb575082546001600160a01b03191683556005810180546001600160c81b03199081169091556002909301805490931690925561029a91600181016001600160a01b03815416906001600160a01b0333166001600160a01b03198254161790556001600160a01b03604051937f0c6cc6ef6af1a600d67d435df59d06a6d4d17f24144ed7d551cf10b75cbcc079602086015216604084015260608301523360808301525f60a08301525f60c083015260c0825261054360e083612334565b7f70d46f25000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b600435906001600160a01b03821682036101e957565b602435906001600160a01b03821682036101e957565b604435906001600160a01b03821682036101e957565b9181601f840112156101e95782359167ffffffffffffffff83116101e957602083818601950101116101e957565b9181601f840112156101e95782359167ffffffffffffffff83116101e9576020808501948460051b0101116101e957565b906016821015611f985752565b634e487b7160e01b5f52602160045260245ffd5b60041115611f9857565b64ffffffffff608060c0610240938051611fcf81611fac565b865283602082015116602087015265ffffffffffff1960408201511660408701526001600160a01b036060820151166060870152612053838201518488019064ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b6120a660a082015161012088019064ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b01516001600160a01b038151166101c08601526001600160a01b036020820151166101e0860152826040820151166102008601526001600160a01b03606082015116610220860152015116910152565b90602080835192838152019201905f5b8181106121135750505090565b909192602060c060019286516001600160a01b0381511682526001600160a01b0384820151168483015260ff604082015116604083015264ffffffffff606082015116606083015264ffffffffff608082015116608083015260a064ffffffffff199101511660a08201520194019101919091612106565b6084359060ff821682036101e957565b60809060031901126101e9576004356001600160a01b03811681036101e957906024356001600160a01b03811681036101e957906044359060643560ff811681036101e95790565b60609060031901126101e9576004356001600160a01b03811681036101e957906024356001600160a01b03811681036101e9579060443590565b9060606003198301126101e95760043567ffffffffffffffff81116101e95760c081840360031901126101e9576004019160243567ffffffffffffffff81116101e9578161226d91600401611f2c565b929092916044359067ffffffffffffffff82116101e95761229091600401611f2c565b9091565b60a0810190811067ffffffffffffffff8211176122b057604052565b634e487b7160e01b5f52604160045260245ffd5b6060810190811067ffffffffffffffff8211176122b057604052565b6040810190811067ffffffffffffffff8211176122b057604052565b60c0810190811067ffffffffffffffff8211176122b057604052565b60e0810190811067ffffffffffffffff8211176122b057604052565b90601f8019910116810190811067ffffffffffffffff8211176122b057604052565b5f5b82811061236457505050565b602090604051612373816122fc565b5f81525f838201525f60408201525f60608201525f60808201525f60a08201528184015201612358565b604051906123aa82612294565b815f81525f60208201525f60408201526080610100916040516123cd8482612334565b6123d78482612356565b6060820152604051926123ea8185612334565b3684370152565b903590601e19813603018212156101e9570180359067ffffffffffffffff82116101e9576020019181360383136101e957565b9082101561243b576122909160051b8101906123f1565b634e487b7160e01b5f52603260045260245ffd5b90600881101561243b5760051b0190565b67ffffffffffffffff81116122b05760051b60200190565b516016811015611f985790565b805182101561243b5760209160051b010190565b6016821015611f985752565b9496979190925f936060968a8a03612b8c576001600160a01b031696875f525f60205260405f205415612b7b5760088a1015612b6a57506124e461239d565b96875260018901808a116116be57806040890152602088015261250960608201612c29565b92612513826144b4565b924683351480612b4d575b80612b3f575b5f901580612af6575b612adc575b5061253e9184866152a7565b5f901580612a93575b612a76575b508064ffffffffff612578604061257061256a60c0859701866123f1565b906153cc565b930135615588565b6001600160a01b036040519661258d886122fc565b1680875260208701525f604087015216606085015216608083015264ffffffffff191660a08201526060850151525f5b868110156129175760018101908181116116be578060051b8501359160fe19863603018312156101e9576125f2828b8a612424565b6126036060868a9794970101612c29565b916126126080828b0101612c29565b9561261e828b01614420565b928b86848d01354614858e826128f7575b5050806128e7575b1580612892575b61287a575b848d61265360a083830101612c29565b6001600160a01b0380865116911614158061281c575b612800575b6126ab936001600160a01b0396929360ff67ffffffffffffffff61269b60c08b9a986126a4970101612fb7565b161115916151c5565b86886152a7565b97169316928084145f146127f7578a600a975b1580612785575b64ffffffffff928760019a61276099989796948694612767575b5050508c61271760406126fc61256a60e0888601018886016123f1565b9560ff61270d60c083870101612fb7565b1693010135615588565b9160405197612725896122fc565b88526020880152604087015216606085015216608083015264ffffffffff191660a082015260608901519061275a838361244f565b5261244f565b50016125bd565b61277d92608061277892015161244f565b612499565b865f8f6126df565b5060800161279c61279787835161244f565b612478565b906016821015611f98578c91159081156127b7575b506126c5565b6127ce92506127979150968096959493975161244f565b906016821015611f98576016881015611f9857939492939192908b90881064ffffffffff6127b1565b8a600b976126be565b5050608061280f92015161244f565b600290528b86848d61266e565b5050505060800161283161279788835161244f565b6016811015611f9857848d8f938a931590811561284f575b50612669565b91505061286393506127979291505161244f565b6016811015611f985786848d8f936002105f612849565b608061288792015161244f565b600190528b86612643565b50506080016128a561279788835161244f565b6016811015611f98578d918891159081156128c1575b5061263e565b6128d293506127979291505161244f565b6016811015611f9857868d916001105f6128bb565b5043858e01604001351115612637565b612905925001602001612c29565b6001600160a01b03163014858e61262f565b509350945050915060016040830151148015612a4c575b612a14575b9061293d81613109565b60208101519061294c82612460565b9161295a6040519384612334565b808352612969601f1991612460565b01366020840137608001815f5b8351811015612a0d5761299a61299061279783865161244f565b6127788387612485565b6129a76127978286612485565b6016811015611f98571515806129de575b6129c5575b600101612976565b945060016129d66127978786612485565b9590506129bd565b506016861015611f98578515806129b857506129fd6127978286612485565b6016811015611f985786116129b8565b5092915050565b606082015160208301515f1981019081116116be57612a3e6001600160a01b0391612a479361244f565b51511683612fcc565b612933565b50606082015160208301515f198101919082116116be57612a7091611b7c9161244f565b1561292e565b612a8490608089015161244f565b600c905264ffffffffff61254c565b50608088018051612aa390612478565b6016811015611f985715908115612abb575b50612547565b51915050612ac890612478565b6016811015611f98575f90600c105f612ab5565b612aea9060808b015161244f565b6001905261253e612532565b5060808a018051612b0690612478565b6016811015611f985715908115612b1e575b5061252d565b51915050612b2b90612478565b6016811015611f98575f906001105f612b18565b504360408401351115612524565b50612b5a60208401612c29565b6001600160a01b0316301461251e565b9950505050945050505050600f9190565b995050505094505050505060159190565b8a8a6329bada5160e11b5f5260045260245260445ffd5b60405190612bb082612294565b5f6080838281528260208201528260408201528260608201520152565b60405190612bda82612318565b815f81525f60208201525f60408201525f6060820152612bf8612ba3565b6080820152612c05612ba3565b60a082015260c0612c14612ba3565b910152565b919081101561243b576060020190565b356001600160a01b03811681036101e95790565b90612c72612c4a83612460565b612c576040519182612334565b83815260208194612c6a601f1991612460565b019101612356565b565b604051906080820182811067ffffffffffffffff8211176122b0576040525f6060838281528260208201528260408201520152565b6001600160a01b0316805f525f602052612ccc8260405f20600281015490613f25565b80612cfe57505f5260016020526001600160a01b0360405f2091165f5260205264ffffffffff600160405f2001541690565b60b01c64ffffffffff1692915050565b6001600160a01b03916040519083602083019360a08552600a60c08501527f77616d702e7265616c6d0000000000000000000000000000000000000000000060e085015246604085015230606085015216608083015260a082015260e08152612d7961010082612334565b5190201690565b919081101561243b5760051b0190565b6001600160a01b0390612da1612bcd565b50165f525f60205260405f2080549060ff821691612dbe83611fac565b6001600160a01b03600183015416612dd960028401546145e8565b90612de760038501546145e8565b9260405195612df587612318565b612dfe81611fac565b865264ffffffffff8160081c16602087015265ffffffffffff191660408601526060850152608084015260a083015264ffffffffff600660405192612e4284612294565b6001600160a01b0360048201541684528260058201546001600160a01b038116602087015260a01c16604085015201546001600160a01b038116606084015260a01c16608082015260c082015290565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f7e3ad238e1aa593dc51fcd016c5ed8ac60b7a68f705b123e1a176909550a9e4460408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a082015260a08152612f2460c082612334565b51902090565b6001600160a01b031690815f525f60205260405f2091825415612f4a5750565b6347d6f45160e01b5f5260045260245ffd5b90612f6682612f2a565b916001600160a01b036001840154163303612f7e5750565b6001600160a01b03907f4d3a1dd8000000000000000000000000000000000000000000000000000000005f52166004523360245260445ffd5b3567ffffffffffffffff811681036101e95790565b6001600160a01b038151165f525f60205260405f20602082019060028101549060608401945b6008845110156130c557613012816001600160a01b0387511685856155a9565b801561310057613021906145e8565b906001600160a01b03808351169116908181149160ff60208501511664ffffffffff60608601511664ffffffffff60808701511691855f146130cd575f935b6040519561306d876122fc565b8652602086015260408501526060840152608083015264ffffffffff191660a082015287518651905f1982146116be576130b19260018301895261275a838361244f565b506130c557516001600160a01b0316612ff2565b505050505050565b6001600160a01b038b51165f52600160205260405f20845f5260205260405f20600164ffffffffff199101541693613060565b50505050505050565b60208101805190925f1982018281116116be5780156137275761312c81856155f1565b606084016001600160a01b03602080835101510151166001600160a01b0360208351510151161415806136dc575b6136cb575b64ffffffffff606060208351015101511664ffffffffff6060835151015116105f9080613682575b61366a575b5060015b82811061346557505f5b865181101561345c576131ae81835161244f565b516131b982886137b7565b906001600160a01b0382511615158061340b575b6133f4575b64ffffffffff608082015116421015806133a3575b61338c575b84831461338157606064ffffffffff9101511664ffffffffff6020830151161180613330575b613319575b600182119081613303575b60408101916001835161323481611fac565b61323d81611fac565b1492519061324a82611fac565b61325382611fac565b156132eb5750816132dd575b505b158061328c575b613275575b60010161319a565b61328381608088015161244f565b6014905261326d565b506080860161329f61279783835161244f565b6016811015611f98578290159182156132ba575b5050613268565b6132ca925090612797915161244f565b6016811015611f9857601410815f6132b3565b60609150015115155f61325f565b905081156132fa575b50613261565b9050155f6132f4565b905060011986018481116116be57821490613222565b61332782608089015161244f565b60129052613217565b506080870161334361279784835161244f565b6016811015611f985783901591821561335e575b5050613212565b61336e925090612797915161244f565b6016811015611f9857601210825f613357565b505050505092505050565b61339a8360808a015161244f565b601190526131ec565b50608088016133b661279785835161244f565b6016811015611f98578490159182156133d1575b50506131e7565b6133e1925090612797915161244f565b6016811015611f9857601110835f6133ca565b6134028360808a015161244f565b601090526131d2565b506080880161341e61279785835161244f565b6016811015611f9857849015918215613439575b50506131cd565b613449925090612797915161244f565b6016811015611f9857601010835f613432565b50505092505050565b61347081835161244f565b5182519060018301918284116116be578261348a9161244f565b516134b06134a8836001600160a01b03602081835116920151161490565b15858b615239565b6001600160a01b038251166001600160a01b03602083015116141580613619575b613602575b64ffffffffff60608201511664ffffffffff60608401511610806135b1575b61359a575b61351960ff60408060039501519301928184511619161615858b6151c5565b51161580613549575b613530575b50600101613190565b61353e90608088015161244f565b600e90526001613527565b506080870161355c61279783835161244f565b6016811015611f9857829015918215613577575b5050613522565b613587925090612797915161244f565b6016811015611f9857600e10815f613570565b6135a88460808b015161244f565b600690526134fa565b50608089016135c461279786835161244f565b6016811015611f98578590159182156135df575b50506134f5565b6135ef925090612797915161244f565b6016811015611f9857600610845f6135d8565b6136108460808b015161244f565b600590526134d6565b506080890161362c61279786835161244f565b6016811015611f9857859015918215613647575b50506134d1565b613657925090612797915161244f565b6016811015611f9857600510845f613640565b61367890608087015161244f565b600990525f61318c565b5060808601805161369290612478565b6016811015611f9857159081156136aa575b50613187565b519150506136b790612478565b6016811015611f98575f906009105f6136a4565b60808501516020016008905261315f565b506080850180516136ef90602001612478565b6016811015611f985715908115613707575b5061315a565b516137159150602001612478565b6016811015611f98576008105f613701565b506080929092018051929350915f915061374090612478565b6016811015611f9857158015613769575b613759575050565b613763915161244f565b60049052565b5050805161377690612478565b6016811015611f98575f90600410613751565b91908260409103126101e957815160048110156101e95760209092015164ffffffffff811681036101e95790565b9190916137c2612c74565b926137d181606084015161244f565b5190801590811580613a08575b806139e8575b6139e2576137fa6001600160a01b039185615769565b16855264ffffffffff6138226001600160a01b038551166001600160a01b0385511690612ca9565b166020860152806139d5575b6139d1576001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016906001600160a01b0381511690604051916397a5d5b560e01b83526004830152604082602481865afa8015613979576020925f905f926139af575b506138a181611fac565b151580613995575b613984575b50019160406001600160a01b0384511660248251809581936397a5d5b560e01b835260048301525afa8015613979576001600160a01b03925f91613949575b506138f781611fac565b604086015251165f5260016020526001600160a01b038060405f20925116165f5260205260405f2054600160ae1b81161515908161393a575b5015156060830152565b600160af1b915016155f613930565b61396b915060403d604011613972575b6139638183612334565b810190613789565b505f6138ed565b503d613959565b6040513d5f823e3d90fd5b64ffffffffff16828701525f6138ae565b5064ffffffffff838801511664ffffffffff8216116138a9565b90506139ca915060403d604011613972576139638183612334565b905f613897565b5050565b506040820151151561382e565b50505050565b50613a03836001600160a01b03602081835116920151161490565b6137e4565b50600181018082116116be576020850151146137de565b9391613a2c939185614751565b613a335750565b613a4760406001600160a01b039201612c29565b7f8c9ffd95000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b92939194906001600160a01b03811694855f52600160205260405f206001600160a01b0382165f5260205260405f209182549081151580613c1e575b15613ba057613acb90838a6001600160a01b038516928a6158bb565b15613b6357600160af1b8116613b5757613b529760ff956001600160a01b0394600160af1b86941790555b604051987f74715d098bee08afbd6ad7d90d01886a6b082efd9df8a03b3ef1e0ec8537140460208b015260408a015260608901521660808701525f60a08701521660c08501521660e083015260e0825261054361010083612334565b600190565b50505050505050505f90565b6001600160a01b038886897f4509e6d7000000000000000000000000000000000000000000000000000000005f526004526024521660445260645ffd5b979492505050613bbb5f968464ffffffffff198416916146fd565b5f52600260205260405f209564ffffffffff875416613c1357865464ffffffffff431665ffffffffffff1990911665ff0000000000602886901b161717909655613b529560ff936001600160a01b0392839190613af6565b505050505050505f90565b50600184015464ffffffffff19878116911614613aaf565b909392916001600160a01b03613c4b86612c29565b16158015613f08575b613ee457613c6460408601612fb7565b67ffffffffffffffff81169060ff8211613ed15760011615613ea6576020860191613c8e83612fb7565b67ffffffffffffffff43911611613e7d576060870164ffffffffff613cb661256a838b6123f1565b169442861115613e6157613db59189916001600160a01b03613cf4613ced613cdd86612c29565b94613ce78b612fb7565b966123f1565b36916143ea565b6020815191012091816040519467ffffffffffffffff60208701977fc0c557c364444bdd56d8ee0ec1d8b9cdb815bc22106133a9fd6b66269f42f8d38952466040890152306060890152166080870152168060a086015260c08501521660e0830152856101008301526101208201526101208152613d7461014082612334565b5190206042906040519061190160f01b82527f43ee3bbb34d5e4fa65e905c83d5090865207639e2d8ba48cd446faca6f961b7b600283015260228201522090565b946001600160a01b03613dc789612c29565b163314159182613e45575b5050613e1c5767ffffffffffffffff613df8613df2613e19969798612c29565b93612fb7565b16919091926001600160a01b039060d81b9360b01b9260a01b911617171790565b91565b6001600160a01b0384613e2e88612c29565b906310c9e73960e21b5f526004521660245260445ffd5b613e59925086613e548a612c29565b6152a7565b155f80613dd2565b85630a72ee0b60e21b5f5260045264ffffffffff60245260445ffd5b67ffffffffffffffff613e8f84612fb7565b6308dda2f360e01b5f52166004524360245260445ffd5b7f71cf7181000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b5063234c47bf60e21b5f5260045260245ffd5b6001600160a01b03613ef586612c29565b632edc489160e21b5f521660045260245ffd5b50613f1285612c29565b6001600160a01b03808416911614613c54565b9291926001600160a01b035f941691826001600160a01b03821614613f6e57600160ad1b16613f52575050565b6003015492506001600160a01b03831603613f6957565b5f9150565b93505050565b6001600160a01b03168033141580613fbd575b613f8e5750565b7ff5c5082a000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b506040517fd3a2b2100000000000000000000000000000000000000000000000000000000081528160048201526020816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa8015613979575f9061403c575b6001600160a01b03915016331415613f87565b506020813d60201161407d575b8161405660209383612334565b810103126101e957516001600160a01b03811681036101e9576001600160a01b0390614029565b3d9150614049565b949391949290928542116141595762093a804201958642116116be5786811161412957506140f69394955060426001600160a01b03821695865f52600360205260405f20600181540190556140d8612e92565b906040519161190160f01b83526002830152602282015220906152a7565b156140fe5750565b7fe82a42ff000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b86907f3a87d8f0000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b857f15642292000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b906001600160a01b03604051927f89f2f73e000000000000000000000000000000000000000000000000000000008452168060048401526020836024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa928315613979575f93614233575b505f1983146142085750565b7fe356d5aa000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b9092506020813d60201161425f575b8161424f60209383612334565b810103126101e95751915f6141fc565b3d9150614242565b6001600160a01b03909392931690815f52600160205260405f206001600160a01b0382165f5260205260405f20938454946001600f8760a81c1614806143bf575b1580156143a6575b61438657600160af1b861661437357600160ae1b861661433a57600160ae1b612c729596179055825f525f6020526001600160a01b0360405f2092604051947f1c5e90be299d4adbc92718523b78eb37f6aceff20ccf42c0d42196a8d56a7bbc602087015260408601521660608401525f608084015260a083015260a082526108b660c083612334565b6001600160a01b0383857fa6d56d23000000000000000000000000000000000000000000000000000000005f526004521660245260445ffd5b506344d80a4360e01b5f5260045260245ffd5b6001600160a01b038385633d97394960e21b5f526004521660245260445ffd5b50600181015464ffffffffff19838116911614156142b0565b5060038660a01c1615156142a8565b67ffffffffffffffff81116122b057601f01601f191660200190565b9291926143f6826143ce565b916144046040519384612334565b8294818452818301116101e9578281602093845f960137010152565b6101206144b191614437613ced60e08301836123f1565b6020815191012060e0604051927fc0c557c364444bdd56d8ee0ec1d8b9cdb815bc22106133a9fd6b66269f42f8d384526020840137610100820152206042906040519061190160f01b82527f43ee3bbb34d5e4fa65e905c83d5090865207639e2d8ba48cd446faca6f961b7b600283015260228201522090565b90565b6144b1906144c460208201612c29565b906144d160608201612c29565b9067ffffffffffffffff6144e760a08301612fb7565b60806144f9613ced60c08601866123f1565b60208151910120936001600160a01b03604051968160208901997f158911a349ced51714c94e52e73209a19e10d8527527721c624c24cd03fd4ee28b52843560408b01521660608901526040830135848901521660a0870152013560c08501521660e08301526101008201526101008152613d7461012082612334565b9064ffffffffff8260b01c168111156145e45760ff60a01b82166001600160a01b0383161775ff00000000000000000000000000000000000000000083161760b09190911b177fffffffffff0000000000000000000000000000000000000000000000000000009091161790565b5090565b6145f0612ba3565b50604051906145fe82612294565b6001600160a01b038116825260ff8160a01c16602083015260ff8160a81c16604083015264ffffffffff8160b01c16606083015260d81c608082015290565b919061010065ffffffffffff9160a0840184805181010390600164ffffffffff8460081c16018152841983168652602082018620956080810151926060820151926020604084015193015191607f190190a401169065ffffffffffff1916179055565b919061010065ffffffffffff916080840184805181010394600164ffffffffff8460081c16018252841983168152602086018120956060820151926020604084015193015191605f190190a301169065ffffffffffff1916179055565b916001600160a01b036040519281602085019516855216604083015264ffffffffff1916606082015260608152612f24608082612334565b9064ffffffffff8091169116019064ffffffffff82116116be57565b909493929194610100525f60a0525f6080525f608052606081019061477582612c29565b9261478260208301612c29565b6101a05261479260408301612c29565b6001600160a01b0381161580156151aa575b61518e576001600160a01b036101a051166001600160a01b03821614615156576001600160a01b0385165f525f60205260405f2061016052610160515493841561513a57600261016051015461018052614805826101805161016051613f25565b6151055761481290612c29565b6102405261482260208401612c29565b6102605261483260808401612fb7565b67ffffffffffffffff811660e05283356101e05260ff60e051116150f0576001166150b0574383351161509857614877610260516102405161018051610160516155a9565b610220526102205115615079576102205160a81c600f1661020081905260018101106116be576006600161020051011161505b5764ffffffffff6148c161256a60a08601866123f1565b166101c05264ffffffffff6101c0511461504b575b426101c05111801590615039575b615019576101c0516102005160e051610260516001600160a01b031660a09190911b1760019190910160a81b17843560b01b1760d89190911b17956001610200510160c0525b600160af1b6102205116614fe1576102205160d81c42811115614fa6575060036102205160a01c1615614f6e5760ff6102205160a01c161960e05116614f335764ffffffffff6102205160b01c166101e05110614ef3576001600160a01b036102205116610140526001600160a01b0361026051166101405114614b4b576149c0610140516102405161018051610160516155a9565b610120526101205115614b355761014051610120516001600160a01b031603614af757600160ae1b610220511615614ac8576149fe61026051614185565b806101e05110614a86575060c051156116be575f1960c0510160c05260c05115614a565764ffffffffff6102205160b01c166101e05260ff6102205160a01c1660e0526101205161022052610140516102605261492a565b600261020051018060016102005101116116be5763c5e0f6a560e01b5f526004526001610200510160245260445ffd5b7f5676299e000000000000000000000000000000000000000000000000000000005f526001600160a01b0361026051166004526101e05160245260445260645ffd5b633d97394960e21b5f526001600160a01b0361024051166004526001600160a01b03610260511660245260445ffd5b6001600160a01b0361024051165f52600160205260405f206001600160a01b0361026051165f5260205264ffffffffff600160405f200154166149fe565b6337146b0b60e21b5f526101405160045260245ffd5b614be96101208895614b63613ced60a08301836123f1565b6020815191012060a0604051927fc0c557c364444bdd56d8ee0ec1d8b9cdb815bc22106133a9fd6b66269f42f8d384524660208501523060408501526060840137610100820152206042906040519061190160f01b82527f43ee3bbb34d5e4fa65e905c83d5090865207639e2d8ba48cd446faca6f961b7b600283015260228201522090565b60a052614c0464ffffffffff1960a051166101a051886146fd565b5f52600260205264ffffffffff60405f205416614ede576001600f8860a81c16149889614ecd575b896001600160a01b0388165f52600160205260405f206001600160a01b0385165f5260205260405f209889549182614d4b575b505050614c76906101005160a0516101a0516152a7565b15614d2657612c7296614ca96001926001600160a01b039560ff8916614c9b81611fac565b8660a051916101605161599a565b8481550164ffffffffff1960a0511664ffffffffff82541617905581604051957fc054c4d83f99dcf45de61234f5849a80e5abb9b4dfc97e3853116d5fe1c0871a60208801521660408601521660608401525f608084015260a05160a084015260c083015260c08252614d1d60e083612334565b610160516146a0565b6310c9e73960e21b5f5260a0516004526001600160a01b036101a0511660245260445ffd5b64ffffffffff8260b01c1664ffffffffff8460b01c169081811115614eb85750506001600160a01b036101a051166001600160a01b038416141580614e9e575b614e6057600160af1b831615614e2357505090614e1b614dc6614c76936001600160a01b038c600164ffffffffff199101541691168b6146fd565b60ff60405191614dd5836122e0565b4364ffffffffff90811684525f6020808601828152938252600290526040902093518454925165ffffffffffff19909316911617911660281b65ff000000000016179055565b905f80614c5f565b909181614e50575b50614e3b575b50614c7690614e1b565b6001608052600160ae1b179450614c76614e31565b600160ae1b91501615155f614e2b565b6001600160a01b03837f5a323e4e000000000000000000000000000000000000000000000000000000005f52816101a051166004521660245260445ffd5b506001600160a01b03600161016051015416331415614d8b565b633315259160e01b5f5260045260245260445ffd5b985060038760a01c16151598614c2c565b6344d80a4360e01b5f5260a05160045260245ffd5b7f6545a662000000000000000000000000000000000000000000000000000000005f526101e05160045264ffffffffff6102205160b01c1660245260445ffd5b7f2b6d7314000000000000000000000000000000000000000000000000000000005f5260e05160045260ff6102205160a01c1660245260445ffd5b7f0eef7661000000000000000000000000000000000000000000000000000000005f526001600160a01b03610260511660045260245ffd5b7f78290444000000000000000000000000000000000000000000000000000000005f526001600160a01b03610260511660045260245260445ffd5b7f22f9bf4b000000000000000000000000000000000000000000000000000000005f526001600160a01b03610260511660045260245ffd5b630a72ee0b60e21b5f526101c0516004526102205160d81c60245260445ffd5b506102205160d81c6101c051116148e4565b6102205160d81c6101c0526148d6565b63c5e0f6a560e01b5f5260016102005101600452600660245260445ffd5b6337146b0b60e21b5f526001600160a01b03610260511660045260245ffd5b826308dda2f360e01b5f52356004524360245260445ffd5b6001600160a01b036150c460408501612c29565b7fc9645ce6000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b63234c47bf60e21b5f5260e05160045260245ffd5b6001600160a01b03827f15548680000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b6001600160a01b03866347d6f45160e01b5f521660045260245ffd5b7ffc5b0413000000000000000000000000000000000000000000000000000000005f526001600160a01b036101a0511660045260245ffd5b6001600160a01b0390632edc489160e21b5f521660045260245ffd5b506001600160a01b0385166001600160a01b038216146147a4565b9115806151e8575b6151d5575050565b60806151e292015161244f565b60079052565b50608082016151fb61279783835161244f565b6016811015611f9857829015918215615216575b50506151cd565b615226925090612797915161244f565b6016811015611f9857600710815f61520f565b911580615256575b615249575050565b608061376392015161244f565b506080820161526961279783835161244f565b6016811015611f9857829015918215615284575b5050615241565b615294925090612797915161244f565b6016811015611f9857600410815f61527d565b906152b3848483615a3e565b506152bd81611fac565b1590816153b6575b506153ad57813b156153a5578361532660845f969587966040519485926020840197630b135d3f60e11b89526024850152604060448501528160648501528484013787838284010152601f801991011681010301601f198101835282612334565b51916207a120fa3d1561539e573d61533d816143ce565b9061534b6040519283612334565b81523d5f602083013e5b81615392575b81615364575090565b630b135d3f60e11b915060208151910151906020811061538357501490565b5f199060200360031b1b161490565b8051602014915061535b565b6060615355565b505050505f90565b50505050600190565b90506001600160a01b038084169116145f6152c5565b9190915f9060098410801561551d575b615511576009915b84831015613f6e5782820135907fff0000000000000000000000000000000000000000000000000000000000000082167f3b0000000000000000000000000000000000000000000000000000000000000081146155095764ffffffffff821615806154fc575b600360fc1b82109182156154d2575b5081156154ca575b5080156154c0575b6154b75764ffffffffff600a91160264ffffffffff81169081036116be5761549e64ffffffffff91602f199360f81c90614735565b160164ffffffffff81116116be576001909201916153e4565b505f9450505050565b5060158414615469565b90505f615461565b7f39000000000000000000000000000000000000000000000000000000000000001091505f615459565b50600360fc1b811461544a565b509450505050565b5064ffffffffff925050565b7fffffffffffffffffff00000000000000000000000000000000000000000000007f6e6f7441667465723d000000000000000000000000000000000000000000000091833582811691615574575b501614156153dc565b828092508860090360031b1b16165f61556b565b64ffffffffff81111561559f575064ffffffffff90565b64ffffffffff1690565b926155b79181939594613f25565b9283156155c2575050565b6001600160a01b0391929350165f5260016020526001600160a01b0360405f2091165f5260205260405f205490565b6155ff82606083015161244f565b51906001600160a01b038151165f525f60205261563260405f2060028101546001600160a01b0360208601511691613f25565b9061564d836001600160a01b03602081835116920151161490565b158015615761575b6156b85761568590839464ffffffffff606060809601511664ffffffffff8560b01c16101591826156a057615239565b60d81c910164ffffffffff815116821061569d575050565b52565b915060ff60408701511660ff8560a01c161491615239565b9190506008602083015114908161573f575b5015615735576080600f915b016156e561279784835161244f565b6016811015611f985715801561570d575b6156ff57505050565b612c7292612778915161244f565b5061571c61279784835161244f565b6016811015611f98576016831015611f985782106156f6565b60806004916156d6565b61575a91506001600160a01b03602081835116920151161490565b155f6156ca565b508115615655565b6060810161577883825161244f565b51926001600160a01b038351165f52600160205260405f2060208501906001600160a01b0380835116165f5260205260405f209460a0600187015491019564ffffffffff19875116809264ffffffffff191614806158ab575b61589757506157f6906001600160a01b038651166001600160a01b03845116906146fd565b5f52600260205264ffffffffff60405f20541661588557509260208301935b845181101561587c576001600160a01b0361583182855161244f565b5151166158536001600160a01b038651168264ffffffffff19865116916146fd565b5f52600260205264ffffffffff60405f2054166158735750600101615815565b94505050505090565b50505050505f90565b516001600160a01b0316949350505050565b546001600160a01b03169695505050505050565b50600160af1b81541615156157d1565b93916001600160a01b0316926001600160a01b0383168414908115615987575b506153ad576001600160a01b0360018501541683148015615971575b6153ad5760028401545f925b60068410615915575050505050505f90565b6001600160a01b036159298285858a6155a9565b1690818614615965576001600160a01b03168114801561595d575b61595357600190930192615903565b5050505050505f90565b508015615944565b50505050505050600190565b506001600160a01b0360028501541683146158f7565b6001600160a01b0391501683145f6158db565b90949293946159a881611fac565b600181146130c5576002906159bc81611fac565b03615a295750905b6001600160a01b0382169383853314159384615a15575b505050506159e7575050565b7fc13180e2000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b615a1f94506152a7565b155f8083816159db565b6001600160a01b0391506001015416906159c4565b9060418303615a6857615a619250602081013591604082359201355f1a90615a72565b9192909190565b50505f9160029190565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411615ae9579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa15613979575f516001600160a01b03811615615adf57905f905f90565b505f906001905f90565b5050505f916003919056fea26469706673582212206c9c215ad09a6e19c385c7da05ffced80ffbe622ea3856cc0b9ec099c74da36e64736f6c63430008250033" as const

/** Byte position in the bytecode where the code of a RealmRegistry begins; it goes on to the end. */
export const realmRegistryCodeStart = 152 as const

/** Byte positions in that code of the 32-byte words that hold the OperatorRegistry's address, zero in the bytecode. */
export const operatorRegistryPositions = [
 453,
 14396,
 16378,
 16844
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
