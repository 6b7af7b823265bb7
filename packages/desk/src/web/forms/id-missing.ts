import { desk } from "../model/desk.ts"

/** Whether a short name cannot be used: of the wrong shape for an address of the archive, or taken. */
export function idMissing(id: string): boolean {
  const known = desk.value
  const taken = [known?.events, known?.actions, known?.claims, known?.stories].some((all) =>
    all?.some((one) => one.id === id),
  )
  return taken || id.length > 32 || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)
}
