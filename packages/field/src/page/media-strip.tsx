import type { JSX, RefObject } from "preact"
import { useEffect, useState } from "preact/hooks"
import type { Words } from "../words/index.ts"
import { Camera } from "./camera.tsx"
import type { RecordingPort } from "./capture.ts"
import type { DeviceTrouble } from "./device.ts"
import { formatCount, formatSize, formatTime } from "./format.ts"
import { Recording, type RecordingEnd } from "./recording.tsx"
import { chosenFile, MAX_MEDIA, type Recorded, type ReportMedium, takenPhoto } from "./report-media.ts"
import { Removal } from "./removal.tsx"
import type { Begun, OnAir } from "./shell.ts"
import { ThumbnailShown } from "./thumbnail-shown.tsx"
import { Trouble } from "./trouble.tsx"

type Open = "photo" | "video" | "sound" | null

/** What the report shows and lets hear: taken here, recorded here, or chosen from the phone. */
export function MediaStrip(props: {
  readonly words: Words
  readonly begun: Begun
  readonly media: readonly ReportMedium[]
  /** Told of everything that is on its way into the report, so that nothing is kept without it. */
  readonly onAdding: (adding: Promise<void>) => void
  readonly onMedia: (change: (media: readonly ReportMedium[]) => readonly ReportMedium[]) => void
  readonly recorded: Recorded | null
  readonly onRecorded: (recorded: Recorded | null) => void
  readonly port: RecordingPort
  readonly onDiscard: () => Promise<void>
  readonly live: RefObject<(() => Promise<Recorded | null>) | null>
  readonly onLive: (isLive: boolean) => void
  /** Told which device is on, from before it records. */
  readonly onAir: (device: OnAir | null) => void
}): JSX.Element {
  const { words, media, recorded } = props
  const [open, setOpen] = useState<Open>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const count = media.length + (recorded === null ? 0 : 1)
  const isFull = count >= MAX_MEDIA
  useEffect(() => {
    const { start } = props.begun
    // What goes on is not broken off by another tap at home, and a second recording does not fit in.
    if (start === "words" || isFull || props.live.current !== null) return
    if (start === "photo" || recorded === null) setOpen(start)
  }, [props.begun])

  useEffect(() => {
    const stop = (): void => {
      if (props.live.current === null) setOpen(null)
      else void props.live.current()
    }
    props.onAir(open === null ? null : { kind: open, stop })
    return () => props.onAir(null)
  }, [open])

  async function addTaken(taking: Promise<Uint8Array | null>): Promise<void> {
    const jpeg = await taking
    if (jpeg === null) return
    const photo = await takenPhoto(jpeg)
    props.onMedia((others) => [...others, photo])
  }
  async function choose(files: readonly File[]): Promise<void> {
    let refused = 0
    setTrouble(null)
    for (const file of files.slice(0, MAX_MEDIA - count)) {
      const chosen = await chosenFile(file)
      if (chosen === null) refused++
      else props.onMedia((others) => [...others, chosen])
    }
    if (refused > 0) setTrouble(words.media.notMedia(formatCount(refused, words)))
  }
  function closeCamera(failed: DeviceTrouble | null): void {
    setOpen(null)
    setTrouble(failed === null ? null : words.device[failed])
  }
  async function endRecording(end: RecordingEnd | null): Promise<void> {
    setOpen(null)
    setTrouble(end === null ? null : troubleOf(end, words))
    if (end === null) return
    props.onRecorded(end.recorded)
    // It had begun, and holds nothing.
    if (end.recorded === null && end.trouble === null) await props.onDiscard()
  }

  return (
    <fieldset class="strip">
      <legend>{words.media.heading}</legend>
      {count > 0 && (
        <ul class="media">
          {recorded !== null && (
            <li>
              {recorded.thumbnail !== null && <ThumbnailShown jpeg={recorded.thumbnail} />}
              <p>
                <strong>
                  {words.recording.done(
                    words.media.kinds[recorded.kind],
                    formatTime(recorded.seconds, words),
                    formatSize(recorded.bytes, words),
                  )}
                </strong>
                <br />
                <span class="note">{words.recording.doneNote}</span>
              </p>
              <Removal
                words={words}
                label={words.recording.discard}
                sure={words.recording.discardSure}
                onRemove={async () => {
                  await props.onDiscard()
                  props.onRecorded(null)
                }}
              />
            </li>
          )}
          {media.map((one, index) => (
            <li key={one}>
              {one.thumbnail !== null && <ThumbnailShown jpeg={one.thumbnail} />}
              <p>{words.media.item(words.media.kinds[one.kind], formatSize(one.bytes, words))}</p>
              <Removal
                words={words}
                label={words.media.remove}
                // What the phone has too can be chosen again.
                sure={one.isFromPhone ? null : words.media.removeSure}
                onRemove={() => props.onMedia((all) => all.filter((_, at) => at !== index))}
              />
            </li>
          ))}
        </ul>
      )}
      {open === "photo" && (
        <Camera
          words={words}
          isFull={isFull}
          onTaken={async (taking) => {
            const adding = addTaken(taking)
            props.onAdding(adding)
            await adding
          }}
          onClosed={closeCamera}
        />
      )}
      {(open === "video" || open === "sound") && recorded === null && (
        <Recording
          key={open}
          words={words}
          kind={open}
          port={props.port}
          live={props.live}
          onLive={props.onLive}
          onEnd={(end) => void endRecording(end)}
        />
      )}
      {trouble !== null && <Trouble text={trouble} />}
      {open === null &&
        (isFull ? (
          <p class="note">{words.media.full(formatCount(MAX_MEDIA, words))}</p>
        ) : (
          <Ways
            words={words}
            hasRecorded={recorded !== null}
            onOpen={setOpen}
            onFiles={(files) => props.onAdding(choose(files))}
          />
        ))}
      {open === null && recorded !== null && <p class="note">{words.media.another}</p>}
      {count === 0 && open === null && <p class="note">{words.media.skip}</p>}
    </fieldset>
  )
}

/** What can be added, as large targets. */
function Ways(props: {
  readonly words: Words
  readonly hasRecorded: boolean
  readonly onOpen: (open: Open) => void
  readonly onFiles: (files: readonly File[]) => void
}): JSX.Element {
  const { media } = props.words
  return (
    <div class="ways">
      {(["photo", "video", "sound"] as const)
        .filter((way) => way === "photo" || !props.hasRecorded)
        .map((way) => (
          <button
            type="button"
            class="second"
            key={way}
            aria-describedby="in-page-note"
            onClick={() => props.onOpen(way)}
          >
            {media[way]}
          </button>
        ))}
      <label class="button second">
        <input
          type="file"
          accept="image/*,video/*,audio/*"
          multiple
          autocomplete="off"
          aria-describedby="choose-note"
          onChange={(event) => {
            const input = event.currentTarget
            const files = [...(input.files ?? [])]
            // The field forgets them at once: it would keep their names.
            input.value = ""
            props.onFiles(files)
          }}
        />
        <span>{media.choose}</span>
      </label>
      <p class="note" id="in-page-note">
        {media.inPage}
      </p>
      <p class="note" id="choose-note">
        {media.chooseNote}
      </p>
    </div>
  )
}

function troubleOf({ recorded, failure, trouble }: RecordingEnd, words: Words): string | null {
  if (trouble !== null) return words.device[trouble]
  if (failure === null) return recorded === null ? words.recording.nothing : null
  if (recorded === null) return words.failures[failure]
  return failure === "storage-full" ? words.recording.brokenFull : words.recording.broken
}
