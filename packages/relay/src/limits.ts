import { CELL_BYTES } from "@govah/core/cell"

/** Most cells in one POST: 1 MiB, what a 30 kbit/s line sends in five minutes. Without it, one sender fills memory. */
export const MAX_POST_CELLS = 64

/** Longest body of one POST, in bytes: {@link MAX_POST_CELLS} cells and a cut tail that is shorter than a cell. */
export const MAX_POST_BYTES: number = MAX_POST_CELLS * CELL_BYTES + CELL_BYTES - 1

/** Most cells in one page of the listing: 4 MiB. */
export const PAGE_CELLS = 256

/** A listing window closes when it has so many cells and is so old. Within a window the order of arrival is not kept. */
export const WINDOW_CELLS = 256
export const WINDOW_MS = 3_600_000

/** A window that has so many cells (4 GiB) closes at any age: without it, a flood would fill memory with its index. */
export const WINDOW_MOST_CELLS = 262_144

/** Bytes of request bodies held in memory at once, over all senders; beyond it the answer is `busy`. */
export const MAX_HELD_BYTES: number = 64 * MAX_POST_CELLS * CELL_BYTES

/** How long the first of a group of posts waits for others before all are committed together, in milliseconds. */
export const GROUP_WAIT_MS = 5

/** Most cells in one transaction, which is begun without waiting longer when so many are there: 4 MiB. */
export const GROUP_CELLS = 256

/** Headers of one request: 64 of them, 8 KiB in all. The field sends fewer than ten. */
export const MAX_HEADERS = 64
export const MAX_HEADER_BYTES = 8192

/** Open connections. Beyond it new ones are closed at once: without it, idle connections eat all descriptors. */
export const MAX_CONNECTIONS = 12_000

/** Files in one upload from the plain page. */
export const MAX_UPLOAD_FILES = 64

/** Days that a desk's capability lasts unless the operator says otherwise; the longest, too. */
export const ADMISSION_DAYS = 90

/** Hours that a relay remembers, in memory alone, what was posted in an upload's session. */
export const SESSION_HOURS = 1

/** Cells that are remembered so, over all sessions: 12 MB of memory, and 2 GiB of cells. */
export const SESSION_MARKS = 131_072

/** Days that a number of a feed is kept, and with it every part that it lists: an invitation by hash lasts 14. */
export const FEED_DAYS = 30

/** Numbers of a feed that are kept however old they are. */
export const FEED_NUMBERS = 8
