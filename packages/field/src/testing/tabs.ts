import type { Drawer } from "../store/index.ts"

/**
 * A drawer as another tab of a browser has it: a file is open in one of them at a time, and who wants it waits
 * (`platform/opfs-drawer.ts`). Whatever is made of one object shares one disk.
 */
export function tabsOf(disk: Drawer): () => Drawer {
  const lastByName = new Map<string, Promise<void>>()
  async function hold(name: string): Promise<() => void> {
    const before = lastByName.get(name)
    let letGo: () => void = () => undefined
    lastByName.set(
      name,
      new Promise((resolve) => {
        letGo = resolve
      }),
    )
    await before
    return letGo
  }
  return () => ({
    names: () => disk.names(),
    remove: (name) => disk.remove(name),
    inUse: (work) => disk.inUse(work),
    ifIdle: (work) => disk.ifIdle(work),
    open: async (name, create) => {
      const letGo = await hold(name)
      const file = await disk.open(name, create)
      if (file === null) {
        letGo()
        return null
      }
      return {
        ...file,
        close: async () => {
          await file.close()
          letGo()
        },
      }
    },
  })
}
