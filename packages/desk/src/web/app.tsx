import type { JSX } from "preact"
import { useEffect } from "preact/hooks"
import { CurrentForm } from "./forms/current-form.tsx"
import { ReportItem } from "./inbox/report-item.tsx"
import { ReportList } from "./inbox/report-list.tsx"
import { chosen, locked, openReport, pane, view } from "./model/desk.ts"
import { editing } from "./model/editing.ts"
import { sayFailure } from "./model/status.ts"
import { QuestionDialog } from "./parts/dialog.tsx"
import { Foot } from "./parts/foot.tsx"
import { Help } from "./parts/help.tsx"
import { light } from "./parts/settings.ts"
import { Side } from "./parts/side.tsx"
import { SubjectItem } from "./publish/subject-item.tsx"
import { SubjectList } from "./publish/subject-list.tsx"
import { language, words } from "./words/words.ts"

/** The whole page: three panes, a foot, and what opens over them. */
export function App(): JSX.Element {
  const lang = language.value
  const lit = light.value
  useEffect(() => {
    document.documentElement.lang = lang
    document.documentElement.dir = lang === "fa" ? "rtl" : "ltr"
    document.documentElement.dataset["light"] = lit
  }, [lang, lit])
  const root = chosen.value.inbox
  useEffect(() => {
    openReport().catch(sayFailure)
  }, [root])
  const { nav, list, closed } = words.value
  if (locked.value)
    return (
      <main class="locked">
        <h1>{closed.title}</h1>
        <p>{closed.why}</p>
        <p>{closed.what}</p>
      </main>
    )
  const isInbox = view.value === "inbox"
  return (
    <div class="desk" data-pane={editing.value.length > 0 ? "list" : pane.value}>
      <Side />
      <section class="list" aria-label={isInbox ? list.reports : nav[view.value]}>
        {editing.value.length > 0 ? <CurrentForm /> : isInbox ? <ReportList /> : <SubjectList />}
      </section>
      <main class="reading" tabIndex={-1}>
        {isInbox ? <ReportItem /> : <SubjectItem />}
      </main>
      <Foot />
      <Help />
      <QuestionDialog />
    </div>
  )
}
