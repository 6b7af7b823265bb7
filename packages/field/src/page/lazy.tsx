import type { ComponentType, JSX } from "preact"
import { useEffect, useState } from "preact/hooks"

/**
 * A part of the page that is loaded when it is first wanted: what most people never open must not weigh on the first
 * start. Where it cannot be loaded, `failed` stands there.
 */
export function lazy<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props & { readonly failed: string }) => JSX.Element {
  let loaded: ComponentType<Props> | null = null
  return function Lazy(props) {
    const [Part, setPart] = useState<ComponentType<Props> | "failed" | null>(() => loaded)
    useEffect(() => {
      if (Part !== null) return
      load().then(
        (part) => {
          loaded = part
          setPart(() => part)
        },
        () => setPart("failed"),
      )
    }, [])
    if (Part === null) return <output />
    if (Part === "failed") return <p class="trouble">{props.failed}</p>
    return <Part {...props} />
  }
}
