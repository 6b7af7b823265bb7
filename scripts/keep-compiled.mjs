// Loaded before each Node program that a test starts. Node writes what it compiled when it ends, and many of these are killed
// before they can: the next one would compile everything again.
import * as module from "node:module"

setTimeout(() => module.flushCompileCache?.(), 300).unref()
