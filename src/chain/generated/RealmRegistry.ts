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

export const realmRegistryBytecode = "0x60a03461007f57601f615bcb38819003918201601f19168301916001600160401b038311848410176100835780849260209460405283398101031261007f57516001600160a01b038116810361007f57608052604051615b33908161009882396080518181816101c5015281816138ca01528181614088015261425a0152f35b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe6102806040526004361015610012575f80fd5b5f3560e01c806310df76b814611e53578063117127cd14611db5578063199eac1b14611caa5780631be7db6b146119105780632c25e152146118b057806333711c9c14611811578063374140fb14611777578063475e585f1461152c5780634edc65ff146114f1578063523139f814611446578063553cf7de1461137e578063553eaccb1461133e5780635c3dcb10146113215780635fa8f4c4146112e257806366b0546a146110235780636ce3f3c714610f1d5780636f0e530f14610f005780637179846d14610d6c5780637ecebe0014610d345780638bdd36e014610d0e578063913318a614610b8f578063a6cbbd6114610b57578063b614581414610ae4578063c286311914610a13578063c89ec68a146108be578063c90db44714610816578063cd6f3ad1146107e3578063d4e215e1146107c9578063da1058dc1461079f578063de7beb4714610678578063eefbeb04146105cd578063f480dd7e1461043e578063f698da251461041c578063fc898721146102b3578063fec1949b146101ed5763ff677c7b146101a6575f80fd5b346101e9575f3660031901126101e95760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b5f80fd5b346101e95760403660031901126101e95760043567ffffffffffffffff81116101e95761021e903690600401611fe8565b9060243567ffffffffffffffff81116101e95761023f903690600401611fe8565b9283810361029c57913681900360be1901905f5b8481101561029a578060051b82013590838212156101e95761029460019261027c838a896124b2565b61028a858c8b9594956124b2565b9390928801613aad565b01610253565b005b83906329bada5160e11b5f5260045260245260445ffd5b346101e95760403660031901126101e9576102cc611f78565b6024359060048210156101e9576102e281612fea565b9182549060ff8216916102f48361203a565b6102fd8361203a565b6103068261203a565b828211156103e657916101009165ffffffffffff936103248361203a565b61032d8261203a565b8260ff8316911818916040519060208201927f3bb946e5aebeeb25bb0b3e00c39f109afcb4bf9bd6a4981c0200805fd90a762684526001600160a01b03604084019816885260608301915f83526103838161203a565b60808401526103918161203a565b60a083015260a082526103a560c0836123c2565b81805181010391600164ffffffffff8660081c160182528619851681526020830190209651925191603f190190a265ffffffffffff19909316920116179055005b50916001600160a01b03906356620e9360e01b5f52166004526104088161203a565b6024526104148161203a565b60445260645ffd5b346101e9575f3660031901126101e9576020610436612f20565b604051908152f35b346101e95760203660031901126101e957610457611f78565b61046081612fb8565b906004820191600681015464ffffffffff8160a01c169081156105a5576001600160a01b0316803303610576575080421061054b575082546001600160a01b0319168355600290920180546001600160c81b031916905561029a91600181016001600160a01b03815416906001600160a01b0333166001600160a01b03198254161790556001600160a01b03604051937f0c6cc6ef6af1a600d67d435df59d06a6d4d17f24144ed7d551cf10b75cbcc079602086015216604084015260608301523360808301525f60a0830152600160c083015260c0825261054360e0836123c2565b805490614659565b7f467fc663000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7fd1637658000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b7f31adcd00000000000000000000000000000000000000000000000000000000005f5260045ffd5b346101e9576105ff6105de366122ab565b916105ee60408697959601612cb7565b946105f886614213565b508661476d565b9060805160a0519215610643576001600160a01b0382163314908161063a575b5061062657005b610635606061029a9401612cb7565b6142f5565b9050158461061f565b6001600160a01b03827f25b72c7c000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b346101e95760e03660031901126101e957610691611f78565b610699611f8e565b906106a2611fa4565b606435926106ae612219565b9160a4359160c4359467ffffffffffffffff86116101e95761077887946106dc610786983690600401611fba565b916001600160a01b038616805f52600360205260405f20546040519060208201927f70623759c98b38392b917e3e1987baea1ecf7d23c17c01bdcef05130a79d7f0284526001600160a01b038916604084015260608301526001600160a01b038a1660808301528a60a083015260ff8c1660c083015260e082015282610100820152610100815261076f610120826123c2565b51902086614113565b61078181612fb8565b613b01565b1561078d57005b6344d80a4360e01b5f5260045260245ffd5b346101e95761029a6107b036612271565b916107ba82614002565b6107c382614213565b506142f5565b346101e95761029a6107da366122ab565b93929092613aad565b346101e95760203660031901126101e957610260610807610802611f78565b612e1e565b6108146040518092612044565bf35b346101e95760203660031901126101e95761082f611f78565b61083881612fea565b906001600160a01b036006830154169182156105a5576006810180546001600160c81b031916905561029a926001600160a01b03604051937f0e7045466d20fb8fc1556f56d95ca6d6275168bded5fc54cf7364dc8f9fd06ce602086015216604084015260608301525f6080830152608082526108b660a0836123c2565b8054906146bc565b346101e95760403660031901126101e9576108d7611f78565b6108df611f8e565b906108e981612fb8565b6005810154926001600160a01b0384168033036109e457506001600160a01b03169283156109bc5761029a9361092c64ffffffffff809360a01c16834216614751565b60068401805464ffffffffff60a01b1984166001600160c81b03199091161760a083901b64ffffffffff60a01b16179055906001600160a01b03604051957fed4b7262c6c735140ba8d8741a5a98dddb819f90291b79db0525042f11c03033602088015216604086015233606086015260808501525f60a08501521660c083015260c0825261054360e0836123c2565b7fd0ff2cd9000000000000000000000000000000000000000000000000000000005f5260045ffd5b7fc3a4c37a000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b346101e95760803660031901126101e957610a2c611f78565b60243567ffffffffffffffff81116101e957610a4c903690600401611fe8565b9160443567ffffffffffffffff81116101e957610a6d903690600401611fe8565b916064359160ff831683036101e957838603610acd57610a8c82612fb8565b5f5b858110610a9757005b80610ac686610ab1610aac6001958d8d612e0e565b612cb7565b610abc848b89612e0e565b3590338988613b01565b5001610a8e565b85846329bada5160e11b5f5260045260245260445ffd5b346101e957610b17610af536612271565b5f6020604051610b048161236e565b828152015264ffffffffff191691614719565b5f5260026020526040805f2060ff825191610b318361236e565b5481602064ffffffffff831694858152019160281c168152835192835251166020820152f35b346101e95760403660031901126101e9576020610b7e610b75611f78565b60243590612d9c565b6001600160a01b0360405191168152f35b346101e95760603660031901126101e957610ba8611f78565b610bb0611f8e565b9060443564ffffffffff81168082036101e957610bcc83612fea565b9162093a808210159485610cff575b6001600160a01b03169182159586159081610cf6575b50610cbc57506005830180546001600160a01b0319168317815561029a9564ffffffffff929015610cb35750610c445f5b825464ffffffffff60a01b191660a09190911b64ffffffffff60a01b16178255565b6006840180546001600160c81b03191690555460a01c16906001600160a01b03604051947f2b4cd13c109ed0b94ed1ca1278870e888103c8f29d6010d3753bb147df9f3b03602087015216604085015260608401525f608084015260a083015260a082526108b660c0836123c2565b610c4490610c22565b7f52ea03cb000000000000000000000000000000000000000000000000000000005f5260045262093a806024526301e1338060445260645ffd5b90501587610bf1565b6301e133808311159550610bdb565b346101e957610786610d1f36612229565b9183610d2c839695612fb8565b903391613b01565b346101e95760203660031901126101e9576001600160a01b03610d55611f78565b165f526003602052602060405f2054604051908152f35b346101e95760803660031901126101e95760243560048110156101e9576044359067ffffffffffffffff82116101e957608060031983360301126101e95760643567ffffffffffffffff81116101e957610dca903690600401611fba565b610dd960049492943533612d9c565b936001600160a01b03851694855f525f60205260405f20938454610ed457610e008661203a565b8515610eb9576020969593610436959360ff93610e209360040190613cc4565b9390600184016001600160a01b0333166001600160a01b0319825416179055806002850155604051947fc8478c388bdac148bc8550629364ff5e0dba98f525befec3cbdaf67cbcbdbd09898701528760408701523360608701525f6080870152610e898361203a565b8260a087015260c086015260e085015260e08452610ea9610100856123c2565b610eb28161203a565b16906146bc565b866356620e9360e01b5f526004525f6024525f60445260645ffd5b867fda510893000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b346101e9575f3660031901126101e957602060405162093a808152f35b346101e95760403660031901126101e957610f36611f78565b6001600160a01b03610f46611f8e565b915f60408051610f5581612352565b610f5d612c31565b81528260208201520152165f5260016020526001600160a01b0360405f2091165f5260205260e060405f206001610f948254614604565b91015464ffffffffff604051610fa981612352565b8381526040602082019183851683520192821916835261100c604051809564ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b511660a08301525164ffffffffff191660c0820152f35b346101e95760403660031901126101e95761103c611f78565b60243564ffffffffff81168091036101e95761105782612fb8565b60028101918254926001600160a01b033381861614951693845f52600160205260405f206001600160a01b0333165f5260205260405f2090865f146112cf5760b01c64ffffffffff16955b801580806112bb575b61128b578061127a575b8061126a575b61123a57868411801590611231575b6111fd5761029a9650156111e657508061113183600160ad1b935460ff60a01b81166001600160a01b0382161760ff60a81b82161760b09290921b919091177fffffffffff0000000000000000000000000000000000000000000000000000009091161790565b80915516611189575b604051927fd3c8b96ff166d2770b0f933a1270b0b883fef1eab5a2b231cbeda20953778d02602085015260408401523360608401525f608084015260a083015260a082526108b660c0836123c2565b600382016111df82825460ff60a01b81166001600160a01b0382161760ff60a81b82161760b09290921b919091177fffffffffff0000000000000000000000000000000000000000000000000000009091161790565b905561113a565b600101805464ffffffffff1916831790555061113a565b86847f7ffa7286000000000000000000000000000000000000000000000000000000005f526004526024524360445260645ffd5b504384116110ca565b857fa1a548bd000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b506003825460a01c1615156110bb565b506001600f835460a81c16146110b5565b867f6c799953000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b50600183015464ffffffffff1916156110ab565b5064ffffffffff600182015416956110a2565b346101e95760203660031901126101e95760043567ffffffffffffffff81116101e95760e060031982360301126101e957610436602091600401614542565b346101e9575f3660031901126101e95760206040516276a7008152f35b346101e95760203660031901126101e95760043567ffffffffffffffff81116101e95761010060031982360301126101e9576104366020916004016144ae565b346101e95760a03660031901126101e957611397611f78565b61139f611f8e565b604435906064359260843567ffffffffffffffff81116101e95761029a946113ce6107ba923690600401611fba565b916001600160a01b038616805f52600360205260405f20546040519060208201927fd803b17932c10528e9796c2a4f45c1bc0a952b858c5aea4686b47cce63a0845984526001600160a01b0389166040840152606083015289608083015260a08201528260c082015260c0815261076f60e0826123c2565b346101e95761145436612229565b91909261146082614002565b6001600160a01b038116805f52600160205260405f206001600160a01b0384165f5260205260405f20600160ae1b815416159081156114d7575b506114b7579180859261078695945f525f60205260405f20613b01565b826001600160a01b0391633d97394960e21b5f526004521660245260445ffd5b6001015464ffffffffff198781169116141590508661149a565b346101e95760403660031901126101e957602061151d61150f611f78565b611517611f8e565b90612d37565b64ffffffffff60405191168152f35b346101e95760803660031901126101e957611545611f78565b6024359067ffffffffffffffff82116101e957608060031983360301126101e95760443567ffffffffffffffff81116101e957611586903690600401611fba565b90929060643564ffffffffff8116918282036101e9576115b491956115aa86612fea565b9460040186613cc4565b81600285019384549164ffffffffff8160b01c169164ffffffffff8460b01c16928381111561176057506276a700420180421161174c5780821161171e575091839164ffffffffff97959361029a9b979560d81c809111611716575b50428888161190816116f8575b81156116f0575b816116db575b50846001600160a01b03949596555f146116d4576001600160a01b038383161660ff60a01b83161760b09190911b1785871660d81b175b600388015581604051987f1459eab08e1fc8cc7e02da24dc6a464d9c1ab40f18b6dd0bfe91963ad18b77e560208b01521660408901521660608701526001600160a01b03821660808701525f60a087015260c086015260e0850152166101008301526101008252610543610120836123c2565b505f611661565b600160ad1b1794506001600160a01b0361162a565b5f9750611624565b90506001600160a01b0381166001600160a01b03841614159061161d565b96508b611610565b907e16b5f7000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b634e487b7160e01b5f52601160045260245ffd5b8390633315259160e01b5f5260045260245260445ffd5b346101e95760a03660031901126101e957611790611f78565b61078661179b611f8e565b916117a4611fa4565b926064359384916117b3612219565b936117bd81612fea565b916001600160a01b0382165f52600160205260405f206001600160a01b0385165f52602052600160405f20015464ffffffffff1986169064ffffffffff1916145f1461180b57503391613b01565b91613b01565b346101e95760403660031901126101e95761182a611f78565b61184f611835611f8e565b6001600160a01b0361184561242b565b931683528261305a565b61185c6020820151612ccb565b906060015f5b8251811015611896578061187960019284516124dd565b516118848286612513565b5261188f8185612513565b5001611862565b604051602080825281906118ac90820186612184565b0390f35b346101e95760403660031901126101e95760043567ffffffffffffffff81116101e95760c060031982360301126101e9576024359067ffffffffffffffff82116101e95761190561029a923690600401611fba565b818193600401613aad565b346101e95760403660031901126101e957611929611f78565b6024359067ffffffffffffffff82116101e957366023830112156101e95781600401359067ffffffffffffffff82116101e957602483019260243691606085020101116101e9576040519261197d84612322565b5f845260208401925f84526040850194611995612c5b565b86526060810195606087526080820191606083526119b161242b565b916001600160a01b038716835260088511611c92576060830195865f5b87808210611c27575050505060208301948086526040840197818952600182148015611be3575b611bb0575b611a0a9150438452428a52612e1e565b815284518751810390811161174c57611a2290612ccb565b89525f5b895151811015611a6b5786519088519181830180931161174c5781611a50600194611a64936124dd565b518d5190611a5e8383612513565b52612513565b5001611a26565b508890888651611a7a816124ee565b90611a8860405192836123c2565b808252611a97601f19916124ee565b015f5b818110611b9957505086525f5b8751811015611ad55780611ace81611ac16001948a613845565b8a5190611a5e8383612513565b5001611aa7565b509291611b1790611b02879360405196879660208852516020880152516040870152516060860190612044565b516102e06102c0850152610300840190612184565b905190601f19838203016102e0840152602080835192838152019201905f5b818110611b44575050500390f35b9193509160206080600192606087516001600160a01b03815116835264ffffffffff8582015116858401526040810151611b7d8161203a565b6040840152015115156060820152019401910191849392611b36565b602090611ba4612d02565b82828601015201611a9a565b87515f19830192831161174c576001600160a01b03611bd5611a0a94611bde936124dd565b5151168661305a565b6119fa565b506001821180156119f5575087515f1983019083821161174c57611c2191611c0a916124dd565b516001600160a01b03602081835116920151161490565b156119f5565b6001600160a01b038181611c646020611c5e87611c57610aac828d9a611c508260019f516124dd565b519b612ca7565b958b612ca7565b01612cb7565b8c6040611c798864ffffffffff19938c612ca7565b01351660a08601521660208401521690520187906119ce565b8463c5e0f6a560e01b5f52600452600860245260445ffd5b346101e95760a03660031901126101e957611cc3611f78565b6024359067ffffffffffffffff82116101e95760e060031983360301126101e95760443567ffffffffffffffff81116101e957611d04903690600401611fba565b60649391933567ffffffffffffffff81116101e957611d27903690600401611fe8565b916084359567ffffffffffffffff87116101e957611d4c611d58973690600401611fe8565b96909560040190612533565b90604051918291611d6d836040810192612019565b6040602084015281518091526020606084019201905f5b818110611d92575050500390f35b9193509160208082611da76001948851612019565b019401910191849392611d84565b346101e95760403660031901126101e95761029a611dd1611f78565b611dd9611f8e565b6001600160a01b03611dea83612fea565b91600483018282166001600160a01b031982541617905581604051947fb7c4c93decd0b1f5c04fd9f8b52c56bc78c0ffd3b8068f484e3482214fe8070260208701521660408501523360608501521660808301525f60a083015260a0825261054360c0836123c2565b346101e95760203660031901126101e957611e6c611f78565b611e7581612fb8565b9060048201916001600160a01b03835416803303611f49575082546001600160a01b03191683556005810180546001600160c81b03199081169091556002909301805490931690925561029a91600181016001600160a01b03815416906001600160a01b0333166001600160a01b03198254161790556001600160a01b03604051937f0c6cc6ef6af1a600d67d435df59d06a6d4d17f24144ed7d551cf10b75cbcc079602086015216604084015260608301523360808301525f60a08301525f60c083015260c0825261054360e0836123c2565b7f70d46f25000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b600435906001600160a01b03821682036101e957565b602435906001600160a01b03821682036101e957565b604435906001600160a01b03821682036101e957565b9181601f840112156101e95782359167ffffffffffffffff83116101e957602083818601950101116101e957565b9181601f840112156101e95782359167ffffffffffffffff83116101e9576020808501948460051b0101116101e957565b9060168210156120265752565b634e487b7160e01b5f52602160045260245ffd5b6004111561202657565b64ffffffffff608060c061024093805161205d8161203a565b865283602082015116602087015265ffffffffffff1960408201511660408701526001600160a01b0360608201511660608701526120e1838201518488019064ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b61213460a082015161012088019064ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b01516001600160a01b038151166101c08601526001600160a01b036020820151166101e0860152826040820151166102008601526001600160a01b03606082015116610220860152015116910152565b90602080835192838152019201905f5b8181106121a15750505090565b909192602060c060019286516001600160a01b0381511682526001600160a01b0384820151168483015260ff604082015116604083015264ffffffffff606082015116606083015264ffffffffff608082015116608083015260a064ffffffffff199101511660a08201520194019101919091612194565b6084359060ff821682036101e957565b60809060031901126101e9576004356001600160a01b03811681036101e957906024356001600160a01b03811681036101e957906044359060643560ff811681036101e95790565b60609060031901126101e9576004356001600160a01b03811681036101e957906024356001600160a01b03811681036101e9579060443590565b9060606003198301126101e95760043567ffffffffffffffff81116101e95760c081840360031901126101e9576004019160243567ffffffffffffffff81116101e957816122fb91600401611fba565b929092916044359067ffffffffffffffff82116101e95761231e91600401611fba565b9091565b60a0810190811067ffffffffffffffff82111761233e57604052565b634e487b7160e01b5f52604160045260245ffd5b6060810190811067ffffffffffffffff82111761233e57604052565b6040810190811067ffffffffffffffff82111761233e57604052565b60c0810190811067ffffffffffffffff82111761233e57604052565b60e0810190811067ffffffffffffffff82111761233e57604052565b90601f8019910116810190811067ffffffffffffffff82111761233e57604052565b5f5b8281106123f257505050565b6020906040516124018161238a565b5f81525f838201525f60408201525f60608201525f60808201525f60a082015281840152016123e6565b6040519061243882612322565b815f81525f60208201525f604082015260806101009160405161245b84826123c2565b61246584826123e4565b60608201526040519261247881856123c2565b3684370152565b903590601e19813603018212156101e9570180359067ffffffffffffffff82116101e9576020019181360383136101e957565b908210156124c95761231e9160051b81019061247f565b634e487b7160e01b5f52603260045260245ffd5b9060088110156124c95760051b0190565b67ffffffffffffffff811161233e5760051b60200190565b5160168110156120265790565b80518210156124c95760209160051b010190565b60168210156120265752565b9496979190925f936060968a8a03612c1a576001600160a01b031696875f525f60205260405f205415612c095760088a1015612bf8575061257261242b565b96875260018901808a1161174c57806040890152602088015261259760608201612cb7565b926125a182614542565b924683351480612bdb575b80612bcd575b5f901580612b84575b612b6a575b506125cc9184866152c3565b5f901580612b21575b612b04575b508064ffffffffff61260660406125fe6125f860c08597018661247f565b906153e8565b9301356155a4565b6001600160a01b036040519661261b8861238a565b1680875260208701525f604087015216606085015216608083015264ffffffffff191660a08201526060850151525f5b868110156129a557600181019081811161174c578060051b8501359160fe19863603018312156101e957612680828b8a6124b2565b6126916060868a9794970101612cb7565b916126a06080828b0101612cb7565b956126ac828b016144ae565b928b86848d01354614858e82612985575b505080612975575b1580612920575b612908575b848d6126e160a083830101612cb7565b6001600160a01b038086511691161415806128aa575b61288e575b612739936001600160a01b0396929360ff67ffffffffffffffff61272960c08b9a98612732970101613045565b161115916151e1565b86886152c3565b97169316928084145f14612885578a600a975b1580612813575b64ffffffffff928760019a6127ee999897969486946127f5575b5050508c6127a5604061278a6125f860e08886010188860161247f565b9560ff61279b60c083870101613045565b16930101356155a4565b91604051976127b38961238a565b88526020880152604087015216606085015216608083015264ffffffffff191660a08201526060890151906127e883836124dd565b526124dd565b500161264b565b61280b9260806128069201516124dd565b612527565b865f8f61276d565b5060800161282a6128258783516124dd565b612506565b906016821015612026578c9115908115612845575b50612753565b61285c9250612825915096809695949397516124dd565b90601682101561202657601688101561202657939492939192908b90881064ffffffffff61283f565b8a600b9761274c565b5050608061289d9201516124dd565b600290528b86848d6126fc565b505050506080016128bf6128258883516124dd565b601681101561202657848d8f938a93159081156128dd575b506126f7565b9150506128f19350612825929150516124dd565b60168110156120265786848d8f936002105f6128d7565b60806129159201516124dd565b600190528b866126d1565b50506080016129336128258883516124dd565b6016811015612026578d9188911590811561294f575b506126cc565b6129609350612825929150516124dd565b601681101561202657868d916001105f612949565b5043858e016040013511156126c5565b612993925001602001612cb7565b6001600160a01b03163014858e6126bd565b509350945050915060016040830151148015612ada575b612aa2575b906129cb81613197565b6020810151906129da826124ee565b916129e860405193846123c2565b8083526129f7601f19916124ee565b01366020840137608001815f5b8351811015612a9b57612a28612a1e6128258386516124dd565b6128068387612513565b612a356128258286612513565b601681101561202657151580612a6c575b612a53575b600101612a04565b94506001612a646128258786612513565b959050612a4b565b50601686101561202657851580612a465750612a8b6128258286612513565b6016811015612026578611612a46565b5092915050565b606082015160208301515f19810190811161174c57612acc6001600160a01b0391612ad5936124dd565b5151168361305a565b6129c1565b50606082015160208301515f1981019190821161174c57612afe91611c0a916124dd565b156129bc565b612b129060808901516124dd565b600c905264ffffffffff6125da565b50608088018051612b3190612506565b60168110156120265715908115612b49575b506125d5565b51915050612b5690612506565b6016811015612026575f90600c105f612b43565b612b789060808b01516124dd565b600190526125cc6125c0565b5060808a018051612b9490612506565b60168110156120265715908115612bac575b506125bb565b51915050612bb990612506565b6016811015612026575f906001105f612ba6565b5043604084013511156125b2565b50612be860208401612cb7565b6001600160a01b031630146125ac565b9950505050945050505050600f9190565b995050505094505050505060159190565b8a8a6329bada5160e11b5f5260045260245260445ffd5b60405190612c3e82612322565b5f6080838281528260208201528260408201528260608201520152565b60405190612c68826123a6565b815f81525f60208201525f60408201525f6060820152612c86612c31565b6080820152612c93612c31565b60a082015260c0612ca2612c31565b910152565b91908110156124c9576060020190565b356001600160a01b03811681036101e95790565b90612d00612cd8836124ee565b612ce560405191826123c2565b83815260208194612cf8601f19916124ee565b0191016123e4565b565b604051906080820182811067ffffffffffffffff82111761233e576040525f6060838281528260208201528260408201520152565b6001600160a01b0316805f525f602052612d5a8260405f20600281015490613fb3565b80612d8c57505f5260016020526001600160a01b0360405f2091165f5260205264ffffffffff600160405f2001541690565b60b01c64ffffffffff1692915050565b6001600160a01b03916040519083602083019360a08552600a60c08501527f77616d702e7265616c6d0000000000000000000000000000000000000000000060e085015246604085015230606085015216608083015260a082015260e08152612e07610100826123c2565b5190201690565b91908110156124c95760051b0190565b6001600160a01b0390612e2f612c5b565b50165f525f60205260405f2080549060ff821691612e4c8361203a565b6001600160a01b03600183015416612e676002840154614604565b90612e756003850154614604565b9260405195612e83876123a6565b612e8c8161203a565b865264ffffffffff8160081c16602087015265ffffffffffff191660408601526060850152608084015260a083015264ffffffffff600660405192612ed084612322565b6001600160a01b0360048201541684528260058201546001600160a01b038116602087015260a01c16604085015201546001600160a01b038116606084015260a01c16608082015260c082015290565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f7e3ad238e1aa593dc51fcd016c5ed8ac60b7a68f705b123e1a176909550a9e4460408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a082015260a08152612fb260c0826123c2565b51902090565b6001600160a01b031690815f525f60205260405f2091825415612fd85750565b6347d6f45160e01b5f5260045260245ffd5b90612ff482612fb8565b916001600160a01b03600184015416330361300c5750565b6001600160a01b03907f4d3a1dd8000000000000000000000000000000000000000000000000000000005f52166004523360245260445ffd5b3567ffffffffffffffff811681036101e95790565b6001600160a01b038151165f525f60205260405f20602082019060028101549060608401945b600884511015613153576130a0816001600160a01b0387511685856155c5565b801561318e576130af90614604565b906001600160a01b03808351169116908181149160ff60208501511664ffffffffff60608601511664ffffffffff60808701511691855f1461315b575f935b604051956130fb8761238a565b8652602086015260408501526060840152608083015264ffffffffff191660a082015287518651905f19821461174c5761313f926001830189526127e883836124dd565b5061315357516001600160a01b0316613080565b505050505050565b6001600160a01b038b51165f52600160205260405f20845f5260205260405f20600164ffffffffff1991015416936130ee565b50505050505050565b60208101805190925f19820182811161174c5780156137b5576131ba818561560d565b606084016001600160a01b03602080835101510151166001600160a01b03602083515101511614158061376a575b613759575b64ffffffffff606060208351015101511664ffffffffff6060835151015116105f9080613710575b6136f8575b5060015b8281106134f357505f5b86518110156134ea5761323c8183516124dd565b516132478288613845565b906001600160a01b03825116151580613499575b613482575b64ffffffffff60808201511642101580613431575b61341a575b84831461340f57606064ffffffffff9101511664ffffffffff60208301511611806133be575b6133a7575b600182119081613391575b6040810191600183516132c28161203a565b6132cb8161203a565b149251906132d88261203a565b6132e18261203a565b1561337957508161336b575b505b158061331a575b613303575b600101613228565b6133118160808801516124dd565b601490526132fb565b506080860161332d6128258383516124dd565b601681101561202657829015918215613348575b50506132f6565b61335892509061282591516124dd565b601681101561202657601410815f613341565b60609150015115155f6132ed565b90508115613388575b506132ef565b9050155f613382565b9050600119860184811161174c578214906132b0565b6133b58260808901516124dd565b601290526132a5565b50608087016133d16128258483516124dd565b6016811015612026578390159182156133ec575b50506132a0565b6133fc92509061282591516124dd565b601681101561202657601210825f6133e5565b505050505092505050565b6134288360808a01516124dd565b6011905261327a565b50608088016134446128258583516124dd565b60168110156120265784901591821561345f575b5050613275565b61346f92509061282591516124dd565b601681101561202657601110835f613458565b6134908360808a01516124dd565b60109052613260565b50608088016134ac6128258583516124dd565b6016811015612026578490159182156134c7575b505061325b565b6134d792509061282591516124dd565b601681101561202657601010835f6134c0565b50505092505050565b6134fe8183516124dd565b51825190600183019182841161174c5782613518916124dd565b5161353e613536836001600160a01b03602081835116920151161490565b15858b615255565b6001600160a01b038251166001600160a01b036020830151161415806136a7575b613690575b64ffffffffff60608201511664ffffffffff606084015116108061363f575b613628575b6135a760ff60408060039501519301928184511619161615858b6151e1565b511615806135d7575b6135be575b5060010161321e565b6135cc9060808801516124dd565b600e905260016135b5565b50608087016135ea6128258383516124dd565b601681101561202657829015918215613605575b50506135b0565b61361592509061282591516124dd565b601681101561202657600e10815f6135fe565b6136368460808b01516124dd565b60069052613588565b50608089016136526128258683516124dd565b60168110156120265785901591821561366d575b5050613583565b61367d92509061282591516124dd565b601681101561202657600610845f613666565b61369e8460808b01516124dd565b60059052613564565b50608089016136ba6128258683516124dd565b6016811015612026578590159182156136d5575b505061355f565b6136e592509061282591516124dd565b601681101561202657600510845f6136ce565b6137069060808701516124dd565b600990525f61321a565b5060808601805161372090612506565b60168110156120265715908115613738575b50613215565b5191505061374590612506565b6016811015612026575f906009105f613732565b6080850151602001600890526131ed565b5060808501805161377d90602001612506565b60168110156120265715908115613795575b506131e8565b516137a39150602001612506565b6016811015612026576008105f61378f565b506080929092018051929350915f91506137ce90612506565b6016811015612026571580156137f7575b6137e7575050565b6137f191516124dd565b60049052565b5050805161380490612506565b6016811015612026575f906004106137df565b91908260409103126101e957815160048110156101e95760209092015164ffffffffff811681036101e95790565b919091613850612d02565b9261385f8160608401516124dd565b5190801590811580613a96575b80613a76575b613a70576138886001600160a01b039185615772565b16855264ffffffffff6138b06001600160a01b038551166001600160a01b0385511690612d37565b16602086015280613a63575b613a5f576001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016906001600160a01b0381511690604051916397a5d5b560e01b83526004830152604082602481865afa8015613a07576020925f905f92613a3d575b5061392f8161203a565b151580613a23575b613a12575b50019160406001600160a01b0384511660248251809581936397a5d5b560e01b835260048301525afa8015613a07576001600160a01b03925f916139d7575b506139858161203a565b604086015251165f5260016020526001600160a01b038060405f20925116165f5260205260405f2054600160ae1b8116151590816139c8575b5015156060830152565b600160af1b915016155f6139be565b6139f9915060403d604011613a00575b6139f181836123c2565b810190613817565b505f61397b565b503d6139e7565b6040513d5f823e3d90fd5b64ffffffffff16828701525f61393c565b5064ffffffffff838801511664ffffffffff821611613937565b9050613a58915060403d604011613a00576139f181836123c2565b905f613925565b5050565b50604082015115156138bc565b50505050565b50613a91836001600160a01b03602081835116920151161490565b613872565b506001810180821161174c5760208501511461386c565b9391613aba93918561476d565b613ac15750565b613ad560406001600160a01b039201612cb7565b7f8c9ffd95000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b92939194906001600160a01b03811694855f52600160205260405f206001600160a01b0382165f5260205260405f209182549081151580613cac575b15613c2e57613b5990838a6001600160a01b038516928a6158c4565b15613bf157600160af1b8116613be557613be09760ff956001600160a01b0394600160af1b86941790555b604051987f74715d098bee08afbd6ad7d90d01886a6b082efd9df8a03b3ef1e0ec8537140460208b015260408a015260608901521660808701525f60a08701521660c08501521660e083015260e08252610543610100836123c2565b600190565b50505050505050505f90565b6001600160a01b038886897f4509e6d7000000000000000000000000000000000000000000000000000000005f526004526024521660445260645ffd5b979492505050613c495f968464ffffffffff19841691614719565b5f52600260205260405f209564ffffffffff875416613ca157865464ffffffffff431665ffffffffffff1990911665ff0000000000602886901b161717909655613be09560ff936001600160a01b0392839190613b84565b505050505050505f90565b50600184015464ffffffffff19878116911614613b3d565b909392916001600160a01b03613cd986612cb7565b16158015613f96575b613f7257613cf260408601613045565b67ffffffffffffffff81169060ff8211613f5f5760011615613f34576020860191613d1c83613045565b67ffffffffffffffff43911611613f0b576060870164ffffffffff613d446125f8838b61247f565b169442861115613eef57613e439189916001600160a01b03613d82613d7b613d6b86612cb7565b94613d758b613045565b9661247f565b3691614478565b6020815191012091816040519467ffffffffffffffff60208701977fc0c557c364444bdd56d8ee0ec1d8b9cdb815bc22106133a9fd6b66269f42f8d38952466040890152306060890152166080870152168060a086015260c08501521660e0830152856101008301526101208201526101208152613e02610140826123c2565b5190206042906040519061190160f01b82527f43ee3bbb34d5e4fa65e905c83d5090865207639e2d8ba48cd446faca6f961b7b600283015260228201522090565b946001600160a01b03613e5589612cb7565b163314159182613ed3575b5050613eaa5767ffffffffffffffff613e86613e80613ea7969798612cb7565b93613045565b16919091926001600160a01b039060d81b9360b01b9260a01b911617171790565b91565b6001600160a01b0384613ebc88612cb7565b906310c9e73960e21b5f526004521660245260445ffd5b613ee7925086613ee28a612cb7565b6152c3565b155f80613e60565b85630a72ee0b60e21b5f5260045264ffffffffff60245260445ffd5b67ffffffffffffffff613f1d84613045565b6308dda2f360e01b5f52166004524360245260445ffd5b7f71cf7181000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b5063234c47bf60e21b5f5260045260245ffd5b6001600160a01b03613f8386612cb7565b632edc489160e21b5f521660045260245ffd5b50613fa085612cb7565b6001600160a01b03808416911614613ce2565b9291926001600160a01b035f941691826001600160a01b03821614613ffc57600160ad1b16613fe0575050565b6003015492506001600160a01b03831603613ff757565b5f9150565b93505050565b6001600160a01b0316803314158061404b575b61401c5750565b7ff5c5082a000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b506040517fd3a2b2100000000000000000000000000000000000000000000000000000000081528160048201526020816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa8015613a07575f906140ca575b6001600160a01b03915016331415614015565b506020813d60201161410b575b816140e4602093836123c2565b810103126101e957516001600160a01b03811681036101e9576001600160a01b03906140b7565b3d91506140d7565b949391949290928542116141e75762093a8042019586421161174c578681116141b757506141849394955060426001600160a01b03821695865f52600360205260405f2060018154019055614166612f20565b906040519161190160f01b83526002830152602282015220906152c3565b1561418c5750565b7fe82a42ff000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b86907f3a87d8f0000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b857f15642292000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b906001600160a01b03604051927f89f2f73e000000000000000000000000000000000000000000000000000000008452168060048401526020836024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa928315613a07575f936142c1575b505f1983146142965750565b7fe356d5aa000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b9092506020813d6020116142ed575b816142dd602093836123c2565b810103126101e95751915f61428a565b3d91506142d0565b6001600160a01b03909392931690815f52600160205260405f206001600160a01b0382165f5260205260405f20938454946001600f8760a81c16148061444d575b158015614434575b61441457600160af1b861661440157600160ae1b86166143c857600160ae1b612d009596179055825f525f6020526001600160a01b0360405f2092604051947f1c5e90be299d4adbc92718523b78eb37f6aceff20ccf42c0d42196a8d56a7bbc602087015260408601521660608401525f608084015260a083015260a082526108b660c0836123c2565b6001600160a01b0383857fa6d56d23000000000000000000000000000000000000000000000000000000005f526004521660245260445ffd5b506344d80a4360e01b5f5260045260245ffd5b6001600160a01b038385633d97394960e21b5f526004521660245260445ffd5b50600181015464ffffffffff198381169116141561433e565b5060038660a01c161515614336565b67ffffffffffffffff811161233e57601f01601f191660200190565b9291926144848261445c565b9161449260405193846123c2565b8294818452818301116101e9578281602093845f960137010152565b61012061453f916144c5613d7b60e083018361247f565b6020815191012060e0604051927fc0c557c364444bdd56d8ee0ec1d8b9cdb815bc22106133a9fd6b66269f42f8d384526020840137610100820152206042906040519061190160f01b82527f43ee3bbb34d5e4fa65e905c83d5090865207639e2d8ba48cd446faca6f961b7b600283015260228201522090565b90565b61453f9061455260208201612cb7565b9061455f60608201612cb7565b9067ffffffffffffffff61457560a08301613045565b6080614587613d7b60c086018661247f565b60208151910120936001600160a01b03604051968160208901997f158911a349ced51714c94e52e73209a19e10d8527527721c624c24cd03fd4ee28b52843560408b01521660608901526040830135848901521660a0870152013560c08501521660e08301526101008201526101008152613e02610120826123c2565b61460c612c31565b506040519061461a82612322565b6001600160a01b038116825260ff8160a01c16602083015260ff8160a81c16604083015264ffffffffff8160b01c16606083015260d81c608082015290565b919061010065ffffffffffff9160a0840184805181010390600164ffffffffff8460081c16018152841983168652602082018620956080810151926060820151926020604084015193015191607f190190a401169065ffffffffffff1916179055565b919061010065ffffffffffff916080840184805181010394600164ffffffffff8460081c16018252841983168152602086018120956060820151926020604084015193015191605f190190a301169065ffffffffffff1916179055565b916001600160a01b036040519281602085019516855216604083015264ffffffffff1916606082015260608152612fb26080826123c2565b9064ffffffffff8091169116019064ffffffffff821161174c57565b909493929194610100525f60a0525f6080525f608052606081019061479182612cb7565b9261479e60208301612cb7565b6101a0526147ae60408301612cb7565b6001600160a01b0381161580156151c6575b6151aa576001600160a01b036101a051166001600160a01b03821614615172576001600160a01b0385165f525f60205260405f2061016052610160515493841561515657600261016051015461018052614821826101805161016051613fb3565b6151215761482e90612cb7565b6102405261483e60208401612cb7565b6102605261484e60808401613045565b67ffffffffffffffff811660e05283356101e05260ff60e0511161510c576001166150cc57438335116150b457614893610260516102405161018051610160516155c5565b610220526102205115615095576102205160a81c600f16610200819052600181011061174c57600660016102005101116150775764ffffffffff6148dd6125f860a086018661247f565b166101c05264ffffffffff6101c05114615067575b426101c05111801590615055575b615035576101c0516102005160e051610260516001600160a01b031660a09190911b1760019190910160a81b17843560b01b1760d89190911b17956001610200510160c0525b600160af1b6102205116614ffd576102205160d81c42811115614fc2575060036102205160a01c1615614f8a5760ff6102205160a01c161960e05116614f4f5764ffffffffff6102205160b01c166101e05110614f0f576001600160a01b036102205116610140526001600160a01b0361026051166101405114614b67576149dc610140516102405161018051610160516155c5565b610120526101205115614b515761014051610120516001600160a01b031603614b1357600160ae1b610220511615614ae457614a1a61026051614213565b806101e05110614aa2575060c0511561174c575f1960c0510160c05260c05115614a725764ffffffffff6102205160b01c166101e05260ff6102205160a01c1660e05261012051610220526101405161026052614946565b6002610200510180600161020051011161174c5763c5e0f6a560e01b5f526004526001610200510160245260445ffd5b7f5676299e000000000000000000000000000000000000000000000000000000005f526001600160a01b0361026051166004526101e05160245260445260645ffd5b633d97394960e21b5f526001600160a01b0361024051166004526001600160a01b03610260511660245260445ffd5b6001600160a01b0361024051165f52600160205260405f206001600160a01b0361026051165f5260205264ffffffffff600160405f20015416614a1a565b6337146b0b60e21b5f526101405160045260245ffd5b614c056101208895614b7f613d7b60a083018361247f565b6020815191012060a0604051927fc0c557c364444bdd56d8ee0ec1d8b9cdb815bc22106133a9fd6b66269f42f8d384524660208501523060408501526060840137610100820152206042906040519061190160f01b82527f43ee3bbb34d5e4fa65e905c83d5090865207639e2d8ba48cd446faca6f961b7b600283015260228201522090565b60a052614c2064ffffffffff1960a051166101a05188614719565b5f52600260205264ffffffffff60405f205416614efa576001600f8860a81c16149889614ee9575b896001600160a01b0388165f52600160205260405f206001600160a01b0385165f5260205260405f209889549182614d67575b505050614c92906101005160a0516101a0516152c3565b15614d4257612d0096614cc56001926001600160a01b039560ff8916614cb78161203a565b8660a05191610160516159a3565b8481550164ffffffffff1960a0511664ffffffffff82541617905581604051957fc054c4d83f99dcf45de61234f5849a80e5abb9b4dfc97e3853116d5fe1c0871a60208801521660408601521660608401525f608084015260a05160a084015260c083015260c08252614d3960e0836123c2565b610160516146bc565b6310c9e73960e21b5f5260a0516004526001600160a01b036101a0511660245260445ffd5b64ffffffffff8260b01c1664ffffffffff8460b01c169081811115614ed45750506001600160a01b036101a051166001600160a01b038416141580614eba575b614e7c57600160af1b831615614e3f57505090614e37614de2614c92936001600160a01b038c600164ffffffffff199101541691168b614719565b60ff60405191614df18361236e565b4364ffffffffff90811684525f6020808601828152938252600290526040902093518454925165ffffffffffff19909316911617911660281b65ff000000000016179055565b905f80614c7b565b909181614e6c575b50614e57575b50614c9290614e37565b6001608052600160ae1b179450614c92614e4d565b600160ae1b91501615155f614e47565b6001600160a01b03837f5a323e4e000000000000000000000000000000000000000000000000000000005f52816101a051166004521660245260445ffd5b506001600160a01b03600161016051015416331415614da7565b633315259160e01b5f5260045260245260445ffd5b985060038760a01c16151598614c48565b6344d80a4360e01b5f5260a05160045260245ffd5b7f6545a662000000000000000000000000000000000000000000000000000000005f526101e05160045264ffffffffff6102205160b01c1660245260445ffd5b7f2b6d7314000000000000000000000000000000000000000000000000000000005f5260e05160045260ff6102205160a01c1660245260445ffd5b7f0eef7661000000000000000000000000000000000000000000000000000000005f526001600160a01b03610260511660045260245ffd5b7f78290444000000000000000000000000000000000000000000000000000000005f526001600160a01b03610260511660045260245260445ffd5b7f22f9bf4b000000000000000000000000000000000000000000000000000000005f526001600160a01b03610260511660045260245ffd5b630a72ee0b60e21b5f526101c0516004526102205160d81c60245260445ffd5b506102205160d81c6101c05111614900565b6102205160d81c6101c0526148f2565b63c5e0f6a560e01b5f5260016102005101600452600660245260445ffd5b6337146b0b60e21b5f526001600160a01b03610260511660045260245ffd5b826308dda2f360e01b5f52356004524360245260445ffd5b6001600160a01b036150e060408501612cb7565b7fc9645ce6000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b63234c47bf60e21b5f5260e05160045260245ffd5b6001600160a01b03827f15548680000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b6001600160a01b03866347d6f45160e01b5f521660045260245ffd5b7ffc5b0413000000000000000000000000000000000000000000000000000000005f526001600160a01b036101a0511660045260245ffd5b6001600160a01b0390632edc489160e21b5f521660045260245ffd5b506001600160a01b0385166001600160a01b038216146147c0565b911580615204575b6151f1575050565b60806151fe9201516124dd565b60079052565b50608082016152176128258383516124dd565b601681101561202657829015918215615232575b50506151e9565b61524292509061282591516124dd565b601681101561202657600710815f61522b565b911580615272575b615265575050565b60806137f19201516124dd565b50608082016152856128258383516124dd565b6016811015612026578290159182156152a0575b505061525d565b6152b092509061282591516124dd565b601681101561202657600410815f615299565b906152cf848483615a47565b506152d98161203a565b1590816153d2575b506153c957813b156153c1578361534260845f969587966040519485926020840197630b135d3f60e11b89526024850152604060448501528160648501528484013787838284010152601f801991011681010301601f1981018352826123c2565b51916207a120fa3d156153ba573d6153598161445c565b9061536760405192836123c2565b81523d5f602083013e5b816153ae575b81615380575090565b630b135d3f60e11b915060208151910151906020811061539f57501490565b5f199060200360031b1b161490565b80516020149150615377565b6060615371565b505050505f90565b50505050600190565b90506001600160a01b038084169116145f6152e1565b9190915f90600984108015615539575b61552d576009915b84831015613ffc5782820135907fff0000000000000000000000000000000000000000000000000000000000000082167f3b0000000000000000000000000000000000000000000000000000000000000081146155255764ffffffffff82161580615518575b600360fc1b82109182156154ee575b5081156154e6575b5080156154dc575b6154d35764ffffffffff600a91160264ffffffffff811690810361174c576154ba64ffffffffff91602f199360f81c90614751565b160164ffffffffff811161174c57600190920191615400565b505f9450505050565b5060158414615485565b90505f61547d565b7f39000000000000000000000000000000000000000000000000000000000000001091505f615475565b50600360fc1b8114615466565b509450505050565b5064ffffffffff925050565b7fffffffffffffffffff00000000000000000000000000000000000000000000007f6e6f7441667465723d000000000000000000000000000000000000000000000091833582811691615590575b501614156153f8565b828092508860090360031b1b16165f615587565b64ffffffffff8111156155bb575064ffffffffff90565b64ffffffffff1690565b926155d39181939594613fb3565b9283156155de575050565b6001600160a01b0391929350165f5260016020526001600160a01b0360405f2091165f5260205260405f205490565b61561b8260608301516124dd565b51906001600160a01b038151165f525f60205261564e60405f2060028101546001600160a01b0360208601511691613fb3565b90615669836001600160a01b03602081835116920151161490565b15801561576a575b6156c1576156a190839464ffffffffff606060809601511664ffffffffff8560b01c16101591826156a957615255565b60d81c910152565b915060ff60408701511660ff8560a01c161491615255565b91905060086020830151149081615748575b501561573e576080600f915b016156ee6128258483516124dd565b601681101561202657158015615716575b61570857505050565b612d009261280691516124dd565b506157256128258483516124dd565b60168110156120265760168310156120265782106156ff565b60806004916156df565b61576391506001600160a01b03602081835116920151161490565b155f6156d3565b508115615671565b606081016157818382516124dd565b51926001600160a01b038351165f52600160205260405f2060208501906001600160a01b0380835116165f5260205260405f209460a0600187015491019564ffffffffff19875116809264ffffffffff191614806158b4575b6158a057506157ff906001600160a01b038651166001600160a01b0384511690614719565b5f52600260205264ffffffffff60405f20541661588e57509260208301935b8451811015615885576001600160a01b0361583a8285516124dd565b51511661585c6001600160a01b038651168264ffffffffff1986511691614719565b5f52600260205264ffffffffff60405f20541661587c575060010161581e565b94505050505090565b50505050505f90565b516001600160a01b0316949350505050565b546001600160a01b03169695505050505050565b50600160af1b81541615156157da565b93916001600160a01b0316926001600160a01b0383168414908115615990575b506153c9576001600160a01b036001850154168314801561597a575b6153c95760028401545f925b6006841061591e575050505050505f90565b6001600160a01b036159328285858a6155c5565b169081861461596e576001600160a01b031681148015615966575b61595c5760019093019261590c565b5050505050505f90565b50801561594d565b50505050505050600190565b506001600160a01b036002850154168314615900565b6001600160a01b0391501683145f6158e4565b90949293946159b18161203a565b60018114613153576002906159c58161203a565b03615a325750905b6001600160a01b0382169383853314159384615a1e575b505050506159f0575050565b7fc13180e2000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b615a2894506152c3565b155f8083816159e4565b6001600160a01b0391506001015416906159cd565b9060418303615a7157615a6a9250602081013591604082359201355f1a90615a7b565b9192909190565b50505f9160029190565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411615af2579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa15613a07575f516001600160a01b03811615615ae857905f905f90565b505f906001905f90565b5050505f916003919056fea2646970667358221220e9a33b33dba228ed4228bc9a9ef85944019344a4cb511bc31459569d967acdac64736f6c63430008250033" as const

/** Byte position in the bytecode where the code of a RealmRegistry begins; it goes on to the end. */
export const realmRegistryCodeStart = 152 as const

/** Byte positions in that code of the 32-byte words that hold the OperatorRegistry's address, zero in the bytecode. */
export const operatorRegistryPositions = [
 453,
 14538,
 16520,
 16986
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
