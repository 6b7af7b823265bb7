export { openPurse, type Purse } from "./purse.ts"
