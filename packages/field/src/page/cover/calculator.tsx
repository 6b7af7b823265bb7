import type { JSX } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import { latinDigits } from "../../report/when.ts"
import type { CoverWords } from "./cover-words.ts"
import { isNothing, NOTHING, press, type Sum, windowOf } from "./sum.ts"
import { createWayIn, Display, type WayIn } from "./way-in.tsx"

type Named = Exclude<keyof CoverWords["calculator"], "keypad" | "error">
interface KeyShown {
  readonly key: string
  readonly sign: string
  readonly name?: Named
}

const KEYS: readonly KeyShown[] = [
  { key: "clear", sign: "C", name: "clear" },
  { key: "sign", sign: "±", name: "sign" },
  { key: "%", sign: "%", name: "percent" },
  { key: "/", sign: "÷", name: "divide" },
  ...["7", "8", "9"].map(digit),
  { key: "*", sign: "×", name: "multiply" },
  ...["4", "5", "6"].map(digit),
  { key: "-", sign: "−", name: "subtract" },
  ...["1", "2", "3"].map(digit),
  { key: "+", sign: "+", name: "add" },
  digit("0"),
  { key: ".", sign: "." },
  { key: "erase", sign: "⌫", name: "erase" },
  { key: "=", sign: "=", name: "equals" },
]

/** What the keys of a keyboard mean. */
const KEYBOARD: Readonly<Record<string, string>> = {
  Enter: "=",
  Backspace: "erase",
  Delete: "clear",
  Escape: "clear",
  ",": ".",
  "٫": ".",
  x: "*",
  "×": "*",
  "÷": "/",
}

/** A pocket calculator. */
export function Calculator(props: { readonly words: CoverWords; readonly onEnter: () => void }): JSX.Element {
  const { words } = props
  const [sum, setSum] = useState<Sum>(NOTHING)
  const now = useRef(sum)
  const kept = useRef<WayIn | null>(null)
  const wayIn = (kept.current ??= createWayIn(props.onEnter))

  function use(key: string): void {
    if (key === "=") wayIn.mainKey(isNothing(now.current))
    else wayIn.other()
    now.current = press(now.current, key)
    setSum(now.current)
  }
  useEffect(() => {
    const watched = new AbortController()
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const key = KEYBOARD[event.key] ?? latinDigits(event.key)
      if (!/^(\d|[-+*/=%.]|erase|clear)$/.test(key)) return
      // A key that has the focus would be pressed as well.
      event.preventDefault()
      if (!(event.repeat && key === "=")) use(key)
    }
    addEventListener("keydown", onKey, { signal: watched.signal })
    return () => watched.abort()
  }, [])

  const shown = windowOf(sum)
  return (
    <div class="calculator">
      <h1 class="unseen">{words.names.calculator}</h1>
      <Display class="sum" onEnter={props.onEnter}>
        <output aria-live="polite">
          <bdi>{shown === null ? words.calculator.error : local(shown, words)}</bdi>
        </output>
      </Display>
      {/* A keypad has the same shape in every language. */}
      <fieldset class="keypad" dir="ltr" aria-label={words.calculator.keypad}>
        {KEYS.map(({ key, sign, name }) => (
          <button
            type="button"
            key={key}
            class={name === undefined ? "key" : `key ${name}`}
            aria-label={name === undefined ? undefined : words.calculator[name]}
            aria-pressed={isOperator(key) ? sum.pending?.operator === key : undefined}
            onClick={() => use(key)}
          >
            <span aria-hidden={name === undefined ? undefined : "true"}>{local(sign, words)}</span>
          </button>
        ))}
      </fieldset>
    </div>
  )
}

function digit(key: string): KeyShown {
  return { key, sign: key }
}

function isOperator(key: string): boolean {
  return ["+", "-", "*", "/"].includes(key)
}

/** Digits, point and groups of three as a reader of this language writes them. */
function local(plain: string, words: CoverWords): string {
  if (!/\d|^\.$/.test(plain)) return plain
  const [group, point] = words.language === "fa" ? ["٬", "٫"] : [",", "."]
  const [whole = "", fraction] = plain.split(".")
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group)
  const text = fraction === undefined ? grouped : `${grouped}${point}${fraction}`
  const signed = text.replace("-", "\u2212")
  if (words.language !== "fa") return signed
  return signed.replace(/\d/g, (one) => String.fromCodePoint(0x6f0 + Number(one)))
}
