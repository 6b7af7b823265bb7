export { addChain, changeChains, KEPT_CHAINS, readChains } from "./chains.ts"
