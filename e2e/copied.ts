/** Bytes that stay: pieces and cells are lent until the next is pulled (`docs/adr/0010-lent-memory.md`). */
export function copied(lent: Uint8Array): Uint8Array {
  return lent.slice()
}
