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

export const realmRegistryBytecode = "0x60a03461007f57601f615bad38819003918201601f19168301916001600160401b038311848410176100835780849260209460405283398101031261007f57516001600160a01b038116810361007f57608052604051615b15908161009882396080518181816101c501528181613827015281816140a6015261465d0152f35b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe6102806040526004361015610012575f80fd5b5f3560e01c806310df76b814611de8578063117127cd14611d4a578063199eac1b14611c3f5780631be7db6b146118a55780632c25e1521461184557806333711c9c146117a6578063374140fb1461170c578063475e585f146114c15780634edc65ff14611486578063553cf7de146113be578063553eaccb1461137e5780635c3dcb10146113615780635fa8f4c41461132257806366b0546a146110f15780636ce3f3c714610feb5780636f0e530f14610fce5780637179846d14610e3a5780637ecebe0014610e025780638bdd36e014610dbe578063913318a614610c3f5780639b39856d14610b8a578063a6cbbd6114610b52578063b614581414610adf578063c286311914610a13578063c89ec68a146108be578063c90db44714610816578063cd6f3ad1146107e3578063d4e215e1146107c9578063da1058dc1461079f578063de7beb4714610678578063eefbeb04146105cd578063f480dd7e1461043e578063f698da251461041c578063fc898721146102b3578063fec1949b146101ed5763ff677c7b146101a6575f80fd5b346101e9575f3660031901126101e95760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b5f80fd5b346101e95760403660031901126101e95760043567ffffffffffffffff81116101e95761021e903690600401611f7d565b9060243567ffffffffffffffff81116101e95761023f903690600401611f7d565b9283810361029c57913681900360be1901905f5b8481101561029a578060051b82013590838212156101e95761029460019261027c838a8961240f565b61028a858c8b95949561240f565b9390928801613a0a565b01610253565b005b83906329bada5160e11b5f5260045260245260445ffd5b346101e95760403660031901126101e9576102cc611f0d565b6024359060048210156101e9576102e281612f47565b9182549060ff8216916102f483611fcf565b6102fd83611fcf565b61030682611fcf565b828211156103e657916101009165ffffffffffff9361032483611fcf565b61032d82611fcf565b8260ff8316911818916040519060208201927f3bb946e5aebeeb25bb0b3e00c39f109afcb4bf9bd6a4981c0200805fd90a762684526001600160a01b03604084019816885260608301915f835261038381611fcf565b608084015261039181611fcf565b60a083015260a082526103a560c08361231f565b81805181010391600164ffffffffff8660081c160182528619851681526020830190209651925191603f190190a265ffffffffffff19909316920116179055005b50916001600160a01b03906356620e9360e01b5f521660045261040881611fcf565b60245261041481611fcf565b60445260645ffd5b346101e9575f3660031901126101e9576020610436612e7d565b604051908152f35b346101e95760203660031901126101e957610457611f0d565b61046081612f15565b906004820191600681015464ffffffffff8160a01c169081156105a5576001600160a01b0316803303610576575080421061054b575082546001600160a01b0319168355600290920180546001600160c81b031916905561029a91600181016001600160a01b03815416906001600160a01b0333166001600160a01b03198254161790556001600160a01b03604051937f0c6cc6ef6af1a600d67d435df59d06a6d4d17f24144ed7d551cf10b75cbcc079602086015216604084015260608301523360808301525f60a0830152600160c083015260c0825261054360e08361231f565b805490614517565b7f467fc663000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7fd1637658000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b7f31adcd00000000000000000000000000000000000000000000000000000000005f5260045ffd5b346101e9576105ff6105de36612208565b916105ee60408697959601612c14565b946105f88661405f565b508661473c565b9060805160a0519215610643576001600160a01b0382163314908161063a575b5061062657005b610635606061029a9401612c14565b614141565b9050158461061f565b6001600160a01b03827f25b72c7c000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b346101e95760e03660031901126101e957610691611f0d565b610699611f23565b906106a2611f39565b606435926106ae6121ae565b9160a4359160c4359467ffffffffffffffff86116101e95761077887946106dc610786983690600401611f4f565b916001600160a01b038616805f52600360205260405f20546040519060208201927f70623759c98b38392b917e3e1987baea1ecf7d23c17c01bdcef05130a79d7f0284526001600160a01b038916604084015260608301526001600160a01b038a1660808301528a60a083015260ff8c1660c083015260e082015282610100820152610100815261076f6101208261231f565b51902086613f5f565b61078181612f15565b613a5e565b1561078d57005b6344d80a4360e01b5f5260045260245ffd5b346101e95761029a6107b0366121ce565b916107ba826145d7565b6107c38261405f565b50614141565b346101e95761029a6107da36612208565b93929092613a0a565b346101e95760203660031901126101e957610260610807610802611f0d565b612d7b565b6108146040518092611fd9565bf35b346101e95760203660031901126101e95761082f611f0d565b61083881612f47565b906001600160a01b036006830154169182156105a5576006810180546001600160c81b031916905561029a926001600160a01b03604051937f0e7045466d20fb8fc1556f56d95ca6d6275168bded5fc54cf7364dc8f9fd06ce602086015216604084015260608301525f6080830152608082526108b660a08361231f565b80549061457a565b346101e95760403660031901126101e9576108d7611f0d565b6108df611f23565b906108e981612f15565b6005810154926001600160a01b0384168033036109e457506001600160a01b03169283156109bc5761029a9361092c64ffffffffff809360a01c16834216614720565b60068401805464ffffffffff60a01b1984166001600160c81b03199091161760a083901b64ffffffffff60a01b16179055906001600160a01b03604051957fed4b7262c6c735140ba8d8741a5a98dddb819f90291b79db0525042f11c03033602088015216604086015233606086015260808501525f60a08501521660c083015260c0825261054360e08361231f565b7fd0ff2cd9000000000000000000000000000000000000000000000000000000005f5260045ffd5b7fc3a4c37a000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b346101e95760803660031901126101e957610a2c611f0d565b60243567ffffffffffffffff81116101e957610a4c903690600401611f7d565b9160443567ffffffffffffffff81116101e957610a6d903690600401611f7d565b91610a766121be565b91838603610ac857610a8782612f15565b5f5b858110610a9257005b80610ac186610aac610aa76001958d8d612d6b565b612c14565b610ab7848b89612d6b565b3590338988613a5e565b5001610a89565b85846329bada5160e11b5f5260045260245260445ffd5b346101e957610b12610af0366121ce565b5f6020604051610aff816122cb565b828152015264ffffffffff1916916146e8565b5f5260026020526040805f2060ff825191610b2c836122cb565b5481602064ffffffffff831694858152019160281c168152835192835251166020820152f35b346101e95760403660031901126101e9576020610b79610b70611f0d565b60243590612cf9565b6001600160a01b0360405191168152f35b346101e95760603660031901126101e957610ba3611f0d565b610bab611f23565b9060443560ff811681036101e957610bc2836145d7565b610bcb82612f15565b6001600160a01b03831693845f52600160205260405f206001600160a01b0382165f5260205260405f2094600160ae1b86541615610c1f5750806107869495600164ffffffffff1991015416958693613a5e565b6001600160a01b039250633d97394960e21b5f526004521660245260445ffd5b346101e95760603660031901126101e957610c58611f0d565b610c60611f23565b9060443564ffffffffff81168082036101e957610c7c83612f47565b9162093a808210159485610daf575b6001600160a01b03169182159586159081610da6575b50610d6c57506005830180546001600160a01b0319168317815561029a9564ffffffffff929015610d635750610cf45f5b825464ffffffffff60a01b191660a09190911b64ffffffffff60a01b16178255565b6006840180546001600160c81b03191690555460a01c16906001600160a01b03604051947f2b4cd13c109ed0b94ed1ca1278870e888103c8f29d6010d3753bb147df9f3b03602087015216604085015260608401525f608084015260a083015260a082526108b660c08361231f565b610cf490610cd2565b7f52ea03cb000000000000000000000000000000000000000000000000000000005f5260045262093a806024526301e1338060445260645ffd5b90501587610ca1565b6301e133808311159550610c8b565b346101e95760803660031901126101e957610dd7611f0d565b610786610de2611f23565b916044358093610df06121be565b92610dfa81612f15565b903391613a5e565b346101e95760203660031901126101e9576001600160a01b03610e23611f0d565b165f526003602052602060405f2054604051908152f35b346101e95760803660031901126101e95760243560048110156101e9576044359067ffffffffffffffff82116101e957608060031983360301126101e95760643567ffffffffffffffff81116101e957610e98903690600401611f4f565b610ea760049492943533612cf9565b936001600160a01b03851694855f525f60205260405f20938454610fa257610ece86611fcf565b8515610f87576020969593610436959360ff93610eee9360040190613c21565b9390600184016001600160a01b0333166001600160a01b0319825416179055806002850155604051947fc8478c388bdac148bc8550629364ff5e0dba98f525befec3cbdaf67cbcbdbd09898701528760408701523360608701525f6080870152610f5783611fcf565b8260a087015260c086015260e085015260e08452610f776101008561231f565b610f8081611fcf565b169061457a565b866356620e9360e01b5f526004525f6024525f60445260645ffd5b867fda510893000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b346101e9575f3660031901126101e957602060405162093a808152f35b346101e95760403660031901126101e957611004611f0d565b6001600160a01b03611014611f23565b915f60408051611023816122af565b61102b612b8e565b81528260208201520152165f5260016020526001600160a01b0360405f2091165f5260205260e060405f20600161106282546144c2565b91015464ffffffffff604051611077816122af565b838152604060208201918385168352019282191683526110da604051809564ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b511660a08301525164ffffffffff191660c0820152f35b346101e95760403660031901126101e95761110a611f0d565b60243564ffffffffff81168091036101e95761112582612f15565b60028101918254926001600160a01b033381861614951693845f52600160205260405f206001600160a01b0333165f5260205260405f2090865f1461130f5760b01c64ffffffffff16955b801580806112fb575b6112cb57806112ba575b806112aa575b61127a57868411801590611271575b61123d5761029a9650156112265750806111b883600160ad1b9354614450565b80915516611210575b604051927fd3c8b96ff166d2770b0f933a1270b0b883fef1eab5a2b231cbeda20953778d02602085015260408401523360608401525f608084015260a083015260a082526108b660c08361231f565b6003820161121f828254614450565b90556111c1565b600101805464ffffffffff191683179055506111c1565b86847f7ffa7286000000000000000000000000000000000000000000000000000000005f526004526024524360445260645ffd5b50438411611198565b857fa1a548bd000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b506003825460a01c161515611189565b506001600f835460a81c1614611183565b867f6c799953000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b50600183015464ffffffffff191615611179565b5064ffffffffff60018201541695611170565b346101e95760203660031901126101e95760043567ffffffffffffffff81116101e95760e060031982360301126101e95761043660209160040161438e565b346101e9575f3660031901126101e95760206040516276a7008152f35b346101e95760203660031901126101e95760043567ffffffffffffffff81116101e95761010060031982360301126101e9576104366020916004016142fa565b346101e95760a03660031901126101e9576113d7611f0d565b6113df611f23565b604435906064359260843567ffffffffffffffff81116101e95761029a9461140e6107ba923690600401611f4f565b916001600160a01b038616805f52600360205260405f20546040519060208201927fd803b17932c10528e9796c2a4f45c1bc0a952b858c5aea4686b47cce63a0845984526001600160a01b0389166040840152606083015289608083015260a08201528260c082015260c0815261076f60e08261231f565b346101e95760403660031901126101e95760206114b26114a4611f0d565b6114ac611f23565b90612c94565b64ffffffffff60405191168152f35b346101e95760803660031901126101e9576114da611f0d565b6024359067ffffffffffffffff82116101e957608060031983360301126101e95760443567ffffffffffffffff81116101e95761151b903690600401611f4f565b90929060643564ffffffffff8116918282036101e957611549919561153f86612f47565b9460040186613c21565b81600285019384549164ffffffffff8160b01c169164ffffffffff8460b01c1692838111156116f557506276a70042018042116116e1578082116116b3575091839164ffffffffff97959361029a9b979560d81c8091116116ab575b504288881611908161168d575b8115611685575b81611670575b50846001600160a01b03949596555f14611669576001600160a01b038383161660ff60a01b83161760b09190911b1785871660d81b175b600388015581604051987f1459eab08e1fc8cc7e02da24dc6a464d9c1ab40f18b6dd0bfe91963ad18b77e560208b01521660408901521660608701526001600160a01b03821660808701525f60a087015260c086015260e08501521661010083015261010082526105436101208361231f565b505f6115f6565b600160ad1b1794506001600160a01b036115bf565b5f97506115b9565b90506001600160a01b0381166001600160a01b0384161415906115b2565b96508b6115a5565b907e16b5f7000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b634e487b7160e01b5f52601160045260245ffd5b8390633315259160e01b5f5260045260245260445ffd5b346101e95760a03660031901126101e957611725611f0d565b610786611730611f23565b91611739611f39565b926064359384916117486121ae565b9361175281612f47565b916001600160a01b0382165f52600160205260405f206001600160a01b0385165f52602052600160405f20015464ffffffffff1986169064ffffffffff1916145f146117a057503391613a5e565b91613a5e565b346101e95760403660031901126101e9576117bf611f0d565b6117e46117ca611f23565b6001600160a01b036117da612388565b9316835282612fb7565b6117f16020820151612c28565b906060015f5b825181101561182b578061180e600192845161243a565b516118198286612470565b526118248185612470565b50016117f7565b6040516020808252819061184190820186612119565b0390f35b346101e95760403660031901126101e95760043567ffffffffffffffff81116101e95760c060031982360301126101e9576024359067ffffffffffffffff82116101e95761189a61029a923690600401611f4f565b818193600401613a0a565b346101e95760403660031901126101e9576118be611f0d565b6024359067ffffffffffffffff82116101e957366023830112156101e95781600401359067ffffffffffffffff82116101e957602483019260243691606085020101116101e957604051926119128461227f565b5f845260208401925f8452604085019461192a612bb8565b8652606081019560608752608082019160608352611946612388565b916001600160a01b038716835260088511611c27576060830195865f5b87808210611bbc575050505060208301948086526040840197818952600182148015611b78575b611b45575b61199f9150438452428a52612d7b565b81528451875181039081116116e1576119b790612c28565b89525f5b895151811015611a00578651908851918183018093116116e157816119e56001946119f99361243a565b518d51906119f38383612470565b52612470565b50016119bb565b508890888651611a0f8161244b565b90611a1d604051928361231f565b808252611a2c601f199161244b565b015f5b818110611b2e57505086525f5b8751811015611a6a5780611a6381611a566001948a6137a2565b8a51906119f38383612470565b5001611a3c565b509291611aac90611a97879360405196879660208852516020880152516040870152516060860190611fd9565b516102e06102c0850152610300840190612119565b905190601f19838203016102e0840152602080835192838152019201905f5b818110611ad9575050500390f35b9193509160206080600192606087516001600160a01b03815116835264ffffffffff8582015116858401526040810151611b1281611fcf565b6040840152015115156060820152019401910191849392611acb565b602090611b39612c5f565b82828601015201611a2f565b87515f1983019283116116e1576001600160a01b03611b6a61199f94611b739361243a565b51511686612fb7565b61198f565b5060018211801561198a575087515f198301908382116116e157611bb691611b9f9161243a565b516001600160a01b03602081835116920151161490565b1561198a565b6001600160a01b038181611bf96020611bf387611bec610aa7828d9a611be58260019f5161243a565b519b612c04565b958b612c04565b01612c14565b8c6040611c0e8864ffffffffff19938c612c04565b01351660a0860152166020840152169052018790611963565b8463c5e0f6a560e01b5f52600452600860245260445ffd5b346101e95760a03660031901126101e957611c58611f0d565b6024359067ffffffffffffffff82116101e95760e060031983360301126101e95760443567ffffffffffffffff81116101e957611c99903690600401611f4f565b60649391933567ffffffffffffffff81116101e957611cbc903690600401611f7d565b916084359567ffffffffffffffff87116101e957611ce1611ced973690600401611f7d565b96909560040190612490565b90604051918291611d02836040810192611fae565b6040602084015281518091526020606084019201905f5b818110611d27575050500390f35b9193509160208082611d3c6001948851611fae565b019401910191849392611d19565b346101e95760403660031901126101e95761029a611d66611f0d565b611d6e611f23565b6001600160a01b03611d7f83612f47565b91600483018282166001600160a01b031982541617905581604051947fb7c4c93decd0b1f5c04fd9f8b52c56bc78c0ffd3b8068f484e3482214fe8070260208701521660408501523360608501521660808301525f60a083015260a0825261054360c08361231f565b346101e95760203660031901126101e957611e01611f0d565b611e0a81612f15565b9060048201916001600160a01b03835416803303611ede575082546001600160a01b03191683556005810180546001600160c81b03199081169091556002909301805490931690925561029a91600181016001600160a01b03815416906001600160a01b0333166001600160a01b03198254161790556001600160a01b03604051937f0c6cc6ef6af1a600d67d435df59d06a6d4d17f24144ed7d551cf10b75cbcc079602086015216604084015260608301523360808301525f60a08301525f60c083015260c0825261054360e08361231f565b7f70d46f25000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b600435906001600160a01b03821682036101e957565b602435906001600160a01b03821682036101e957565b604435906001600160a01b03821682036101e957565b9181601f840112156101e95782359167ffffffffffffffff83116101e957602083818601950101116101e957565b9181601f840112156101e95782359167ffffffffffffffff83116101e9576020808501948460051b0101116101e957565b906016821015611fbb5752565b634e487b7160e01b5f52602160045260245ffd5b60041115611fbb57565b64ffffffffff608060c0610240938051611ff281611fcf565b865283602082015116602087015265ffffffffffff1960408201511660408701526001600160a01b036060820151166060870152612076838201518488019064ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b6120c960a082015161012088019064ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b01516001600160a01b038151166101c08601526001600160a01b036020820151166101e0860152826040820151166102008601526001600160a01b03606082015116610220860152015116910152565b90602080835192838152019201905f5b8181106121365750505090565b909192602060c060019286516001600160a01b0381511682526001600160a01b0384820151168483015260ff604082015116604083015264ffffffffff606082015116606083015264ffffffffff608082015116608083015260a064ffffffffff199101511660a08201520194019101919091612129565b6084359060ff821682036101e957565b6064359060ff821682036101e957565b60609060031901126101e9576004356001600160a01b03811681036101e957906024356001600160a01b03811681036101e9579060443590565b9060606003198301126101e95760043567ffffffffffffffff81116101e95760c081840360031901126101e9576004019160243567ffffffffffffffff81116101e9578161225891600401611f4f565b929092916044359067ffffffffffffffff82116101e95761227b91600401611f4f565b9091565b60a0810190811067ffffffffffffffff82111761229b57604052565b634e487b7160e01b5f52604160045260245ffd5b6060810190811067ffffffffffffffff82111761229b57604052565b6040810190811067ffffffffffffffff82111761229b57604052565b60c0810190811067ffffffffffffffff82111761229b57604052565b60e0810190811067ffffffffffffffff82111761229b57604052565b90601f8019910116810190811067ffffffffffffffff82111761229b57604052565b5f5b82811061234f57505050565b60209060405161235e816122e7565b5f81525f838201525f60408201525f60608201525f60808201525f60a08201528184015201612343565b604051906123958261227f565b815f81525f60208201525f60408201526080610100916040516123b8848261231f565b6123c28482612341565b6060820152604051926123d5818561231f565b3684370152565b903590601e19813603018212156101e9570180359067ffffffffffffffff82116101e9576020019181360383136101e957565b908210156124265761227b9160051b8101906123dc565b634e487b7160e01b5f52603260045260245ffd5b9060088110156124265760051b0190565b67ffffffffffffffff811161229b5760051b60200190565b516016811015611fbb5790565b80518210156124265760209160051b010190565b6016821015611fbb5752565b9496979190925f936060968a8a03612b77576001600160a01b031696875f525f60205260405f205415612b665760088a1015612b5557506124cf612388565b96875260018901808a116116e15780604089015260208801526124f460608201612c14565b926124fe8261438e565b924683351480612b38575b80612b2a575b5f901580612ae1575b612ac7575b50612529918486615292565b5f901580612a7e575b612a61575b508064ffffffffff612563604061255b61255560c0859701866123dc565b906153b7565b930135615573565b6001600160a01b0360405196612578886122e7565b1680875260208701525f604087015216606085015216608083015264ffffffffff191660a08201526060850151525f5b868110156129025760018101908181116116e1578060051b8501359160fe19863603018312156101e9576125dd828b8a61240f565b6125ee6060868a9794970101612c14565b916125fd6080828b0101612c14565b95612609828b016142fa565b928b86848d01354614858e826128e2575b5050806128d2575b158061287d575b612865575b848d61263e60a083830101612c14565b6001600160a01b03808651169116141580612807575b6127eb575b612696936001600160a01b0396929360ff67ffffffffffffffff61268660c08b9a9861268f970101612fa2565b161115916151b0565b8688615292565b97169316928084145f146127e2578a600a975b1580612770575b64ffffffffff928760019a61274b99989796948694612752575b5050508c61270260406126e761255560e0888601018886016123dc565b9560ff6126f860c083870101612fa2565b1693010135615573565b9160405197612710896122e7565b88526020880152604087015216606085015216608083015264ffffffffff191660a0820152606089015190612745838361243a565b5261243a565b50016125a8565b61276892608061276392015161243a565b612484565b865f8f6126ca565b5060800161278761278287835161243a565b612463565b906016821015611fbb578c91159081156127a2575b506126b0565b6127b992506127829150968096959493975161243a565b906016821015611fbb576016881015611fbb57939492939192908b90881064ffffffffff61279c565b8a600b976126a9565b505060806127fa92015161243a565b600290528b86848d612659565b5050505060800161281c61278288835161243a565b6016811015611fbb57848d8f938a931590811561283a575b50612654565b91505061284e93506127829291505161243a565b6016811015611fbb5786848d8f936002105f612834565b608061287292015161243a565b600190528b8661262e565b505060800161289061278288835161243a565b6016811015611fbb578d918891159081156128ac575b50612629565b6128bd93506127829291505161243a565b6016811015611fbb57868d916001105f6128a6565b5043858e01604001351115612622565b6128f0925001602001612c14565b6001600160a01b03163014858e61261a565b509350945050915060016040830151148015612a37575b6129ff575b90612928816130f4565b6020810151906129378261244b565b91612945604051938461231f565b808352612954601f199161244b565b01366020840137608001815f5b83518110156129f85761298561297b61278283865161243a565b6127638387612470565b6129926127828286612470565b6016811015611fbb571515806129c9575b6129b0575b600101612961565b945060016129c16127828786612470565b9590506129a8565b506016861015611fbb578515806129a357506129e86127828286612470565b6016811015611fbb5786116129a3565b5092915050565b606082015160208301515f1981019081116116e157612a296001600160a01b0391612a329361243a565b51511683612fb7565b61291e565b50606082015160208301515f198101919082116116e157612a5b91611b9f9161243a565b15612919565b612a6f90608089015161243a565b600c905264ffffffffff612537565b50608088018051612a8e90612463565b6016811015611fbb5715908115612aa6575b50612532565b51915050612ab390612463565b6016811015611fbb575f90600c105f612aa0565b612ad59060808b015161243a565b6001905261252961251d565b5060808a018051612af190612463565b6016811015611fbb5715908115612b09575b50612518565b51915050612b1690612463565b6016811015611fbb575f906001105f612b03565b50436040840135111561250f565b50612b4560208401612c14565b6001600160a01b03163014612509565b9950505050945050505050600f9190565b995050505094505050505060159190565b8a8a6329bada5160e11b5f5260045260245260445ffd5b60405190612b9b8261227f565b5f6080838281528260208201528260408201528260608201520152565b60405190612bc582612303565b815f81525f60208201525f60408201525f6060820152612be3612b8e565b6080820152612bf0612b8e565b60a082015260c0612bff612b8e565b910152565b9190811015612426576060020190565b356001600160a01b03811681036101e95790565b90612c5d612c358361244b565b612c42604051918261231f565b83815260208194612c55601f199161244b565b019101612341565b565b604051906080820182811067ffffffffffffffff82111761229b576040525f6060838281528260208201528260408201520152565b6001600160a01b0316805f525f602052612cb78260405f20600281015490613f10565b80612ce957505f5260016020526001600160a01b0360405f2091165f5260205264ffffffffff600160405f2001541690565b60b01c64ffffffffff1692915050565b6001600160a01b03916040519083602083019360a08552600a60c08501527f77616d702e7265616c6d0000000000000000000000000000000000000000000060e085015246604085015230606085015216608083015260a082015260e08152612d646101008261231f565b5190201690565b91908110156124265760051b0190565b6001600160a01b0390612d8c612bb8565b50165f525f60205260405f2080549060ff821691612da983611fcf565b6001600160a01b03600183015416612dc460028401546144c2565b90612dd260038501546144c2565b9260405195612de087612303565b612de981611fcf565b865264ffffffffff8160081c16602087015265ffffffffffff191660408601526060850152608084015260a083015264ffffffffff600660405192612e2d8461227f565b6001600160a01b0360048201541684528260058201546001600160a01b038116602087015260a01c16604085015201546001600160a01b038116606084015260a01c16608082015260c082015290565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f7e3ad238e1aa593dc51fcd016c5ed8ac60b7a68f705b123e1a176909550a9e4460408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a082015260a08152612f0f60c08261231f565b51902090565b6001600160a01b031690815f525f60205260405f2091825415612f355750565b6347d6f45160e01b5f5260045260245ffd5b90612f5182612f15565b916001600160a01b036001840154163303612f695750565b6001600160a01b03907f4d3a1dd8000000000000000000000000000000000000000000000000000000005f52166004523360245260445ffd5b3567ffffffffffffffff811681036101e95790565b6001600160a01b038151165f525f60205260405f20602082019060028101549060608401945b6008845110156130b057612ffd816001600160a01b038751168585615594565b80156130eb5761300c906144c2565b906001600160a01b03808351169116908181149160ff60208501511664ffffffffff60608601511664ffffffffff60808701511691855f146130b8575f935b60405195613058876122e7565b8652602086015260408501526060840152608083015264ffffffffff191660a082015287518651905f1982146116e15761309c92600183018952612745838361243a565b506130b057516001600160a01b0316612fdd565b505050505050565b6001600160a01b038b51165f52600160205260405f20845f5260205260405f20600164ffffffffff19910154169361304b565b50505050505050565b60208101805190925f1982018281116116e15780156137125761311781856155dc565b606084016001600160a01b03602080835101510151166001600160a01b0360208351510151161415806136c7575b6136b6575b64ffffffffff606060208351015101511664ffffffffff6060835151015116105f908061366d575b613655575b5060015b82811061345057505f5b86518110156134475761319981835161243a565b516131a482886137a2565b906001600160a01b038251161515806133f6575b6133df575b64ffffffffff6080820151164210158061338e575b613377575b84831461336c57606064ffffffffff9101511664ffffffffff602083015116118061331b575b613304575b6001821190816132ee575b60408101916001835161321f81611fcf565b61322881611fcf565b1492519061323582611fcf565b61323e82611fcf565b156132d65750816132c8575b505b1580613277575b613260575b600101613185565b61326e81608088015161243a565b60149052613258565b506080860161328a61278283835161243a565b6016811015611fbb578290159182156132a5575b5050613253565b6132b5925090612782915161243a565b6016811015611fbb57601410815f61329e565b60609150015115155f61324a565b905081156132e5575b5061324c565b9050155f6132df565b905060011986018481116116e15782149061320d565b61331282608089015161243a565b60129052613202565b506080870161332e61278284835161243a565b6016811015611fbb57839015918215613349575b50506131fd565b613359925090612782915161243a565b6016811015611fbb57601210825f613342565b505050505092505050565b6133858360808a015161243a565b601190526131d7565b50608088016133a161278285835161243a565b6016811015611fbb578490159182156133bc575b50506131d2565b6133cc925090612782915161243a565b6016811015611fbb57601110835f6133b5565b6133ed8360808a015161243a565b601090526131bd565b506080880161340961278285835161243a565b6016811015611fbb57849015918215613424575b50506131b8565b613434925090612782915161243a565b6016811015611fbb57601010835f61341d565b50505092505050565b61345b81835161243a565b5182519060018301918284116116e157826134759161243a565b5161349b613493836001600160a01b03602081835116920151161490565b15858b615224565b6001600160a01b038251166001600160a01b03602083015116141580613604575b6135ed575b64ffffffffff60608201511664ffffffffff606084015116108061359c575b613585575b61350460ff60408060039501519301928184511619161615858b6151b0565b51161580613534575b61351b575b5060010161317b565b61352990608088015161243a565b600e90526001613512565b506080870161354761278283835161243a565b6016811015611fbb57829015918215613562575b505061350d565b613572925090612782915161243a565b6016811015611fbb57600e10815f61355b565b6135938460808b015161243a565b600690526134e5565b50608089016135af61278286835161243a565b6016811015611fbb578590159182156135ca575b50506134e0565b6135da925090612782915161243a565b6016811015611fbb57600610845f6135c3565b6135fb8460808b015161243a565b600590526134c1565b506080890161361761278286835161243a565b6016811015611fbb57859015918215613632575b50506134bc565b613642925090612782915161243a565b6016811015611fbb57600510845f61362b565b61366390608087015161243a565b600990525f613177565b5060808601805161367d90612463565b6016811015611fbb5715908115613695575b50613172565b519150506136a290612463565b6016811015611fbb575f906009105f61368f565b60808501516020016008905261314a565b506080850180516136da90602001612463565b6016811015611fbb57159081156136f2575b50613145565b516137009150602001612463565b6016811015611fbb576008105f6136ec565b506080929092018051929350915f915061372b90612463565b6016811015611fbb57158015613754575b613744575050565b61374e915161243a565b60049052565b5050805161376190612463565b6016811015611fbb575f9060041061373c565b91908260409103126101e957815160048110156101e95760209092015164ffffffffff811681036101e95790565b9190916137ad612c5f565b926137bc81606084015161243a565b51908015908115806139f3575b806139d3575b6139cd576137e56001600160a01b039185615754565b16855264ffffffffff61380d6001600160a01b038551166001600160a01b0385511690612c94565b166020860152806139c0575b6139bc576001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016906001600160a01b0381511690604051916397a5d5b560e01b83526004830152604082602481865afa8015613964576020925f905f9261399a575b5061388c81611fcf565b151580613980575b61396f575b50019160406001600160a01b0384511660248251809581936397a5d5b560e01b835260048301525afa8015613964576001600160a01b03925f91613934575b506138e281611fcf565b604086015251165f5260016020526001600160a01b038060405f20925116165f5260205260405f2054600160ae1b811615159081613925575b5015156060830152565b600160af1b915016155f61391b565b613956915060403d60401161395d575b61394e818361231f565b810190613774565b505f6138d8565b503d613944565b6040513d5f823e3d90fd5b64ffffffffff16828701525f613899565b5064ffffffffff838801511664ffffffffff821611613894565b90506139b5915060403d60401161395d5761394e818361231f565b905f613882565b5050565b5060408201511515613819565b50505050565b506139ee836001600160a01b03602081835116920151161490565b6137cf565b50600181018082116116e1576020850151146137c9565b9391613a1793918561473c565b613a1e5750565b613a3260406001600160a01b039201612c14565b7f8c9ffd95000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b92939194906001600160a01b03811694855f52600160205260405f206001600160a01b0382165f5260205260405f209182549081151580613c09575b15613b8b57613ab690838a6001600160a01b038516928a6158a6565b15613b4e57600160af1b8116613b4257613b3d9760ff956001600160a01b0394600160af1b86941790555b604051987f74715d098bee08afbd6ad7d90d01886a6b082efd9df8a03b3ef1e0ec8537140460208b015260408a015260608901521660808701525f60a08701521660c08501521660e083015260e082526105436101008361231f565b600190565b50505050505050505f90565b6001600160a01b038886897f4509e6d7000000000000000000000000000000000000000000000000000000005f526004526024521660445260645ffd5b979492505050613ba65f968464ffffffffff198416916146e8565b5f52600260205260405f209564ffffffffff875416613bfe57865464ffffffffff431665ffffffffffff1990911665ff0000000000602886901b161717909655613b3d9560ff936001600160a01b0392839190613ae1565b505050505050505f90565b50600184015464ffffffffff19878116911614613a9a565b909392916001600160a01b03613c3686612c14565b16158015613ef3575b613ecf57613c4f60408601612fa2565b67ffffffffffffffff81169060ff8211613ebc5760011615613e91576020860191613c7983612fa2565b67ffffffffffffffff43911611613e68576060870164ffffffffff613ca1612555838b6123dc565b169442861115613e4c57613da09189916001600160a01b03613cdf613cd8613cc886612c14565b94613cd28b612fa2565b966123dc565b36916142c4565b6020815191012091816040519467ffffffffffffffff60208701977fc0c557c364444bdd56d8ee0ec1d8b9cdb815bc22106133a9fd6b66269f42f8d38952466040890152306060890152166080870152168060a086015260c08501521660e0830152856101008301526101208201526101208152613d5f6101408261231f565b5190206042906040519061190160f01b82527f43ee3bbb34d5e4fa65e905c83d5090865207639e2d8ba48cd446faca6f961b7b600283015260228201522090565b946001600160a01b03613db289612c14565b163314159182613e30575b5050613e075767ffffffffffffffff613de3613ddd613e04969798612c14565b93612fa2565b16919091926001600160a01b039060d81b9360b01b9260a01b911617171790565b91565b6001600160a01b0384613e1988612c14565b906310c9e73960e21b5f526004521660245260445ffd5b613e44925086613e3f8a612c14565b615292565b155f80613dbd565b85630a72ee0b60e21b5f5260045264ffffffffff60245260445ffd5b67ffffffffffffffff613e7a84612fa2565b6308dda2f360e01b5f52166004524360245260445ffd5b7f71cf7181000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b5063234c47bf60e21b5f5260045260245ffd5b6001600160a01b03613ee086612c14565b632edc489160e21b5f521660045260245ffd5b50613efd85612c14565b6001600160a01b03808416911614613c3f565b9291926001600160a01b035f941691826001600160a01b03821614613f5957600160ad1b16613f3d575050565b6003015492506001600160a01b03831603613f5457565b5f9150565b93505050565b949391949290928542116140335762093a804201958642116116e1578681116140035750613fd09394955060426001600160a01b03821695865f52600360205260405f2060018154019055613fb2612e7d565b906040519161190160f01b8352600283015260228201522090615292565b15613fd85750565b7fe82a42ff000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b86907f3a87d8f0000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b857f15642292000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b906001600160a01b03604051927f89f2f73e000000000000000000000000000000000000000000000000000000008452168060048401526020836024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa928315613964575f9361410d575b505f1983146140e25750565b7fe356d5aa000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b9092506020813d602011614139575b816141296020938361231f565b810103126101e95751915f6140d6565b3d915061411c565b6001600160a01b03909392931690815f52600160205260405f206001600160a01b0382165f5260205260405f20938454946001600f8760a81c161480614299575b158015614280575b61426057600160af1b861661424d57600160ae1b861661421457600160ae1b612c5d9596179055825f525f6020526001600160a01b0360405f2092604051947f1c5e90be299d4adbc92718523b78eb37f6aceff20ccf42c0d42196a8d56a7bbc602087015260408601521660608401525f608084015260a083015260a082526108b660c08361231f565b6001600160a01b0383857fa6d56d23000000000000000000000000000000000000000000000000000000005f526004521660245260445ffd5b506344d80a4360e01b5f5260045260245ffd5b6001600160a01b038385633d97394960e21b5f526004521660245260445ffd5b50600181015464ffffffffff198381169116141561418a565b5060038660a01c161515614182565b67ffffffffffffffff811161229b57601f01601f191660200190565b9291926142d0826142a8565b916142de604051938461231f565b8294818452818301116101e9578281602093845f960137010152565b61012061438b91614311613cd860e08301836123dc565b6020815191012060e0604051927fc0c557c364444bdd56d8ee0ec1d8b9cdb815bc22106133a9fd6b66269f42f8d384526020840137610100820152206042906040519061190160f01b82527f43ee3bbb34d5e4fa65e905c83d5090865207639e2d8ba48cd446faca6f961b7b600283015260228201522090565b90565b61438b9061439e60208201612c14565b906143ab60608201612c14565b9067ffffffffffffffff6143c160a08301612fa2565b60806143d3613cd860c08601866123dc565b60208151910120936001600160a01b03604051968160208901997f158911a349ced51714c94e52e73209a19e10d8527527721c624c24cd03fd4ee28b52843560408b01521660608901526040830135848901521660a0870152013560c08501521660e08301526101008201526101008152613d5f6101208261231f565b9064ffffffffff8260b01c168111156144be5760ff60a01b82166001600160a01b0383161775ff00000000000000000000000000000000000000000083161760b09190911b177fffffffffff0000000000000000000000000000000000000000000000000000009091161790565b5090565b6144ca612b8e565b50604051906144d88261227f565b6001600160a01b038116825260ff8160a01c16602083015260ff8160a81c16604083015264ffffffffff8160b01c16606083015260d81c608082015290565b919061010065ffffffffffff9160a0840184805181010390600164ffffffffff8460081c16018152841983168652602082018620956080810151926060820151926020604084015193015191607f190190a401169065ffffffffffff1916179055565b919061010065ffffffffffff916080840184805181010394600164ffffffffff8460081c16018252841983168152602086018120956060820151926020604084015193015191605f190190a301169065ffffffffffff1916179055565b6001600160a01b03168033141580614620575b6145f15750565b7ff5c5082a000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b506040517fd3a2b2100000000000000000000000000000000000000000000000000000000081528160048201526020816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa8015613964575f9061469f575b6001600160a01b039150163314156145ea565b506020813d6020116146e0575b816146b96020938361231f565b810103126101e957516001600160a01b03811681036101e9576001600160a01b039061468c565b3d91506146ac565b916001600160a01b036040519281602085019516855216604083015264ffffffffff1916606082015260608152612f0f60808261231f565b9064ffffffffff8091169116019064ffffffffff82116116e157565b909493929194610100525f60a0525f6080525f608052606081019061476082612c14565b9261476d60208301612c14565b6101a05261477d60408301612c14565b6001600160a01b038116158015615195575b615179576001600160a01b036101a051166001600160a01b03821614615141576001600160a01b0385165f525f60205260405f20610160526101605154938415615125576002610160510154610180526147f0826101805161016051613f10565b6150f0576147fd90612c14565b6102405261480d60208401612c14565b6102605261481d60808401612fa2565b67ffffffffffffffff811660e05283356101e05260ff60e051116150db5760011661509b57438335116150835761486261026051610240516101805161016051615594565b610220526102205115615064576102205160a81c600f1661020081905260018101106116e157600660016102005101116150465764ffffffffff6148ac61255560a08601866123dc565b166101c05264ffffffffff6101c05114615036575b426101c05111801590615024575b615004576101c0516102005160e051610260516001600160a01b031660a09190911b1760019190910160a81b17843560b01b1760d89190911b17956001610200510160c0525b600160af1b6102205116614fcc576102205160d81c42811115614f91575060036102205160a01c1615614f595760ff6102205160a01c161960e05116614f1e5764ffffffffff6102205160b01c166101e05110614ede576001600160a01b036102205116610140526001600160a01b0361026051166101405114614b36576149ab61014051610240516101805161016051615594565b610120526101205115614b205761014051610120516001600160a01b031603614ae257600160ae1b610220511615614ab3576149e96102605161405f565b806101e05110614a71575060c051156116e1575f1960c0510160c05260c05115614a415764ffffffffff6102205160b01c166101e05260ff6102205160a01c1660e05261012051610220526101405161026052614915565b600261020051018060016102005101116116e15763c5e0f6a560e01b5f526004526001610200510160245260445ffd5b7f5676299e000000000000000000000000000000000000000000000000000000005f526001600160a01b0361026051166004526101e05160245260445260645ffd5b633d97394960e21b5f526001600160a01b0361024051166004526001600160a01b03610260511660245260445ffd5b6001600160a01b0361024051165f52600160205260405f206001600160a01b0361026051165f5260205264ffffffffff600160405f200154166149e9565b6337146b0b60e21b5f526101405160045260245ffd5b614bd46101208895614b4e613cd860a08301836123dc565b6020815191012060a0604051927fc0c557c364444bdd56d8ee0ec1d8b9cdb815bc22106133a9fd6b66269f42f8d384524660208501523060408501526060840137610100820152206042906040519061190160f01b82527f43ee3bbb34d5e4fa65e905c83d5090865207639e2d8ba48cd446faca6f961b7b600283015260228201522090565b60a052614bef64ffffffffff1960a051166101a051886146e8565b5f52600260205264ffffffffff60405f205416614ec9576001600f8860a81c16149889614eb8575b896001600160a01b0388165f52600160205260405f206001600160a01b0385165f5260205260405f209889549182614d36575b505050614c61906101005160a0516101a051615292565b15614d1157612c5d96614c946001926001600160a01b039560ff8916614c8681611fcf565b8660a0519161016051615985565b8481550164ffffffffff1960a0511664ffffffffff82541617905581604051957fc054c4d83f99dcf45de61234f5849a80e5abb9b4dfc97e3853116d5fe1c0871a60208801521660408601521660608401525f608084015260a05160a084015260c083015260c08252614d0860e08361231f565b6101605161457a565b6310c9e73960e21b5f5260a0516004526001600160a01b036101a0511660245260445ffd5b64ffffffffff8260b01c1664ffffffffff8460b01c169081811115614ea35750506001600160a01b036101a051166001600160a01b038416141580614e89575b614e4b57600160af1b831615614e0e57505090614e06614db1614c61936001600160a01b038c600164ffffffffff199101541691168b6146e8565b60ff60405191614dc0836122cb565b4364ffffffffff90811684525f6020808601828152938252600290526040902093518454925165ffffffffffff19909316911617911660281b65ff000000000016179055565b905f80614c4a565b909181614e3b575b50614e26575b50614c6190614e06565b6001608052600160ae1b179450614c61614e1c565b600160ae1b91501615155f614e16565b6001600160a01b03837f5a323e4e000000000000000000000000000000000000000000000000000000005f52816101a051166004521660245260445ffd5b506001600160a01b03600161016051015416331415614d76565b633315259160e01b5f5260045260245260445ffd5b985060038760a01c16151598614c17565b6344d80a4360e01b5f5260a05160045260245ffd5b7f6545a662000000000000000000000000000000000000000000000000000000005f526101e05160045264ffffffffff6102205160b01c1660245260445ffd5b7f2b6d7314000000000000000000000000000000000000000000000000000000005f5260e05160045260ff6102205160a01c1660245260445ffd5b7f0eef7661000000000000000000000000000000000000000000000000000000005f526001600160a01b03610260511660045260245ffd5b7f78290444000000000000000000000000000000000000000000000000000000005f526001600160a01b03610260511660045260245260445ffd5b7f22f9bf4b000000000000000000000000000000000000000000000000000000005f526001600160a01b03610260511660045260245ffd5b630a72ee0b60e21b5f526101c0516004526102205160d81c60245260445ffd5b506102205160d81c6101c051116148cf565b6102205160d81c6101c0526148c1565b63c5e0f6a560e01b5f5260016102005101600452600660245260445ffd5b6337146b0b60e21b5f526001600160a01b03610260511660045260245ffd5b826308dda2f360e01b5f52356004524360245260445ffd5b6001600160a01b036150af60408501612c14565b7fc9645ce6000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b63234c47bf60e21b5f5260e05160045260245ffd5b6001600160a01b03827f15548680000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b6001600160a01b03866347d6f45160e01b5f521660045260245ffd5b7ffc5b0413000000000000000000000000000000000000000000000000000000005f526001600160a01b036101a0511660045260245ffd5b6001600160a01b0390632edc489160e21b5f521660045260245ffd5b506001600160a01b0385166001600160a01b0382161461478f565b9115806151d3575b6151c0575050565b60806151cd92015161243a565b60079052565b50608082016151e661278283835161243a565b6016811015611fbb57829015918215615201575b50506151b8565b615211925090612782915161243a565b6016811015611fbb57600710815f6151fa565b911580615241575b615234575050565b608061374e92015161243a565b506080820161525461278283835161243a565b6016811015611fbb5782901591821561526f575b505061522c565b61527f925090612782915161243a565b6016811015611fbb57600410815f615268565b9061529e848483615a29565b506152a881611fcf565b1590816153a1575b5061539857813b15615390578361531160845f969587966040519485926020840197630b135d3f60e11b89526024850152604060448501528160648501528484013787838284010152601f801991011681010301601f19810183528261231f565b51916207a120fa3d15615389573d615328816142a8565b90615336604051928361231f565b81523d5f602083013e5b8161537d575b8161534f575090565b630b135d3f60e11b915060208151910151906020811061536e57501490565b5f199060200360031b1b161490565b80516020149150615346565b6060615340565b505050505f90565b50505050600190565b90506001600160a01b038084169116145f6152b0565b9190915f90600984108015615508575b6154fc576009915b84831015613f595782820135907fff0000000000000000000000000000000000000000000000000000000000000082167f3b0000000000000000000000000000000000000000000000000000000000000081146154f45764ffffffffff821615806154e7575b600360fc1b82109182156154bd575b5081156154b5575b5080156154ab575b6154a25764ffffffffff600a91160264ffffffffff81169081036116e15761548964ffffffffff91602f199360f81c90614720565b160164ffffffffff81116116e1576001909201916153cf565b505f9450505050565b5060158414615454565b90505f61544c565b7f39000000000000000000000000000000000000000000000000000000000000001091505f615444565b50600360fc1b8114615435565b509450505050565b5064ffffffffff925050565b7fffffffffffffffffff00000000000000000000000000000000000000000000007f6e6f7441667465723d00000000000000000000000000000000000000000000009183358281169161555f575b501614156153c7565b828092508860090360031b1b16165f615556565b64ffffffffff81111561558a575064ffffffffff90565b64ffffffffff1690565b926155a29181939594613f10565b9283156155ad575050565b6001600160a01b0391929350165f5260016020526001600160a01b0360405f2091165f5260205260405f205490565b6155ea82606083015161243a565b51906001600160a01b038151165f525f60205261561d60405f2060028101546001600160a01b0360208601511691613f10565b90615638836001600160a01b03602081835116920151161490565b15801561574c575b6156a35761567090839464ffffffffff606060809601511664ffffffffff8560b01c161015918261568b57615224565b60d81c910164ffffffffff8151168210615688575050565b52565b915060ff60408701511660ff8560a01c161491615224565b9190506008602083015114908161572a575b5015615720576080600f915b016156d061278284835161243a565b6016811015611fbb571580156156f8575b6156ea57505050565b612c5d92612763915161243a565b5061570761278284835161243a565b6016811015611fbb576016831015611fbb5782106156e1565b60806004916156c1565b61574591506001600160a01b03602081835116920151161490565b155f6156b5565b508115615640565b6060810161576383825161243a565b51926001600160a01b038351165f52600160205260405f2060208501906001600160a01b0380835116165f5260205260405f209460a0600187015491019564ffffffffff19875116809264ffffffffff19161480615896575b61588257506157e1906001600160a01b038651166001600160a01b03845116906146e8565b5f52600260205264ffffffffff60405f20541661587057509260208301935b8451811015615867576001600160a01b0361581c82855161243a565b51511661583e6001600160a01b038651168264ffffffffff19865116916146e8565b5f52600260205264ffffffffff60405f20541661585e5750600101615800565b94505050505090565b50505050505f90565b516001600160a01b0316949350505050565b546001600160a01b03169695505050505050565b50600160af1b81541615156157bc565b93916001600160a01b0316926001600160a01b0383168414908115615972575b50615398576001600160a01b036001850154168314801561595c575b6153985760028401545f925b60068410615900575050505050505f90565b6001600160a01b036159148285858a615594565b1690818614615950576001600160a01b031681148015615948575b61593e576001909301926158ee565b5050505050505f90565b50801561592f565b50505050505050600190565b506001600160a01b0360028501541683146158e2565b6001600160a01b0391501683145f6158c6565b909492939461599381611fcf565b600181146130b0576002906159a781611fcf565b03615a145750905b6001600160a01b0382169383853314159384615a00575b505050506159d2575050565b7fc13180e2000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b615a0a9450615292565b155f8083816159c6565b6001600160a01b0391506001015416906159af565b9060418303615a5357615a4c9250602081013591604082359201355f1a90615a5d565b9192909190565b50505f9160029190565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411615ad4579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa15613964575f516001600160a01b03811615615aca57905f905f90565b505f906001905f90565b5050505f916003919056fea26469706673582212206dc84af036d5c4228c8fa687f42bad40bbb54c4cc413a1b8be771133769c942264736f6c63430008250033" as const

/** Byte position in the bytecode where the code of a RealmRegistry begins; it goes on to the end. */
export const realmRegistryCodeStart = 152 as const

/** Byte positions in that code of the 32-byte words that hold the OperatorRegistry's address, zero in the bytecode. */
export const operatorRegistryPositions = [
 453,
 14375,
 16550,
 18013
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
