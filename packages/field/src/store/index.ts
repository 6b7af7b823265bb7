export { type Drawer, type DrawerFile, shred, withFile } from "./drawer.ts"
export { type LockedDrawer, type LockedFile, lockedDrawer } from "./locked-drawer.ts"
export { readBytes, writeBytes } from "./small-file.ts"
export { changeValue, DamagedValue, readValue, writeValue } from "./value-file.ts"
