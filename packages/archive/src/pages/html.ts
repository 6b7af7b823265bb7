/** Markup that may stand in a page as it is: made by {@link html}, or by {@link trustedHtml} from our own constants. */
export class Html {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
}

/** What a template takes. Strings are escaped; null and false leave nothing. */
export type HtmlValue = string | number | Html | null | false | readonly HtmlValue[]

/**
 * Template tag that escapes every value, for text and for quoted attributes alike.
 *
 * Attributes must be quoted in the template: an unquoted one could be broken out of with a space.
 */
export function html(template: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = template[0] as string
  values.forEach((value, i) => {
    markup += render(value) + (template[i + 1] as string)
  })
  return new Html(markup)
}

/** Takes our own constants (the stylesheet) as they are. Never for anything that a publication says. */
export function trustedHtml(markup: string): Html {
  return new Html(markup)
}

const ESCAPES: { readonly [c: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

function render(value: HtmlValue): string {
  if (value === null || value === false) return ""
  if (typeof value === "string") return value.replace(/[&<>"']/g, (c) => ESCAPES[c] as string)
  if (typeof value === "number") return String(value)
  if (value instanceof Html) return value.markup
  return value.map(render).join("")
}
