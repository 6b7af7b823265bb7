export {
  LOCK_BYTES,
  type LockKind,
  type LockMark,
  makeOpenPlace,
  makePlace,
  markOf,
  type OpenedPlace,
  openOpenPlace,
  openPlace,
  PLACE_BYTES,
  PLACES,
  SALT_BYTES,
  STAMP_BYTES,
} from "./lock-place.ts"
export { hiddenName, openPart, partKey, SEAL_BYTES, sealPart, VAULT_KEY_BYTES } from "./sealed-part.ts"
export {
  STRETCH_KIB,
  STRETCH_LANES,
  STRETCH_PASSES,
  type Stretch,
  STRETCHED_BYTES,
} from "./stretch.ts"
