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
    "internalType": "uint64",
    "name": "capabilities",
    "type": "uint64"
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
    "internalType": "uint64",
    "name": "capabilities",
    "type": "uint64"
   },
   {
    "internalType": "uint8",
    "name": "ofIssuer",
    "type": "uint8"
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
    "internalType": "uint64",
    "name": "capabilities",
    "type": "uint64"
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
    "internalType": "bytes32",
    "name": "metaHash",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint8",
    "name": "capabilities",
    "type": "uint8"
   },
   {
    "indexed": false,
    "internalType": "uint8",
    "name": "standing",
    "type": "uint8"
   },
   {
    "indexed": false,
    "internalType": "uint40",
    "name": "validFrom",
    "type": "uint40"
   },
   {
    "indexed": false,
    "internalType": "uint40",
    "name": "notAfter",
    "type": "uint40"
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
    "internalType": "uint8",
    "name": "capabilities",
    "type": "uint8"
   },
   {
    "indexed": false,
    "internalType": "uint40",
    "name": "validFrom",
    "type": "uint40"
   },
   {
    "indexed": false,
    "internalType": "uint40",
    "name": "notAfter",
    "type": "uint40"
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
    "internalType": "uint8",
    "name": "capabilities",
    "type": "uint8"
   },
   {
    "indexed": false,
    "internalType": "uint40",
    "name": "validFrom",
    "type": "uint40"
   },
   {
    "indexed": false,
    "internalType": "uint40",
    "name": "notAfter",
    "type": "uint40"
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
      "internalType": "bytes32",
      "name": "digest",
      "type": "bytes32"
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
      "internalType": "bytes26",
      "name": "head",
      "type": "bytes26"
     },
     {
      "internalType": "uint40",
      "name": "sequence",
      "type": "uint40"
     },
     {
      "internalType": "enum IRealmRegistry.Policy",
      "name": "policy",
      "type": "uint8"
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
      "internalType": "bytes32",
      "name": "digest",
      "type": "bytes32"
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
        "internalType": "bytes26",
        "name": "head",
        "type": "bytes26"
       },
       {
        "internalType": "uint40",
        "name": "sequence",
        "type": "uint40"
       },
       {
        "internalType": "enum IRealmRegistry.Policy",
        "name": "policy",
        "type": "uint8"
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
        "internalType": "bytes32",
        "name": "digest",
        "type": "bytes32"
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

export const realmRegistryBytecode = "0x60a03461008657601f615f3638819003918201601f19168301916001600160401b0383118484101761008a5780849260209460405283398101031261008657516001600160a01b038116810361008657608052604051615e97908161009f82396080518181816101c501528181613b360152818161433401528181614ea801526153240152f35b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe6101206040526004361015610012575f80fd5b5f3560e01c80630e173ac31461209e57806310df76b814611f79578063117127cd14611edb578063199eac1b14611dd05780631be7db6b14611a3057806333711c9c14611991578063374140fb14611908578063475e585f146114a75780634edc65ff1461144c578063553cf7de14611384578063553eaccb146113445780635c3dcb10146113275780635fa8f4c4146112e857806366b0546a146111b35780636a271ae8146111105780636ce3f3c7146110315780636f0e530f146110145780637179846d14610dc55780637ecebe0014610d8d57806381b57a9914610d2c5780638bdd36e014610ce8578063913318a614610b695780639b39856d14610abd578063a6cbbd6114610a85578063b614581414610a1a578063c28631191461094e578063c89ec68a146107f9578063c90db44714610754578063cd6f3ad114610705578063da1058dc146106dc578063de7beb47146105b5578063e17714fd14610500578063f480dd7e14610372578063f698da2514610350578063fc898721146101ed5763ff677c7b146101a6575f80fd5b346101e9575f3660031901126101e95760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b5f80fd5b346101e95760403660031901126101e95761020661215e565b6024359060048210156101e95761021c8161312c565b91825460f81c9161022c836121f2565b610235826121f2565b8282111561031c5764ffffffffff60d01b6001600160f81b03199161025a8487612f23565b6040519360208501907f3bb946e5aebeeb25bb0b3e00c39f109afcb4bf9bd6a4981c0200805fd90a762682526001600160a01b03604087019316835260608601965f88526102a7816121f2565b60808701526102b5816121f2565b60a086015260a085526102c960c0866124a6565b8654946102df64ffffffffff8760d01c16613187565b96818051810189835265ffffffffffff198960301b16825203916020830190209351925191603f190190a260301c9360d01b169116171790555f80f35b6356620e9360e01b5f526001600160a01b03166004528161033c816121f2565b602452610348816121f2565b60445260645ffd5b346101e9575f3660031901126101e957602061036a612fe6565b604051908152f35b346101e95760203660031901126101e95761038b61215e565b610394816130d5565b906004820191600681015464ffffffffff8160a01c169081156104d8576001600160a01b03168033036104a9575080421061047e575082546001600160a01b0319168355600290920180546001600160c81b031916905561047c91600181016001600160a01b03815416906001600160a01b0333166001600160a01b03198254161790556001600160a01b03604051937f0c6cc6ef6af1a600d67d435df59d06a6d4d17f24144ed7d551cf10b75cbcc079602086015216604084015260608301523360808301525f60a0830152600160c083015260c0825261047760e0836124a6565b6131bd565b005b7f467fc663000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7fd1637658000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b7f31adcd00000000000000000000000000000000000000000000000000000000005f5260045ffd5b346101e95760403660031901126101e95760043567ffffffffffffffff81116101e9576105319036906004016121a0565b9060243567ffffffffffffffff81116101e9576105529036906004016121a0565b919082840361059e575f5b84811061056657005b806105986105776001938887612563565b6105828388876125cc565b610590858a899594956125cc565b93909261307e565b0161055d565b82846329bada5160e11b5f5260045260245260445ffd5b346101e95760e03660031901126101e9576105ce61215e565b6105d6612174565b906105df61218a565b606435926105eb6123c8565b9160a4359160c4359467ffffffffffffffff86116101e9576106b587946106196106c39836906004016120b8565b916001600160a01b038616805f52600460205260405f20546040519060208201927f70623759c98b38392b917e3e1987baea1ecf7d23c17c01bdcef05130a79d7f0284526001600160a01b038916604084015260608301526001600160a01b038a1660808301528a60a083015260ff8c1660c083015260e08201528261010082015261010081526106ac610120826124a6565b519020866141ef565b6106be816130d5565b613cff565b156106ca57005b6344d80a4360e01b5f5260045260245ffd5b346101e95761047c6106ed366123e8565b916106f78261529e565b61070082614306565b6143aa565b346101e95760203660031901126101e9576001600160a01b0361072661215e565b61072e612d20565b50165f525f60205261026061074560405f20612dde565b61075260405180926121fc565bf35b346101e95760203660031901126101e95761076d61215e565b6107768161312c565b906001600160a01b036006830154169182156104d8576006810180546001600160c81b031916905561047c926001600160a01b03604051937f0e7045466d20fb8fc1556f56d95ca6d6275168bded5fc54cf7364dc8f9fd06ce602086015216604084015260608301525f6080830152608082526107f460a0836124a6565b613237565b346101e95760403660031901126101e95761081261215e565b61081a612174565b90610824816130d5565b6005810154926001600160a01b03841680330361091f57506001600160a01b03169283156108f75761047c9361086764ffffffffff809360a01c168342166131a1565b60068401805464ffffffffff60a01b1984166001600160c81b03199091161760a083901b64ffffffffff60a01b16179055906001600160a01b03604051957fed4b7262c6c735140ba8d8741a5a98dddb819f90291b79db0525042f11c03033602088015216604086015233606086015260808501525f60a08501521660c083015260c0825261047760e0836124a6565b7fd0ff2cd9000000000000000000000000000000000000000000000000000000005f5260045ffd5b7fc3a4c37a000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b346101e95760803660031901126101e95761096761215e565b60243567ffffffffffffffff81116101e9576109879036906004016121a0565b9160443567ffffffffffffffff81116101e9576109a89036906004016121a0565b916109b16123d8565b91838603610a03576109c2826130d5565b5f5b8581106109cd57005b806109fc866109e76109e26001958d8d612fd6565b612d7c565b6109f2848b89612fd6565b3590338988613cff565b50016109c4565b85846329bada5160e11b5f5260045260245260445ffd5b346101e957610a45610a2b366123e8565b915f6020604051610a3b81612452565b82815201526153af565b5f5260026020526040805f2060ff825191610a5f83612452565b5481602064ffffffffff831694858152019160281c168152835192835251166020820152f35b346101e95760403660031901126101e9576020610aac610aa361215e565b60243590612f64565b6001600160a01b0360405191168152f35b346101e95760603660031901126101e957610ad661215e565b610ade612174565b9060443560ff811681036101e957610af58361529e565b610afe826130d5565b6001600160a01b03831693845f52600160205260405f206001600160a01b0382165f5260205260405f20946040865460a81c1615610b4957508060016106c395960154958693613cff565b6001600160a01b039250633d97394960e21b5f526004521660245260445ffd5b346101e95760603660031901126101e957610b8261215e565b610b8a612174565b9060443564ffffffffff81168082036101e957610ba68361312c565b9162093a808210159485610cd9575b6001600160a01b03169182159586159081610cd0575b50610c9657506005830180546001600160a01b0319168317815561047c9564ffffffffff929015610c8d5750610c1e5f5b825464ffffffffff60a01b191660a09190911b64ffffffffff60a01b16178255565b6006840180546001600160c81b03191690555460a01c16906001600160a01b03604051947f2b4cd13c109ed0b94ed1ca1278870e888103c8f29d6010d3753bb147df9f3b03602087015216604085015260608401525f608084015260a083015260a082526107f460c0836124a6565b610c1e90610bfc565b7f52ea03cb000000000000000000000000000000000000000000000000000000005f5260045262093a806024526301e1338060445260645ffd5b90501587610bcb565b6301e133808311159550610bb5565b346101e95760803660031901126101e957610d0161215e565b6106c3610d0c612174565b916044358093610d1a6123d8565b92610d24816130d5565b903391613cff565b346101e95760403660031901126101e95760043567ffffffffffffffff81116101e95761010060031982360301126101e9576024359067ffffffffffffffff82116101e957610d8261047c9236906004016120b8565b81819360040161307e565b346101e95760203660031901126101e9576001600160a01b03610dae61215e565b165f526004602052602060405f2054604051908152f35b346101e95760803660031901126101e95760243560048110156101e95760443567ffffffffffffffff81116101e957608060031982360301126101e95760643567ffffffffffffffff81116101e957610e229036906004016120b8565b610e3160049492943533612f64565b936001600160a01b03851694855f525f60205260405f2094855460f81c610e57816121f2565b610fe857610e64856121f2565b8415610fcd5793610e8964ffffffffff946020989794869461036a9860040190613f0f565b949091610e968186612f23565b6001850180546001600160a01b0319163317905582516002860180548b860151604087015175ffffffffffffffffffffffffffffffffffffffffffff199092166001600160a01b039490941693841760a082901b60ff60a01b161760a89290921b60ff60a81b169190911782559197909260ff92919060608701519460808154980151976001600160d81b03198960d81b169075ffffffffffffffffffffffffffffffffffffffffffff64ffffffffff60b01b8960b01b16911617179055604051997f20f0c05f4754a8b0db8aefa01289503a42b207beaf524151820ec9894e93b4c18e8c01528c60408c01523360608c015260808b01525f60a08b0152610f9d816121f2565b60c08a015260e08901521661010087015216610120850152166101408301526101408252610477610160836124a6565b866356620e9360e01b5f526004525f6024525f60445260645ffd5b867fda510893000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b346101e9575f3660031901126101e957602060405162093a808152f35b346101e95760403660031901126101e95761104a61215e565b6001600160a01b0361105a612174565b915f602060405161106a81612452565b611072612cf6565b81520152165f5260016020526001600160a01b0360405f2091165f5260205260c060405f206040516110a381612452565b602060016110b084612d90565b9384845201549101908152611108604051809364ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b5160a0820152f35b346101e957611141611121366120e6565b9161113160808697959601612d7c565b9461113b86614306565b8661472d565b9291921561117e576001600160a01b03821633149081611172575b5061116357005b61070060a061047c9401612d7c565b6040915016158461115c565b6001600160a01b03827f25b72c7c000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b346101e95760403660031901126101e9576111cc61215e565b6024359064ffffffffff82168092036101e9576001600160a01b036111f0826130d5565b911690815f52600360205260405f206001600160a01b0333165f5260205264ffffffffff60405f205416928381118015906112df575b6112ab5761047c9350825f52600360205260405f206001600160a01b0333165f5260205260405f208164ffffffffff19825416179055604051927fd3c8b96ff166d2770b0f933a1270b0b883fef1eab5a2b231cbeda20953778d02602085015260408401523360608401525f608084015260a083015260a082526107f460c0836124a6565b83907f7ffa7286000000000000000000000000000000000000000000000000000000005f526004526024524360445260645ffd5b50438111611226565b346101e95760203660031901126101e95760043567ffffffffffffffff81116101e95760e060031982360301126101e95761036a60209160040161466b565b346101e9575f3660031901126101e95760206040516276a7008152f35b346101e95760203660031901126101e95760043567ffffffffffffffff81116101e95761010060031982360301126101e95761036a60209160040161457d565b346101e95760a03660031901126101e95761139d61215e565b6113a5612174565b604435906064359260843567ffffffffffffffff81116101e95761047c946113d46106f79236906004016120b8565b916001600160a01b038616805f52600460205260405f20546040519060208201927fd803b17932c10528e9796c2a4f45c1bc0a952b858c5aea4686b47cce63a0845984526001600160a01b0389166040840152606083015289608083015260a08201528260c082015260c081526106ac60e0826124a6565b346101e95760403660031901126101e95761146561215e565b6001600160a01b03611475612174565b91165f5260036020526001600160a01b0360405f2091165f52602052602064ffffffffff60405f205416604051908152f35b346101e95760803660031901126101e9576114c061215e565b6024359067ffffffffffffffff82116101e957608060031983360301126101e95760443567ffffffffffffffff81116101e9576115019036906004016120b8565b929060643564ffffffffff8116948582036101e95761152e91926115248661312c565b9460040186613f0f565b946002840161153c81612d90565b96606084019064ffffffffff8251169760608a019864ffffffffff8a511690818111156118da5750506001600160a01b031697885f52600160205260405f206001600160a01b0380885116165f526020526001600160a01b0360405f20541661189f576276a700420180421161188b5780861161185d575060808a019464ffffffffff865116809111611855575b5064ffffffffff8716964288119586611835575b86611829575b60408c01985f8a52815287516001600160a01b03166001600160a01b031686546001600160a01b0319161786556020880192835187549060a01b60ff60a01b16907fffffffffffffffffffffff00ffffffffffffffffffffffffffffffffffffffff16178755604089015160ff1661167190889060ff60a81b1960ff60a81b83549260a81b169116179055565b85519680549760808b0198895160d81b6001600160d81b0319169160b01b64ffffffffff60b01b169075ffffffffffffffffffffffffffffffffffffffffffff16171790558a885f146001600160a01b0361047c9f64ffffffffff9d8e96879660ff9685966118195784516003919091018054602087015195517fffffffffffffffffffff0000ffffffffffffffffffffffffffffffffffffffff9389169390931675ffffffffffffffffffffffffffffffffffffffffffff199091161760a09590951b60ff60a01b169490941790881660a81b60ff60a81b16178355519075ffffffffffffffffffffffffffffffffffffffffffff64ffffffffff60b01b6001600160d81b03198554935160d81b169360b01b169116171790555b51169a5116945116955116955116955f1461181157955b604051997f548c242a2c4a25e05ff65810e2bfc1b880d08d06c66c6e6939d3da58ba60e9dd60208c015260408b015260608a015260808901525f60a089015260c088015260e0870152610100860152610120850152166101408301526101408252610477610160836124a6565b505f956117a4565b90505f925060039150015561178d565b602060408901526115e4565b95506001600160a01b038b51166001600160a01b038851161415956115de565b96508a6115ca565b857e16b5f7000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b634e487b7160e01b5f52601160045260245ffd5b886001600160a01b03875116907f2f99dad2000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b7f33152591000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b346101e95760a03660031901126101e95761192161215e565b6106c361192c612174565b9161193561218a565b926064359384916119446123c8565b9361194e8161312c565b916001600160a01b0382165f52600160205260405f206001600160a01b0385165f5260205284600160405f200154145f1461198b57503391613cff565b91613cff565b346101e95760403660031901126101e9576119aa61215e565b6119cf6119b5612174565b6001600160a01b036119c561250f565b93168352826132ce565b6119dc6020820151612eb7565b906060015f5b8251811015611a1657806119f960019284516125e3565b51611a048286612619565b52611a0f8185612619565b50016119e2565b60405160208082528190611a2c9082018661233c565b0390f35b346101e95760403660031901126101e957611a4961215e565b60243567ffffffffffffffff81116101e957366023820112156101e957806004013567ffffffffffffffff81116101e957602482019160243691606084020101116101e95760405191611a9b83612422565b5f835260208301925f84526040810190611ab3612d20565b82526060810195606087526080820191606083526001600160a01b03611ad761250f565b92169384835260088711611db85760608301955f5b888110611d4a57505060208301948786526040840197808952600181148015611d06575b611cd4575b504383524289525f525f602052611b2e60405f20612dde565b815284518751810390811161188b57611b4690612eb7565b89525f5b895151811015611b8f5786519088519181830180931161188b5781611b74600194611b88936125e3565b518d5190611b828383612619565b52612619565b5001611b4a565b508890888651611b9e816125f4565b90611bac60405192836124a6565b808252611bbb601f19916125f4565b015f5b818110611cbd57505086525f5b8751811015611bf95780611bf281611be56001948a613aa3565b8a5190611b828383612619565b5001611bcb565b509291611c3b90611c268793604051968796602088525160208801525160408701525160608601906121fc565b516102e06102c085015261030084019061233c565b905190601f19838203016102e0840152602080835192838152019201905f5b818110611c68575050500390f35b9193509160206080600192606087516001600160a01b03815116835264ffffffffff8582015116858401526040810151611ca1816121f2565b6040840152015115156060820152019401910191849392611c5a565b602090611cc8612eee565b82828601015201611bbe565b8751905f19810190811161188b57611cf76001600160a01b0391611d00936125e3565b515116856132ce565b8a611b15565b50600181118015611b10575087515f1982019082821161188b57611d4491611d2d916125e3565b516001600160a01b03602081835116920151161490565b15611b10565b80885190611d57916125e3565b51611d63828b85612d6c565b611d6c90612d7c565b611d77838c86612d6c565b602001611d8390612d7c565b611d8e848d87612d6c565b6040013560a08401526001600160a01b031660208301526001600160a01b03169052600101611aec565b8663c5e0f6a560e01b5f52600452600860245260445ffd5b346101e95760a03660031901126101e957611de961215e565b6024359067ffffffffffffffff82116101e95760e060031983360301126101e95760443567ffffffffffffffff81116101e957611e2a9036906004016120b8565b60649391933567ffffffffffffffff81116101e957611e4d9036906004016121a0565b916084359567ffffffffffffffff87116101e957611e72611e7e9736906004016121a0565b96909560040190612639565b90604051918291611e938360408101926121d1565b6040602084015281518091526020606084019201905f5b818110611eb8575050500390f35b9193509160208082611ecd60019488516121d1565b019401910191849392611eaa565b346101e95760403660031901126101e95761047c611ef761215e565b611eff612174565b6001600160a01b03611f108361312c565b91600483018282166001600160a01b031982541617905581604051947fb7c4c93decd0b1f5c04fd9f8b52c56bc78c0ffd3b8068f484e3482214fe8070260208701521660408501523360608501521660808301525f60a083015260a0825261047760c0836124a6565b346101e95760203660031901126101e957611f9261215e565b611f9b816130d5565b9060048201916001600160a01b0383541680330361206f575082546001600160a01b03191683556005810180546001600160c81b03199081169091556002909301805490931690925561047c91600181016001600160a01b03815416906001600160a01b0333166001600160a01b03198254161790556001600160a01b03604051937f0c6cc6ef6af1a600d67d435df59d06a6d4d17f24144ed7d551cf10b75cbcc079602086015216604084015260608301523360808301525f60a08301525f60c083015260c0825261047760e0836124a6565b7f70d46f25000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b346101e95761047c6120af366120e6565b9392909261307e565b9181601f840112156101e95782359167ffffffffffffffff83116101e957602083818601950101116101e957565b9060606003198301126101e95760043567ffffffffffffffff81116101e95761010081840360031901126101e9576004019160243567ffffffffffffffff81116101e95781612137916004016120b8565b929092916044359067ffffffffffffffff82116101e95761215a916004016120b8565b9091565b600435906001600160a01b03821682036101e957565b602435906001600160a01b03821682036101e957565b604435906001600160a01b03821682036101e957565b9181601f840112156101e95782359167ffffffffffffffff83116101e9576020808501948460051b0101116101e957565b9060168210156121de5752565b634e487b7160e01b5f52602160045260245ffd5b600411156121de57565b64ffffffffff608060c06102409365ffffffffffff1981511686528360208201511660208701526040810151612231816121f2565b60408701526001600160a01b036060820151166060870152612299838201518488019064ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b6122ec60a082015161012088019064ffffffffff608080926001600160a01b03815116855260ff602082015116602086015260ff6040820151166040860152826060820151166060860152015116910152565b01516001600160a01b038151166101c08601526001600160a01b036020820151166101e0860152826040820151166102008601526001600160a01b03606082015116610220860152015116910152565b90602080835192838152019201905f5b8181106123595750505090565b909192602060c060019260a087516001600160a01b0381511683526001600160a01b0385820151168584015260ff604082015116604084015264ffffffffff606082015116606084015264ffffffffff6080820151166080840152015160a0820152019401910191909161234c565b6084359060ff821682036101e957565b6064359060ff821682036101e957565b60609060031901126101e9576004356001600160a01b03811681036101e957906024356001600160a01b03811681036101e9579060443590565b60a0810190811067ffffffffffffffff82111761243e57604052565b634e487b7160e01b5f52604160045260245ffd5b6040810190811067ffffffffffffffff82111761243e57604052565b60c0810190811067ffffffffffffffff82111761243e57604052565b60e0810190811067ffffffffffffffff82111761243e57604052565b90601f8019910116810190811067ffffffffffffffff82111761243e57604052565b5f5b8281106124d657505050565b6020906040516124e58161246e565b5f81525f838201525f60408201525f60608201525f60808201525f60a082015281840152016124ca565b6040519061251c82612422565b815f81525f60208201525f604082015260806101009160405161253f84826124a6565b61254984826124c8565b60608201526040519261255c81856124a6565b3684370152565b91908110156125855760051b8101359060fe19813603018212156101e9570190565b634e487b7160e01b5f52603260045260245ffd5b903590601e19813603018212156101e9570180359067ffffffffffffffff82116101e9576020019181360383136101e957565b908210156125855761215a9160051b810190612599565b9060088110156125855760051b0190565b67ffffffffffffffff811161243e5760051b60200190565b5160168110156121de5790565b80518210156125855760209160051b010190565b60168210156121de5752565b96929795949190975f98606098858503612cdf576001600160a01b031698895f525f60205260405f205460f81c61266f816121f2565b15612cd0576008851015612cc1575061268661250f565b9889526001840180851161188b578060408b015260208a01526126ab60608201612d7c565b926126b58261466b565b924683351480612ca4575b80612c96575b5f901580612c4d575b612c33575b506126e09184866154c1565b5f901580612bea575b612bcd575b508064ffffffffff61271a604061271261270c60c085970186612599565b906155e6565b930135615790565b6001600160a01b036040519661272f8861246e565b1680875260208701525f604087015216606085015216608083015260a08201526060870151525f5b8181106128c45750505050506001604083015114801561289a575b612862575b90612781816133f5565b602081015190612790826125f4565b9161279e60405193846124a6565b8083526127ad601f19916125f4565b01366020840137608001815f5b835181101561285b576127e86127d96127d48386516125e3565b61260c565b6127e38387612619565b61262d565b6127f56127d48286612619565b60168110156121de5715158061282c575b612813575b6001016127ba565b945060016128246127d48786612619565b95905061280b565b5060168610156121de57851580612806575061284b6127d48286612619565b60168110156121de578611612806565b5092915050565b606082015160208301515f19810190811161188b5761288c6001600160a01b0391612895936125e3565b515116836132ce565b612777565b50606082015160208301515f1981019190821161188b576128be91611d2d916125e3565b15612772565b600181019081811161188b576128db818487612563565b916128e78286896125cc565b6128f5606086939601612d7c565b9161290260808201612d7c565b9561290c8261457d565b928d864685351480612bb0575b80612ba2575b1580612b4d575b612b35575b61293760a08601612d7c565b6001600160a01b03808451169116141580612ae0575b612ac8575b916001600160a01b039361298561298c93869560ff67ffffffffffffffff61297c60c08c016132ab565b161115916153df565b86886154c1565b97169316928084145f14612abf578c600a975b1580612a52575b64ffffffffff928760019a612a3199989796948694612a38575b5050506129d361270c60e0850185612599565b926129f0604060ff6129e760c085016132ab565b16920135615790565b91604051976129fe8961246e565b88526020880152604087015216606085015216608083015260a082015260608b015190612a2b83836125e3565b526125e3565b5001612757565b612a499260806127e39201516125e3565b8f5f88916129c0565b50608001612a646127d48783516125e3565b9060168210156121de578e9115908115612a7f575b506129a6565b612a9692506127d4915096809695949397516125e3565b9060168210156121de5760168810156121de57939492939192908d90881064ffffffffff612a79565b8c600b9761299f565b6080612ad59201516125e3565b600290528d86612952565b5050608001612af36127d48883516125e3565b60168110156121de578f91889115908115612b0f575b5061294d565b612b2093506127d4929150516125e3565b60168110156121de57868f916002105f612b09565b6080612b429201516125e3565b600190528d8661292b565b5050608001612b606127d48883516125e3565b60168110156121de578f91889115908115612b7c575b50612926565b612b8d93506127d4929150516125e3565b60168110156121de57868f916001105f612b76565b50436040860135111561291f565b50612bbd60208601612d7c565b6001600160a01b03163014612919565b612bdb9060808b01516125e3565b600c905264ffffffffff6126ee565b5060808a018051612bfa9061260c565b60168110156121de5715908115612c12575b506126e9565b51915050612c1f9061260c565b60168110156121de575f90600c105f612c0c565b612c419060808d01516125e3565b600190526126e06126d4565b5060808c018051612c5d9061260c565b60168110156121de5715908115612c75575b506126cf565b51915050612c829061260c565b60168110156121de575f906001105f612c6f565b5043604084013511156126c6565b50612cb160208401612d7c565b6001600160a01b031630146126c0565b600f9a50985050505050505050565b60159a50985050505050505050565b85856329bada5160e11b5f5260045260245260445ffd5b60405190612d0382612422565b5f6080838281528260208201528260408201528260608201520152565b60405190612d2d8261248a565b815f81525f60208201525f60408201525f6060820152612d4b612cf6565b6080820152612d58612cf6565b60a082015260c0612d67612cf6565b910152565b9190811015612585576060020190565b356001600160a01b03811681036101e95790565b90604051612d9d81612422565b60808193546001600160a01b038116835260ff8160a01c16602084015260ff8160a81c16604084015264ffffffffff8160b01c16606084015260d81c910152565b9060405191612dec8361248a565b60c083825465ffffffffffff198160301b16825264ffffffffff8160d01c16602083015260f81c612e1c816121f2565b60408201526001600160a01b036001840154166060820152612e4060028401612d90565b6080820152612e5160038401612d90565b60a082015264ffffffffff600660405194612e6b86612422565b6001600160a01b0360048201541686528260058201546001600160a01b038116602089015260a01c16604087015201546001600160a01b038116606086015260a01c1660808401520152565b90612eec612ec4836125f4565b612ed160405191826124a6565b83815260208194612ee4601f19916125f4565b0191016124c8565b565b604051906080820182811067ffffffffffffffff82111761243e576040525f6060838281528260208201528260408201520152565b90612f2d816121f2565b7effffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff6001600160f81b031983549260f81b169116179055565b6001600160a01b03916040519083602083019360a08552600a60c08501527f77616d702e7265616c6d0000000000000000000000000000000000000000000060e085015246604085015230606085015216608083015260a082015260e08152612fcf610100826124a6565b5190201690565b91908110156125855760051b0190565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f7e3ad238e1aa593dc51fcd016c5ed8ac60b7a68f705b123e1a176909550a9e4460408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a082015260a0815261307860c0826124a6565b51902090565b939161308b93918561472d565b9150506130955750565b6130a960806001600160a01b039201612d7c565b7f8c9ffd95000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b6001600160a01b031690815f525f60205260405f2091825460f81c6130f9816121f2565b156131015750565b7f47d6f451000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b90613136826130d5565b916001600160a01b03600184015416330361314e5750565b6001600160a01b03907f4d3a1dd8000000000000000000000000000000000000000000000000000000005f52166004523360245260445ffd5b64ffffffffff60019116019064ffffffffff821161188b57565b9064ffffffffff8091169116019064ffffffffff821161188b57565b9081546001600160f81b031964ffffffffff60d01b6131e564ffffffffff8460d01c16613187565b9360a08101818051810187835265ffffffffffff198760301b1682520390602082018320926080810151926060820151926020604084015193015191607f190190a460301c9360d01b16911617179055565b9081546001600160f81b031964ffffffffff60d01b61325f64ffffffffff8460d01c16613187565b9360808101818051810187835265ffffffffffff198760301b1682520391602083018120926060820151926020604084015193015191605f190190a360301c9360d01b16911617179055565b3567ffffffffffffffff811681036101e95790565b5f19811461188b5760010190565b6001600160a01b038151165f525f60205260405f206020820160608301935b6008825110156133bc5761330c816001600160a01b03865116856157b1565b906001600160a01b038251169081156133ec576001600160a01b0316908114906133a89082156133c3575f5b6001600160a01b038551169160ff60208701511664ffffffffff6060880151169064ffffffffff60808901511692604051956133738761246e565b8652602086015260408501526060840152608083015260a0820152875185519161339c836132c0565b8752612a2b83836125e3565b506133bc57516001600160a01b03166132ed565b5050505050565b6001600160a01b038751165f52600160205260405f20815f52602052600160405f200154613338565b50505050505050565b60208101805190925f19820182811161188b578015613a13576134188185615838565b606084016001600160a01b03602080835101510151166001600160a01b0360208351510151161415806139c8575b6139b7575b64ffffffffff606060208351015101511664ffffffffff6060835151015116105f908061396e575b613956575b5060015b82811061375157505f5b86518110156137485761349a8183516125e3565b516134a58288613aa3565b906001600160a01b038251161515806136f7575b6136e0575b64ffffffffff6080820151164210158061368f575b613678575b84831461366d57606064ffffffffff9101511664ffffffffff602083015116118061361c575b613605575b6001821190816135ef575b604081019160018351613520816121f2565b613529816121f2565b14925190613536826121f2565b61353f826121f2565b156135d75750816135c9575b505b1580613578575b613561575b600101613486565b61356f8160808801516125e3565b60149052613559565b506080860161358b6127d48383516125e3565b60168110156121de578290159182156135a6575b5050613554565b6135b69250906127d491516125e3565b60168110156121de57601410815f61359f565b60609150015115155f61354b565b905081156135e6575b5061354d565b9050155f6135e0565b9050600119860184811161188b5782149061350e565b6136138260808901516125e3565b60129052613503565b506080870161362f6127d48483516125e3565b60168110156121de5783901591821561364a575b50506134fe565b61365a9250906127d491516125e3565b60168110156121de57601210825f613643565b505050505092505050565b6136868360808a01516125e3565b601190526134d8565b50608088016136a26127d48583516125e3565b60168110156121de578490159182156136bd575b50506134d3565b6136cd9250906127d491516125e3565b60168110156121de57601110835f6136b6565b6136ee8360808a01516125e3565b601090526134be565b506080880161370a6127d48583516125e3565b60168110156121de57849015918215613725575b50506134b9565b6137359250906127d491516125e3565b60168110156121de57601010835f61371e565b50505092505050565b61375c8183516125e3565b51825190600183019182841161188b5782613776916125e3565b5161379c613794836001600160a01b03602081835116920151161490565b15858b615453565b6001600160a01b038251166001600160a01b03602083015116141580613905575b6138ee575b64ffffffffff60608201511664ffffffffff606084015116108061389d575b613886575b61380560ff60408060039501519301928184511619161615858b6153df565b51161580613835575b61381c575b5060010161347c565b61382a9060808801516125e3565b600e90526001613813565b50608087016138486127d48383516125e3565b60168110156121de57829015918215613863575b505061380e565b6138739250906127d491516125e3565b60168110156121de57600e10815f61385c565b6138948460808b01516125e3565b600690526137e6565b50608089016138b06127d48683516125e3565b60168110156121de578590159182156138cb575b50506137e1565b6138db9250906127d491516125e3565b60168110156121de57600610845f6138c4565b6138fc8460808b01516125e3565b600590526137c2565b50608089016139186127d48683516125e3565b60168110156121de57859015918215613933575b50506137bd565b6139439250906127d491516125e3565b60168110156121de57600510845f61392c565b6139649060808701516125e3565b600990525f613478565b5060808601805161397e9061260c565b60168110156121de5715908115613996575b50613473565b519150506139a39061260c565b60168110156121de575f906009105f613990565b60808501516020016008905261344b565b506080850180516139db9060200161260c565b60168110156121de57159081156139f3575b50613446565b51613a01915060200161260c565b60168110156121de576008105f6139ed565b506080929092018051929350915f9150613a2c9061260c565b60168110156121de57158015613a55575b613a45575050565b613a4f91516125e3565b60049052565b50508051613a629061260c565b60168110156121de575f90600410613a3d565b91908260409103126101e957815160048110156101e95760209092015164ffffffffff811681036101e95790565b919091613aae612eee565b92613abd8160608401516125e3565b5190801590811580613ce8575b80613cc8575b613cc257613ae66001600160a01b0391856159cb565b1685526001600160a01b038351165f52600360205260405f206001600160a01b0380845116165f5260205264ffffffffff60405f205416602086015280613cb5575b613cb1576001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016906001600160a01b0381511690604051916397a5d5b560e01b83526004830152604082602481865afa8015613c59576020925f905f92613c8f575b50613b9b816121f2565b151580613c75575b613c64575b50019160406001600160a01b0384511660248251809581936397a5d5b560e01b835260048301525afa8015613c59576001600160a01b03925f91613c29575b50613bf1816121f2565b604086015251165f5260016020526001600160a01b038060405f20925116165f52602052604060c0815f205460a81c16146060830152565b613c4b915060403d604011613c52575b613c4381836124a6565b810190613a75565b505f613be7565b503d613c39565b6040513d5f823e3d90fd5b64ffffffffff16828701525f613ba8565b5064ffffffffff838801511664ffffffffff821611613ba3565b9050613caa915060403d604011613c5257613c4381836124a6565b905f613b91565b5050565b5060408201511515613b28565b50505050565b50613ce3836001600160a01b03602081835116920151161490565b613ad0565b506001810180821161188b57602085015114613aca565b92939194906001600160a01b03811694855f52600160205260405f206001600160a01b0382165f5260205260405f2091613d3883612d90565b906001600160a01b03825116151580613f02575b15613e5457613d6990838a6001600160a01b03855116928a615b05565b15613e1757604001519160808316613e0b57805460ff60a81b191660ff93841660801760a81b60ff60a81b16179055613e069691936001600160a01b039283915b604051987f74715d098bee08afbd6ad7d90d01886a6b082efd9df8a03b3ef1e0ec8537140460208b015260408a015260608901521660808701525f60a08701521660c08501521660e083015260e08252610477610100836124a6565b600190565b50505050505050505f90565b6001600160a01b038886897f4509e6d7000000000000000000000000000000000000000000000000000000005f526004526024521660445260645ffd5b97859350613e689250809591505f986153af565b95865f52600260205264ffffffffff60405f205416613ef7576001600160a01b0360ff948193613e069960405190613e9f82612452565b64ffffffffff43168252602082019089891682525f52600260205264ffffffffff8060405f209351161664ffffffffff198354161782555165ff000000000082549160281b169065ff00000000001916179055613daa565b505050505050505f90565b5085600185015414613d4c565b90929192613f1b612cf6565b506001600160a01b03613f2d82612d7c565b161580156141d2575b6141ae57613f46604082016132ab565b9067ffffffffffffffff821660ff811161418357600183161561415857506020810193613f72856132ab565b67ffffffffffffffff4391161161412f576060820164ffffffffff613f9a61270c8386612599565b1694428611156141135761409892916140889161408089614072613fda613fd3613fcc613fc68c612d7c565b946132ab565b968b612599565b3691614547565b602081519101208a6040519584879567ffffffffffffffff602088019a1630468c946001600160a01b0392908367ffffffffffffffff9661010099949c9b9a968280956101208c019f7fc0c557c364444bdd56d8ee0ec1d8b9cdb815bc22106133a9fd6b66269f42f8d38d5260208d01521660408b015260608a01521660808801521660a08601521660c08401521660e08201520152565b03601f1981018352826124a6565b519020615be9565b968761409385612d7c565b6154c1565b156140ea5764ffffffffff6140b76140b160ff93612d7c565b956132ab565b16916001600160a01b03604051956140ce87612422565b1685521660208401525f60408401526060830152608082015291565b846140fc6001600160a01b0392612d7c565b906310c9e73960e21b5f526004521660245260445ffd5b85630a72ee0b60e21b5f5260045264ffffffffff60245260445ffd5b67ffffffffffffffff614141866132ab565b6308dda2f360e01b5f52166004524360245260445ffd5b7f720154fd000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7f5c4834be000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b6141bf6001600160a01b0391612d7c565b632edc489160e21b5f521660045260245ffd5b506141dc81612d7c565b6001600160a01b03808416911614613f36565b949391949290928542116142da5762093a8042019586421161188b578681116142aa5750614277939495506001600160a01b03811694855f52600460205260405f206001815401905561407261426e614246612fe6565b92604051928391602083019586909160429261190160f01b8352600283015260228201520190565b519020906154c1565b1561427f5750565b7fe82a42ff000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b86907f3a87d8f0000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b857f15642292000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b6001600160a01b03604051916397a5d5b560e01b835216908160048201526040816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa8015613c59576001915f9161438a575b50614370816121f2565b036143785750565b6371ab6ad560e11b5f5260045260245ffd5b6143a3915060403d604011613c5257613c4381836124a6565b505f614366565b6001600160a01b03909392931690815f52600160205260405f206001600160a01b0382165f5260205260405f20936143e185612d90565b60408101906001600f83511614908161451a575b5015801561450c575b6144ec5760808151166144d95760408151166144a057612eec9495604060ff61443d9351161760ff60a81b1960ff60a81b83549260a81b169116179055565b825f525f6020526001600160a01b0360405f2092604051947f1c5e90be299d4adbc92718523b78eb37f6aceff20ccf42c0d42196a8d56a7bbc602087015260408601521660608401525f608084015260a083015260a082526107f460c0836124a6565b6001600160a01b0383857fa6d56d23000000000000000000000000000000000000000000000000000000005f526004521660245260445ffd5b506344d80a4360e01b5f5260045260245ffd5b6001600160a01b038385633d97394960e21b5f526004521660245260445ffd5b5081600187015414156143fe565b60039150602001511615155f6143f5565b67ffffffffffffffff811161243e57601f01601f191660200190565b9291926145538261452b565b9161456160405193846124a6565b8294818452818301116101e9578281602093845f960137010152565b6146689061458d60208201612d7c565b9061408061459d60608301612d7c565b916140726145ad60808301612d7c565b6145b960a08401612d7c565b6145c560c085016132ab565b906145d6613fd360e0870187612599565b6020815191012092604051978896602088019a604082013591358c946001600160a01b0392908367ffffffffffffffff9661010099949c9b9a968280956101208c019f7fc0c557c364444bdd56d8ee0ec1d8b9cdb815bc22106133a9fd6b66269f42f8d38d5260208d01521660408b015260608a01521660808801521660a08601521660c08401521660e08201520152565b90565b6146689061467b60208201612d7c565b9061468860608201612d7c565b9067ffffffffffffffff61469e60a083016132ab565b60806146b0613fd360c0860186612599565b60208151910120936001600160a01b03604051968160208901997f158911a349ced51714c94e52e73209a19e10d8527527721c624c24cd03fd4ee28b52843560408b01521660608901526040830135848901521660a0870152013560c08501521660e08301526101008201526101008152614080610120826124a6565b9294919360a084019361473f85612d7c565b92606082019261474e84612d7c565b9861475b60808501612d7c565b94843546810361527357506020850161477381612d7c565b6001600160a01b033091160361523657506001600160a01b03861615801561521b575b6151ff576001600160a01b038b166001600160a01b038716146151ca576147bf60c086016132ab565b67ffffffffffffffff811660ff81116141835750600116615195574360408601351161517a576147ee876130d5565b60a0526147fd8660a051615ca0565b61514557614828906148206148118761457d565b9a61481a612cf6565b50612d7c565b608052612d7c565b986148388a60805160a0516157b1565b610100526001600160a01b036101005151161561512957602061010051016003815116156150f45767ffffffffffffffff60ff61487760c089016132ab565b92511691821916166150b05750614897600f604061010051015116615ce9565b99600660ff8c1611615095576148b361270c60e0880188612599565b64ffffffffff80821614615080575b4264ffffffffff821611801590615062575b61503b579064ffffffffff87969594939260ff808f9a60c06148f691016132ab565b16996040519a6149058c612422565b6001600160a01b0386168c5260208c01521660408a01528160408901351660608a015216608088015264ffffffffff60408701351660c05260ff8c1660e0525b6001600160a01b036101005151161561501f576080604061010051015116614fea5764ffffffffff60806101005101511642811115614fb2575064ffffffffff6060610100510151168064ffffffffff60c0511610614f7a57506001600160a01b03608051165f52600360205260405f206001600160a01b0382165f5260205264ffffffffff60405f205416906001600160a01b0380610100515116911680911491821580614f66575b614e75575b64ffffffffff16908164ffffffffff60c0511610614e3a5750508c90614a8c5750600160e05114614a685764ffffffffff60606101005101511660c0526001600160a01b03610100515116614a4e8160805160a0516157b1565b6101005260e0511561188b575f1960e0510160e052614945565b60ff8b81614a7582615ce9565b63c5e0f6a560e01b5f52166004521660245260445ffd5b999a50600160ff604088015116149384614e29575b614aad8c869c8b6153af565b5f52600260205264ffffffffff60405f205416614e1657908c916001600160a01b038a165f52600160205260405f206001600160a01b038a165f526020528c60405f2096614afa88612d90565b906001600160a01b03825116614cc0575b5050614b16936154c1565b15614ca0578594938a6001819d95614b41614beb96614b9b9f96613fd397612eec9e9d60a051615cfb565b60408801518851825460208b015175ffffffffffffffffffffffffffffffffffffffffffff199091166001600160a01b03929092169190911760a09190911b60ff60a01b161760a882901b60ff60a81b1617825560ff169d565b6060880151815475ffffffffffffffffffffffffffffffffffffffffffff64ffffffffff60b01b6001600160d81b031960808d015160d81b169360b01b16911617178155015560e0810190612599565b6020815191012060ff602084015116906001600160a01b0360ff604086015116938164ffffffffff60808160608a0151169801511697816040519a7fd25870b43b68e324fc80e9dc22e0dcbbf620826eb092ee8024dafbf96426c0b460208d01521660408b01521660608901521660808701525f60a08701528a60c087015260e08601526101008501526101208401526101408301526101608201526101608152614c98610180826124a6565b60a0516131bd565b6001600160a01b038b8b6310c9e73960e21b5f526004521660245260445ffd5b91509192935064ffffffffff60608a01511664ffffffffff60608401511690818111156118da5750508e6001600160a01b0380845116911681141580614dfd575b614dc457508e828f928d6040614b1698979601926080845116155f14614d4a575050614d31575b505b935f614b0b565b604090511660ff60408c0151161760408b01525f614d28565b91509150614d8560405192614d5e84612452565b64ffffffffff431684526001600160a01b0360208501935f8552511660018d0154916153af565b5f90815260026020526040902091518254915165ffffffffffff1990921664ffffffffff919091161760289190911b65ff000000000016179055614d2a565b8f6001600160a01b03907f5a323e4e000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b506001600160a01b03600160a051015416331415614d01565b8b6344d80a4360e01b5f5260045260245ffd5b602087015160031615159450614aa1565b7f5676299e000000000000000000000000000000000000000000000000000000005f5260045264ffffffffff60c0511660245260445260645ffd5b6040806101005101511615614f4457604051906397a5d5b560e01b82528260048301526040826024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa918215613c59575f905f93614f22575b50600190614ee7816121f2565b03614f0f579064ffffffffff9180838316115f14614f0857505b90506149f4565b9050614f01565b826371ab6ad560e11b5f5260045260245ffd5b60019350614f3e915060403d8111613c5257613c4381836124a6565b92614eda565b50633d97394960e21b5f526001600160a01b036080511660045260245260445ffd5b506001600f604061010051015116146149ef565b7f6545a662000000000000000000000000000000000000000000000000000000005f5264ffffffffff60c0511660045260245260445ffd5b6001600160a01b03827f78290444000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b6001600160a01b03907f22f9bf4b000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b6001600160a01b03906337146b0b60e21b5f521660045260245ffd5b64ffffffffff8060806101005101511691630a72ee0b60e21b5f521660045260245260445ffd5b5064ffffffffff60806101005101511664ffffffffff8216116148d4565b5064ffffffffff6080610100510151166148c2565b60ff8b63c5e0f6a560e01b5f5216600452600660245260445ffd5b67ffffffffffffffff6150c560c088016132ab565b7fee55f325000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b6001600160a01b038b7f0eef7661000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b6001600160a01b038a6337146b0b60e21b5f521660045260245ffd5b6001600160a01b03867f15548680000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b6040856308dda2f360e01b5f5201356004524360245260445ffd5b6001600160a01b03867fc9645ce6000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b6001600160a01b038b7ffc5b0413000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b6001600160a01b0386632edc489160e21b5f521660045260245ffd5b506001600160a01b0387166001600160a01b03871614614796565b6152476001600160a01b0391612d7c565b7f870d54a0000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b7f42e3b20f000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b6001600160a01b031680331415806152e7575b6152b85750565b7ff5c5082a000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b506040517fd3a2b2100000000000000000000000000000000000000000000000000000000081528160048201526020816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa8015613c59575f90615366575b6001600160a01b039150163314156152b1565b506020813d6020116153a7575b81615380602093836124a6565b810103126101e957516001600160a01b03811681036101e9576001600160a01b0390615353565b3d9150615373565b916001600160a01b03604051928160208501951685521660408301526060820152606081526130786080826124a6565b911580615402575b6153ef575050565b60806153fc9201516125e3565b60079052565b50608082016154156127d48383516125e3565b60168110156121de57829015918215615430575b50506153e7565b6154409250906127d491516125e3565b60168110156121de57600710815f615429565b911580615470575b615463575050565b6080613a4f9201516125e3565b50608082016154836127d48383516125e3565b60168110156121de5782901591821561549e575b505061545b565b6154ae9250906127d491516125e3565b60168110156121de57600410815f615497565b906154cd848483615dab565b506154d7816121f2565b1590816155d0575b506155c757813b156155bf578361554060845f969587966040519485926020840197630b135d3f60e11b89526024850152604060448501528160648501528484013787838284010152601f801991011681010301601f1981018352826124a6565b51916207a120fa3d156155b8573d6155578161452b565b9061556560405192836124a6565b81523d5f602083013e5b816155ac575b8161557e575090565b630b135d3f60e11b915060208151910151906020811061559d57501490565b5f199060200360031b1b161490565b80516020149150615575565b606061556f565b505050505f90565b50505050600190565b90506001600160a01b038084169116145f6154df565b9190915f90600984108015615725575b615719576009915b848310156157135782820135906001600160f81b031982167f3b00000000000000000000000000000000000000000000000000000000000000811461570b5764ffffffffff821615806156fe575b600360fc1b82109182156156d4575b5081156156cc575b5080156156c2575b6156b95764ffffffffff600a91160264ffffffffff811690810361188b576156a064ffffffffff91602f199360f81c906131a1565b160164ffffffffff811161188b576001909201916155fe565b505f9450505050565b506015841461566b565b90505f615663565b7f39000000000000000000000000000000000000000000000000000000000000001091505f61565b565b50600360fc1b811461564c565b509450505050565b93505050565b5064ffffffffff925050565b7fffffffffffffffffff00000000000000000000000000000000000000000000007f6e6f7441667465723d00000000000000000000000000000000000000000000009183358281169161577c575b501614156155f6565b828092508860090360031b1b16165f615773565b64ffffffffff8111156157a7575064ffffffffff90565b64ffffffffff1690565b6157b9612cf6565b506157c660028201612d90565b6001600160a01b03808251169416809414615831576040015160201661580e575b506001600160a01b03165f52600160205260405f20905f5260205261466860405f20612d90565b600361581a9101612d90565b826001600160a01b03825116036157e75791505090565b9250505090565b906158478160608401516125e3565b51916001600160a01b038151165f525f60205260405f20615878846001600160a01b03602081835116920151161490565b1580156159ad575b615904576080926158d0836158b586946001600160a01b0364ffffffffff9751166001600160a01b0360208b015116916157b1565b9285606089015116866060860151161491826158eb57615453565b015116910164ffffffffff81511682106158e8575050565b52565b915060ff60408901511660ff6020860151161491615453565b5090916008602083015114908161598b575b5015615981576080600f915b016159316127d48483516125e3565b60168110156121de57158015615959575b61594b57505050565b612eec926127e391516125e3565b506159686127d48483516125e3565b60168110156121de5760168310156121de578210615942565b6080600491615922565b6159a691506001600160a01b03602081835116920151161490565b155f615916565b506159c56001600160a01b0360208601511682615ca0565b15615880565b606081016159da8382516125e3565b51926001600160a01b038351165f52600160205260405f2060208501906001600160a01b0380835116165f5260205260405f209460a06001870154910195865180921480615af5575b615ae15750615a48906001600160a01b038651166001600160a01b03845116906153af565b5f52600260205264ffffffffff60405f205416615acf57509260208301935b8451811015615ac6576001600160a01b03615a838285516125e3565b515116615a9d6001600160a01b03865116828551916153af565b5f52600260205264ffffffffff60405f205416615abd5750600101615a67565b94505050505090565b50505050505f90565b516001600160a01b0316949350505050565b546001600160a01b03169695505050505050565b506080815460a81c161515615a23565b9093916001600160a01b0316926001600160a01b0383168414908115615bd6575b506155c7576001600160a01b036001820154168314908115615bbf575b50615bb757916001600160a01b035f9116925b6006821080615ba5575b156155bf57835f5260016020526001600160a01b0360405f2091165f526020526001600160a01b0360405f205416908183146155c757615b9f906132c0565b90615b56565b506001600160a01b0381161515615b60565b505050600190565b6001600160a01b039150600201541682145f615b43565b6001600160a01b0391501683145f615b26565b61407261307860405160208101907fb03948446334eb9b2196d5eb166f69b9d49403eb4a12f36de8d3f9f3cb8e15c382527f235b4d235719be3c6ba20e7dd72c9b9e77edcd4a8769648ef4387abcfc96271a60408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc6606082015260608152615c756080826124a6565b51902092604051928391602083019586909160429261190160f01b8352600283015260228201520190565b90615cad60028301612d90565b6001600160a01b03808251169216809214615bb7576040015160201615159182615cd657505090565b600301546001600160a01b031614919050565b60ff60019116019060ff821161188b57565b93919293805460f81c615d0d816121f2565b60018114615da357600290615d21816121f2565b03615d8e5750905b6001600160a01b0382169383853314159384615d7a575b50505050615d4c575050565b7fc13180e2000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b615d8494506154c1565b155f808381615d40565b6001600160a01b039150600101541690615d29565b505050505050565b9060418303615dd557615dce9250602081013591604082359201355f1a90615ddf565b9192909190565b50505f9160029190565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411615e56579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa15613c59575f516001600160a01b03811615615e4c57905f905f90565b505f906001905f90565b5050505f916003919056fea2646970667358221220373853aa1550508bb09b337160fa607c12800dfac9f123ef61e21506f58511c564736f6c63430008250033" as const

/** Byte position in the bytecode where the code of a RealmRegistry begins; it goes on to the end. */
export const realmRegistryCodeStart = 159 as const

/** Byte positions in that code of the 32-byte words that hold the OperatorRegistry's address, zero in the bytecode. */
export const operatorRegistryPositions = [
 453,
 15158,
 17204,
 20136,
 21284
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
