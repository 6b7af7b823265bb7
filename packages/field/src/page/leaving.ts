/** Lets the browser ask whoever closes the page or leaves it whether they mean it. @returns lets it go again. */
export function askBeforeLeaving(): () => void {
  const ask = (event: Event): void => event.preventDefault()
  addEventListener("beforeunload", ask)
  return () => removeEventListener("beforeunload", ask)
}
