// The package's own types are not reachable under its "exports". This is the part that the store uses.
declare module "better-sqlite3-multiple-ciphers" {
  export interface Statement {
    get(...values: readonly unknown[]): unknown
    all(...values: readonly unknown[]): unknown[]
    run(...values: readonly unknown[]): { readonly changes: number }
  }
  class Database {
    constructor(file: string)
    readonly open: boolean
    key(key: Uint8Array): void
    pragma(text: string, options?: { readonly simple: boolean }): unknown
    prepare(sql: string): Statement
    exec(sql: string): void
    transaction<T>(work: () => T): { immediate(): T }
    close(): void
  }
  export default Database
}
