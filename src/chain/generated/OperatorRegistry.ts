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
  "name": "activeEpochOf",
  "outputs": [
   {
    "internalType": "uint256",
    "name": "epoch",
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

export const operatorRegistryBytecode = "0x6080806040523460155761194c908161001a8239f35b5f80fdfe60806040526004361015610011575f80fd5b5f3560e01c8063060146ee14610ffd5780631becfe5714610f8357806331df900514610e705780634c809b1b14610e115780635c3dcb1014610df4578063636f35d314610c1157806366b0546a14610abe5780636f0e530f14610aa15780637cb32c2b14610a425780637ecebe0014610a0a57806389f2f73e146109a5578063913318a61461084257806397a5d5b5146107eb578063c89ec68a146106b1578063c90db44714610638578063d3a2b210146105f8578063e336824414610504578063f0180c01146102b0578063f3ac8f121461027b578063f480dd7e146101265763f698da2514610100575f80fd5b34610122575f36600319011261012257602061011a611317565b604051908152f35b5f80fd5b346101225760203660031901126101225761013f611170565b610148816115ff565b60038101600582015464ffffffffff8160a01c16908115610253576001600160a01b031680330361022457508042106101f9575080546001600160a01b031916815560020180546001600160c81b03191690556001600160a01b03815416906001600160a01b0333166001600160a01b0319825416179055604051600181527f4d1b9e401ec02110fcbb228bca420e0c79b139f6e1f71a404e9601ad2435256860206001600160a01b0333951692a4005b7f467fc663000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7fd1637658000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b7f31adcd00000000000000000000000000000000000000000000000000000000005f5260045ffd5b34610122576040366003190112610122576102ae610297611170565b61029f6111ca565b906102a981611726565b611659565b005b346101225760a0366003190112610122576102c9611170565b6102d1611186565b906102da61123f565b906064359060843567ffffffffffffffff8111610122576102ff90369060040161119c565b949061030a83611726565b9460028601916001600160a01b03835416806104cc57506276a7004201908142116104b85764ffffffffff831691808311610489575064ffffffffff959697986103d1916001600160a01b038716998a5f52600160205260405f2054996040516001600160a01b0360208201927f104e8092d8ce3800585c59e4d5c507010ee69dfe60571b8b065736f1edbac1628452169b8c60408301528d606083015287608083015260a08201528260c082015260c081526103c860e08261129f565b519020886113af565b6103e3600189019485549033906114ca565b42101561047f57955b80547fff0000000000ffffffffffffffffffffffffffffffffffffffffffffffffffff7effffffffff00000000000000000000000000000000000000000000000000008960d01b169116179055846001600160a01b031982541617905554936040519485521660208401527fe5ecefc550bb2671897413a19dbf6ec48c25240679d4a20aee71fc5e40f464cc60403394a4005b50824216956103ec565b827fc0b94f8b000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b634e487b7160e01b5f52601160045260245ffd5b6001600160a01b03867f87bfda7e000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b346101225760203660031901126101225761051d611170565b610526816115ff565b600381016001600160a01b038154168033036105c9575080546001600160a01b03191681556004820180546001600160c81b03199081169091556002909101805490911690556001600160a01b03815416906001600160a01b0333166001600160a01b03198254161790556040515f81527f4d1b9e401ec02110fcbb228bca420e0c79b139f6e1f71a404e9601ad2435256860206001600160a01b0333951692a4005b7f70d46f25000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b34610122576020366003190112610122576001600160a01b03610619611170565b165f525f60205260206001600160a01b0360405f205416604051908152f35b3461012257602036600319011261012257610651611170565b61065a816115a7565b6001600160a01b0360058201541691821561025357600590910180546001600160c81b03191690556001600160a01b03167f8506b00cd2df941a18335b7afb79ee5c531dc5cce3972b1b7bdf0211f96d711b5f80a3005b34610122576040366003190112610122576106ca611170565b6106d2611186565b906106dc816115ff565b6004810154926001600160a01b0384168033036107bc57506001600160a01b03169283156107945764ffffffffff9060a01c1664ffffffffff4216019064ffffffffff82116104b857600501805464ffffffffff60a01b1985166001600160c81b03199091161760a083901b64ffffffffff60a01b1617905564ffffffffff604051911681527f2c28cb8e66a0be0f238e084e165899d3e321549b4a5b6b938d1565a2b14c123c60206001600160a01b0333941692a4005b7fd0ff2cd9000000000000000000000000000000000000000000000000000000005f5260045ffd5b7fc3a4c37a000000000000000000000000000000000000000000000000000000005f523360045260245260445ffd5b34610122576020366003190112610122576001600160a01b0361080c611170565b165f525f6020526040805f2064ffffffffff610827826116d8565b915460a81c1682519161083981611221565b82526020820152f35b346101225760603660031901126101225761085b611170565b610863611186565b9061086c61123f565b91610876826115a7565b64ffffffffff84169362093a808510159283610996575b6001600160a01b0316948515938415908161098d575b50610953575064ffffffffff7f8ed4f64b8c443a590f5d76b32fce3641d5c04d895811a1424c8510714bc1775a936109396003856001600160a01b0395600460209801948b6001600160a01b03198754161786555f1461094a57506109255f5b855464ffffffffff60a01b191660a09190911b64ffffffffff60a01b16178555565b0160020180546001600160c81b0319169055565b5460a01c16936040519485521692a3005b61092590610903565b7f52ea03cb000000000000000000000000000000000000000000000000000000005f5260045262093a806024526301e1338060445260645ffd5b905015876108a3565b6301e13380861115935061088d565b34610122576020366003190112610122576001600160a01b036109c6611170565b165f525f60205260405f2060016109dc826116d8565b6109e581611221565b03610a005764ffffffffff6020915460a81c16604051908152f35b5060205f1961011a565b34610122576020366003190112610122576001600160a01b03610a2b611170565b165f526001602052602060405f2054604051908152f35b3461012257610a9c7f0c9f8b74e2aa78f08e4eecbc095edb01ee2a6fdcb736e27302d9a6f059de94756001600160a01b03610a7c366111da565b90826001610a8c86999599611726565b01556040519485941696846112fd565b0390a2005b34610122575f36600319011261012257602060405162093a808152f35b3461012257604036600319011261012257610ad7611170565b60243564ffffffffff8116808203610122576001600160a01b03831692338403610c0357610b04906115ff565b8054600360ff8260a01c16610b1881611221565b14610bf05764ffffffffff8160a81c1693848411801590610be7575b610bb25791604093917fffffffffffff0000000000ffffffffffffffffffffffffffffffffffffffffff79ffffffffff0000000000000000000000000000000000000000007feac9e700bf1738924e8bf9dd5e57041fdc9ecdeabcf2705282c9056f1bb16df0979560a81b16911617905582519182526020820152a2005b5050507f4558f343000000000000000000000000000000000000000000000000000000005f526004526024524360445260645ffd5b50438411610b34565b846352f9dbb160e11b5f5260045260245ffd5b610c0c906115a7565b610b04565b34610122576020366003190112610122576101606001600160a01b03610c35611170565b604051610c4181611253565b5f81525f60208201525f60408201525f60608201525f60808201525f60a082015260c060405191610c7183611283565b5f83525f60208401525f60408401525f60608401525f6080840152015216805f525f60205264ffffffffff608060405f206001600160a01b0360405194610cb786611253565b825482811687528560ff8260a01c16916020890192610cd581611221565b83528160408a01818360a81c1681528160608c019360d01c168352600188015494898c019586528760028a0154169660a08d019788528360056040519b610d1b8d611283565b8b6003820154168d528c60408460048401548f8116602085015260a01c1691015201548a811660608d015260a01c168b8b015260c08d01998a525f525f602052610d6760405f206116d8565b610d7081611221565b8152876040519c51168c5251610d8581611221565b60208c0152511660408a0152511660608801525184870152511660a0850152516001600160a01b0381511660c08501526001600160a01b0360208201511660e0850152826040820151166101008501526001600160a01b03606082015116610120850152015116610140820152f35b34610122575f3660031901126101225760206040516276a7008152f35b34610122576001600160a01b03610e6b7f9317bafcd46bb05ecd1bdf799579d5c83dacc6ac098ae0faea1200a79eee00dd610e4b366111da565b610e5b83859497939895336114ca565b60405193849316963396846112fd565b0390a3005b3461012257608036600319011261012257610e89611170565b610e916111ca565b6044359160643567ffffffffffffffff811161012257610eb590369060040161119c565b9390610ec0836115ff565b918254600360ff6001600160a01b0383169260a01c16610edf81611221565b14610f6757916102ae9691836102a9945f52600160205260405f205460405160208101917fe745bce4cf685de4811a12c721634ff6d2b3cd3674a239e7c4754137cea8435783526001600160a01b038a16604083015283606083015260ff8b16608083015260a08201528360c082015260c08152610f5e60e08261129f565b519020906113af565b6001600160a01b03856352f9dbb160e11b5f521660045260245ffd5b3461012257604036600319011261012257610f9c611170565b6001600160a01b03610fac611186565b6003610fb7846115a7565b018282166001600160a01b031982541617905516906001600160a01b033391167fc100864c45e405fbb2eb9e07625fc81d6bb3a29ae1fd4c224aff238dcd4b49cc5f80a4005b346101225760c036600319011261012257611016611170565b61101e611186565b60443560643567ffffffffffffffff81116101225761104190369060040161119c565b916084359460a43567ffffffffffffffff81116101225761106690369060040161119c565b969095611072866112c1565b91611080604051938461129f565b868352602083013688880111610122578593888883378881016020015f9052519020986001600160a01b03851698895f52600160205260405f205460405160208101917f44ce11ab6b12d88d273dafa2f829c2c5de724d56daba48cd7d4d61a96b8d640883528c60408301526001600160a01b0387169d8e606084015288608084015260a083015260c08201528460e082015260e081526111236101008261129f565b5190209261113193876113af565b61113a926114ca565b60405192839261114a92846112fd565b037f9317bafcd46bb05ecd1bdf799579d5c83dacc6ac098ae0faea1200a79eee00dd91a3005b600435906001600160a01b038216820361012257565b602435906001600160a01b038216820361012257565b9181601f840112156101225782359167ffffffffffffffff8311610122576020838186019501011161012257565b6024359060ff8216820361012257565b6060600319820112610122576004356001600160a01b03811681036101225791602435916044359067ffffffffffffffff82116101225761121d9160040161119c565b9091565b6004111561122b57565b634e487b7160e01b5f52602160045260245ffd5b6044359064ffffffffff8216820361012257565b60e0810190811067ffffffffffffffff82111761126f57604052565b634e487b7160e01b5f52604160045260245ffd5b60a0810190811067ffffffffffffffff82111761126f57604052565b90601f8019910116810190811067ffffffffffffffff82111761126f57604052565b67ffffffffffffffff811161126f57601f01601f191660200190565b908060209392818452848401375f828201840152601f01601f1916010190565b6040906113149492815281602082015201916112dd565b90565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527fa574604705ff04dab54cb3bf03044b5269156845868ada6b6de099213507266d60408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a082015260a081526113a960c08261129f565b51902090565b9493919492909285421161149e5762093a804201958642116104b85786811161146e575061143b9394955060426001600160a01b03821695865f52600160205260405f2060018154019055611402611317565b90604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522090611768565b156114435750565b7fe82a42ff000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b86907f3a87d8f0000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b857f15642292000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b6001600160a01b0382161561157f576001600160a01b031690815f525f60205260405f209160ff835460a01c1661150081611221565b611554575081547fffffffffffffffffffffff000000000000000000000000000000000000000000166001600160a01b03909116177401000000000000000000000000000000000000000017815560010155565b7f85afdcf1000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7fb2aa88e8000000000000000000000000000000000000000000000000000000005f5260045ffd5b906115b1826115ff565b916001600160a01b0383541633036115c65750565b6001600160a01b03907f5c2ef759000000000000000000000000000000000000000000000000000000005f52166004523360245260445ffd5b6001600160a01b031690815f525f60205260405f209160ff835460a01c1661162681611221565b1561162e5750565b7f95000c33000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b60206001600160a01b03807ff2287a09ccfa635d328ed83e8f95751078f26069d0d9717734b7a211d6488ded93959495805490740300000000000000000000000000000000000000007fffffffffffffffffffffff00ffffffffffffffffffffffffffffffffffffffff831617905560ff6040519616865216941692a3565b5464ffffffffff60ff8260a01c169160d01c166116f482611221565b60018214908161171c575b81611711575b50156113145750600290565b90504210155f611705565b80151591506116ff565b90611730826115a7565b91600360ff845460a01c1661174481611221565b1461174c5750565b6001600160a01b03906352f9dbb160e11b5f521660045260245ffd5b9092919261177783858361187e565b5061178181611221565b159081611868575b5061185f57813b15611857575f936117d885946117ca6040519384926020840196630b135d3f60e11b885260248501526040604485015260648401916112dd565b03601f19810183528261129f565b51916207a120fa3d15611850573d6117ef816112c1565b906117fd604051928361129f565b81523d5f602083013e5b81611844575b81611816575090565b630b135d3f60e11b915060208151910151906020811061183557501490565b5f199060200360031b1b161490565b8051602014915061180d565b6060611807565b505050505f90565b50505050600190565b90506001600160a01b038084169116145f611789565b90604183036118a8576118a19250602081013591604082359201355f1a906118b2565b9192909190565b50505f9160029190565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411611934579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa15611929575f516001600160a01b0381161561191f57905f905f90565b505f906001905f90565b6040513d5f823e3d90fd5b5050505f916003919056fea164736f6c6343000825000a" as const

/** keccak256 of the code at every OperatorRegistry. */
export const operatorRegistryCodeHash = "0xf236c2b3bce3b5d1558fd41ed9e3526c853cd0be725c53f0d139f6aef39036f1" as const
