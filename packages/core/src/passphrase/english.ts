/** 2,048 English words (BIP 39), no two of which share their first four letters. */
export { wordlist as ENGLISH } from "@scure/bip39/wordlists/english.js"
