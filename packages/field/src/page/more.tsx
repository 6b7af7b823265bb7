import type { JSX } from "preact"
import { AutoLockSetting } from "./auto-lock-setting.tsx"
import { CoverSetting } from "./cover-setting.tsx"
import { FacesSetting } from "./faces-setting.tsx"
import { LanguageSetting } from "./language-setting.tsx"
import { PageHeading } from "./page-heading.tsx"
import { DuressSetting, PassphraseSetting } from "./passphrase-settings.tsx"
import { PlacesSetting } from "./places-setting.tsx"
import { Setting } from "./setting.tsx"
import { ProgramSetting } from "./trust/program-setting.tsx"
import type { State } from "./state.ts"
import { WipeSetting } from "./wipe-setting.tsx"
import { Forget } from "./witness-standing.tsx"

/** Everything that is not for every day: each a line that unfolds. */
export function More({ state }: { readonly state: State }): JSX.Element {
  const words = state.words.value.shell.more
  return (
    <section aria-labelledby="more">
      <PageHeading id="more" takesFocus>
        {words.heading}
      </PageHeading>
      <LanguageSetting state={state} />
      <PlacesSetting state={state} />
      <AutoLockSetting state={state} />
      <PassphraseSetting state={state} />
      <DuressSetting state={state} />
      <CoverSetting state={state} />
      <FacesSetting state={state} />
      <WipeSetting state={state} />
      <Told heading={words.stays.heading} texts={words.stays.texts} />
      <ProgramSetting words={state.words.value} program={state.program} />
      <Forget state={state} />
      <Told heading={words.about.heading} texts={words.about.texts} />
    </section>
  )
}

function Told(props: { readonly heading: string; readonly texts: readonly string[] }): JSX.Element {
  return (
    <Setting heading={props.heading}>
      {props.texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </Setting>
  )
}
