/** Saves a file where the browser saves files. */
export function download(name: string, file: Blob): void {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // The browser has taken hold of it by the time that it reads it; a minute is more than it takes.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
