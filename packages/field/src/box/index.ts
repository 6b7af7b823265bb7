export { type Box } from "./box.ts"
export { boxDrawer } from "./box-drawer.ts"
export { BoxError, decodeBox, encodeBox, MAX_BOX_BYTES } from "./box-format.ts"
export { type BoxAnswer, type BoxCall, callBox } from "./box-wire.ts"
