import { neverSkips } from "../testing/never-skips.ts"
import { relayStoreContract } from "../testing/relay-store-contract.ts"
import { makeSqliteBed } from "./testing/sqlite-bed.ts"

relayStoreContract("SQLite", makeSqliteBed)
neverSkips("SQLite", makeSqliteBed, 25)
