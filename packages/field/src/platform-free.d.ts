// What the page and the command line share may use of the world, beside what is handed to it: a clock that only goes
// forward, to learn the pace of a line, and a timer to wait between tries. Browsers and Node both have them.

declare const performance: { now(): number }
declare function setTimeout(callback: () => void, delayMs: number): unknown
