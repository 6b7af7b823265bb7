/** An exact decimal number: `digits` divided by ten, `scale` times. In normal form no zero could be left out at the end. */
export interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

/** The most digits that a number is shown with, and that a division is carried out to. */
export const DIGITS = 12

export const ZERO: Decimal = { digits: 0n, scale: 0 }

/** @param text - digits with at most one point, perhaps with a minus before them; what is empty counts as 0. */
export function parseDecimal(text: string): Decimal {
  const [whole = "", fraction = ""] = text.split(".")
  return normal(BigInt(`${whole}${fraction}`.replace(/^(-?)$/, "$10")), fraction.length)
}

/** Plain digits with a point; null where it is too long to be shown. Rounded to {@link DIGITS} digits, half away from 0. */
export function formatDecimal(value: Decimal): string | null {
  const { digits, scale } = rounded(value)
  const sign = digits < 0n ? "-" : ""
  const plain = absolute(digits)
    .toString()
    .padStart(scale + 1, "0")
  if (plain.length - scale > DIGITS) return null
  const whole = plain.slice(0, plain.length - scale)
  return scale === 0 ? `${sign}${whole}` : `${sign}${whole}.${plain.slice(-scale)}`
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return normal(at(a, scale) + at(b, scale), scale)
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, { digits: -b.digits, scale: b.scale })
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return normal(a.digits * b.digits, a.scale + b.scale)
}

/** @returns null where `b` is 0. Else right to more digits than are shown. */
export function divide(a: Decimal, b: Decimal): Decimal | null {
  if (b.digits === 0n) return null
  const more = DIGITS * 2 + length(b.digits) + b.scale
  return rounded(normal((a.digits * 10n ** BigInt(more)) / b.digits, a.scale + more - b.scale), DIGITS + 3)
}

function normal(digits: bigint, scale: number): Decimal {
  if (digits === 0n) return ZERO
  while (scale > 0 && digits % 10n === 0n) {
    digits /= 10n
    scale -= 1
  }
  return { digits, scale }
}

function rounded(value: Decimal, most: number = DIGITS): Decimal {
  const { digits, scale } = value
  // What stands before the point is never rounded; of a number below 1 the zeros after the point take up room as well.
  const wholeDigits = Math.max(1, length(digits) - scale)
  const drop = Math.max(0, scale - Math.max(0, most - wholeDigits))
  if (drop === 0) return value
  const unit = 10n ** BigInt(drop)
  const half = digits < 0n ? -unit / 2n : unit / 2n
  return normal((digits + half) / unit, scale - drop)
}

function at({ digits, scale }: Decimal, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - scale)
}

function length(digits: bigint): number {
  return absolute(digits).toString().length
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value
}
