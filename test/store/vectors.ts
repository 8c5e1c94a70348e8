import { createCipheriv, createDecipheriv, scryptSync } from "node:crypto"
import { keccak256 } from "viem"

/** The lowest cost that is allowed, so that a test takes 50 ms for a key. */
export const FAST_N = 2 ** 14

// The test vectors of the Web3 Secret Storage Definition (ethereum.org, "Test Vectors").
export const VECTOR_PASSWORD = "testpassword"
export const VECTOR_KEY = "0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d"

export const PBKDF2_VECTOR = {
  cipher: "aes-128-ctr",
  cipherparams: { iv: "6087dab2f9fdbbfaddc31a909735c1e6" },
  ciphertext: "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
  kdf: "pbkdf2",
  kdfparams: {
    c: 262144,
    dklen: 32,
    prf: "hmac-sha256",
    salt: "ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd",
  },
  mac: "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2",
}

export const SCRYPT_VECTOR = {
  cipher: "aes-128-ctr",
  cipherparams: { iv: "83dbcc02d8ccb40e466191a123791e0e" },
  ciphertext: "d172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c",
  kdf: "scrypt",
  kdfparams: {
    dklen: 32,
    n: 262144,
    r: 1,
    p: 8,
    salt: "ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19",
  },
  mac: "2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097",
}

/** go-ethereum's vector "31_byte_key": a key cut short, and a cost that protects nothing. */
export const GETH_31_BYTE_VECTOR = {
  cipher: "aes-128-ctr",
  cipherparams: { iv: "e0c41130a323adc1446fc82f724bca2f" },
  ciphertext: "9517cd5bdbe69076f9bf5057248c6c050141e970efa36ce53692d5d59a3984",
  kdf: "scrypt",
  kdfparams: { dklen: 32, n: 2, r: 8, p: 1, salt: "711f816911c92d649fb4c84b047915679933555030b3552c1212609b38208c63" },
  mac: "d5e116151c6aa71470e67a7d42c9620c75c4d23229847dcc127794f0732b0db5",
}

/** The format once more, straight from its definition, with the password's bytes as typed: what other programs do. */
export const independentKeyFile = {
  make(key: Uint8Array, password: string) {
    const salt = Buffer.alloc(32, 5)
    const iv = Buffer.alloc(16, 6)
    const derived = scryptSync(password, salt, 32, { N: FAST_N, r: 8, p: 1 })
    const ciphertext = createCipheriv("aes-128-ctr", derived.subarray(0, 16), iv).update(key)
    return {
      cipher: "aes-128-ctr",
      cipherparams: { iv: iv.toString("hex") },
      ciphertext: ciphertext.toString("hex"),
      kdf: "scrypt",
      kdfparams: { dklen: 32, n: FAST_N, r: 8, p: 1, salt: salt.toString("hex") },
      mac: keccak256(Buffer.concat([derived.subarray(16), ciphertext])).slice(2),
    }
  },

  open(section: object, password: string): Uint8Array {
    const { ciphertext, cipherparams, kdfparams, mac } = section as ReturnType<typeof independentKeyFile.make>
    const { n, r, p, dklen, salt } = kdfparams
    const derived = scryptSync(password, Buffer.from(salt, "hex"), dklen, { N: n, r, p })
    const bytes = Buffer.from(ciphertext, "hex")
    if (keccak256(Buffer.concat([derived.subarray(16), bytes])) !== `0x${mac}`) throw new Error("wrong mac")
    const iv = Buffer.from(cipherparams.iv, "hex")
    return Uint8Array.from(createDecipheriv("aes-128-ctr", derived.subarray(0, 16), iv).update(bytes))
  },
}
