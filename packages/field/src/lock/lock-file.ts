/** The file. It holds nothing of what is kept, and everything is lost with it. */
export const LOCK_FILE = "lock"
