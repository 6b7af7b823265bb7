export {
  MIN_PASSPHRASE_BITS,
  normalisePassphrase,
  passphraseBits,
  proposePassphrase,
  unknownWords,
  wordsFor,
} from "./passphrase.ts"
export { type PassphraseLanguage, passphraseWords } from "./word-list.ts"
