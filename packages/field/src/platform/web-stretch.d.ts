import { type Stretch } from "@govah/core/lock"
/** Argon2id in WebAssembly. Loaded when the first passphrase is typed: it is no part of what a start waits for. */
export declare const webStretch: Stretch
