import {
  add,
  type Decimal,
  divide,
  formatDecimal,
  multiply,
  parseDecimal,
  subtract,
  ZERO,
} from "./decimal.ts"

export type Operator = "+" | "-" | "*" | "/"
export type Key = "digit" | Operator | "=" | "%" | "sign" | "clear" | "erase" | "."

/** The most digits that can be typed. */
const TYPED_DIGITS = 12

/** A pocket calculator: each operator works out what was typed before it. */
export interface Sum {
  /** What is being typed, as plain digits with a point; null where the last result stands there. */
  readonly typed: string | null
  /** What stands there if nothing is typed; null where it cannot be shown. */
  readonly result: Decimal | null
  /** What waits for its second number. */
  readonly pending: { readonly left: Decimal; readonly operator: Operator } | null
  /** What = does once more. */
  readonly again: { readonly operator: Operator; readonly right: Decimal } | null
}

export const NOTHING: Sum = { typed: null, result: ZERO, pending: null, again: null }

/** What stands in the window: digits with a point, or null for an error. */
export function windowOf(sum: Sum): string | null {
  return sum.typed ?? (sum.result === null ? null : formatDecimal(sum.result))
}

/** Whether nothing has been typed or worked out. */
export function isNothing(sum: Sum): boolean {
  return windowOf(sum) === "0" && sum.typed === null && sum.pending === null
}

/** @param key - a digit 0 to 9, a point, or what a key is called. */
export function press(sum: Sum, key: string): Sum {
  if (/^\d$/.test(key)) return typing(sum, key)
  if (windowOf(sum) === null) return NOTHING
  switch (key) {
    case ".":
      return (sum.typed ?? "").includes(".") ? sum : { ...sum, typed: `${sum.typed ?? "0"}.` }
    case "sign":
      return signed(sum)
    case "erase":
      return erased(sum)
    case "clear":
      return NOTHING
    case "%":
      return percent(sum)
    case "=":
      return equals(sum)
    case "+":
    case "-":
    case "*":
    case "/":
      return operate(sum, key)
    default:
      return sum
  }
}

function typing(sum: Sum, digit: string): Sum {
  const before = windowOf(sum) === null ? NOTHING : sum
  const typed = before.typed ?? ""
  if (typed.replace(/[^\d]/g, "").length >= TYPED_DIGITS) return before
  const next = typed === "0" || typed === "-0" ? typed.replace("0", digit) : typed + digit
  return { ...before, typed: next }
}

function value(sum: Sum): Decimal {
  return sum.typed === null ? (sum.result ?? ZERO) : parseDecimal(sum.typed)
}

function settled(result: Decimal | null, rest: Pick<Sum, "pending" | "again">): Sum {
  const fits = result !== null && formatDecimal(result) !== null
  return fits ? { typed: null, result, ...rest } : { typed: null, result: null, pending: null, again: null }
}

function operate(sum: Sum, operator: Operator): Sum {
  // A second operator in a row corrects the first.
  if (sum.pending !== null && sum.typed === null && sum.again === null) {
    return { ...sum, pending: { ...sum.pending, operator } }
  }
  const left = sum.pending === null ? value(sum) : work(sum.pending.left, sum.pending.operator, value(sum))
  return settled(left, { pending: left === null ? null : { left, operator }, again: null })
}

function equals(sum: Sum): Sum {
  const { pending, again } = sum
  if (pending !== null) {
    const right = value(sum)
    const done = { operator: pending.operator, right }
    return settled(work(pending.left, pending.operator, right), { pending: null, again: done })
  }
  if (again === null) return settled(value(sum), { pending: null, again: null })
  return settled(work(value(sum), again.operator, again.right), { pending: null, again })
}

/** Of what stands before it where something is added or taken away: 200 + 10 % is 220. */
function percent(sum: Sum): Sum {
  const hundredth = multiply(value(sum), { digits: 1n, scale: 2 })
  const { pending } = sum
  const isShare = pending !== null && (pending.operator === "+" || pending.operator === "-")
  const result = isShare ? multiply(pending.left, hundredth) : hundredth
  const text = formatDecimal(result)
  return text === null ? settled(null, NOTHING) : { ...sum, typed: text }
}

function signed(sum: Sum): Sum {
  if (sum.typed !== null) {
    return { ...sum, typed: sum.typed.startsWith("-") ? sum.typed.slice(1) : `-${sum.typed}` }
  }
  return sum.result === null ? sum : { ...sum, result: subtract(ZERO, sum.result) }
}

function erased(sum: Sum): Sum {
  if (sum.typed === null) return sum
  const typed = sum.typed.slice(0, -1)
  return { ...sum, typed: typed === "" || typed === "-" ? "0" : typed }
}

function work(left: Decimal, operator: Operator, right: Decimal): Decimal | null {
  switch (operator) {
    case "+":
      return add(left, right)
    case "-":
      return subtract(left, right)
    case "*":
      return multiply(left, right)
    case "/":
      return divide(left, right)
  }
}
