// Written by scripts/generate-abi.ts from the compiled contracts; do not edit.

import { keccak_256 } from "@noble/hashes/sha3.js"
import { concatBytes, fromHex, toHex, type Hex } from "../../core/bytes.ts"

export const attestationRegistryAbi = [
 {
  "inputs": [
   {
    "internalType": "contract IRealmRegistry",
    "name": "realmRegistry",
    "type": "address"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "constructor"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "kind",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "bank",
    "type": "uint256"
   }
  ],
  "name": "AttestationBankRefused",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "kind",
    "type": "uint256"
   }
  ],
  "name": "AttestationKindUnknown",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "kind",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "mask",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "allowed",
    "type": "uint256"
   }
  ],
  "name": "AttestationMaskRefused",
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
    "name": "id",
    "type": "bytes32"
   },
   {
    "internalType": "address",
    "name": "caller",
    "type": "address"
   }
  ],
  "name": "AttestationNotAuthorised",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "id",
    "type": "bytes32"
   }
  ],
  "name": "AttestationRevoked",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "notBefore",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "notAfter",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "timestamp",
    "type": "uint256"
   }
  ],
  "name": "AttestationWindowInvalid",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "delegate",
    "type": "address"
   }
  ],
  "name": "AttesterDelegateInvalid",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "kind",
    "type": "uint256"
   },
   {
    "internalType": "bytes",
    "name": "name",
    "type": "bytes"
   }
  ],
  "name": "AttesterNameInvalid",
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
    "internalType": "uint256",
    "name": "maximumAge",
    "type": "uint256"
   }
  ],
  "name": "PolicyAgeInvalid",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "kinds",
    "type": "uint256"
   }
  ],
  "name": "PolicyKindsInvalid",
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
    "name": "id",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "delegate",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint32",
    "name": "sequence",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint32",
    "name": "epoch",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint8",
    "name": "kind",
    "type": "uint8"
   },
   {
    "indexed": false,
    "internalType": "uint40",
    "name": "notBefore",
    "type": "uint40"
   },
   {
    "indexed": false,
    "internalType": "uint40",
    "name": "notAfter",
    "type": "uint40"
   }
  ],
  "name": "AttesterEnrolled",
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
    "name": "id",
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
    "internalType": "uint32",
    "name": "sequence",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint32",
    "name": "epoch",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint8",
    "name": "reason",
    "type": "uint8"
   }
  ],
  "name": "AttesterRevoked",
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
    "name": "role",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "key",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint32",
    "name": "sequence",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint32",
    "name": "epoch",
    "type": "uint32"
   },
   {
    "components": [
     {
      "internalType": "uint8",
      "name": "kind",
      "type": "uint8"
     },
     {
      "internalType": "uint16",
      "name": "bank",
      "type": "uint16"
     },
     {
      "internalType": "uint32",
      "name": "mask",
      "type": "uint32"
     },
     {
      "internalType": "bytes32",
      "name": "digest",
      "type": "bytes32"
     },
     {
      "internalType": "uint40",
      "name": "notBefore",
      "type": "uint40"
     },
     {
      "internalType": "uint40",
      "name": "notAfter",
      "type": "uint40"
     },
     {
      "internalType": "bytes32",
      "name": "document",
      "type": "bytes32"
     }
    ],
    "indexed": false,
    "internalType": "struct IAttestationRegistry.NewMeasurement",
    "name": "measurement",
    "type": "tuple"
   }
  ],
  "name": "MeasurementAdded",
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
    "name": "role",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "key",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint32",
    "name": "sequence",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint32",
    "name": "epoch",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "address",
    "name": "authority",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint8",
    "name": "reason",
    "type": "uint8"
   }
  ],
  "name": "MeasurementRevoked",
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
    "name": "role",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint32",
    "name": "sequence",
    "type": "uint32"
   },
   {
    "indexed": false,
    "internalType": "uint32",
    "name": "epoch",
    "type": "uint32"
   },
   {
    "components": [
     {
      "internalType": "bool",
      "name": "required",
      "type": "bool"
     },
     {
      "internalType": "uint16",
      "name": "kinds",
      "type": "uint16"
     },
     {
      "internalType": "uint16",
      "name": "bank",
      "type": "uint16"
     },
     {
      "internalType": "uint32",
      "name": "mask",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "maximumAge",
      "type": "uint32"
     },
     {
      "internalType": "bytes32",
      "name": "document",
      "type": "bytes32"
     }
    ],
    "indexed": false,
    "internalType": "struct IAttestationRegistry.Policy",
    "name": "policy",
    "type": "tuple"
   }
  ],
  "name": "PolicySet",
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
  "name": "REALMS",
  "outputs": [
   {
    "internalType": "contract IRealmRegistry",
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
    "internalType": "bytes32",
    "name": "role",
    "type": "bytes32"
   },
   {
    "components": [
     {
      "internalType": "uint8",
      "name": "kind",
      "type": "uint8"
     },
     {
      "internalType": "uint16",
      "name": "bank",
      "type": "uint16"
     },
     {
      "internalType": "uint32",
      "name": "mask",
      "type": "uint32"
     },
     {
      "internalType": "bytes32",
      "name": "digest",
      "type": "bytes32"
     },
     {
      "internalType": "uint40",
      "name": "notBefore",
      "type": "uint40"
     },
     {
      "internalType": "uint40",
      "name": "notAfter",
      "type": "uint40"
     },
     {
      "internalType": "bytes32",
      "name": "document",
      "type": "bytes32"
     }
    ],
    "internalType": "struct IAttestationRegistry.NewMeasurement",
    "name": "measurement",
    "type": "tuple"
   }
  ],
  "name": "addMeasurement",
  "outputs": [
   {
    "internalType": "bytes32",
    "name": "key",
    "type": "bytes32"
   }
  ],
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
    "internalType": "bytes32",
    "name": "role",
    "type": "bytes32"
   },
   {
    "components": [
     {
      "internalType": "uint8",
      "name": "kind",
      "type": "uint8"
     },
     {
      "internalType": "uint16",
      "name": "bank",
      "type": "uint16"
     },
     {
      "internalType": "uint32",
      "name": "mask",
      "type": "uint32"
     },
     {
      "internalType": "bytes32",
      "name": "digest",
      "type": "bytes32"
     },
     {
      "internalType": "uint40",
      "name": "notBefore",
      "type": "uint40"
     },
     {
      "internalType": "uint40",
      "name": "notAfter",
      "type": "uint40"
     },
     {
      "internalType": "bytes32",
      "name": "document",
      "type": "bytes32"
     }
    ],
    "internalType": "struct IAttestationRegistry.NewMeasurement[]",
    "name": "measurements",
    "type": "tuple[]"
   }
  ],
  "name": "addMeasurements",
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
    "internalType": "bytes32",
    "name": "role",
    "type": "bytes32"
   },
   {
    "internalType": "bytes32",
    "name": "id",
    "type": "bytes32"
   },
   {
    "internalType": "bytes32",
    "name": "key",
    "type": "bytes32"
   }
  ],
  "name": "appraisalOf",
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
      "internalType": "uint32",
      "name": "epoch",
      "type": "uint32"
     },
     {
      "components": [
       {
        "internalType": "bool",
        "name": "required",
        "type": "bool"
       },
       {
        "internalType": "uint16",
        "name": "kinds",
        "type": "uint16"
       },
       {
        "internalType": "uint16",
        "name": "bank",
        "type": "uint16"
       },
       {
        "internalType": "uint32",
        "name": "mask",
        "type": "uint32"
       },
       {
        "internalType": "uint32",
        "name": "maximumAge",
        "type": "uint32"
       },
       {
        "internalType": "bytes32",
        "name": "document",
        "type": "bytes32"
       }
      ],
      "internalType": "struct IAttestationRegistry.Policy",
      "name": "policy",
      "type": "tuple"
     },
     {
      "components": [
       {
        "internalType": "address",
        "name": "delegate",
        "type": "address"
       },
       {
        "internalType": "uint40",
        "name": "notBefore",
        "type": "uint40"
       },
       {
        "internalType": "uint40",
        "name": "notAfter",
        "type": "uint40"
       },
       {
        "internalType": "bool",
        "name": "revoked",
        "type": "bool"
       }
      ],
      "internalType": "struct IAttestationRegistry.Attester",
      "name": "attester",
      "type": "tuple"
     },
     {
      "components": [
       {
        "internalType": "uint40",
        "name": "notBefore",
        "type": "uint40"
       },
       {
        "internalType": "uint40",
        "name": "notAfter",
        "type": "uint40"
       },
       {
        "internalType": "bool",
        "name": "revoked",
        "type": "bool"
       },
       {
        "internalType": "bytes32",
        "name": "document",
        "type": "bytes32"
       }
      ],
      "internalType": "struct IAttestationRegistry.Measurement",
      "name": "measurement",
      "type": "tuple"
     }
    ],
    "internalType": "struct IAttestationRegistry.Appraisal",
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
    "internalType": "uint8",
    "name": "kind",
    "type": "uint8"
   },
   {
    "internalType": "bytes",
    "name": "name",
    "type": "bytes"
   }
  ],
  "name": "attesterId",
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
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "bytes32",
    "name": "id",
    "type": "bytes32"
   }
  ],
  "name": "attesterOf",
  "outputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "delegate",
      "type": "address"
     },
     {
      "internalType": "uint40",
      "name": "notBefore",
      "type": "uint40"
     },
     {
      "internalType": "uint40",
      "name": "notAfter",
      "type": "uint40"
     },
     {
      "internalType": "bool",
      "name": "revoked",
      "type": "bool"
     }
    ],
    "internalType": "struct IAttestationRegistry.Attester",
    "name": "",
    "type": "tuple"
   }
  ],
  "stateMutability": "view",
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
    "internalType": "uint8",
    "name": "kind",
    "type": "uint8"
   },
   {
    "internalType": "bytes",
    "name": "name",
    "type": "bytes"
   },
   {
    "internalType": "address",
    "name": "delegate",
    "type": "address"
   },
   {
    "internalType": "uint40",
    "name": "notBefore",
    "type": "uint40"
   },
   {
    "internalType": "uint40",
    "name": "notAfter",
    "type": "uint40"
   }
  ],
  "name": "enrollAttester",
  "outputs": [
   {
    "internalType": "bytes32",
    "name": "id",
    "type": "bytes32"
   }
  ],
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
  "name": "logOf",
  "outputs": [
   {
    "components": [
     {
      "internalType": "uint32",
      "name": "epoch",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "sequence",
      "type": "uint32"
     },
     {
      "internalType": "bytes24",
      "name": "head",
      "type": "bytes24"
     }
    ],
    "internalType": "struct IAttestationRegistry.Log",
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
    "internalType": "uint8",
    "name": "kind",
    "type": "uint8"
   },
   {
    "internalType": "uint16",
    "name": "bank",
    "type": "uint16"
   },
   {
    "internalType": "uint32",
    "name": "mask",
    "type": "uint32"
   },
   {
    "internalType": "bytes32",
    "name": "digest",
    "type": "bytes32"
   }
  ],
  "name": "measurementKey",
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
    "internalType": "address",
    "name": "realm",
    "type": "address"
   },
   {
    "internalType": "bytes32",
    "name": "role",
    "type": "bytes32"
   },
   {
    "internalType": "bytes32",
    "name": "key",
    "type": "bytes32"
   }
  ],
  "name": "measurementOf",
  "outputs": [
   {
    "components": [
     {
      "internalType": "uint40",
      "name": "notBefore",
      "type": "uint40"
     },
     {
      "internalType": "uint40",
      "name": "notAfter",
      "type": "uint40"
     },
     {
      "internalType": "bool",
      "name": "revoked",
      "type": "bool"
     },
     {
      "internalType": "bytes32",
      "name": "document",
      "type": "bytes32"
     }
    ],
    "internalType": "struct IAttestationRegistry.Measurement",
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
    "internalType": "bytes32",
    "name": "role",
    "type": "bytes32"
   }
  ],
  "name": "policyOf",
  "outputs": [
   {
    "components": [
     {
      "internalType": "bool",
      "name": "required",
      "type": "bool"
     },
     {
      "internalType": "uint16",
      "name": "kinds",
      "type": "uint16"
     },
     {
      "internalType": "uint16",
      "name": "bank",
      "type": "uint16"
     },
     {
      "internalType": "uint32",
      "name": "mask",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "maximumAge",
      "type": "uint32"
     },
     {
      "internalType": "bytes32",
      "name": "document",
      "type": "bytes32"
     }
    ],
    "internalType": "struct IAttestationRegistry.Policy",
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
    "internalType": "bytes32",
    "name": "id",
    "type": "bytes32"
   },
   {
    "internalType": "uint8",
    "name": "reason",
    "type": "uint8"
   }
  ],
  "name": "revokeAttester",
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
    "internalType": "bytes32",
    "name": "id",
    "type": "bytes32"
   },
   {
    "internalType": "address",
    "name": "authority",
    "type": "address"
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
  "name": "revokeAttesterFor",
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
    "internalType": "bytes32",
    "name": "role",
    "type": "bytes32"
   },
   {
    "internalType": "bytes32",
    "name": "key",
    "type": "bytes32"
   },
   {
    "internalType": "uint8",
    "name": "reason",
    "type": "uint8"
   }
  ],
  "name": "revokeMeasurement",
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
    "internalType": "bytes32",
    "name": "role",
    "type": "bytes32"
   },
   {
    "internalType": "bytes32",
    "name": "key",
    "type": "bytes32"
   },
   {
    "internalType": "address",
    "name": "authority",
    "type": "address"
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
  "name": "revokeMeasurementFor",
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
    "internalType": "bytes32",
    "name": "role",
    "type": "bytes32"
   },
   {
    "internalType": "bytes32[]",
    "name": "keys",
    "type": "bytes32[]"
   },
   {
    "internalType": "uint8",
    "name": "reason",
    "type": "uint8"
   }
  ],
  "name": "revokeMeasurements",
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
    "internalType": "bytes32",
    "name": "role",
    "type": "bytes32"
   },
   {
    "components": [
     {
      "internalType": "bool",
      "name": "required",
      "type": "bool"
     },
     {
      "internalType": "uint16",
      "name": "kinds",
      "type": "uint16"
     },
     {
      "internalType": "uint16",
      "name": "bank",
      "type": "uint16"
     },
     {
      "internalType": "uint32",
      "name": "mask",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "maximumAge",
      "type": "uint32"
     },
     {
      "internalType": "bytes32",
      "name": "document",
      "type": "bytes32"
     }
    ],
    "internalType": "struct IAttestationRegistry.Policy",
    "name": "policy",
    "type": "tuple"
   }
  ],
  "name": "setPolicy",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 }
] as const

