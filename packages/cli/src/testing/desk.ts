import { leaveCheapDesk } from "@govah/desk/testing"

/** The passphrase of every desk that a test of the command line opens. */
export const PASSPHRASE = "a passphrase for this test alone"

/** Leaves a desk where `govah desk init` would. `init` itself is tested for what it refuses, and played in e2e. */
export async function leaveDesk(folder: string, name = "Desk"): Promise<void> {
  await leaveCheapDesk(folder, { name, passphrase: PASSPHRASE })
}
