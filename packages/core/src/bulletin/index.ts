export { type Bulletin, encodeBulletin, openBulletin } from "./bulletin.ts"
export { BulletinError, type BulletinErrorCode } from "./bulletin-error.ts"
export {
  type Call,
  type CallWithMaterial,
  encodeCall,
  MATERIAL_TYPES,
  type MaterialType,
  openCall,
} from "./call.ts"