export const attestationRegistryBytecode = "0x60a034606d57601f61278b38819003918201601f19168301916001600160401b03831184841017607157808492602094604052833981010312606d57516001600160a01b0381168103606d5760805260405161270590816100868239608051818181610f8101526123440152f35b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe60806040526004361015610011575f80fd5b5f3560e01c806308c03885146111d257806317132d811461119d57806318167a591461115557806319baa0dc146110355780633a41d43f14610fa55780636b03aed414610f625780636d4d920514610ed25780636f0e530f14610eb5578063722363b414610e145780637ecebe0014610ddc5780637f1f5c8714610d4e57806384c53c5014610c615780639a98b8f914610c1c578063b319dc8914610b89578063b4eb103d14610ad9578063c1695dbc146107da578063c58311a8146105e5578063e7e5018b14610329578063f698da25146103075763fae0a5ee146100f5575f80fd5b3461030357608036600319011261030357610220610111611212565b6103016001600160a01b036024359260405161012c816112ea565b5f81525f60208201525f604082015261014361145c565b60608201526101506113ed565b608082015260a061015f6113ed565b9101521691825f525f6020526102ca63ffffffff60405f20541693805f52600160205260405f20835f5260205260405f2092815f52600260205260405f206044355f5260205260405f20915f52600360205260405f20905f5260205260405f206064355f5260205261028a60405f209163ffffffff604051976101e1896112ea565b43895261021b61020e61020160208c0199428b5260408d0194855261148c565b9460608c01958652611411565b9560808b019687526115d8565b9660a08a0197885260405199518a525160208a01525116604088015251606087019060a0809180511515845261ffff602082015116602085015261ffff604082015116604085015263ffffffff606082015116606085015263ffffffff60808201511660808501520151910152565b5180516001600160a01b0316610120860152602081015164ffffffffff908116610140870152604082015116610160860152606001511515610180850152565b51805164ffffffffff9081166101a08501526020820151166101c0840152604081015115156101e084015260600151610200830152565bf35b5f80fd5b34610303575f3660031901126103035760206103216116d0565b604051908152f35b346103035761010036600319011261030357610343611212565b60243560c03660431901126103035761035b82611cb6565b61036361161b565b61ffff8116151590816105d8575b50156105a15760015b60ff811660038110156103c85760ff9161ffff6001928361039961161b565b911b16166103a9575b011661037a565b6103c36103b461162c565b6103bc61163d565b9083611aa8565b6103a2565b505063ffffffff6103d7611650565b1615610568576001600160a01b03821690815f52600160205260405f20815f5260205260405f2092604435938415158095036103035761056694815462ffff0061041f61161b565b60081b169064ffff00000061043261162c565b60181b169068ffffffff000000000061044961163d565b60281b16926cffffffff000000000000000000610464611650565b60481b16946cffffffff000000000000000000199260ff68ffffffff00000000001992169064ffffffffff1916171617161717178155600160e4359101556104ab8161202c565b9163ffffffff6020840182867fd5f666965c864d811a9e314a3d0b5d0c928b8b16179a865392c1ac437aa24a6f61010085855116868a511660405191825260208201526104fa60408201611663565ba3511663ffffffff84511691604051957fd5f666965c864d811a9e314a3d0b5d0c928b8b16179a865392c1ac437aa24a6f602088015260408701526060860152608085015260a084015261055060c08401611663565b61016083526105616101808461133e565b612132565b005b63ffffffff610575611650565b7fca355568000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b61ffff6105ac61161b565b7f080e0682000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b61fff99150161583610371565b3461030357610120366003190112610303576105ff611212565b6024359060e03660431901126103035761061881611cb6565b60443560ff81168103610303576064359061ffff821682036103035760843563ffffffff81168103610303576106519260a43592611360565b9160c4359164ffffffffff8316928381036103035760e43564ffffffffff81168103610303576106818183611fbb565b6001600160a01b03831694855f52600360205260405f20855f5260205260405f20875f5260205260405f209182549360ff8560501c166107c757936020989795936107099369ffffffffff000000000064ffffffffff946103219a985060281b1669ffffffffffffffffffff1984161717815560016101043591015560281c161515826120ad565b9163ffffffff8784018783877fc6653d7c1085265ac394190baf0405bae33065a2b37b61314ac569074e038ec261012086865116878b51166040519182528f820152610759604082016044611d20565ba4511663ffffffff84511691604051957fc6653d7c1085265ac394190baf0405bae33065a2b37b61314ac569074e038ec28a8801526040870152606086015286608086015260a085015260c08401526107b660e084016044611d20565b6101a083526105616101c08461133e565b8863025f692b60e11b5f5260045260245ffd5b346103035760c0366003190112610303576107f3611212565b60243560ff8116908181036103035760443567ffffffffffffffff81116103035761082290369060040161125e565b61082d949194611228565b946084359364ffffffffff8516918286036103035760a4359164ffffffffff831694858403610303576001600160a01b03926108719261086c89611cb6565b611503565b97169485158015610ac7575b610a9b579061088b91611fbb565b6001600160a01b03831694855f52600260205260405f20875f526020526108b460405f20611411565b6060810151610a8857916103219593916109c964ffffffffff604060209b9a989681516108e0816112ce565b8981528a8d8f830190898252858401908b825260608501935f85525f52602060029052865f20905f526020526001600160a01b03865f209451167fffff0000000000000000000000000000000000000000000000000000000000007dffffffffff0000000000000000000000000000000000000000000000000078ffffffffff00000000000000000000000000000000000000008754955160a01b16935160c81b169316171717825551151560ff60f01b197eff00000000000000000000000000000000000000000000000000000000000083549260f01b1691161790550151161515856120ad565b9463ffffffff8a8701511663ffffffff87511691808b8a7f05f2722684197221b403c58fa0c3777595341dd6fb7ffa0629c70b0a24074a9e60a0604051878152602089908201528960408201528a60608201528b6080820152a4604051987f05f2722684197221b403c58fa0c3777595341dd6fb7ffa0629c70b0a24074a9e8d8b015260408a01528a60608a0152608089015260a088015260c087015260e086015261010085015261012084015261012083526105616101408461133e565b8763025f692b60e11b5f5260045260245ffd5b857f11d6e1b0000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b506001600160a01b038516861461087d565b3461030357608036600319011261030357610af2611212565b60243560443567ffffffffffffffff811161030357366023820112156103035780600401359167ffffffffffffffff8311610303573660248460051b8401011161030357610b3e61123e565b9083610b7c57610b515f5b339087611762565b5f5b8481101561056657600190610b758460248360051b880101339035868b6117e5565b5001610b53565b610b516024840135610b49565b34610303576060366003190112610303576001600160a01b03610baa611212565b610bb26113ed565b50165f52600360205260405f206024355f5260205260405f206044355f526020526080610be160405f206115d8565b61030160405180926060809164ffffffffff815116845264ffffffffff60208201511660208501526040810151151560408501520151910152565b3461030357604036600319011261030357610c3561124e565b60243567ffffffffffffffff811161030357602091610c5b61032192369060040161125e565b91611503565b346103035760c036600319011261030357610c7a611212565b602435906044356001600160a01b0381169283820361030357610c9b61123e565b9260a43560843567ffffffffffffffff82116103035761056696610cc6610d4993369060040161125e565b929091805f52600460205260405f20546040519060208201927f9145ad1d511758201859655b275d6f43230033a41ba98006b9758ea56cd9b04584526001600160a01b0389166040840152896060840152608083015260ff8b1660a083015260c08201528260e082015260e08152610d406101008261133e565b51902087611b87565b611922565b3461030357606036600319011261030357610d67611212565b6024359060443567ffffffffffffffff811161030357366023820112156103035780600401359167ffffffffffffffff83116103035736602460e085028401011161030357610db581611cb6565b5f5b8381101561056657600190610dd5602460e083028601018785611dab565b5001610db7565b34610303576020366003190112610303576001600160a01b03610dfd611212565b165f526004602052602060405f2054604051908152f35b34610303576040366003190112610303576001600160a01b03610e35611212565b610e3d61145c565b50165f52600160205260405f206024355f5260205260c0610e6060405f2061148c565b610301604051809260a0809180511515845261ffff602082015116602085015261ffff604082015116604085015263ffffffff606082015116606085015263ffffffff60808201511660808501520151910152565b34610303575f36600319011261030357602060405162093a808152f35b34610303576040366003190112610303576001600160a01b03610ef3611212565b610efb6113ed565b50165f52600260205260405f206024355f526020526080610f1e60405f20611411565b6103016040518092606080916001600160a01b03815116845264ffffffffff602082015116602085015264ffffffffff604082015116604085015201511515910152565b34610303575f3660031901126103035760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b34610303576020366003190112610303576001600160a01b03610fc6611212565b610fce6113cf565b50165f525f602052606060405f2060405190610fe98261129e565b5463ffffffff8082169283815260406020820191838560201c168352019267ffffffffffffffff191683526040519384525116602083015267ffffffffffffffff199051166040820152f35b346103035760e03660031901126103035761104e611212565b6044359060243561105d611228565b6084359160ff8316908184036103035760a4359460c43567ffffffffffffffff81116103035761113c96889461109a61112c93369060040161125e565b9290916001600160a01b03891690815f52600460205260405f20546040519160208301937f655b51d61d332ad70abc16e00056a1436eee81e7ef53d51d09cf4bca844b22d685526001600160a01b038a1660408501528a60608501528b608085015260a084015260c083015260e08201528261010082015261010081526111236101208261133e565b51902088611b87565b611137848483611762565b6117e5565b1561114357005b63025f692b60e11b5f5260045260245ffd5b346103035760803660031901126103035761116e61124e565b60243561ffff81168103610303576044359163ffffffff83168303610303576020926103219260643592611360565b34610303576060366003190112610303576111b6611212565b60443560ff811681036103035761056691339060243590611922565b34610303576080366003190112610303576111eb611212565b61113c604435916111fa61123e565b90611206338583611762565b833391602435906117e5565b600435906001600160a01b038216820361030357565b606435906001600160a01b038216820361030357565b6064359060ff8216820361030357565b6004359060ff8216820361030357565b9181601f840112156103035782359167ffffffffffffffff8311610303576020838186019501011161030357565b359064ffffffffff8216820361030357565b6060810190811067ffffffffffffffff8211176112ba57604052565b634e487b7160e01b5f52604160045260245ffd5b6080810190811067ffffffffffffffff8211176112ba57604052565b60c0810190811067ffffffffffffffff8211176112ba57604052565b60a0810190811067ffffffffffffffff8211176112ba57604052565b60e0810190811067ffffffffffffffff8211176112ba57604052565b90601f8019910116810190811067ffffffffffffffff8211176112ba57604052565b92909161136c84611a8e565b156113b9578061138263ffffffff928587611aa8565b61ffff6040519460ff60208701971687521660408501521660608301526080820152608081526113b360a08261133e565b51902090565b60ff8463f86bceab60e01b5f521660045260245ffd5b604051906113dc8261129e565b5f6040838281528260208201520152565b604051906113fa826112ce565b5f6060838281528260208201528260408201520152565b9060405161141e816112ce565b606060ff8294546001600160a01b038116845264ffffffffff8160a01c16602085015264ffffffffff8160c81c16604085015260f01c161515910152565b60405190611469826112ea565b5f60a0838281528260208201528260408201528260608201528260808201520152565b90604051611499816112ea565b60a06001829463ffffffff815460ff81161515865261ffff8160081c16602087015261ffff8160181c166040870152818160281c16606087015260481c1660808501520154910152565b908060209392818452848401375f828201840152601f01601f1916010190565b919061150e83611a8e565b156115c25761151e828285611f69565b156115765760216113b391836040519485927fff00000000000000000000000000000000000000000000000000000000000000602085019860f81b1688528484013781015f838201520301601f19810183528261133e565b60ff93506115be916040519485947faab23eb30000000000000000000000000000000000000000000000000000000086521660048501526040602485015260448401916114e3565b0390fd5b60ff8363f86bceab60e01b5f521660045260245ffd5b906040516115e5816112ce565b60606001829460ff815464ffffffffff8116865264ffffffffff8160281c16602087015260501c16151560408501520154910152565b60643561ffff811681036103035790565b60843561ffff811681036103035790565b60a43563ffffffff811681036103035790565b60c43563ffffffff811681036103035790565b60443580151580910361030357815260643561ffff811680910361030357602082015260843561ffff811680910361030357604082015260a43563ffffffff811680910361030357606082015260c43563ffffffff811680910361030357608082015260a060e435910152565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527fbd3f8ee57f1a70a5e7637b23fe98fd361084675f52a0eb8b3c12d5a65ed2c24560408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a082015260a081526113b360c08261133e565b61176b816122b4565b6001600160a01b038060608301511694169384141590816117cc575b5061179157505050565b6001600160a01b03907fc33424ad000000000000000000000000000000000000000000000000000000005f521660045260245260445260645ffd5b6001600160a01b0391506080015151168314155f611787565b909193926001600160a01b03821693845f52600360205260405f20845f5260205260405f20865f5260205260405f209182549160ff8360501c16611916576119119760ff966001600160a01b03956a01000000000000000000006040966aff00000000000000000000191617905581818a7f173354167afb5447b62b8846ca12751f1796325cf91d69f9b687944a0f19986460806118828c61202c565b9c8d9863ffffffff8060208c0151169a51169a8c519d8e918c83528d6020840152169c8d910152169a8b6060820152a4604051987f173354167afb5447b62b8846ca12751f1796325cf91d69f9b687944a0f19986460208b015260408a01526060890152608088015260a087015260c086015260e085015261010084015261010083526105616101208461133e565b600190565b50505050505050505f90565b93929190936001600160a01b03811692835f52600260205260405f20865f5260205260405f20958654966001600160a01b038516946001600160a01b038916861480611a85575b15611a74575b5060ff8860f01c16611a61577e0100000000000000000000000000000000000000000000000000000000000060ff60f01b19611a5f9899161790556119b38361202c565b9363ffffffff6020860151169063ffffffff865116928181897f57c958936fe45b0f4322411344d34b6eaddfad80c45f1cb6692d015c1efc8130606060ff6040519a898c528a60208d015216998a6040820152a4604051977f57c958936fe45b0f4322411344d34b6eaddfad80c45f1cb6692d015c1efc813060208a015260408901526060880152608087015260a086015260c085015260e084015260e083526105616101008461133e565b565b5063025f692b60e11b5f5260045260245ffd5b611a7f908386611762565b5f61196f565b50851515611969565b60ff1660018114908115611aa0575090565b600291501490565b60ff16919060028314908115611b7757600c61ffff8216145b15611b43575015611b365762ffffff61ffff5b169163ffffffff8216918215908115611b23575b50611af257505050565b7ff615be92000000000000000000000000000000000000000000000000000000005f5260045260245260445260645ffd5b63ffffffff91508419161615155f611ae8565b62ffffff627effff611ad4565b61ffff90847fc9277b99000000000000000000000000000000000000000000000000000000005f526004521660245260445ffd5b611b8081612612565b1515611ac1565b94939194929092854211611c8a5762093a80420195864211611c7657868111611c465750611c139394955060426001600160a01b03821695865f52600460205260405f2060018154019055611bda6116d0565b90604051917f190100000000000000000000000000000000000000000000000000000000000083526002830152602282015220906124ec565b15611c1b5750565b7fe82a42ff000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b86907f3a87d8f0000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b634e487b7160e01b5f52601160045260245ffd5b857f15642292000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b6001600160a01b036060611cc9836122b4565b0151163303611cd55750565b6001600160a01b03907f4d3a1dd8000000000000000000000000000000000000000000000000000000005f52166004523360245260445ffd5b3564ffffffffff811681036103035790565b803560ff8116809103610303578252602081013561ffff811681036103035761ffff166020830152604081013563ffffffff811681036103035760c09163ffffffff83921660408501526060810135606085015264ffffffffff611d866080830161128c565b16608085015264ffffffffff611d9e60a0830161128c565b1660a08501520135910152565b909291803560ff811681036103035760208201359061ffff8216820361030357604083013563ffffffff8116810361030357611dec92606085013592611360565b936080820192611dfb84611d0e565b611e1260a0850191611e0c83611d0e565b90611fbb565b6001600160a01b03821693845f52600360205260405f20845f5260205260405f20885f5260205260405f209182549660ff8860501c16611f5657611a5f976107b694611eab9364ffffffffff69ffffffffff0000000000611e7c611e768397611d0e565b93611d0e565b60281b1691169069ffffffffffffffffffff19841617178155600160c086013591015560281c161515846120ad565b9363ffffffff602086018a83897fc6653d7c1085265ac394190baf0405bae33065a2b37b61314ac569074e038ec261012086865116878d51166040519182526020820152611efc604082018b611d20565ba4511663ffffffff86511691604051977fc6653d7c1085265ac394190baf0405bae33065a2b37b61314ac569074e038ec260208a01526040890152606088015289608088015260a087015260c086015260e0850190611d20565b8963025f692b60e11b5f5260045260245ffd5b60ff16600214611fb4576002821015611fa157505f905b8115159182611f8e57505090565b9091506002019081600211611c76571490565b611fae903560f01c612612565b90611f80565b5060301490565b64ffffffffff918216911681811080159061200b575b611fd9575050565b7fd32dca4d000000000000000000000000000000000000000000000000000000005f526004526024524260445260645ffd5b5042821115611fd1565b63ffffffff1663ffffffff8114611c765760010190565b6001600160a01b039061203d6113cf565b50165f525f60205260405f2090604051916120578361129e565b549163ffffffff8316815263ffffffff8360201c1692602082019084825267ffffffffffffffff1916604083015263ffffffff6120948395612015565b16905263ffffffff6120a881835116612015565b169052565b6001600160a01b03909291926120c16113cf565b50165f525f60205260405f20604051906120da8261129e565b549263ffffffff8416825263ffffffff8460201c1693602083019085825267ffffffffffffffff1916604084015263ffffffff6121178496612015565b1690526121215750565b63ffffffff6120a881835116612015565b6001600160a01b039092919260206040850193612183604067ffffffffffffffff198751169281519485918183019586528051918291018484015e81015f838201520301601f19810184528361133e565b67ffffffffffffffff1991519020168352165f525f60205260405f209167ffffffff00000000602063ffffffff83511692015160201b169167ffffffffffffffff199051169117179055565b604051906121dc82611306565b5f6080838281528260208201528260408201528260608201520152565b519064ffffffffff8216820361030357565b51906001600160a01b038216820361030357565b519060ff8216820361030357565b91908260a09103126103035760405161224581611306565b60806122918183956122568161220b565b85526122646020820161221f565b60208601526122756040820161221f565b6040860152612286606082016121f9565b6060860152016121f9565b910152565b600411156122a057565b634e487b7160e01b5f52602160045260245ffd5b906040516122c181611322565b5f81525f60208201525f60408201525f60608201526122de6121cf565b60808201526122eb6121cf565b60a082015260c06122fa6121cf565b9101526001600160a01b03604051927fcd6f3ad100000000000000000000000000000000000000000000000000000000845216806004840152610260836024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9283156124e1575f936123bc575b50825161238081612296565b61238981612296565b156123915750565b7f47d6f451000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b9092506102603d81116124da575b6123d4818361133e565b81019080820391610260831261030357604051926123f184611322565b8251600481101561030357845261240a602084016121f9565b6020850152604083015165ffffffffffff19811681036103035760a09261245d91604087015261243c6060860161220b565b606087015261244e816080870161222d565b6080870152610120850161222d565b848301526101bf190112610303576124c96102406040519261247e84611306565b61248b6101c0820161220b565b845261249a6101e0820161220b565b60208501526124ac61020082016121f9565b60408501526124be610220820161220b565b6060850152016121f9565b608082015260c0820152915f612374565b503d6123ca565b6040513d5f823e3d90fd5b909291926124fb838583612642565b5061250581612296565b1590816125fc575b506125f357813b156125eb575f9361255c859461254e6040519384926020840196630b135d3f60e11b885260248501526040604485015260648401916114e3565b03601f19810183528261133e565b51916207a120fa3d156125e4573d67ffffffffffffffff81116112ba5760405190612591601f8201601f19166020018361133e565b81523d5f602083013e5b816125d8575b816125aa575090565b630b135d3f60e11b91506020815191015190602081106125c957501490565b5f199060200360031b1b161490565b805160201491506125a1565b606061259b565b505050505f90565b50505050600190565b90506001600160a01b038084169116145f61250d565b61ffff16600b811461263c57600c811461263657600d0361263257604090565b5f90565b50603090565b50602090565b906041830361266c576126659250602081013591604082359201355f1a90612676565b9192909190565b50505f9160029190565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a084116126ed579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa156124e1575f516001600160a01b038116156126e357905f905f90565b505f906001905f90565b5050505f916003919056fea164736f6c6343000825000a" as const

/** Byte position in the bytecode where the code of an AttestationRegistry begins; it goes on to the end. */
export const attestationRegistryCodeStart = 134 as const

/** Byte positions in that code of the 32-byte words that hold the RealmRegistry's address, zero in the bytecode. */
export const realmRegistryPositions = [
 3969,
 9028
] as const

/** keccak256 of the code at an AttestationRegistry that reads owners and roots from `realmRegistry` (20 bytes of hex). */
export function attestationRegistryCodeHash(realmRegistry: string): Hex {
  const address = fromHex(realmRegistry, 20)
  const code = fromHex(attestationRegistryBytecode)?.slice(attestationRegistryCodeStart)
  if (address === undefined || code === undefined) throw new TypeError(`not an address: ${realmRegistry}`)
  const word = concatBytes(new Uint8Array(12), address)
  for (const position of realmRegistryPositions) code.set(word, position)
  return toHex(keccak_256(code))
}
