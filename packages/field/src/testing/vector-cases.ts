/** One case of a vector file. */
export type VectorCase<C> = C & { readonly name: string; readonly expect: string }

/** Cases of a vector file, each with a name of its own, more of them refused than accepted. @param text - the file's. */
export function vectorCases<C>(text: string): readonly VectorCase<C>[] {
  const { cases } = JSON.parse(text) as { readonly cases: readonly VectorCase<C>[] }
  const accepted = cases.filter(({ expect }) => expect === "accept").length
  if (cases.length - accepted <= accepted) throw new Error("no more is refused than accepted")
  if (new Set(cases.map((one) => one.name)).size < cases.length) throw new Error("a name twice")
  return cases
}

/** What a reader says of one input, as vector files write it. */
export async function outcomeOf(read: () => Promise<void> | void): Promise<string> {
  try {
    await read()
    return "accept"
  } catch (error) {
    const { code } = error as { code?: string }
    if (typeof code !== "string") throw error
    return `reject:${code}`
  }
}
