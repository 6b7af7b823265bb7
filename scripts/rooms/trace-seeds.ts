import type { Seed } from "./seeds.ts"

const TRACES = /no-traces/

/** What a browser would keep by itself, and what must be let be; each stands in a file of the field's page. */
export const TRACE_SEEDS: readonly Seed[] = (
  [
    // Fields.
    ["<textarea />", TRACES],
    ['<textarea autocomplete="off" />', TRACES],
    ["<textarea {...UNREMEMBERED} />", null],
    ["<textarea {...UNREMEMBERED} {...rest} />", TRACES],
    ['<textarea {...UNREMEMBERED} autocomplete="on" />', TRACES],
    ["<textarea {...UNREMEMBERED} spellcheck />", TRACES],
    ["<input />", TRACES],
    ['<input type="text" autocomplete="off" />', TRACES],
    ["<input type={kind} {...rest} />", TRACES],
    ['<input type="text" {...rest} {...UNREMEMBERED} />', null],
    ['<input type="password" {...UNREMEMBERED} />', TRACES],
    ['<input type="search" />', TRACES],
    ['<input type="radio" />', TRACES],
    ['<input type="radio" autocomplete="off" />', null],
    ['<input type="file" />', TRACES],
    ['<input type="file" autocomplete="off" />', null],
    ['<input type="file" autocomplete="off" capture="environment" />', TRACES],
    ["<select />", TRACES],
    ['<select autocomplete="off" aria-label="a" />', null],
    ["<div contentEditable />", TRACES],
    ['<div contenteditable="plaintext-only" />', TRACES],
    ['<div contentEditable="plaintext-only" {...UNREMEMBERED} />', null],
    ["<p dangerouslySetInnerHTML={{ __html: words }} />", TRACES],
    // Forms.
    ["<form />", TRACES],
    ['<button type="submit" formaction="/" />', TRACES],
    ['<button type="button" aria-label="a" />', null],
    // What is made without JSX.
    ['document.createElement("input")', TRACES],
    ['document.createElement("TextArea")', TRACES],
    ['document.createElement("form")', TRACES],
    ["document.createElement(kind)", TRACES],
    ['document.createElementNS("http://www.w3.org/1999/xhtml", "input")', TRACES],
    ['document.createElement("canvas")', null],
    ["(document.body.innerHTML = words)", TRACES],
    ['document.body.insertAdjacentHTML("beforeend", words)', TRACES],
    ["document.write(words)", TRACES],
    // Stores.
    ['localStorage.setItem("words", words)', TRACES],
    ['window.localStorage.setItem("words", words)', TRACES],
    ['globalThis["sessionStorage"].setItem("words", words)', TRACES],
    ["(({ localStorage: store }) => store)(window)", TRACES],
    ['sessionStorage.setItem("words", words)', TRACES],
    ['indexedDB.open("words")', TRACES],
    ['self.indexedDB.open("words")', TRACES],
    ["(document.cookie = words)", TRACES],
    ['cookieStore.set("words", words)', TRACES],
    ['caches.open("words")', TRACES],
    ["handle.createWritable()", TRACES],
    ["handle.createSyncAccessHandle()", null],
    // The address, the title and the history.
    ['history.pushState(null, "", "/")', TRACES],
    ['history.pushState({ words }, "")', TRACES],
    ['history.replaceState({ words }, "", location.pathname)', TRACES],
    ['history.replaceState(null, "", `?${words}`)', TRACES],
    ['history.replaceState(null, "", location.pathname)', null],
    ["(document.title = words)", TRACES],
    ["(location.hash = words)", TRACES],
    ["(window.location.href = words)", TRACES],
    ["location.assign(words)", TRACES],
    ["location.reload()", null],
    ["(window.name = words)", TRACES],
    ["navigation.navigate(words)", TRACES],
    ["(props.title = words)", null],
    // The console.
    ["console.log(words)", TRACES],
    ["globalThis.console.error(words)", TRACES],
    ["({ console: words, title: words })", null],
  ] as const
).map(
  ([code, refused], at): Seed => [
    `field/src/page/trace-${at}.tsx`,
    // The last but one line of the seed: names that it uses, of whatever type.
    `export function Seed({ words, kind, rest, handle, props, UNREMEMBERED }: never): unknown {\n  return ${code}\n}`,
    refused,
  ],
)
