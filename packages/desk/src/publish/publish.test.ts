import { expect, onTestFinished, test } from "vitest"
import { openDesk } from "../create-desk.ts"
import type { MemberAct } from "../desk.ts"
import { makeTestDesk, PASSPHRASE } from "../testing/folder.ts"
import { inviteUnit } from "../testing/unit.ts"

const both = (fa: string, en: string): { fa: string; en: string } => ({ fa, en })
const place = { name: both("سراوان", "Saravan"), province: null, precision: "town" } as const
const period = { from: "2021-02-22", to: null, about: false } as const

function action(supports: string[], words: string): MemberAct {
  const said = both("الف", words)
  return {
    kind: "action-set",
    id: "A1",
    action: "poster",
    supports,
    period,
    place,
    words: said,
    campaign: null,
  }
}

test("what is signed while the rules are being asked does not slip past them", async () => {
  const t = await makeTestDesk()
  onTestFinished(() => t.dispose())
  const unit = await inviteUnit(t.desk, t.today())
  const [graded, ungraded] = [await unit.seal(), await unit.seal()]
  await t.take([...graded.cells, ...ungraded.cells])
  await t.desk.act({ kind: "graded", root: graded.rootId, grade: { reliability: "B", credibility: 2 } })
  await t.desk.act(action([graded.rootId], "checked"))
  t.desk.close()
  // Opened anew, so that the rules have to open the report first: time enough for another request.
  const desk = await openDesk(t.folder, PASSPHRASE, t.deps)
  onTestFinished(() => desk.close())

  const publishing = desk.publish("A1").catch((error: unknown) => error)
  await desk.act(action([ungraded.rootId], "unchecked"))
  const outcome = await publishing

  // Control: as it now stands, the rules refuse it.
  expect((await desk.checklist("A1")).filter(({ ok }) => !ok).map(({ rule }) => rule)).toEqual(["graded"])
  // Either order is fair: published as checked before the change, or refused after it.
  const said = desk.publicationSet().publications.map((one) => (one.type === "action" ? one.words.en : ""))
  expect([outcome, said]).toEqual(
    said.length === 0 ? [expect.objectContaining({ code: "gate" }), []] : [{ revision: 1 }, ["checked"]],
  )
})
