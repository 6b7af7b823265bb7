/** Keeps the screen on until the returned function is called. A browser that cannot, or will not, does nothing. */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | null = null
  let over = false
  const hold = async (): Promise<void> => {
    const wake: WakeLock | undefined = navigator.wakeLock
    if (wake === undefined || document.visibilityState !== "visible") return
    try {
      const held = await wake.request("screen")
      if (over) await held.release()
      else lock = held
    } catch {
      // The battery is low, or the person does not want it.
    }
  }
  // The browser lets go whenever the page is left.
  const again = (): void => void hold()
  document.addEventListener("visibilitychange", again)
  void hold()
  return () => {
    over = true
    document.removeEventListener("visibilitychange", again)
    lock?.release().catch(() => undefined)
  }
}
