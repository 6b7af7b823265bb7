import { gatherBytes, toHex } from "@govah/core/bytes"
import { type Act, type ActOf, ActSchema } from "@govah/core/ledger"
import * as v from "valibot"
import { DeskError } from "../desk-error.ts"
import type { PictureRequest } from "../desk.ts"
import type { Room } from "../room.ts"
import { openReport } from "../view/open-report.ts"
import { readAttachment, requireReport } from "../view/report-view.ts"
import { keepPicture } from "./pictures.ts"
import { MAX_JPEG_BYTES } from "./ask-decoder.ts"
import { reencodeJpeg } from "./reencode.ts"

/**
 * Makes a public copy from an attachment, or from a JPEG that a member made of it by hand, and signs that it was made.
 *
 * Asked again with the same picture, it replaces caption, subject and review.
 *
 * @throws DeskError `unknown-root`, `no-attachment`, `not-whole`, `unknown-id`, `bad-picture`, `picture-too-large`, `bad-act`.
 */
export async function makePicture(room: Room, request: PictureRequest): Promise<ActOf<"picture-made">> {
  const state = room.book.state()
  const { root, attachment } = request
  requireReport(state, root)
  if (!state.eventsById.has(request.subject) && !state.actionsById.has(request.subject)) {
    throw new DeskError("unknown-id", `there is no event or action ${request.subject}`)
  }
  const original = await requireAttachment(room, request)
  if (request.jpeg === undefined && (request.source !== "photo" || original.type !== "image/jpeg")) {
    throw new DeskError("bad-picture", `make a JPEG of it by hand: the attachment is ${original.type}`)
  }
  const jpeg = request.jpeg ?? (await collect(readAttachment(room, root, attachment), original.bytes))
  const copy = await reencodeJpeg(jpeg)
  const { source, caption, subject, reviewed } = request
  const sha256 = toHex(await room.deps.primitives.sha256(copy.jpeg))
  const { width, height } = copy
  const made = { sha256, root, attachment, source, width, height, caption, subject, reviewed }
  const act = parse({ kind: "picture-made", ...made })
  await room.book.append([act], () => keepPicture(room.store, sha256, copy.jpeg))
  return act
}

async function requireAttachment(
  room: Room,
  { root, attachment }: PictureRequest,
): Promise<{ readonly type: string; readonly bytes: number }> {
  const { body } = await openReport(room, root)
  if (body === null) throw new DeskError("not-whole", `report ${root.slice(0, 12)} still waits for cells`)
  const found = body.attachments[attachment]
  if (found === undefined) {
    throw new DeskError(
      "no-attachment",
      `report ${root.slice(0, 12)} has ${body.attachments.length} attachments`,
    )
  }
  return found
}

async function collect(pieces: AsyncIterable<Uint8Array>, bytes: number): Promise<Uint8Array> {
  if (bytes > MAX_JPEG_BYTES) {
    throw new DeskError("picture-too-large", `a picture has at most ${MAX_JPEG_BYTES} bytes, not ${bytes}`)
  }
  return await gatherBytes(pieces)
}

function parse(act: ActOf<"picture-made">): ActOf<"picture-made"> {
  const parsed = v.safeParse(ActSchema, act satisfies Act)
  if (parsed.success) return act
  throw new DeskError("bad-act", `the picture's ${v.getDotPath(parsed.issues[0]) ?? "shape"} is not right`)
}
