export { addChain, KEPT_CHAINS, readChains, writeChains } from "./chains.ts"
