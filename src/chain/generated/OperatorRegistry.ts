// Written by scripts/generate-abi.ts from the compiled contracts; do not edit.

export const operatorRegistryAbi = [
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
    "name": "ca",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "successorCa",
    "type": "address"
   }
  ],
  "name": "OperatorAlreadyRotated",
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
  "name": "OperatorEpochInvalid",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "ca",
    "type": "address"
   }
  ],
  "name": "OperatorExists",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "ca",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "caller",
    "type": "address"
   }
  ],
  "name": "OperatorNotController",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "retiresAt",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "latest",
    "type": "uint256"
   }
  ],
  "name": "OperatorOverlapTooLong",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "ca",
    "type": "address"
   }
  ],
  "name": "OperatorRevoked",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "ca",
    "type": "address"
   }
  ],
  "name": "OperatorUnknown",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "OperatorZeroController",
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
    "name": "ca",
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
    "name": "controller",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "bool",
    "name": "recovered",
    "type": "bool"
   }
  ],
  "name": "ControllerChanged",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "ca",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "controller",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "pending",
    "type": "address"
   }
  ],
  "name": "ControllerOffered",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "ca",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "controller",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "profile",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "string",
    "name": "uri",
    "type": "string"
   }
  ],
  "name": "Enrolled",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "ca",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint40",
    "name": "previousEpoch",
    "type": "uint40"
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
    "name": "ca",
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
    "name": "ca",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "profile",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "string",
    "name": "uri",
    "type": "string"
   }
  ],
  "name": "ProfileSet",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "ca",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "successor",
    "type": "address"
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
    "name": "ca",
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
    "name": "ca",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "controller",
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
    "name": "ca",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "newCa",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "controller",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "profile",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint40",
    "name": "retiresAt",
    "type": "uint40"
   }
  ],
  "name": "Rotated",
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
  "inputs": [
   {
    "internalType": "address",
    "name": "ca",
    "type": "address"
   }
  ],
  "name": "acceptController",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "ca",
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
    "name": "ca",
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
    "internalType": "address",
    "name": "ca",
    "type": "address"
   }
  ],
  "name": "controllerOf",
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
    "name": "controller",
    "type": "address"
   },
   {
    "internalType": "bytes32",
    "name": "profile",
    "type": "bytes32"
   },
   {
    "internalType": "string",
    "name": "uri",
    "type": "string"
   }
  ],
  "name": "enroll",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "ca",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "controller",
    "type": "address"
   },
   {
    "internalType": "bytes32",
    "name": "profile",
    "type": "bytes32"
   },
   {
    "internalType": "string",
    "name": "uri",
    "type": "string"
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
  "name": "enrollFor",
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
    "name": "ca",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "pending",
    "type": "address"
   }
  ],
  "name": "offerController",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "ca",
    "type": "address"
   }
  ],
  "name": "operatorOf",
  "outputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "controller",
      "type": "address"
     },
     {
      "internalType": "enum IOperatorRegistry.Status",
      "name": "status",
      "type": "uint8"
     },
     {
      "internalType": "uint40",
      "name": "epoch",
      "type": "uint40"
     },
     {
      "internalType": "uint40",
      "name": "retiresAt",
      "type": "uint40"
     },
     {
      "internalType": "bytes32",
      "name": "profile",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "successorCa",
      "type": "address"
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
    "internalType": "struct IOperatorRegistry.Operator",
    "name": "operator",
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
    "name": "ca",
    "type": "address"
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
    "name": "ca",
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
  "name": "revokeFor",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "ca",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "newCa",
    "type": "address"
   },
   {
    "internalType": "uint40",
    "name": "retiresAt",
    "type": "uint40"
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
  "name": "rotate",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "ca",
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
    "name": "ca",
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
    "name": "ca",
    "type": "address"
   },
   {
    "internalType": "bytes32",
    "name": "profile",
    "type": "bytes32"
   },
   {
    "internalType": "string",
    "name": "uri",
    "type": "string"
   }
  ],
  "name": "setProfile",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "ca",
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
    "name": "ca",
    "type": "address"
   }
  ],
  "name": "statusOf",
  "outputs": [
   {
    "internalType": "enum IOperatorRegistry.Status",
    "name": "status",
    "type": "uint8"
   },
   {
    "internalType": "uint40",
    "name": "epoch",
    "type": "uint40"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 }
] as const

