import type { Place } from "@govah/core/publication"

/** Whether a place lacks a language. */
export function placeMissing({ name, province }: Place): boolean {
  const halfProvince = province !== null && (province.fa.trim() === "" || province.en.trim() === "")
  return name.fa.trim() === "" || name.en.trim() === "" || halfProvince
}
