/** What the syntax trees of oxlint's plugins are, as far as this rule looks. */
interface Node {
  readonly type: string
  readonly [part: string]: unknown
}

interface Context {
  report(found: { readonly node: Node; readonly message: string }): void
}

// Measured: what browsers write to the disk of what a page does or a person types (`docs/measurements/leak.md`).
const STORES = new Set([
  "localStorage",
  "sessionStorage",
  "indexedDB",
  "caches",
  "cookieStore",
  "webkitRequestFileSystem",
])
const FIELDS = new Set(["input", "textarea", "select", "form"])
/** Kinds of `<input>` into which nothing is typed. */
const UNTYPED = new Set(["radio", "checkbox", "file", "range", "button"])
/** The only attributes with which browsers leave alone what is typed; `page/entry.tsx` says which. */
const GUARD = "UNREMEMBERED"
const MARKUP = new Set([
  "innerHTML",
  "outerHTML",
  "insertAdjacentHTML",
  "setHTMLUnsafe",
  "setHTML",
  "createElementNS",
])

const SAID = {
  store:
    "Browsers keep this on the disk in the clear, and after it was deleted: what is kept goes through the drawer.",
  field: "Browsers write what stands in a field to the disk within seconds: make it through page/entry.tsx.",
  form: "Browsers keep what a form sent, also of fields with autocomplete off: there are no forms.",
  made: "A field that is made so has no guard: make it through page/entry.tsx.",
  address: "Addresses, titles and states of the history stay in the browser's history: there is one address.",
  console: "What is said to the console may be kept by whoever looks at it.",
  copies: "This way of writing leaves the old copies on the disk: files are written in place, in a worker.",
  camera: "The camera's own program writes its picture to the disk: take it in the page.",
} as const

/**
 * Forbids what a browser writes to its disk by itself: fields without the guard, forms, its stores, its history, its
 * console. Written for the field, where one word that stays on a phone may cost a life.
 */
const noTraces = {
  create(context: Context): { readonly [kind: string]: (node: Node) => void } {
    const refuse = (node: Node, why: keyof typeof SAID): void => context.report({ node, message: SAID[why] })
    return {
      JSXOpeningElement: (node) => {
        const why = fieldFault(node)
        if (why !== null) refuse(node, why)
      },
      Identifier: (node) => {
        if (STORES.has(node["name"] as string) && isUsed(node)) refuse(node, "store")
        if (node["name"] === "console" && isUsed(node)) refuse(node, "console")
        if (node["name"] === "navigation" && isUsed(node)) refuse(node, "address")
      },
      MemberExpression: (node) => {
        const name = propertyOf(node)
        const of = nameOf(node["object"] as Node)
        if (STORES.has(name)) refuse(node, "store")
        if (name === "cookie" && of === "document") refuse(node, "store")
        if (name === "console") refuse(node, "console")
        if (name === "title" && of === "document") refuse(node, "address")
        if (name === "name" && (of === "window" || of === "self" || of === "globalThis"))
          refuse(node, "address")
        if (name === "pushState" || name === "navigation") refuse(node, "address")
        if (name === "createWritable") refuse(node, "copies")
        if (MARKUP.has(name) || (of === "document" && name === "write")) refuse(node, "made")
      },
      ObjectPattern: (node) => {
        // `const { localStorage } = window` uses it without a member expression.
        for (const part of node["properties"] as Node[]) {
          const key = nameOf(part["key"] as Node | undefined)
          if (STORES.has(key) || key === "cookie") refuse(part, "store")
          if (key === "console") refuse(part, "console")
          if (key === "pushState" || key === "replaceState") refuse(part, "address")
        }
      },
      AssignmentExpression: (node) => {
        const left = node["left"] as Node
        if (nameOf(left) === "location") refuse(node, "address")
        if (left.type === "MemberExpression" && nameOf(left["object"] as Node) === "location")
          refuse(node, "address")
      },
      CallExpression: (node) => {
        const { callee, arguments: given } = node as unknown as { callee: Node; arguments: readonly Node[] }
        if (callee.type !== "MemberExpression") return
        const name = propertyOf(callee)
        if (name === "replaceState" && !isCleaning(given)) refuse(node, "address")
        if ((name === "assign" || name === "replace") && nameOf(callee["object"] as Node) === "location")
          refuse(node, "address")
        if (name !== "createElement") return
        const what = given[0]?.type === "Literal" ? String(given[0]["value"]).toLowerCase() : null
        if (what === null || FIELDS.has(what)) refuse(node, "made")
      },
    }
  },
}

