import type { JSX } from "preact"
import { LOCK_MINUTES, type LockMinutes } from "./appearance.ts"
import { Choice } from "./entry.tsx"
import { formatCount } from "./format.ts"
import { Setting } from "./setting.tsx"
import type { State } from "./state.ts"

/** After how long it locks by itself. */
export function AutoLockSetting({ state }: { readonly state: State }): JSX.Element {
  const words = state.words.value
  const { autoLock } = words.shell.more
  const { appearance, choose } = state.shell
  const after = (minutes: LockMinutes): string => autoLock.after(formatCount(minutes, words))
  const choices: Readonly<Record<`${LockMinutes}`, string>> = { 1: after(1), 5: after(5), 15: after(15) }
  return (
    <Setting heading={autoLock.heading}>
      <fieldset aria-label={autoLock.heading}>
        <p>{autoLock.what}</p>
        <Choice
          name="auto-lock"
          choices={choices}
          chosen={`${appearance.value.lockMinutes}`}
          onChoose={(value) => {
            const lockMinutes = LOCK_MINUTES.find((minutes) => `${minutes}` === value)
            if (lockMinutes !== undefined) void choose({ lockMinutes })
          }}
        />
      </fieldset>
    </Setting>
  )
}
