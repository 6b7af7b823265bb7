import type { JSX } from "preact"
import type { Face } from "../outbox/index.ts"
import type { Words } from "../words/index.ts"
import { formatMinute } from "./format.ts"
import { ThumbnailShown } from "./thumbnail-shown.tsx"

/** By what a person knows one of their own that still waits. */
export function FaceLine({ face, words }: { readonly face: Face; readonly words: Words }): JSX.Element {
  return (
    <span class="face">
      {face.thumbnail !== null && <ThumbnailShown jpeg={face.thumbnail} />}
      <span>
        {words.lock.faces.kind[face.kind]} · {formatMinute(face.at, words)}
        {face.place !== "" && (
          <>
            {" · "}
            <bdi>{face.place}</bdi>
          </>
        )}
      </span>
    </span>
  )
}