export const operatorRegistryBytecode = "0x60808060405234601557611905908161001a8239f35b5f80fdfe60806040526004361015610011575f80fd5b5f3560e01c8063060146ee14610f8d5780631becfe5714610f1357806331df900514610e005780634c809b1b14610da15780635c3dcb1014610d84578063636f35d314610ba157806366b0546a14610a4e5780636f0e530f14610a315780637cb32c2b146109d25780637ecebe001461099a578063913318a61461083757806397a5d5b5146107e0578063c89ec68a146106a6578063c90db4471461062d578063d3a2b210146105ed578063e3368244146104f9578063f0180c01146102a5578063f3ac8f1214610270578063f480dd7e1461011b5763f698da25146100f5575f80fd5b34610117575f36600319011261011757602061010f6112a7565b604051908152f35b5f80fd5b3461011757602036600319011261011757610134611100565b61013d8161158f565b60038101600582015464ffffffffff8160a01c16908115610248576001600160a01b031680330361021957508042106101ee575080546001600160a01b031916815560020180546001600160c81b03191690556001600160a01b03815416906001600160a01b0333166001600160a01b0319825416179055604051600181527f4d1b9e401ec02110fcbb228bca420e0c79b139f6e1f71a404e9601ad2435256860206001600160a01b0333951692a4005b7f467fc663000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7fd1637658000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b7f31adcd00000000000000000000000000000000000000000000000000000000005f5260045ffd5b34610117576040366003190112610117576102a361028c611100565b61029461115a565b9061029e816116b6565b6115e9565b005b346101175760a0366003190112610117576102be611100565b6102c6611116565b906102cf6111cf565b906064359060843567ffffffffffffffff8111610117576102f490369060040161112c565b94906102ff836116b6565b9460028601916001600160a01b03835416806104c157506276a7004201908142116104ad5764ffffffffff83169180831161047e575064ffffffffff959697986103c6916001600160a01b038716998a5f52600160205260405f2054996040516001600160a01b0360208201927f104e8092d8ce3800585c59e4d5c507010ee69dfe60571b8b065736f1edbac1628452169b8c60408301528d606083015287608083015260a08201528260c082015260c081526103bd60e08261122f565b5190208861133f565b6103d86001890194855490339061145a565b42101561047457955b80547fff0000000000ffffffffffffffffffffffffffffffffffffffffffffffffffff7effffffffff00000000000000000000000000000000000000000000000000008960d01b169116179055846001600160a01b031982541617905554936040519485521660208401527fe5ecefc550bb2671897413a19dbf6ec48c25240679d4a20aee71fc5e40f464cc60403394a4005b50824216956103e1565b827fc0b94f8b000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b634e487b7160e01b5f52601160045260245ffd5b6001600160a01b03867f87bfda7e000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b3461011757602036600319011261011757610512611100565b61051b8161158f565b600381016001600160a01b038154168033036105be575080546001600160a01b03191681556004820180546001600160c81b03199081169091556002909101805490911690556001600160a01b03815416906001600160a01b0333166001600160a01b03198254161790556040515f81527f4d1b9e401ec02110fcbb228bca420e0c79b139f6e1f71a404e9601ad2435256860206001600160a01b0333951692a4005b7f70d46f25000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b34610117576020366003190112610117576001600160a01b0361060e611100565b165f525f60205260206001600160a01b0360405f205416604051908152f35b3461011757602036600319011261011757610646611100565b61064f81611537565b6001600160a01b0360058201541691821561024857600590910180546001600160c81b03191690556001600160a01b03167f8506b00cd2df941a18335b7afb79ee5c531dc5cce3972b1b7bdf0211f96d711b5f80a3005b34610117576040366003190112610117576106bf611100565b6106c7611116565b906106d18161158f565b6004810154926001600160a01b0384168033036107b157506001600160a01b03169283156107895764ffffffffff9060a01c1664ffffffffff4216019064ffffffffff82116104ad57600501805464ffffffffff60a01b1985166001600160c81b03199091161760a083901b64ffffffffff60a01b1617905564ffffffffff604051911681527f2c28cb8e66a0be0f238e084e165899d3e321549b4a5b6b938d1565a2b14c123c60206001600160a01b0333941692a4005b7fd0ff2cd9000000000000000000000000000000000000000000000000000000005f5260045ffd5b7fc3a4c37a000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b34610117576020366003190112610117576001600160a01b03610801611100565b165f525f6020526040805f2064ffffffffff61081c82611668565b915460a81c1682519161082e816111b1565b82526020820152f35b3461011757606036600319011261011757610850611100565b610858611116565b906108616111cf565b9161086b82611537565b64ffffffffff84169362093a80851015928361098b575b6001600160a01b03169485159384159081610982575b50610948575064ffffffffff7f8ed4f64b8c443a590f5d76b32fce3641d5c04d895811a1424c8510714bc1775a9361092e6003856001600160a01b0395600460209801948b6001600160a01b03198754161786555f1461093f575061091a5f5b855464ffffffffff60a01b191660a09190911b64ffffffffff60a01b16178555565b0160020180546001600160c81b0319169055565b5460a01c16936040519485521692a3005b61091a906108f8565b7f52ea03cb000000000000000000000000000000000000000000000000000000005f5260045262093a806024526301e1338060445260645ffd5b90501587610898565b6301e133808611159350610882565b34610117576020366003190112610117576001600160a01b036109bb611100565b165f526001602052602060405f2054604051908152f35b3461011757610a2c7f0c9f8b74e2aa78f08e4eecbc095edb01ee2a6fdcb736e27302d9a6f059de94756001600160a01b03610a0c3661116a565b90826001610a1c869995996116b6565b015560405194859416968461128d565b0390a2005b34610117575f36600319011261011757602060405162093a808152f35b3461011757604036600319011261011757610a67611100565b60243564ffffffffff8116808203610117576001600160a01b03831692338403610b9357610a949061158f565b8054600360ff8260a01c16610aa8816111b1565b14610b805764ffffffffff8160a81c1693848411801590610b77575b610b425791604093917fffffffffffff0000000000ffffffffffffffffffffffffffffffffffffffffff79ffffffffff0000000000000000000000000000000000000000007feac9e700bf1738924e8bf9dd5e57041fdc9ecdeabcf2705282c9056f1bb16df0979560a81b16911617905582519182526020820152a2005b5050507f4558f343000000000000000000000000000000000000000000000000000000005f526004526024524360445260645ffd5b50438411610ac4565b846352f9dbb160e11b5f5260045260245ffd5b610b9c90611537565b610a94565b34610117576020366003190112610117576101606001600160a01b03610bc5611100565b604051610bd1816111e3565b5f81525f60208201525f60408201525f60608201525f60808201525f60a082015260c060405191610c0183611213565b5f83525f60208401525f60408401525f60608401525f6080840152015216805f525f60205264ffffffffff608060405f206001600160a01b0360405194610c47866111e3565b825482811687528560ff8260a01c16916020890192610c65816111b1565b83528160408a01818360a81c1681528160608c019360d01c168352600188015494898c019586528760028a0154169660a08d019788528360056040519b610cab8d611213565b8b6003820154168d528c60408460048401548f8116602085015260a01c1691015201548a811660608d015260a01c168b8b015260c08d01998a525f525f602052610cf760405f20611668565b610d00816111b1565b8152876040519c51168c5251610d15816111b1565b60208c0152511660408a0152511660608801525184870152511660a0850152516001600160a01b0381511660c08501526001600160a01b0360208201511660e0850152826040820151166101008501526001600160a01b03606082015116610120850152015116610140820152f35b34610117575f3660031901126101175760206040516276a7008152f35b34610117576001600160a01b03610dfb7f9317bafcd46bb05ecd1bdf799579d5c83dacc6ac098ae0faea1200a79eee00dd610ddb3661116a565b610deb838594979398953361145a565b604051938493169633968461128d565b0390a3005b3461011757608036600319011261011757610e19611100565b610e2161115a565b6044359160643567ffffffffffffffff811161011757610e4590369060040161112c565b9390610e508361158f565b918254600360ff6001600160a01b0383169260a01c16610e6f816111b1565b14610ef757916102a396918361029e945f52600160205260405f205460405160208101917fe745bce4cf685de4811a12c721634ff6d2b3cd3674a239e7c4754137cea8435783526001600160a01b038a16604083015283606083015260ff8b16608083015260a08201528360c082015260c08152610eee60e08261122f565b5190209061133f565b6001600160a01b03856352f9dbb160e11b5f521660045260245ffd5b3461011757604036600319011261011757610f2c611100565b6001600160a01b03610f3c611116565b6003610f4784611537565b018282166001600160a01b031982541617905516906001600160a01b033391167fc100864c45e405fbb2eb9e07625fc81d6bb3a29ae1fd4c224aff238dcd4b49cc5f80a4005b346101175760c036600319011261011757610fa6611100565b610fae611116565b60443560643567ffffffffffffffff811161011757610fd190369060040161112c565b916084359460a43567ffffffffffffffff811161011757610ff690369060040161112c565b96909561100286611251565b91611010604051938461122f565b868352602083013688880111610117578593888883378881016020015f9052519020986001600160a01b03851698895f52600160205260405f205460405160208101917f44ce11ab6b12d88d273dafa2f829c2c5de724d56daba48cd7d4d61a96b8d640883528c60408301526001600160a01b0387169d8e606084015288608084015260a083015260c08201528460e082015260e081526110b36101008261122f565b519020926110c1938761133f565b6110ca9261145a565b6040519283926110da928461128d565b037f9317bafcd46bb05ecd1bdf799579d5c83dacc6ac098ae0faea1200a79eee00dd91a3005b600435906001600160a01b038216820361011757565b602435906001600160a01b038216820361011757565b9181601f840112156101175782359167ffffffffffffffff8311610117576020838186019501011161011757565b6024359060ff8216820361011757565b6060600319820112610117576004356001600160a01b03811681036101175791602435916044359067ffffffffffffffff8211610117576111ad9160040161112c565b9091565b600411156111bb57565b634e487b7160e01b5f52602160045260245ffd5b6044359064ffffffffff8216820361011757565b60e0810190811067ffffffffffffffff8211176111ff57604052565b634e487b7160e01b5f52604160045260245ffd5b60a0810190811067ffffffffffffffff8211176111ff57604052565b90601f8019910116810190811067ffffffffffffffff8211176111ff57604052565b67ffffffffffffffff81116111ff57601f01601f191660200190565b908060209392818452848401375f828201840152601f01601f1916010190565b6040906112a494928152816020820152019161126d565b90565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527fa574604705ff04dab54cb3bf03044b5269156845868ada6b6de099213507266d60408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a082015260a0815261133960c08261122f565b51902090565b9493919492909285421161142e5762093a804201958642116104ad578681116113fe57506113cb9394955060426001600160a01b03821695865f52600160205260405f20600181540190556113926112a7565b90604051917f190100000000000000000000000000000000000000000000000000000000000083526002830152602282015220906116f8565b156113d35750565b7fe82a42ff000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b86907f3a87d8f0000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b857f15642292000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b6001600160a01b0382161561150f576001600160a01b031690815f525f60205260405f209160ff835460a01c16611490816111b1565b6114e4575081547fffffffffffffffffffffff000000000000000000000000000000000000000000166001600160a01b03909116177401000000000000000000000000000000000000000017815560010155565b7f85afdcf1000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7fb2aa88e8000000000000000000000000000000000000000000000000000000005f5260045ffd5b906115418261158f565b916001600160a01b0383541633036115565750565b6001600160a01b03907f5c2ef759000000000000000000000000000000000000000000000000000000005f52166004523360245260445ffd5b6001600160a01b031690815f525f60205260405f209160ff835460a01c166115b6816111b1565b156115be5750565b7f95000c33000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b60206001600160a01b03807ff2287a09ccfa635d328ed83e8f95751078f26069d0d9717734b7a211d6488ded93959495805490740300000000000000000000000000000000000000007fffffffffffffffffffffff00ffffffffffffffffffffffffffffffffffffffff831617905560ff6040519616865216941692a3565b5464ffffffffff60ff8260a01c169160d01c16611684826111b1565b6001821490816116ac575b816116a1575b50156112a45750600290565b90504210155f611695565b801515915061168f565b906116c082611537565b91600360ff845460a01c166116d4816111b1565b146116dc5750565b6001600160a01b03906352f9dbb160e11b5f521660045260245ffd5b9092919261170783858361180e565b50611711816111b1565b1590816117f8575b506117ef57813b156117e7575f93611768859461175a6040519384926020840196630b135d3f60e11b8852602485015260406044850152606484019161126d565b03601f19810183528261122f565b51916207a120fa3d156117e0573d61177f81611251565b9061178d604051928361122f565b81523d5f602083013e5b816117d4575b816117a6575090565b630b135d3f60e11b91506020815191015190602081106117c557501490565b5f199060200360031b1b161490565b8051602014915061179d565b6060611797565b505050505f90565b50505050600190565b90506001600160a01b038084169116145f611719565b9060418303611838576118319250602081013591604082359201355f1a90611842565b9192909190565b50505f9160029190565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a084116118c4579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa156118b9575f516001600160a01b038116156118af57905f905f90565b505f906001905f90565b6040513d5f823e3d90fd5b5050505f916003919056fea2646970667358221220a2ad5eaed051a54a058c274b8740d24a9930f0dc51870828a0a91fd13a157c9b64736f6c63430008250033" as const

/** keccak256 of the code at every OperatorRegistry. */
export const operatorRegistryCodeHash = "0xb23fee81cd2cd1930b0e78a50db302fd24bf40ee0ea176fe0a7f4c6164401e86" as const
