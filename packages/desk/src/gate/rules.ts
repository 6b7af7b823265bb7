import type { Json } from "@govah/core/bytes"
import { parsePublication, PublicationError } from "@govah/core/publication"
import type { Subject, Support } from "./subject.ts"

/** One publication rule. */
export interface Rule {
  readonly id: string
  readonly applies: (subject: Subject) => boolean
  /** What is wrong, naming ids and never contents; null where nothing is. */
  readonly check: (subject: Subject) => string | null
}

const isStory = ({ draft }: Subject): boolean => draft.type === "story"
const restsOnReports = (subject: Subject): boolean => !isStory(subject)

/** A note that begins with this word accepts a report whose signature is bad, that another root contests, or whose sender is not known. */
export const ACCEPT = "accept:"

/** Every rule that stands between the desk and the public. Nothing is published that fails one of them. */
export const RULES: readonly Rule[] = [
  {
    id: "both-languages",
    applies: () => true,
    check: ({ draft }) => name(emptyTexts(draft as unknown as Json), "there is no text in"),
  },
  {
    id: "supported",
    applies: restsOnReports,
    check: ({ supports }) => (supports.length > 0 ? null : "no report supports it"),
  },
  {
    id: "whole",
    applies: restsOnReports,
    check: failing("not whole", ({ report, said }) => report.whole && said !== null),
  },
  {
    id: "known-unit",
    applies: restsOnReports,
    check: failing(
      `signed badly, contested, or by an anonymous witness or a unit that is not known, without a note that begins "${ACCEPT}"`,
      ({ report, standing }) =>
        (report.signature === "good" && standing === "known" && !report.contested) ||
        report.notes.some((note) => note.startsWith(ACCEPT)),
    ),
  },
  {
    id: "consent",
    applies: restsOnReports,
    check: failing("the sender does not let us publish this", ({ said, shown }) => {
      const allowed = said?.consent.publish
      return allowed === "all" || (allowed === "words" && !shown)
    }),
  },
  {
    id: "not-before",
    applies: restsOnReports,
    check: (subject) =>
      failing("the sender asked to wait longer", ({ said }) => {
        const day = said?.consent.notBefore ?? null
        return day === null || day <= subject.today
      })(subject),
  },
  {
    id: "graded",
    applies: restsOnReports,
    check: failing("not graded", ({ report }) => report.grade !== null),
  },
  {
    id: "place-not-point",
    applies: restsOnReports,
    check: ({ draft }) =>
      "place" in draft && draft.place.precision === "point" ? "an exact spot can name who lives there" : null,
  },
  {
    id: "pictures-reviewed",
    applies: restsOnReports,
    check: ({ pictures }) =>
      name(
        pictures.filter((picture) => !picture.reviewed).map((picture) => picture.sha256.slice(0, 12)),
        "not looked at for faces and names:",
      ),
  },
  {
    id: "cites",
    applies: isStory,
    check: ({ draft, isPublic }) => {
      if (draft.type !== "story") return null
      const cites = draft.paragraphs.flatMap((paragraph) => paragraph.cites)
      if (cites.length === 0) return "the story cites nothing"
      return name(
        [...new Set(cites)].filter((id) => !isPublic(id)),
        "neither published nor ready to be:",
      )
    },
  },
  {
    id: "well-formed",
    applies: () => true,
    check: ({ draft }) => {
      try {
        parsePublication(draft as unknown as Json)
        return null
      } catch (error) {
        if (error instanceof PublicationError) return `${error.code}: ${error.message}`
        throw error
      }
    },
  },
]

function failing(what: string, isFine: (support: Support) => boolean): Rule["check"] {
  return ({ supports }) =>
    name(
      supports.filter((support) => !isFine(support)).map(({ report }) => report.root.slice(0, 12)),
      `${what}:`,
    )
}

function name(ids: readonly string[], what: string): string | null {
  if (ids.length === 0) return null
  return `${what} ${ids.slice(0, 5).join(", ")}${ids.length > 5 ? `, and ${ids.length - 5} more` : ""}`
}

// Finds every {fa, en} whose one side is empty. The field's path says where.
function emptyTexts(value: Json, path = ""): string[] {
  if (value === null || typeof value !== "object") return []
  const members = Object.entries(value)
  const isText = members.length === 2 && "fa" in value && "en" in value
  if (isText) {
    return members
      .filter(([, text]) => typeof text === "string" && text.trim() === "")
      .map(([language]) => `${path}.${language}`)
  }
  return members.flatMap(([key, member]) => emptyTexts(member as Json, path === "" ? key : `${path}.${key}`))
}
