import { existsSync, globSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"

/**
 * Links of a page to files of the repository that are not there, or to headings that their page does not have.
 *
 * @param page - path from the root.
 */
export function brokenLinks(root: string, page: string, markdown: string): string[] {
  return [...prose(markdown).matchAll(/\]\(([^)\s]+)[^)]*\)|\b(?:src|href)="([^"]+)"/g)].flatMap((found) => {
    const link = found[1] ?? found[2] ?? ""
    if (/^[a-z]+:/.test(link)) return []
    const [path = "", heading] = link.split("#")
    const target = path === "" ? page : join(dirname(page), path)
    if (!existsSync(join(root, target))) return [`${page}: links to ${link}, which is not there`]
    if (heading === undefined || !target.endsWith(".md")) return []
    const anchors = headings(readFileSync(join(root, target), "utf8"))
    return anchors.includes(heading) ? [] : [`${page}: links to ${link}, but no heading reads so`]
  })
}

/**
 * Paths in back-quotes that lead nowhere. A path begins with a folder of the root or with a room (`relay/store`,
 * `core/open`); `<name>` and `*` stand for anything, but something must be there.
 */
export function brokenPaths(root: string, page: string, markdown: string): string[] {
  const top = readdirSync(root)
  const rooms = readdirSync(join(root, "packages"))
  return [...prose(markdown).matchAll(/`([^`\s]+)`/g)].flatMap((found) => {
    const path = (found[1] ?? "").replace(/:\d+$/, "").replace(/\/$/, "")
    const [first = "", ...rest] = path.split("/")
    if (rest.length === 0 || !/^[\w.@*{},<>/-]+$/.test(path)) return []
    const places = top.includes(first) ? [path] : []
    if (rooms.includes(first)) places.push(`packages/${path}`, join("packages", first, "src", ...rest))
    if (places.length === 0) return []
    const some = places.some((place) => globSync(place.replaceAll(/<[^>]*>/g, "*"), { cwd: root }).length > 0)
    return some ? [] : [`${page}: names \`${found[1]}\`, which is not there`]
  })
}

/** Scripts that a page tells to run with npm and package.json does not have. */
export function brokenScripts(root: string, page: string, markdown: string): string[] {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object }
  const names = [...markdown.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
    (found) => found[1] ?? found[2] ?? "",
  )
  return names
    .filter((name) => !Object.hasOwn(manifest.scripts, name))
    .map((name) => `${page}: says npm run ${name}, which package.json does not have`)
}

// Headings as links name them: small letters, hyphens for spaces, nothing else but letters and digits.
function headings(markdown: string): string[] {
  return [...prose(markdown).matchAll(/^#+ (.*)$/gm)].map((found) =>
    (found[1] ?? "")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, "")
      .replaceAll(" ", "-"),
  )
}

function prose(markdown: string): string {
  return markdown.replaceAll(/^```[^]*?^```$/gm, "")
}
