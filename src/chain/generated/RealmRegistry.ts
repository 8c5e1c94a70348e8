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

export const realmRegistryBytecode = "0x60a03461007f57601f615b9b38819003918201601f19168301916001600160401b038311848410176100835780849260209460405283398101031261007f57516001600160a01b038116810361007f57608052604051615b03908161009882396080518181816101c5015281816138510152818161400f01526141e10152f35b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe6102806040526004361015610012575f80fd5b5f3560e01c806310df76b814611dda578063117127cd14611d3c578063199eac1b14611c315780631be7db6b146118975780632c25e1521461183757806333711c9c14611798578063374140fb146116fe578063475e585f1461149e5780634edc65ff14611463578063523139f8146113b8578063553cf7de146112f0578063553eaccb146112b05780635c3dcb10146112935780635fa8f4c41461125457806366b0546a146110235780636ce3f3c714610f1d5780636f0e530f14610f005780637179846d14610d6c5780637ecebe0014610d345780638bdd36e014610d0e578063913318a614610b8f578063a6cbbd6114610b57578063b614581414610ae4578063c286311914610a13578063c89ec68a146108be578063c90db44714610816578063cd6f3ad1146107e3578063d4e215e1146107c9578063da1058dc1461079f578063de7beb4714610678578063eefbeb04146105cd578063f480dd7e1461043e578063f698da251461041c578063fc898721146102b3578063fec1949b146101ed5763ff677c7b146101a6575f80fd5b346101e9575f3660031901126101e95760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b5f80fd5b346101e95760403660031901126101e95760043567ffffffffffffffff81116101e95761021e903690600401611f6f565b9060243567ffffffffffffffff81116101e95761023f903690600401611f6f565b9283810361029c57913681900360be1901905f5b8481101561029a578060051b82013590838212156101e95761029460019261027c838a89612439565b61028a858c8b959495612439565b9390928801613a34565b01610253565b005b83906329bada5160e11b5f5260045260245260445ffd5b346101e95760403660031901126101e9576102cc611eff565b6024359060048210156101e9576102e281612f71565b9182549060ff8216916102f483611fc1565b6102fd83611fc1565b61030682611fc1565b828211156103e657916101009165ffffffffffff9361032483611fc1565b61032d82611fc1565b8260ff8316911818916040519060208201927f3bb946e5aebeeb25bb0b3e00c39f109afcb4bf9bd6a4981c0200805fd90a762684526001600160a01b03604084019816885260608301915f835261038381611fc1565b608084015261039181611fc1565b60a083015260a082526103a560c083612349565b81805181010391600164ffffffffff8660081c160182528619851681526020830190209651925191603f190190a265ffffffffffff19909316920116179055005b50916001600160a01b03906356620e9360e01b5f521660045261040881611fc1565b60245261041481611fc1565b60445260645ffd5b346101e9575f3660031901126101e9576020610436612ea7565b604051908152f35b346101e95760203660031901126101e957610457611eff565b61046081612f3f565b906004820191600681015464ffffffffff8160a01c169081156105a5576001600160a01b0316803303610576575080421061054b575082546001600160a01b0319168355600290920180546001600160c81b031916905561029a91600181016001600160a01b03815416906001600160a01b0333166001600160a01b03198254161790556001600160a01b03604051937f0c6cc6ef6af1a600d67d435df59d06a6d4d17f24144ed7d551cf10b75cbcc079602086015216604084015260608301523360808301525f60a0830152600160c083015260c0825261054360e083612349565b805490614652565b7f467fc663000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7fd1637658000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b7f31adcd00000000000000000000000000000000000000000000000000000000005f5260045ffd5b346101e9576105ff6105de36612232565b916105ee60408697959601612c3e565b946105f88661419a565b5086614766565b9060805160a0519215610643576001600160a01b0382163314908161063a575b5061062657005b610635606061029a9401612c3e565b61427c565b9050158461061f565b6001600160a01b03827f25b72c7c000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b346101e95760e03660031901126101e957610691611eff565b610699611f15565b906106a2611f2b565b606435926106ae6121a0565b9160a4359160c4359467ffffffffffffffff86116101e95761077887946106dc610786983690600401611f41565b916001600160a01b038616805f52600360205260405f20546040519060208201927f70623759c98b38392b917e3e1987baea1ecf7d23c17c01bdcef05130a79d7f0284526001600160a01b038916604084015260608301526001600160a01b038a1660808301528a60a083015260ff8c1660c083015260e082015282610100820152610100815261076f61012082612349565b5190208661409a565b61078181612f3f565b613a88565b1561078d57005b6344d80a4360e01b5f5260045260245ffd5b346101e95761029a6107b0366121f8565b916107ba82613f89565b6107c38261419a565b5061427c565b346101e95761029a6107da36612232565b93929092613a34565b346101e95760203660031901126101e957610260610807610802611eff565b612da5565b6108146040518092611fcb565bf35b346101e95760203660031901126101e95761082f611eff565b61083881612f71565b906001600160a01b036006830154169182156105a5576006810180546001600160c81b031916905561029a926001600160a01b03604051937f0e7045466d20fb8fc1556f56d95ca6d6275168bded5fc54cf7364dc8f9fd06ce602086015216604084015260608301525f6080830152608082526108b660a083612349565b8054906146b5565b346101e95760403660031901126101e9576108d7611eff565b6108df611f15565b906108e981612f3f565b6005810154926001600160a01b0384168033036109e457506001600160a01b03169283156109bc5761029a9361092c64ffffffffff809360a01c1683421661474a565b60068401805464ffffffffff60a01b1984166001600160c81b03199091161760a083901b64ffffffffff60a01b16179055906001600160a01b03604051957fed4b7262c6c735140ba8d8741a5a98dddb819f90291b79db0525042f11c03033602088015216604086015233606086015260808501525f60a08501521660c083015260c0825261054360e083612349565b7fd0ff2cd9000000000000000000000000000000000000000000000000000000005f5260045ffd5b7fc3a4c37a000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b346101e95760803660031901126101e957610a2c611eff565b60243567ffffffffffffffff81116101e957610a4c903690600401611f6f565b9160443567ffffffffffffffff81116101e957610a6d903690600401611f6f565b916064359160ff831683036101e957838603610acd57610a8c82612f3f565b5f5b858110610a9757005b80610ac686610ab1610aac6001958d8d612d95565b612c3e565b610abc848b89612d95565b3590338988613a88565b5001610a8e565b85846329bada5160e11b5f5260045260245260445ffd5b346101e957610b17610af5366121f8565b5f6020604051610b04816122f5565b828152015264ffffffffff191691614712565b5f5260026020526040805f2060ff825191610b31836122f5565b5481602064ffffffffff831694858152019160281c168152835192835251166020820152f35b346101e95760403660031901126101e9576020610b7e610b75611eff565b60243590612d23565b6001600160a01b0360405191168152f35b346101e95760603660031901126101e957610ba8611eff565b610bb0611f15565b9060443564ffffffffff81168082036101e957610bcc83612f71565b9162093a808210159485610cff575b6001600160a01b03169182159586159081610cf6575b50610cbc57506005830180546001600160a01b0319168317815561029a9564ffffffffff929015610cb35750610c445f5b825464ffffffffff60a01b191660a09190911b64ffffffffff60a01b16178255565b6006840180546001600160c81b03191690555460a01c16906001600160a01b03604051947f2b4cd13c109ed0b94ed1ca1278870e888103c8f29d6010d3753bb147df9f3b03602087015216604085015260608401525f608084015260a083015260a082526108b660c083612349565b610c4490610c22565b7f52ea03cb000000000000000000000000000000000000000000000000000000005f5260045262093a806024526301e1338060445260645ffd5b90501587610bf1565b6301e133808311159550610bdb565b346101e957610786610d1f366121b0565b9183610d2c839695612f3f565b903391613a88565b346101e95760203660031901126101e9576001600160a01b03610d55611eff565b165f526003602052602060405f2054604051908152f35b346101e95760803660031901126101e95760243560048110156101e9576044359067ffffffffffffffff82116101e957608060031983360301126101e95760643567ffffffffffffffff81116101e957610dca903690600401611f41565b610dd960049492943533612d23565b936001600160a01b03851694855f525f60205260405f20938454610ed457610e0086611fc1565b8515610eb9576020969593610436959360ff93610e209360040190613c4b565b9390600184016001600160a01b0333166001600160a01b0319825416179055806002850155604051947fc8478c388bdac148bc8550629364ff5e0dba98f525befec3cbdaf67cbcbdbd09898701528760408701523360608701525f6080870152610e8983611fc1565b8260a087015260c086015260e085015260e08452610ea961010085612349565b610eb281611fc1565b16906146b5565b866356620e9360e01b5f526004525f6024525f60445260645ffd5b867fda510893000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b346101e9575f3660031901126101e957602060405162093a808152f35b346101e95760403660031901126101e957610f36611eff565b6001600160a01b03610f46611f15565b915f60408051610f55816122d9565b610f5d612bb8565b81528260208201520152165f5260016020526001600160a01b0360405f2091165f5260205260e060405f206001610f9482546145fd565b91015464ffffffffff604051610fa9816122d9565b8381526040602082019183851683520192821916835261100c604051809564ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b511660a08301525164ffffffffff191660c0820152f35b346101e95760403660031901126101e95761103c611eff565b60243564ffffffffff81168091036101e95761105782612f3f565b60028101918254926001600160a01b033381861614951693845f52600160205260405f206001600160a01b0333165f5260205260405f2090865f146112415760b01c64ffffffffff16955b8015808061122d575b6111fd57806111ec575b806111dc575b6111ac578684118015906111a3575b61116f5761029a9650156111585750806110ea83600160ad1b935461458b565b80915516611142575b604051927fd3c8b96ff166d2770b0f933a1270b0b883fef1eab5a2b231cbeda20953778d02602085015260408401523360608401525f608084015260a083015260a082526108b660c083612349565b6003820161115182825461458b565b90556110f3565b600101805464ffffffffff191683179055506110f3565b86847f7ffa7286000000000000000000000000000000000000000000000000000000005f526004526024524360445260645ffd5b504384116110ca565b857fa1a548bd000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b506003825460a01c1615156110bb565b506001600f835460a81c16146110b5565b867f6c799953000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b50600183015464ffffffffff1916156110ab565b5064ffffffffff600182015416956110a2565b346101e95760203660031901126101e95760043567ffffffffffffffff81116101e95760e060031982360301126101e9576104366020916004016144c9565b346101e9575f3660031901126101e95760206040516276a7008152f35b346101e95760203660031901126101e95760043567ffffffffffffffff81116101e95761010060031982360301126101e957610436602091600401614435565b346101e95760a03660031901126101e957611309611eff565b611311611f15565b604435906064359260843567ffffffffffffffff81116101e95761029a946113406107ba923690600401611f41565b916001600160a01b038616805f52600360205260405f20546040519060208201927fd803b17932c10528e9796c2a4f45c1bc0a952b858c5aea4686b47cce63a0845984526001600160a01b0389166040840152606083015289608083015260a08201528260c082015260c0815261076f60e082612349565b346101e9576113c6366121b0565b9190926113d282613f89565b6001600160a01b038116805f52600160205260405f206001600160a01b0384165f5260205260405f20600160ae1b81541615908115611449575b50611429579180859261078695945f525f60205260405f20613a88565b826001600160a01b0391633d97394960e21b5f526004521660245260445ffd5b6001015464ffffffffff198781169116141590508661140c565b346101e95760403660031901126101e957602061148f611481611eff565b611489611f15565b90612cbe565b64ffffffffff60405191168152f35b346101e95760803660031901126101e9576114b7611eff565b6024359067ffffffffffffffff82116101e957608060031983360301126101e95760443567ffffffffffffffff81116101e9576114f8903690600401611f41565b90929060643564ffffffffff8116918282036101e957611526919561151c86612f71565b9460040186613c4b565b90809260028501908154916001600160a01b03831693846001600160a01b03821614928380946116e0575b6116ba576276a70042018042116116a65780821161167857509164ffffffffff97959391859361029a9c989660d81c809111611670575b5042898916119283611667575b50821561165f575b82611651575b508590551561164a576001600160a01b03821660ff60a01b82161760b091821c871690911b1784861660d81b175b60038701556001600160a01b03604051977f1459eab08e1fc8cc7e02da24dc6a464d9c1ab40f18b6dd0bfe91963ad18b77e560208a015216604088015260608701526001600160a01b03821660808701525f60a087015260c086015260e085015216610100830152610100825261054361012083612349565b505f6115d1565b600160ad1b1795508b6115a3565b5f975061159d565b1592508c611595565b97508c611588565b907e16b5f7000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b634e487b7160e01b5f52601160045260245ffd5b64ffffffffff858184633315259160e01b5f5260b01c1660045260b01c1660245260445ffd5b5064ffffffffff8560b01c1664ffffffffff8360b01c161115611551565b346101e95760a03660031901126101e957611717611eff565b610786611722611f15565b9161172b611f2b565b9260643593849161173a6121a0565b9361174481612f71565b916001600160a01b0382165f52600160205260405f206001600160a01b0385165f52602052600160405f20015464ffffffffff1986169064ffffffffff1916145f1461179257503391613a88565b91613a88565b346101e95760403660031901126101e9576117b1611eff565b6117d66117bc611f15565b6001600160a01b036117cc6123b2565b9316835282612fe1565b6117e36020820151612c52565b906060015f5b825181101561181d57806118006001928451612464565b5161180b828661249a565b52611816818561249a565b50016117e9565b604051602080825281906118339082018661210b565b0390f35b346101e95760403660031901126101e95760043567ffffffffffffffff81116101e95760c060031982360301126101e9576024359067ffffffffffffffff82116101e95761188c61029a923690600401611f41565b818193600401613a34565b346101e95760403660031901126101e9576118b0611eff565b6024359067ffffffffffffffff82116101e957366023830112156101e95781600401359067ffffffffffffffff82116101e957602483019260243691606085020101116101e95760405192611904846122a9565b5f845260208401925f8452604085019461191c612be2565b86526060810195606087526080820191606083526119386123b2565b916001600160a01b038716835260088511611c19576060830195865f5b87808210611bae575050505060208301948086526040840197818952600182148015611b6a575b611b37575b6119919150438452428a52612da5565b81528451875181039081116116a6576119a990612c52565b89525f5b8951518110156119f2578651908851918183018093116116a657816119d76001946119eb93612464565b518d51906119e5838361249a565b5261249a565b50016119ad565b508890888651611a0181612475565b90611a0f6040519283612349565b808252611a1e601f1991612475565b015f5b818110611b2057505086525f5b8751811015611a5c5780611a5581611a486001948a6137cc565b8a51906119e5838361249a565b5001611a2e565b509291611a9e90611a89879360405196879660208852516020880152516040870152516060860190611fcb565b516102e06102c085015261030084019061210b565b905190601f19838203016102e0840152602080835192838152019201905f5b818110611acb575050500390f35b9193509160206080600192606087516001600160a01b03815116835264ffffffffff8582015116858401526040810151611b0481611fc1565b6040840152015115156060820152019401910191849392611abd565b602090611b2b612c89565b82828601015201611a21565b87515f1983019283116116a6576001600160a01b03611b5c61199194611b6593612464565b51511686612fe1565b611981565b5060018211801561197c575087515f198301908382116116a657611ba891611b9191612464565b516001600160a01b03602081835116920151161490565b1561197c565b6001600160a01b038181611beb6020611be587611bde610aac828d9a611bd78260019f51612464565b519b612c2e565b958b612c2e565b01612c3e565b8c6040611c008864ffffffffff19938c612c2e565b01351660a0860152166020840152169052018790611955565b8463c5e0f6a560e01b5f52600452600860245260445ffd5b346101e95760a03660031901126101e957611c4a611eff565b6024359067ffffffffffffffff82116101e95760e060031983360301126101e95760443567ffffffffffffffff81116101e957611c8b903690600401611f41565b60649391933567ffffffffffffffff81116101e957611cae903690600401611f6f565b916084359567ffffffffffffffff87116101e957611cd3611cdf973690600401611f6f565b969095600401906124ba565b90604051918291611cf4836040810192611fa0565b6040602084015281518091526020606084019201905f5b818110611d19575050500390f35b9193509160208082611d2e6001948851611fa0565b019401910191849392611d0b565b346101e95760403660031901126101e95761029a611d58611eff565b611d60611f15565b6001600160a01b03611d7183612f71565b91600483018282166001600160a01b031982541617905581604051947fb7c4c93decd0b1f5c04fd9f8b52c56bc78c0ffd3b8068f484e3482214fe8070260208701521660408501523360608501521660808301525f60a083015260a0825261054360c083612349565b346101e95760203660031901126101e957611df3611eff565b611dfc81612f3f565b9060048201916001600160a01b03835416803303611ed0575082546001600160a01b03191683556005810180546001600160c81b03199081169091556002909301805490931690925561029a91600181016001600160a01b03815416906001600160a01b0333166001600160a01b03198254161790556001600160a01b03604051937f0c6cc6ef6af1a600d67d435df59d06a6d4d17f24144ed7d551cf10b75cbcc079602086015216604084015260608301523360808301525f60a08301525f60c083015260c0825261054360e083612349565b7f70d46f25000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b600435906001600160a01b03821682036101e957565b602435906001600160a01b03821682036101e957565b604435906001600160a01b03821682036101e957565b9181601f840112156101e95782359167ffffffffffffffff83116101e957602083818601950101116101e957565b9181601f840112156101e95782359167ffffffffffffffff83116101e9576020808501948460051b0101116101e957565b906016821015611fad5752565b634e487b7160e01b5f52602160045260245ffd5b60041115611fad57565b64ffffffffff608060c0610240938051611fe481611fc1565b865283602082015116602087015265ffffffffffff1960408201511660408701526001600160a01b036060820151166060870152612068838201518488019064ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b6120bb60a082015161012088019064ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b01516001600160a01b038151166101c08601526001600160a01b036020820151166101e0860152826040820151166102008601526001600160a01b03606082015116610220860152015116910152565b90602080835192838152019201905f5b8181106121285750505090565b909192602060c060019286516001600160a01b0381511682526001600160a01b0384820151168483015260ff604082015116604083015264ffffffffff606082015116606083015264ffffffffff608082015116608083015260a064ffffffffff199101511660a0820152019401910191909161211b565b6084359060ff821682036101e957565b60809060031901126101e9576004356001600160a01b03811681036101e957906024356001600160a01b03811681036101e957906044359060643560ff811681036101e95790565b60609060031901126101e9576004356001600160a01b03811681036101e957906024356001600160a01b03811681036101e9579060443590565b9060606003198301126101e95760043567ffffffffffffffff81116101e95760c081840360031901126101e9576004019160243567ffffffffffffffff81116101e9578161228291600401611f41565b929092916044359067ffffffffffffffff82116101e9576122a591600401611f41565b9091565b60a0810190811067ffffffffffffffff8211176122c557604052565b634e487b7160e01b5f52604160045260245ffd5b6060810190811067ffffffffffffffff8211176122c557604052565b6040810190811067ffffffffffffffff8211176122c557604052565b60c0810190811067ffffffffffffffff8211176122c557604052565b60e0810190811067ffffffffffffffff8211176122c557604052565b90601f8019910116810190811067ffffffffffffffff8211176122c557604052565b5f5b82811061237957505050565b60209060405161238881612311565b5f81525f838201525f60408201525f60608201525f60808201525f60a0820152818401520161236d565b604051906123bf826122a9565b815f81525f60208201525f60408201526080610100916040516123e28482612349565b6123ec848261236b565b6060820152604051926123ff8185612349565b3684370152565b903590601e19813603018212156101e9570180359067ffffffffffffffff82116101e9576020019181360383136101e957565b90821015612450576122a59160051b810190612406565b634e487b7160e01b5f52603260045260245ffd5b9060088110156124505760051b0190565b67ffffffffffffffff81116122c55760051b60200190565b516016811015611fad5790565b80518210156124505760209160051b010190565b6016821015611fad5752565b9496979190925f936060968a8a03612ba1576001600160a01b031696875f525f60205260405f205415612b905760088a1015612b7f57506124f96123b2565b96875260018901808a116116a657806040890152602088015261251e60608201612c3e565b92612528826144c9565b924683351480612b62575b80612b54575b5f901580612b0b575b612af1575b506125539184866152bc565b5f901580612aa8575b612a8b575b508064ffffffffff61258d604061258561257f60c085970186612406565b906153e1565b93013561559d565b6001600160a01b03604051966125a288612311565b1680875260208701525f604087015216606085015216608083015264ffffffffff191660a08201526060850151525f5b8681101561292c5760018101908181116116a6578060051b8501359160fe19863603018312156101e957612607828b8a612439565b6126186060868a9794970101612c3e565b916126276080828b0101612c3e565b95612633828b01614435565b928b86848d01354614858e8261290c575b5050806128fc575b15806128a7575b61288f575b848d61266860a083830101612c3e565b6001600160a01b03808651169116141580612831575b612815575b6126c0936001600160a01b0396929360ff67ffffffffffffffff6126b060c08b9a986126b9970101612fcc565b161115916151da565b86886152bc565b97169316928084145f1461280c578a600a975b158061279a575b64ffffffffff928760019a6127759998979694869461277c575b5050508c61272c604061271161257f60e088860101888601612406565b9560ff61272260c083870101612fcc565b169301013561559d565b916040519761273a89612311565b88526020880152604087015216606085015216608083015264ffffffffff191660a082015260608901519061276f8383612464565b52612464565b50016125d2565b61279292608061278d920151612464565b6124ae565b865f8f6126f4565b506080016127b16127ac878351612464565b61248d565b906016821015611fad578c91159081156127cc575b506126da565b6127e392506127ac91509680969594939751612464565b906016821015611fad576016881015611fad57939492939192908b90881064ffffffffff6127c6565b8a600b976126d3565b50506080612824920151612464565b600290528b86848d612683565b505050506080016128466127ac888351612464565b6016811015611fad57848d8f938a9315908115612864575b5061267e565b91505061287893506127ac92915051612464565b6016811015611fad5786848d8f936002105f61285e565b608061289c920151612464565b600190528b86612658565b50506080016128ba6127ac888351612464565b6016811015611fad578d918891159081156128d6575b50612653565b6128e793506127ac92915051612464565b6016811015611fad57868d916001105f6128d0565b5043858e0160400135111561264c565b61291a925001602001612c3e565b6001600160a01b03163014858e612644565b509350945050915060016040830151148015612a61575b612a29575b906129528161311e565b60208101519061296182612475565b9161296f6040519384612349565b80835261297e601f1991612475565b01366020840137608001815f5b8351811015612a22576129af6129a56127ac838651612464565b61278d838761249a565b6129bc6127ac828661249a565b6016811015611fad571515806129f3575b6129da575b60010161298b565b945060016129eb6127ac878661249a565b9590506129d2565b506016861015611fad578515806129cd5750612a126127ac828661249a565b6016811015611fad5786116129cd565b5092915050565b606082015160208301515f1981019081116116a657612a536001600160a01b0391612a5c93612464565b51511683612fe1565b612948565b50606082015160208301515f198101919082116116a657612a8591611b9191612464565b15612943565b612a99906080890151612464565b600c905264ffffffffff612561565b50608088018051612ab89061248d565b6016811015611fad5715908115612ad0575b5061255c565b51915050612add9061248d565b6016811015611fad575f90600c105f612aca565b612aff9060808b0151612464565b60019052612553612547565b5060808a018051612b1b9061248d565b6016811015611fad5715908115612b33575b50612542565b51915050612b409061248d565b6016811015611fad575f906001105f612b2d565b504360408401351115612539565b50612b6f60208401612c3e565b6001600160a01b03163014612533565b9950505050945050505050600f9190565b995050505094505050505060159190565b8a8a6329bada5160e11b5f5260045260245260445ffd5b60405190612bc5826122a9565b5f6080838281528260208201528260408201528260608201520152565b60405190612bef8261232d565b815f81525f60208201525f60408201525f6060820152612c0d612bb8565b6080820152612c1a612bb8565b60a082015260c0612c29612bb8565b910152565b9190811015612450576060020190565b356001600160a01b03811681036101e95790565b90612c87612c5f83612475565b612c6c6040519182612349565b83815260208194612c7f601f1991612475565b01910161236b565b565b604051906080820182811067ffffffffffffffff8211176122c5576040525f6060838281528260208201528260408201520152565b6001600160a01b0316805f525f602052612ce18260405f20600281015490613f3a565b80612d1357505f5260016020526001600160a01b0360405f2091165f5260205264ffffffffff600160405f2001541690565b60b01c64ffffffffff1692915050565b6001600160a01b03916040519083602083019360a08552600a60c08501527f77616d702e7265616c6d0000000000000000000000000000000000000000000060e085015246604085015230606085015216608083015260a082015260e08152612d8e61010082612349565b5190201690565b91908110156124505760051b0190565b6001600160a01b0390612db6612be2565b50165f525f60205260405f2080549060ff821691612dd383611fc1565b6001600160a01b03600183015416612dee60028401546145fd565b90612dfc60038501546145fd565b9260405195612e0a8761232d565b612e1381611fc1565b865264ffffffffff8160081c16602087015265ffffffffffff191660408601526060850152608084015260a083015264ffffffffff600660405192612e57846122a9565b6001600160a01b0360048201541684528260058201546001600160a01b038116602087015260a01c16604085015201546001600160a01b038116606084015260a01c16608082015260c082015290565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f7e3ad238e1aa593dc51fcd016c5ed8ac60b7a68f705b123e1a176909550a9e4460408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a082015260a08152612f3960c082612349565b51902090565b6001600160a01b031690815f525f60205260405f2091825415612f5f5750565b6347d6f45160e01b5f5260045260245ffd5b90612f7b82612f3f565b916001600160a01b036001840154163303612f935750565b6001600160a01b03907f4d3a1dd8000000000000000000000000000000000000000000000000000000005f52166004523360245260445ffd5b3567ffffffffffffffff811681036101e95790565b6001600160a01b038151165f525f60205260405f20602082019060028101549060608401945b6008845110156130da57613027816001600160a01b0387511685856155be565b801561311557613036906145fd565b906001600160a01b03808351169116908181149160ff60208501511664ffffffffff60608601511664ffffffffff60808701511691855f146130e2575f935b6040519561308287612311565b8652602086015260408501526060840152608083015264ffffffffff191660a082015287518651905f1982146116a6576130c69260018301895261276f8383612464565b506130da57516001600160a01b0316613007565b505050505050565b6001600160a01b038b51165f52600160205260405f20845f5260205260405f20600164ffffffffff199101541693613075565b50505050505050565b60208101805190925f1982018281116116a657801561373c576131418185615606565b606084016001600160a01b03602080835101510151166001600160a01b0360208351510151161415806136f1575b6136e0575b64ffffffffff606060208351015101511664ffffffffff6060835151015116105f9080613697575b61367f575b5060015b82811061347a57505f5b8651811015613471576131c3818351612464565b516131ce82886137cc565b906001600160a01b03825116151580613420575b613409575b64ffffffffff608082015116421015806133b8575b6133a1575b84831461339657606064ffffffffff9101511664ffffffffff6020830151161180613345575b61332e575b600182119081613318575b60408101916001835161324981611fc1565b61325281611fc1565b1492519061325f82611fc1565b61326882611fc1565b156133005750816132f2575b505b15806132a1575b61328a575b6001016131af565b613298816080880151612464565b60149052613282565b50608086016132b46127ac838351612464565b6016811015611fad578290159182156132cf575b505061327d565b6132df9250906127ac9151612464565b6016811015611fad57601410815f6132c8565b60609150015115155f613274565b9050811561330f575b50613276565b9050155f613309565b905060011986018481116116a657821490613237565b61333c826080890151612464565b6012905261322c565b50608087016133586127ac848351612464565b6016811015611fad57839015918215613373575b5050613227565b6133839250906127ac9151612464565b6016811015611fad57601210825f61336c565b505050505092505050565b6133af8360808a0151612464565b60119052613201565b50608088016133cb6127ac858351612464565b6016811015611fad578490159182156133e6575b50506131fc565b6133f69250906127ac9151612464565b6016811015611fad57601110835f6133df565b6134178360808a0151612464565b601090526131e7565b50608088016134336127ac858351612464565b6016811015611fad5784901591821561344e575b50506131e2565b61345e9250906127ac9151612464565b6016811015611fad57601010835f613447565b50505092505050565b613485818351612464565b5182519060018301918284116116a6578261349f91612464565b516134c56134bd836001600160a01b03602081835116920151161490565b15858b61524e565b6001600160a01b038251166001600160a01b0360208301511614158061362e575b613617575b64ffffffffff60608201511664ffffffffff60608401511610806135c6575b6135af575b61352e60ff60408060039501519301928184511619161615858b6151da565b5116158061355e575b613545575b506001016131a5565b613553906080880151612464565b600e9052600161353c565b50608087016135716127ac838351612464565b6016811015611fad5782901591821561358c575b5050613537565b61359c9250906127ac9151612464565b6016811015611fad57600e10815f613585565b6135bd8460808b0151612464565b6006905261350f565b50608089016135d96127ac868351612464565b6016811015611fad578590159182156135f4575b505061350a565b6136049250906127ac9151612464565b6016811015611fad57600610845f6135ed565b6136258460808b0151612464565b600590526134eb565b50608089016136416127ac868351612464565b6016811015611fad5785901591821561365c575b50506134e6565b61366c9250906127ac9151612464565b6016811015611fad57600510845f613655565b61368d906080870151612464565b600990525f6131a1565b506080860180516136a79061248d565b6016811015611fad57159081156136bf575b5061319c565b519150506136cc9061248d565b6016811015611fad575f906009105f6136b9565b608085015160200160089052613174565b506080850180516137049060200161248d565b6016811015611fad571590811561371c575b5061316f565b5161372a915060200161248d565b6016811015611fad576008105f613716565b506080929092018051929350915f91506137559061248d565b6016811015611fad5715801561377e575b61376e575050565b6137789151612464565b60049052565b5050805161378b9061248d565b6016811015611fad575f90600410613766565b91908260409103126101e957815160048110156101e95760209092015164ffffffffff811681036101e95790565b9190916137d7612c89565b926137e6816060840151612464565b5190801590811580613a1d575b806139fd575b6139f75761380f6001600160a01b03918561576b565b16855264ffffffffff6138376001600160a01b038551166001600160a01b0385511690612cbe565b166020860152806139ea575b6139e6576001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016906001600160a01b0381511690604051916397a5d5b560e01b83526004830152604082602481865afa801561398e576020925f905f926139c4575b506138b681611fc1565b1515806139aa575b613999575b50019160406001600160a01b0384511660248251809581936397a5d5b560e01b835260048301525afa801561398e576001600160a01b03925f9161395e575b5061390c81611fc1565b604086015251165f5260016020526001600160a01b038060405f20925116165f5260205260405f2054600160ae1b81161515908161394f575b5015156060830152565b600160af1b915016155f613945565b613980915060403d604011613987575b6139788183612349565b81019061379e565b505f613902565b503d61396e565b6040513d5f823e3d90fd5b64ffffffffff16828701525f6138c3565b5064ffffffffff838801511664ffffffffff8216116138be565b90506139df915060403d604011613987576139788183612349565b905f6138ac565b5050565b5060408201511515613843565b50505050565b50613a18836001600160a01b03602081835116920151161490565b6137f9565b50600181018082116116a6576020850151146137f3565b9391613a41939185614766565b613a485750565b613a5c60406001600160a01b039201612c3e565b7f8c9ffd95000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b92939194906001600160a01b03811694855f52600160205260405f206001600160a01b0382165f5260205260405f209182549081151580613c33575b15613bb557613ae090838a6001600160a01b038516928a6158bd565b15613b7857600160af1b8116613b6c57613b679760ff956001600160a01b0394600160af1b86941790555b604051987f74715d098bee08afbd6ad7d90d01886a6b082efd9df8a03b3ef1e0ec8537140460208b015260408a015260608901521660808701525f60a08701521660c08501521660e083015260e0825261054361010083612349565b600190565b50505050505050505f90565b6001600160a01b038886897f4509e6d7000000000000000000000000000000000000000000000000000000005f526004526024521660445260645ffd5b979492505050613bd05f968464ffffffffff19841691614712565b5f52600260205260405f209564ffffffffff875416613c2857865464ffffffffff431665ffffffffffff1990911665ff0000000000602886901b161717909655613b679560ff936001600160a01b0392839190613b0b565b505050505050505f90565b50600184015464ffffffffff19878116911614613ac4565b909392916001600160a01b03613c6086612c3e565b16158015613f1d575b613ef957613c7960408601612fcc565b67ffffffffffffffff81169060ff8211613ee65760011615613ebb576020860191613ca383612fcc565b67ffffffffffffffff43911611613e92576060870164ffffffffff613ccb61257f838b612406565b169442861115613e7657613dca9189916001600160a01b03613d09613d02613cf286612c3e565b94613cfc8b612fcc565b96612406565b36916143ff565b6020815191012091816040519467ffffffffffffffff60208701977fc0c557c364444bdd56d8ee0ec1d8b9cdb815bc22106133a9fd6b66269f42f8d38952466040890152306060890152166080870152168060a086015260c08501521660e0830152856101008301526101208201526101208152613d8961014082612349565b5190206042906040519061190160f01b82527f43ee3bbb34d5e4fa65e905c83d5090865207639e2d8ba48cd446faca6f961b7b600283015260228201522090565b946001600160a01b03613ddc89612c3e565b163314159182613e5a575b5050613e315767ffffffffffffffff613e0d613e07613e2e969798612c3e565b93612fcc565b16919091926001600160a01b039060d81b9360b01b9260a01b911617171790565b91565b6001600160a01b0384613e4388612c3e565b906310c9e73960e21b5f526004521660245260445ffd5b613e6e925086613e698a612c3e565b6152bc565b155f80613de7565b85630a72ee0b60e21b5f5260045264ffffffffff60245260445ffd5b67ffffffffffffffff613ea484612fcc565b6308dda2f360e01b5f52166004524360245260445ffd5b7f71cf7181000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b5063234c47bf60e21b5f5260045260245ffd5b6001600160a01b03613f0a86612c3e565b632edc489160e21b5f521660045260245ffd5b50613f2785612c3e565b6001600160a01b03808416911614613c69565b9291926001600160a01b035f941691826001600160a01b03821614613f8357600160ad1b16613f67575050565b6003015492506001600160a01b03831603613f7e57565b5f9150565b93505050565b6001600160a01b03168033141580613fd2575b613fa35750565b7ff5c5082a000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b506040517fd3a2b2100000000000000000000000000000000000000000000000000000000081528160048201526020816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa801561398e575f90614051575b6001600160a01b03915016331415613f9c565b506020813d602011614092575b8161406b60209383612349565b810103126101e957516001600160a01b03811681036101e9576001600160a01b039061403e565b3d915061405e565b9493919492909285421161416e5762093a804201958642116116a65786811161413e575061410b9394955060426001600160a01b03821695865f52600360205260405f20600181540190556140ed612ea7565b906040519161190160f01b83526002830152602282015220906152bc565b156141135750565b7fe82a42ff000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b86907f3a87d8f0000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b857f15642292000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b906001600160a01b03604051927f89f2f73e000000000000000000000000000000000000000000000000000000008452168060048401526020836024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa92831561398e575f93614248575b505f19831461421d5750565b7fe356d5aa000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b9092506020813d602011614274575b8161426460209383612349565b810103126101e95751915f614211565b3d9150614257565b6001600160a01b03909392931690815f52600160205260405f206001600160a01b0382165f5260205260405f20938454946001600f8760a81c1614806143d4575b1580156143bb575b61439b57600160af1b861661438857600160ae1b861661434f57600160ae1b612c879596179055825f525f6020526001600160a01b0360405f2092604051947f1c5e90be299d4adbc92718523b78eb37f6aceff20ccf42c0d42196a8d56a7bbc602087015260408601521660608401525f608084015260a083015260a082526108b660c083612349565b6001600160a01b0383857fa6d56d23000000000000000000000000000000000000000000000000000000005f526004521660245260445ffd5b506344d80a4360e01b5f5260045260245ffd5b6001600160a01b038385633d97394960e21b5f526004521660245260445ffd5b50600181015464ffffffffff19838116911614156142c5565b5060038660a01c1615156142bd565b67ffffffffffffffff81116122c557601f01601f191660200190565b92919261440b826143e3565b916144196040519384612349565b8294818452818301116101e9578281602093845f960137010152565b6101206144c69161444c613d0260e0830183612406565b6020815191012060e0604051927fc0c557c364444bdd56d8ee0ec1d8b9cdb815bc22106133a9fd6b66269f42f8d384526020840137610100820152206042906040519061190160f01b82527f43ee3bbb34d5e4fa65e905c83d5090865207639e2d8ba48cd446faca6f961b7b600283015260228201522090565b90565b6144c6906144d960208201612c3e565b906144e660608201612c3e565b9067ffffffffffffffff6144fc60a08301612fcc565b608061450e613d0260c0860186612406565b60208151910120936001600160a01b03604051968160208901997f158911a349ced51714c94e52e73209a19e10d8527527721c624c24cd03fd4ee28b52843560408b01521660608901526040830135848901521660a0870152013560c08501521660e08301526101008201526101008152613d8961012082612349565b9064ffffffffff8260b01c168111156145f95760ff60a01b82166001600160a01b0383161775ff00000000000000000000000000000000000000000083161760b09190911b177fffffffffff0000000000000000000000000000000000000000000000000000009091161790565b5090565b614605612bb8565b5060405190614613826122a9565b6001600160a01b038116825260ff8160a01c16602083015260ff8160a81c16604083015264ffffffffff8160b01c16606083015260d81c608082015290565b919061010065ffffffffffff9160a0840184805181010390600164ffffffffff8460081c16018152841983168652602082018620956080810151926060820151926020604084015193015191607f190190a401169065ffffffffffff1916179055565b919061010065ffffffffffff916080840184805181010394600164ffffffffff8460081c16018252841983168152602086018120956060820151926020604084015193015191605f190190a301169065ffffffffffff1916179055565b916001600160a01b036040519281602085019516855216604083015264ffffffffff1916606082015260608152612f39608082612349565b9064ffffffffff8091169116019064ffffffffff82116116a657565b909493929194610100525f60a0525f6080525f608052606081019061478a82612c3e565b9261479760208301612c3e565b6101a0526147a760408301612c3e565b6001600160a01b0381161580156151bf575b6151a3576001600160a01b036101a051166001600160a01b0382161461516b576001600160a01b0385165f525f60205260405f2061016052610160515493841561514f5760026101605101546101805261481a826101805161016051613f3a565b61511a5761482790612c3e565b6102405261483760208401612c3e565b6102605261484760808401612fcc565b67ffffffffffffffff811660e05283356101e05260ff60e05111615105576001166150c557438335116150ad5761488c610260516102405161018051610160516155be565b61022052610220511561508e576102205160a81c600f1661020081905260018101106116a657600660016102005101116150705764ffffffffff6148d661257f60a0860186612406565b166101c05264ffffffffff6101c05114615060575b426101c0511180159061504e575b61502e576101c0516102005160e051610260516001600160a01b031660a09190911b1760019190910160a81b17843560b01b1760d89190911b17956001610200510160c0525b600160af1b6102205116614ff6576102205160d81c42811115614fbb575060036102205160a01c1615614f835760ff6102205160a01c161960e05116614f485764ffffffffff6102205160b01c166101e05110614f08576001600160a01b036102205116610140526001600160a01b0361026051166101405114614b60576149d5610140516102405161018051610160516155be565b610120526101205115614b4a5761014051610120516001600160a01b031603614b0c57600160ae1b610220511615614add57614a136102605161419a565b806101e05110614a9b575060c051156116a6575f1960c0510160c05260c05115614a6b5764ffffffffff6102205160b01c166101e05260ff6102205160a01c1660e0526101205161022052610140516102605261493f565b600261020051018060016102005101116116a65763c5e0f6a560e01b5f526004526001610200510160245260445ffd5b7f5676299e000000000000000000000000000000000000000000000000000000005f526001600160a01b0361026051166004526101e05160245260445260645ffd5b633d97394960e21b5f526001600160a01b0361024051166004526001600160a01b03610260511660245260445ffd5b6001600160a01b0361024051165f52600160205260405f206001600160a01b0361026051165f5260205264ffffffffff600160405f20015416614a13565b6337146b0b60e21b5f526101405160045260245ffd5b614bfe6101208895614b78613d0260a0830183612406565b6020815191012060a0604051927fc0c557c364444bdd56d8ee0ec1d8b9cdb815bc22106133a9fd6b66269f42f8d384524660208501523060408501526060840137610100820152206042906040519061190160f01b82527f43ee3bbb34d5e4fa65e905c83d5090865207639e2d8ba48cd446faca6f961b7b600283015260228201522090565b60a052614c1964ffffffffff1960a051166101a05188614712565b5f52600260205264ffffffffff60405f205416614ef3576001600f8860a81c16149889614ee2575b896001600160a01b0388165f52600160205260405f206001600160a01b0385165f5260205260405f209889549182614d60575b505050614c8b906101005160a0516101a0516152bc565b15614d3b57612c8796614cbe6001926001600160a01b039560ff8916614cb081611fc1565b8660a051916101605161599c565b8481550164ffffffffff1960a0511664ffffffffff82541617905581604051957fc054c4d83f99dcf45de61234f5849a80e5abb9b4dfc97e3853116d5fe1c0871a60208801521660408601521660608401525f608084015260a05160a084015260c083015260c08252614d3260e083612349565b610160516146b5565b6310c9e73960e21b5f5260a0516004526001600160a01b036101a0511660245260445ffd5b64ffffffffff8260b01c1664ffffffffff8460b01c169081811115614ecd5750506001600160a01b036101a051166001600160a01b038416141580614eb3575b614e7557600160af1b831615614e3857505090614e30614ddb614c8b936001600160a01b038c600164ffffffffff199101541691168b614712565b60ff60405191614dea836122f5565b4364ffffffffff90811684525f6020808601828152938252600290526040902093518454925165ffffffffffff19909316911617911660281b65ff000000000016179055565b905f80614c74565b909181614e65575b50614e50575b50614c8b90614e30565b6001608052600160ae1b179450614c8b614e46565b600160ae1b91501615155f614e40565b6001600160a01b03837f5a323e4e000000000000000000000000000000000000000000000000000000005f52816101a051166004521660245260445ffd5b506001600160a01b03600161016051015416331415614da0565b633315259160e01b5f5260045260245260445ffd5b985060038760a01c16151598614c41565b6344d80a4360e01b5f5260a05160045260245ffd5b7f6545a662000000000000000000000000000000000000000000000000000000005f526101e05160045264ffffffffff6102205160b01c1660245260445ffd5b7f2b6d7314000000000000000000000000000000000000000000000000000000005f5260e05160045260ff6102205160a01c1660245260445ffd5b7f0eef7661000000000000000000000000000000000000000000000000000000005f526001600160a01b03610260511660045260245ffd5b7f78290444000000000000000000000000000000000000000000000000000000005f526001600160a01b03610260511660045260245260445ffd5b7f22f9bf4b000000000000000000000000000000000000000000000000000000005f526001600160a01b03610260511660045260245ffd5b630a72ee0b60e21b5f526101c0516004526102205160d81c60245260445ffd5b506102205160d81c6101c051116148f9565b6102205160d81c6101c0526148eb565b63c5e0f6a560e01b5f5260016102005101600452600660245260445ffd5b6337146b0b60e21b5f526001600160a01b03610260511660045260245ffd5b826308dda2f360e01b5f52356004524360245260445ffd5b6001600160a01b036150d960408501612c3e565b7fc9645ce6000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b63234c47bf60e21b5f5260e05160045260245ffd5b6001600160a01b03827f15548680000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b6001600160a01b03866347d6f45160e01b5f521660045260245ffd5b7ffc5b0413000000000000000000000000000000000000000000000000000000005f526001600160a01b036101a0511660045260245ffd5b6001600160a01b0390632edc489160e21b5f521660045260245ffd5b506001600160a01b0385166001600160a01b038216146147b9565b9115806151fd575b6151ea575050565b60806151f7920151612464565b60079052565b50608082016152106127ac838351612464565b6016811015611fad5782901591821561522b575b50506151e2565b61523b9250906127ac9151612464565b6016811015611fad57600710815f615224565b91158061526b575b61525e575050565b6080613778920151612464565b506080820161527e6127ac838351612464565b6016811015611fad57829015918215615299575b5050615256565b6152a99250906127ac9151612464565b6016811015611fad57600410815f615292565b906152c8848483615a40565b506152d281611fc1565b1590816153cb575b506153c257813b156153ba578361533b60845f969587966040519485926020840197630b135d3f60e11b89526024850152604060448501528160648501528484013787838284010152601f801991011681010301601f198101835282612349565b51916207a120fa3d156153b3573d615352816143e3565b906153606040519283612349565b81523d5f602083013e5b816153a7575b81615379575090565b630b135d3f60e11b915060208151910151906020811061539857501490565b5f199060200360031b1b161490565b80516020149150615370565b606061536a565b505050505f90565b50505050600190565b90506001600160a01b038084169116145f6152da565b9190915f90600984108015615532575b615526576009915b84831015613f835782820135907fff0000000000000000000000000000000000000000000000000000000000000082167f3b00000000000000000000000000000000000000000000000000000000000000811461551e5764ffffffffff82161580615511575b600360fc1b82109182156154e7575b5081156154df575b5080156154d5575b6154cc5764ffffffffff600a91160264ffffffffff81169081036116a6576154b364ffffffffff91602f199360f81c9061474a565b160164ffffffffff81116116a6576001909201916153f9565b505f9450505050565b506015841461547e565b90505f615476565b7f39000000000000000000000000000000000000000000000000000000000000001091505f61546e565b50600360fc1b811461545f565b509450505050565b5064ffffffffff925050565b7fffffffffffffffffff00000000000000000000000000000000000000000000007f6e6f7441667465723d000000000000000000000000000000000000000000000091833582811691615589575b501614156153f1565b828092508860090360031b1b16165f615580565b64ffffffffff8111156155b4575064ffffffffff90565b64ffffffffff1690565b926155cc9181939594613f3a565b9283156155d7575050565b6001600160a01b0391929350165f5260016020526001600160a01b0360405f2091165f5260205260405f205490565b615614826060830151612464565b51906001600160a01b038151165f525f60205261564760405f2060028101546001600160a01b0360208601511691613f3a565b90615662836001600160a01b03602081835116920151161490565b158015615763575b6156ba5761569a90839464ffffffffff606060809601511664ffffffffff8560b01c16101591826156a25761524e565b60d81c910152565b915060ff60408701511660ff8560a01c16149161524e565b91905060086020830151149081615741575b5015615737576080600f915b016156e76127ac848351612464565b6016811015611fad5715801561570f575b61570157505050565b612c879261278d9151612464565b5061571e6127ac848351612464565b6016811015611fad576016831015611fad5782106156f8565b60806004916156d8565b61575c91506001600160a01b03602081835116920151161490565b155f6156cc565b50811561566a565b6060810161577a838251612464565b51926001600160a01b038351165f52600160205260405f2060208501906001600160a01b0380835116165f5260205260405f209460a0600187015491019564ffffffffff19875116809264ffffffffff191614806158ad575b61589957506157f8906001600160a01b038651166001600160a01b0384511690614712565b5f52600260205264ffffffffff60405f20541661588757509260208301935b845181101561587e576001600160a01b03615833828551612464565b5151166158556001600160a01b038651168264ffffffffff1986511691614712565b5f52600260205264ffffffffff60405f2054166158755750600101615817565b94505050505090565b50505050505f90565b516001600160a01b0316949350505050565b546001600160a01b03169695505050505050565b50600160af1b81541615156157d3565b93916001600160a01b0316926001600160a01b0383168414908115615989575b506153c2576001600160a01b0360018501541683148015615973575b6153c25760028401545f925b60068410615917575050505050505f90565b6001600160a01b0361592b8285858a6155be565b1690818614615967576001600160a01b03168114801561595f575b61595557600190930192615905565b5050505050505f90565b508015615946565b50505050505050600190565b506001600160a01b0360028501541683146158f9565b6001600160a01b0391501683145f6158dd565b90949293946159aa81611fc1565b600181146130da576002906159be81611fc1565b03615a2b5750905b6001600160a01b0382169383853314159384615a17575b505050506159e9575050565b7fc13180e2000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b615a2194506152bc565b155f8083816159dd565b6001600160a01b0391506001015416906159c6565b9060418303615a6a57615a639250602081013591604082359201355f1a90615a74565b9192909190565b50505f9160029190565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411615aeb579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa1561398e575f516001600160a01b03811615615ae157905f905f90565b505f906001905f90565b5050505f916003919056fea164736f6c6343000825000a" as const

/** Byte position in the bytecode where the code of a RealmRegistry begins; it goes on to the end. */
export const realmRegistryCodeStart = 152 as const

/** Byte positions in that code of the 32-byte words that hold the OperatorRegistry's address, zero in the bytecode. */
export const operatorRegistryPositions = [
 453,
 14417,
 16399,
 16865
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
