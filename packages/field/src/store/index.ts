export { type Drawer, type DrawerFile, shred, withFile } from "./drawer.ts"
export { readValue, writeValue } from "./value-file.ts"
