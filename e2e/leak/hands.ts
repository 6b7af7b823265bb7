/** What a browser must lend so that a page can be used as a person uses it. */
export interface Driver {
  goto(url: string): Promise<void>
  /** Evaluates an expression in the page; promises are awaited, and what comes out is JSON. */
  evaluate(expression: string): Promise<unknown>
  /** Real key presses, into what has the focus. */
  keys(text: string): Promise<void>
  setFiles(css: string, path: string): Promise<void>
}

/** Hands on a page, the same in every browser. Each step waits until the page has what it names. */
export interface Hands extends Driver {
  /** Presses the button, the choice or the heading of a part that is folded away. */
  press(name: string): Promise<void>
  /** Types into the field of that label. */
  write(label: string, text: string): Promise<void>
  /** Puts a long text into the field of that label at once, as pasting does. */
  paste(label: string, text: string): Promise<void>
  see(text: string): Promise<void>
  /** Waits until no such text stands there any more. */
  gone(text: string): Promise<void>
  /** Waits until a function in the page, given as source text, gives something other than false, null or nothing. @returns what it gives. */
  until(source: string): Promise<unknown>
}

// In the page. Waits for what it is asked for by watching the page, and says what stood there instead.
const LOOK = `(find, wanted) => new Promise((resolve, reject) => {
  const shown = (one) => one.getClientRects().length > 0
  const named = (one) => (one.getAttribute("aria-label") ?? one.textContent).trim()
  const finders = {
    press: () => {
      const all = [...document.querySelectorAll("button, summary, label, a, [role=button]")].filter(shown)
      const one = all.find((each) => named(each) === wanted) ?? all.find((each) => named(each).startsWith(wanted))
      if (!one || one.disabled) return false
      one.click()
      return true
    },
    write: () => {
      const label = [...document.querySelectorAll("label")].find((each) => named(each) === wanted)
      const field = label?.control ?? document.getElementById(label?.htmlFor ?? "") ?? document.querySelector('[aria-label="' + wanted + '"]')
      if (!field || !shown(field)) return false
      field.focus()
      return true
    },
    see: () => document.body?.innerText.includes(wanted) ?? false,
    gone: () => !(document.body?.innerText.includes(wanted) ?? true),
    has: () => document.querySelector(wanted) !== null,
  }
  const first = finders[find]()
  if (first) return resolve(first)
  const watch = new MutationObserver(() => {
    const found = finders[find]()
    if (!found) return
    end()
    resolve(found)
  })
  const late = setTimeout(() => {
    end()
    reject(new Error("nothing to " + find + " as " + wanted + " in: " + (document.body?.innerText ?? "").slice(0, 1500)))
  }, 60000)
  const end = () => { watch.disconnect(); clearTimeout(late) }
  watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
})`

// In the page. Looks again and again, and says what stood there instead.
const UNTIL = `(find) => new Promise((resolve, reject) => {
  const end = Date.now() + 60000
  const look = () => {
    const found = find()
    if (found) resolve(found)
    else if (Date.now() < end) setTimeout(look, 16)
    else reject(new Error("waited for " + find + " in: " + (document.body?.innerText ?? "").slice(0, 1500)))
  }
  look()
})`

export function makeHands(driver: Driver): Hands {
  const look = (find: string, wanted: string): Promise<unknown> =>
    driver.evaluate(`(${LOOK})(${JSON.stringify(find)}, ${JSON.stringify(wanted)})`)
  return {
    ...driver,
    setFiles: async (css, path) => {
      await look("has", css)
      await driver.setFiles(css, path)
    },
    press: async (name) => void (await look("press", name)),
    write: async (label, text) => {
      await look("write", label)
      await driver.keys(text)
    },
    paste: async (label, text) => {
      await look("write", label)
      await driver.evaluate(`document.execCommand("insertText", false, ${JSON.stringify(text)})`)
    },
    see: async (text) => void (await look("see", text)),
    gone: async (text) => void (await look("gone", text)),
    until: (source) => driver.evaluate(`(${UNTIL})(${source})`),
  }
}
