import { options } from "preact"
import { type LoadedWords, LANGUAGES } from "../words/index.ts"

/**
 * Says of every element whose whole text is another language's that it is, so that it is read aloud and laid out as that:
 * catalogues that are not whole borrow. Elements that say it themselves are left alone.
 *
 * @param loaded - which words stand there now.
 */
export function markBorrowed(loaded: () => LoadedWords): void {
  const before = options.vnode
  options.vnode = (vnode) => {
    const { type, props } = vnode
    const text = typeof type === "string" ? (props as { children?: unknown }).children : undefined
    if (typeof text === "string") {
      const whose = loaded().borrowedFrom(text)
      if (whose !== null) {
        const own = props as { lang?: string; dir?: string }
        own.lang ??= whose.language
        own.dir ??= LANGUAGES[whose.language].direction
      }
    }
    before?.(vnode)
  }
}
