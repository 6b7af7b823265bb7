import { expect, test } from "vitest"
import { addressOn } from "./index.ts"

const open = { onion: true }
const shut = { onion: false }
const proxyAlone = { onion: true, lan: false }

test.each([
  ["https", "https://relay.example/", open, "https://relay.example"],
  ["https", "https://relay.example:8443/a/b/", open, "https://relay.example:8443/a/b"],
  ["https", "http://127.0.0.1:8787", shut, "http://127.0.0.1:8787"],
  ["https", "http://[::1]:8787", shut, "http://[::1]:8787"],
  ["lan", "http://192.168.4.1", shut, "http://192.168.4.1"],
  ["lan", "http://relay.local:8787", shut, "http://relay.local:8787"],
  ["onion", `http://${"a".repeat(56)}.onion`, open, `http://${"a".repeat(56)}.onion`],
] as const)("%s %s", (road, url, roads, address) => {
  expect(addressOn({ road, url }, roads)).toBe(address)
})

test.each([
  // Nothing that a road demands is given up because the address would also work without it.
  ["https", "http://relay.example", open],
  ["https", "http://192.168.4.1", open],
  ["https", "http://127.0.0.1.evil.example", open],
  ["https", `https://${"a".repeat(56)}.onion`, open],
  ["onion", `http://${"a".repeat(56)}.onion`, shut],
  ["onion", "https://relay.example", open],
  ["lan", "https://relay.example", open],
  ["lan", "http://192.168.4.1", proxyAlone],
  ["lan", "http://127.0.0.1:8787", proxyAlone],
  ["lan", "http://10.evil.example", open],
  ["lan", "http://[2001:db8::1]", open],
  ["https", "https://user:secret@relay.example", open],
  ["https", "https://relay.example/?a=b", open],
  ["https", "ftp://relay.example", open],
] as const)("keeps %s closed for %s", (road, url, roads) => {
  expect(() => addressOn({ road, url }, roads)).toThrow(expect.objectContaining({ code: "closed" }))
})
