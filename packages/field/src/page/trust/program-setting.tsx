import { useSignal } from "@preact/signals"
import type { JSX } from "preact"
import { useRef } from "preact/hooks"
import type { CopyVerdict, PickedFile, SaidWords } from "../../trust/protocol.ts"
import type { Words } from "../../words/index.ts"
import { IS_SINGLE_FILE } from "../box/page-box.ts"
import { askForFiles } from "../entry.tsx"
import { Setting } from "../setting.tsx"
import type { Program } from "./program.ts"

/** What this program is, and whether a friend's is the same. */
export function ProgramSetting({
  words,
  program,
}: {
  readonly words: Words
  readonly program: Program
}): JSX.Element {
  const said = words.trust.program
  const own = useSignal<SaidWords | null>(null)
  const verdict = useSignal<CopyVerdict | null>(null)
  const chooser = useRef<HTMLInputElement | null>(null)
  const isBusy = program.looking.value
  const isSigned = program.failure.value !== "unsigned"

  async function check(files: readonly PickedFile[]): Promise<void> {
    verdict.value = null
    verdict.value = await program.checkCopy(files).catch(() => ({ state: "unknown" }) as const)
  }
  return (
    <Setting heading={said.heading}>
      <output>{standing(words, program)}</output>
      {isSigned && (
        <>
          <div class="row">
            {!IS_SINGLE_FILE && (
              <button type="button" class="second" disabled={isBusy} onClick={() => void program.look()}>
                {isBusy ? said.looking : said.look}
              </button>
            )}
            {(IS_SINGLE_FILE || (program.shown.value?.installed ?? null) !== null) && (
              <button
                type="button"
                class="second"
                onClick={() => void program.words().then((six) => (own.value = six))}
              >
                {said.words}
              </button>
            )}
          </div>
          {own.value !== null && <Six words={words} said={own.value} />}
          <h2>{said.friend}</h2>
          <p class="note">{said.friendNote}</p>
          <div class="row">
            <button type="button" class="second" onClick={() => (chooser.current = pick(false, check))}>
              {said.pickFile}
            </button>
            <button type="button" class="second" onClick={() => (chooser.current = pick(true, check))}>
              {said.pickFolder}
            </button>
          </div>
          <output>
            {verdict.value?.state === "good" && said.good(number(words, verdict.value.version))}
            {verdict.value?.state === "changed" && said.changed}
            {verdict.value?.state === "unknown" && said.unknown}
          </output>
          {verdict.value?.state === "good" && <Six words={words} said={verdict.value.said} />}
        </>
      )}
    </Setting>
  )
}

function standing(words: Words, program: Program): string {
  const said = words.trust.program
  const shown = program.shown.value
  if (IS_SINGLE_FILE) return said.file
  switch (program.failure.value) {
    case "unsigned":
      return said.unsigned
    case "no-store":
      return said.insecure
    case "no-room":
      return said.noRoom
    case "unknown":
      return said.failed
    case null:
      break
  }
  if (shown === null) return said.looking
  if (shown.installed === null) return said.notInstalled
  const installed = said.installed(number(words, shown.installed))
  return shown.reached ? installed : `${installed} ${said.unreached}`
}

function Six({ words, said }: { readonly words: Words; readonly said: SaidWords }): JSX.Element {
  return (
    <>
      <ol class="six">
        {said.words.map((word, i) => (
          <li key={word}>
            <bdi lang="en">{word}</bdi> <bdi>{digits(words, said.numbers[i] ?? "")}</bdi>
          </li>
        ))}
      </ol>
      <p class="note">{words.trust.program.wordsNote}</p>
    </>
  )
}

function number(words: Words, value: number): string {
  return new Intl.NumberFormat(words.locale, { useGrouping: false }).format(value)
}

/** Four digits stay four: each is written by itself. */
function digits(words: Words, text: string): string {
  return text.replace(/\d/g, (digit) => number(words, Number(digit)))
}

function pick(
  isFolder: boolean,
  onPicked: (files: readonly PickedFile[]) => Promise<void>,
): HTMLInputElement {
  return askForFiles(isFolder, (files) => {
    // Without the name of the folder itself.
    const pathOf = (file: File): string =>
      isFolder ? file.webkitRelativePath.split("/").slice(1).join("/") : file.name
    void onPicked(files.map((file) => ({ path: pathOf(file), file })))
  })
}
