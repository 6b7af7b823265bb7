import { DatabaseSync, type StatementSync } from "node:sqlite"
import { type OpenBodies, openBodies } from "../bodies.ts"

/** SQLite and a file of bodies on a disk that fails once. */
export interface FailingSqlite {
  readonly database: typeof DatabaseSync
  readonly openBodies: OpenBodies
  fired(): boolean
}

/** @param n - which call fails, from 1: of `exec`, of a statement, or of the file of bodies. It throws before anything of it happens. */
export function sqliteFailingAt(n: number): FailingSqlite {
  let left = n
  const call = (): void => {
    if (--left === 0) throw Object.assign(new Error("disk I/O error"), { errcode: 10 })
  }
  class FailingDatabase extends DatabaseSync {
    override exec(sql: string): void {
      call()
      super.exec(sql)
    }
    override prepare(sql: string): StatementSync {
      return new Proxy(super.prepare(sql), {
        get(statement, name) {
          const value: unknown = Reflect.get(statement, name, statement)
          if (typeof value !== "function") return value
          return (...values: unknown[]): unknown => {
            call()
            return Reflect.apply(value, statement, values)
          }
        },
      })
    }
  }
  const openFailing: OpenBodies = (path, bytes) => {
    call()
    const bodies = openBodies(path, bytes)
    return {
      ...bodies,
      read(place) {
        call()
        return bodies.read(place)
      },
      readToMove(place) {
        call()
        return bodies.readToMove(place)
      },
      write(place, some) {
        call()
        bodies.write(place, some)
      },
      async flush() {
        call()
        await bodies.flush()
      },
    }
  }
  return { database: FailingDatabase, openBodies: openFailing, fired: () => left <= 0 }
}

/** The same engine, for a careless store: each statement is its own transaction (and waits for nothing, to be quick). */
export function withoutTransactions(database: typeof DatabaseSync): typeof DatabaseSync {
  return class CarelessDatabase extends database {
    override exec(sql: string): void {
      if (!/^(BEGIN|COMMIT|ROLLBACK)( IMMEDIATE)?$/.test(sql))
        super.exec(sql.replaceAll("synchronous = FULL", "synchronous = OFF"))
    }
  }
}
