import {
  actionKinds,
  claimantKinds,
  formatDate,
  formatNumber,
  groups,
  measures,
  phrases,
  precisions,
} from "@govah/core/publication"
import type { ReportedClaim } from "@govah/core/report"
import type { JSX } from "preact"
import type { ReportView } from "../../desk.ts"
import { claimDraft } from "../model/drafts.ts"
import { edit } from "../model/editing.ts"
import { language, words } from "../words/words.ts"
import { bothCalendars } from "../words/time.ts"

/** What the report says, untouched: nothing is translated, shortened or set right. */
export function SaidByWitness({ view }: { readonly view: ReportView }): JSX.Element | null {
  const { item, basisLong, list } = words.value
  const { report } = view
  const lang = language.value
  if (report === null) return null
  const { place, period } = report
  return (
    <section class="said-by-witness" aria-labelledby="said-title">
      <h2 id="said-title">{item.said}</h2>
      <p class="hint">{item.saidNote}</p>
      {report.text !== "" && (
        <blockquote dir="auto" lang={report.language}>
          {report.text}
        </blockquote>
      )}
      <dl>
        {report.action !== null && (
          <>
            <dt>{item.action}</dt>
            <dd>
              {actionKinds[report.action.kind][lang]}
              {report.action.campaign !== null && (
                <>
                  {" · "}
                  <bdi>{report.action.campaign}</bdi>
                </>
              )}
            </dd>
          </>
        )}
        <dt>{item.where}</dt>
        <dd>
          {place === null ? (
            list.noPlace
          ) : (
            <>
              <bdi>{place.name}</bdi>
              {place.province !== null && (
                <>
                  {" · "}
                  <bdi>{place.province}</bdi>
                </>
              )}
              <span class="hint"> ({precisions[place.precision][lang]})</span>
              {place.point !== undefined && (
                <span class="hint">
                  {" · "}
                  {item.measured} <bdi dir="ltr">{degrees(place.point)}</bdi>
                </span>
              )}
            </>
          )}
        </dd>
        <dt>{item.when}</dt>
        <dd>{period === null ? list.noTime : bothCalendars(period)}</dd>
        <dt>{item.how}</dt>
        <dd>{basisLong[report.basis]}</dd>
        <dt>{item.consent}</dt>
        <dd class={report.consent.publish === "nothing" ? "red" : ""}>
          {item.consents[report.consent.publish]}
          {report.consent.notBefore !== null &&
            ` · ${item.notBefore(formatDate(report.consent.notBefore, lang))}`}
        </dd>
      </dl>
      {report.claims.length > 0 && (
        <>
          <h3>{item.reportedClaims}</h3>
          <ul class="plain">
            {report.claims.map((claim, i) => (
              <li key={i} class="reported-claim">
                <ReportedLine claim={claim} />
                <button
                  type="button"
                  class="quiet"
                  onClick={() =>
                    edit({ form: "claim", draft: claimDraft(view, claim), isNew: true, fromReport: true })
                  }
                >
                  {item.useClaim}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

/** As maps take it: north, then east. */
function degrees({ lat, lon }: { readonly lat: number; readonly lon: number }): string {
  return [lat, lon].map((value) => (value / 1000).toFixed(3)).join(", ")
}

function ReportedLine({ claim }: { readonly claim: ReportedClaim }): JSX.Element {
  const lang = language.value
  return (
    <span>
      <strong>
        {measures[claim.measure][lang]} {numberWords(claim)}
      </strong>{" "}
      {claim.group !== "none" && groups[claim.group][lang]}
      {claim.scope !== null && (
        <>
          {" · "}
          <bdi>{claim.scope}</bdi>
        </>
      )}
      {claim.source !== null && (
        <span class="hint">
          {" – "}
          <bdi>{claim.source.name}</bdi> ({claimantKinds[claim.source.kind][lang].one}
          {claim.source.saidOn !== null && ` · ${formatDate(claim.source.saidOn, lang)}`})
        </span>
      )}
    </span>
  )
}

/** A claim's number in words: "at least 10", "about 3", "3 to 5"; empty where it has none. */
export function numberWords(claim: Pick<ReportedClaim, "low" | "high" | "bound">): string {
  const lang = language.value
  const say = phrases[lang]
  if (claim.low === null) return ""
  const low = formatNumber(claim.low, lang)
  if (claim.bound === "at-least") return say.atLeast(low)
  const both =
    claim.high === null || claim.high === claim.low ? low : say.fromTo(low, formatNumber(claim.high, lang))
  return claim.bound === "about" ? say.about(both) : both
}
