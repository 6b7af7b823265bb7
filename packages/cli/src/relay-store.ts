import { openStore, type RelayStore } from "@govah/relay"
import type { Arguments, Context, Option } from "./command.ts"

/** Options of every command on a relay's store. */
export const relayOptions: Readonly<Record<string, Option>> = {
  store: {
    kind: "value",
    takes: "FILE",
    help: "the relay's file; its cells lie beside it (default: govah-relay.db)",
  },
}

/** The relay's file as the person named it. */
export function storeFile(args: Arguments): string {
  return args.value("store") ?? "govah-relay.db"
}

/** Opens the store, which a relay may be running on, does the work and closes it. */
export async function withStore<T>(
  args: Arguments,
  context: Context,
  work: (store: RelayStore) => Promise<T>,
): Promise<T> {
  const store = openStore(storeFile(args), context)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
