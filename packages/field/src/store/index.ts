export { type Drawer, type DrawerFile, shred, withFile } from "./drawer.ts"
export { DamagedValue, readValue, writeValue } from "./value-file.ts"
