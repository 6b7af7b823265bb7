// Serves the app from its own store, and nothing of it from the network. These bytes never change (docs/adr/0030-releases.md):
// a browser that finds others at this address was given them by somebody who is not us. Deciding what is in the store is
// not done here.
const SHELF = "govah-release-"

addEventListener("activate", (event) => event.waitUntil(clients.claim()))

addEventListener("fetch", (event) => {
  const { request } = event
  const url = new URL(request.url)
  // Relays, and what the app fetches past every store to check it, are none of our business. Nothing that a page could run
  // is fetched like this.
  if (url.origin !== location.origin || request.method !== "GET") return
  if (request.destination === "" && request.cache === "no-store") return
  event.respondWith(stored(request.mode === "navigate" ? "/index.html" : url.pathname))
})

async function stored(path) {
  const names = (await caches.keys())
    .filter((name) => name.startsWith(SHELF))
    .sort()
    .reverse()
  for (const name of names) {
    const shelf = await caches.open(name)
    // Without this mark a release is not whole yet, or nobody has agreed to it.
    if ((await shelf.match("/release/taken")) === undefined) continue
    const found = await shelf.match(path)
    if (found !== undefined) return found
  }
  return path === "/index.html"
    ? new Response(DAMAGED, { headers: { "Content-Type": "text/html; charset=utf-8" } })
    : Response.error()
}

const DAMAGED = `<!doctype html><meta name="viewport" content="width=device-width"><title>!</title>
<p lang="fa" dir="rtl">فایل‌های این برنامه روی این دستگاه خراب شده‌اند و برنامه باز نمی‌شود. چیزی از شبکه گرفته نشد. آنچه نگه داشته‌اید مُهرشده می‌ماند. داده‌های مرورگر را پاک نکنید و از کسی که به او اعتماد دارید کمک بگیرید.</p>
<p lang="en">The files of this program are damaged on this device, and it does not open. Nothing was fetched from the network. What you kept stays sealed. Do not clear the browser's data; ask somebody you trust for help.</p>`