/** What is wrong with an element as it stands in JSX, or null. */
function fieldFault(element: Node): "field" | "form" | "camera" | null {
  const name = (element["name"] as Node)["name"]
  const attributes = element["attributes"] as readonly Node[]
  const last = (wanted: string): string | null => {
    const found = attributes.findLast((one) => one.type === "JSXAttribute" && attributeName(one) === wanted)
    return found === undefined ? null : attributeText(found)
  }
  if (attributes.some((one) => attributeName(one) === "dangerouslysetinnerhtml")) return "field"
  if (name === "form" || attributes.some((one) => /^form(action|method)?$/.test(attributeName(one))))
    return "form"
  const editable = last("contenteditable")
  if (editable !== null) return isGuarded(attributes) ? null : "field"
  if (name === "textarea") return isGuarded(attributes) ? null : "field"
  if (name === "select") return last("autocomplete") === "off" ? null : "field"
  if (name !== "input") return null
  const kind = last("type") ?? "text"
  if (attributes.some((one) => attributeName(one) === "capture")) return "camera"
  if (UNTYPED.has(kind)) return last("autocomplete") === "off" ? null : "field"
  // A browser offers to keep passwords, whatever a page wants.
  return kind !== "password" && isGuarded(attributes) ? null : "field"
}

/** Whether the guard is spread over it, and nothing after it takes back what it says. */
function isGuarded(attributes: readonly Node[]): boolean {
  const at = attributes.findLastIndex((one) => one.type === "JSXSpreadAttribute")
  if (at < 0 || nameOf(attributes[at]?.["argument"] as Node) !== GUARD) return false
  return attributes.slice(at + 1).every((one) => !/^(auto|spell)/.test(attributeName(one)))
}

function attributeName(attribute: Node): string {
  const name = (attribute["name"] as Node | undefined)?.["name"]
  return typeof name === "string" ? name.toLowerCase() : ""
}

/** Its value where that is written out, or something that is no value. */
function attributeText(attribute: Node): string {
  const value = attribute["value"] as Node | null
  if (value?.type === "Literal") return String(value["value"])
  const inner = value?.["expression"] as Node | undefined
  return inner?.type === "Literal" ? String(inner["value"]) : "{…}"
}

/** `replaceState(null, "", location.pathname)`: what takes something out of the address and puts nothing in. */
function isCleaning(given: readonly Node[]): boolean {
  const [state, title, address] = given
  const isNothing = state?.type === "Literal" && state["value"] === null
  const isUntitled = title?.type === "Literal" && title["value"] === ""
  return isNothing && isUntitled && address !== undefined && pathOf(address) === "location.pathname"
}

function pathOf(node: Node): string {
  return node.type === "MemberExpression"
    ? `${pathOf(node["object"] as Node)}.${propertyOf(node)}`
    : nameOf(node)
}

/** The property that a member expression names, also as `x["name"]`; empty where it is worked out. */
function propertyOf(node: Node): string {
  const property = node["property"] as Node
  if (node["computed"] !== true) return nameOf(property)
  return property.type === "Literal" ? String(property["value"]) : ""
}

function nameOf(node: Node | undefined): string {
  if (node?.type === "Identifier") return String(node["name"])
  return node?.type === "MemberExpression" ? propertyOf(node) : ""
}

/** Whether an identifier stands for the thing, and is not the name of a property or of a key. */
function isUsed(node: Node): boolean {
  const parent = node["parent"] as Node | undefined
  if (parent === undefined) return true
  if (parent.type === "MemberExpression") return parent["object"] === node || parent["computed"] === true
  if (parent.type === "Property") return parent["value"] === node && parent["shorthand"] !== true
  return !/^(TS|JSX|MethodDefinition|PropertyDefinition|ImportSpecifier|ExportSpecifier)/.test(parent.type)
}

interface Plugin {
  readonly meta: { readonly name: string }
  readonly rules: { readonly [name: string]: typeof noTraces }
}

const plugin: Plugin = { meta: { name: "govah" }, rules: { "no-traces": noTraces } }

// oxlint looks for a default export.
export default plugin
