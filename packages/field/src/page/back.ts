/** What of the browser's way of asking to close something is used; phones ask by their back button, keyboards by Escape. */
interface Watcher {
  onclose: (() => void) | null
  destroy(): void
}

/**
 * Lets the phone's back button lead home instead of out of the app, where the browser can (Chromium from 126 on). It
 * needs no entry in the browser's history, which this page never writes. Elsewhere the button does as it always did.
 *
 * @returns stops watching.
 */
export function onBackButton(act: () => void): () => void {
  const { CloseWatcher: Watched } = globalThis as { CloseWatcher?: new () => Watcher }
  if (Watched === undefined) return () => undefined
  const watcher = new Watched()
  watcher.onclose = act
  return () => watcher.destroy()
}
