import { actionKinds } from "@govah/core/publication"
import type { JSX } from "preact"
import { useEffect, useMemo, useState } from "preact/hooks"
import type { PictureBody } from "../../http/wire.ts"
import { postJson } from "../model/client.ts"
import { desk, refresh } from "../model/desk.ts"
import { dirty, type Editing } from "../model/editing.ts"
import { say, sayFailure, warn } from "../model/status.ts"
import { language, words } from "../words/words.ts"
import { type Cover, Covers } from "./covers.tsx"
import { BothField, CheckField, ChoiceField } from "./fields.tsx"
import { Form, lacking } from "./form.tsx"
import { drawCovered, toBase64 } from "./redraw.ts"

const CHECKS = ["faces", "voices", "plates", "vantage"] as const

/** Makes a copy for the public from a photo or a chosen frame, once a member has looked at all that could harm. */
export function PictureForm({
  editing,
}: {
  readonly editing: Extract<Editing, { form: "picture" }>
}): JSX.Element {
  const { picture, errors } = words.value
  const subjects = subjectChoices()
  const [subject, setSubject] = useState(() => likelySubject(editing.report) ?? subjects[0]?.[0] ?? "")
  const [caption, setCaption] = useState({ fa: "", en: "" })
  const [covers, setCovers] = useState<readonly Cover[]>([])
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set())
  const url = useMemo(() => URL.createObjectURL(editing.picture.blob), [editing.picture.blob])
  useEffect(() => () => URL.revokeObjectURL(url), [url])

  async function save(): Promise<boolean> {
    const { blob, source } = editing.picture
    try {
      // A photo without covers is made from the sealed original by the desk; what was drawn here goes as pixels.
      const drawn = covers.length > 0 ? await drawCovered(blob, covers) : source === "still" ? blob : null
      const body: PictureBody = {
        root: editing.report.root,
        attachment: editing.attachment,
        source,
        subject,
        caption,
        reviewed: CHECKS.every((check) => checked.has(check)),
        jpegBase64: drawn === null ? null : await toBase64(drawn),
      }
      await postJson("/api/pictures", body)
      await refresh()
    } catch (error) {
      sayFailure(error)
      return false
    }
    say(picture.done)
    return true
  }

  const missing = lacking([
    [picture.subject, subject === ""],
    [picture.caption, caption.fa.trim() === "" || caption.en.trim() === ""],
    [picture.reviewName, CHECKS.some((check) => !checked.has(check))],
  ])
  return (
    <Form title={picture.title} missing={missing} saveLabel={picture.make} save={save}>
      <Covers
        url={url}
        alt={picture.title}
        covers={covers}
        change={(next) => {
          dirty.value = true
          setCovers(next)
        }}
        failed={() => warn(errors["bad-picture"] as string)}
      />
      <p class="hint">{picture.made}</p>
      {subjects.length === 0 ? (
        <p class="missing">{picture.noSubject}</p>
      ) : (
        <ChoiceField label={picture.subject} value={subject} choices={subjects} change={setSubject} />
      )}
      <BothField label={picture.caption} lines={2} value={caption} change={setCaption} />
      <fieldset class="review">
        <legend>{picture.review} …</legend>
        {CHECKS.map((check) => (
          <CheckField
            key={check}
            label={picture.checks[check]}
            checked={checked.has(check)}
            change={(on) => {
              const next = new Set(checked)
              if (on) next.add(check)
              else next.delete(check)
              setChecked(next)
            }}
          />
        ))}
      </fieldset>
    </Form>
  )
}

function subjectChoices(): (readonly [string, string])[] {
  const lang = language.value
  return [
    ...(desk.value?.events ?? []).map((e) => [e.id, `${e.id} · ${e.title[lang]}`] as const),
    ...(desk.value?.actions ?? []).map(
      (a) => [a.id, `${a.id} · ${actionKinds[a.action][lang]} · ${a.place.name[lang]}`] as const,
    ),
  ]
}

// What was already made from the same report.
function likelySubject(report: {
  readonly root: string
  readonly claims: readonly { readonly event: string }[]
}): string | undefined {
  const action = desk.value?.actions.find((a) => a.supports.includes(report.root))
  return action?.id ?? report.claims[0]?.event
}
