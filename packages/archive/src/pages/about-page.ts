import { credibilities, formatNumber, reliabilities } from "@govah/core/publication"
import { DATA_FILES } from "./claims-page.ts"
import { type Html, html } from "./html.ts"
import { page, type Scene } from "./page.ts"

/** What this archive is, and what it is not. */
export function aboutPage(scene: Scene): Uint8Array {
  return scene.language === "fa" ? persian(scene) : english(scene)
}

function grades({ language }: Scene): Html {
  return html`<ul class="ui">${Object.entries(reliabilities).map(([letter, text]) => html`<li><bdi>${letter}</bdi>: ${text[language]}</li>`)}</ul>
<ul class="ui">${Object.entries(credibilities).map(([digit, text]) => html`<li><bdi>${formatNumber(Number(digit), language)}</bdi>: ${text[language]}</li>`)}</ul>`
}

function data({ root, say }: Scene): Html {
  return html`<p class="ui">${DATA_FILES.map((file, i) => html`${i > 0 && say.comma}<a href="${root}data/${file}" dir="ltr">${file}</a>`)}</p>`
}

function english(scene: Scene): Uint8Array {
  const main = html`<h1>About this archive</h1>
<p>This is a public record of what people saw and reported, put together by a team that checked it as far as it could. It needs no network and no script: it is a folder that can be copied to any disk and checked there.</p>
<h2>What it is not</h2>
<ul>
<li>It is not complete. What was not seen, or could not be sent, is not here; that a place is missing does not mean that nothing happened there.</li>
<li>It is not a judgement. Every number and every statement is the word of whoever is named beside it.</li>
<li>It is not a list of people. Names, faces and homes are left out unless there is a recorded reason to show them.</li>
<li>It is not one party's voice. Slogans and statements shown here are those of the people who wrote them.</li>
</ul>
<h2>How sure: the grades</h2>
<p>Each claim has a letter for its source and a digit for what it says. One does not follow from the other: a reliable source may pass on a rumour.</p>
${grades(scene)}
<p>A claim moves a range only when its source is graded A, B or C and its information 1, 2 or 3. All others are marked <span class="unsure">${scene.say.table.unverified}</span> and stay in the tables.</p>
<h2>Pictures</h2>
<p>Pictures are re-encoded before publication and carry no trace of the camera, place or time. Videos are shown as single frames. The originals are kept sealed.</p>
<h2>Corrections</h2>
<p>Nothing is changed silently. A correction is a new revision, and both stay in the log. Something may be withdrawn when it puts a person in danger: its words disappear, that it existed stays.</p>
<h2>Data</h2>
<p>Everything here as tables, with a description of the columns:</p>
${data(scene)}`
  return page(scene, scene.say.nav.about, main)
}

function persian(scene: Scene): Uint8Array {
  const main = html`<h1>دربارهٔ این بایگانی</h1>
<p>این‌جا آنچه مردم دیده و گزارش کرده‌اند ثبت شده است؛ گروهی آن را تا جایی که می‌توانسته بررسی کرده است. نه اینترنت می‌خواهد و نه اسکریپت: پوشه‌ای است که می‌شود روی هر دیسکی کپی کرد و همان‌جا آزمود.</p>
<h2>چه چیزی نیست</h2>
<ul>
<li>کامل نیست. آنچه دیده نشده یا نشده است فرستاده شود این‌جا نیست. اگر از جایی خبری نیست، معنایش این نیست که آن‌جا اتفاقی نیفتاده است.</li>
<li>حکم نیست. هر شمار و هر جمله گفتهٔ کسی است که نامش کنار آن آمده است.</li>
<li>فهرست آدم‌ها نیست. نام و چهره و نشانی کسی نمی‌آید، مگر دلیلی برای آن ثبت شده باشد.</li>
<li>صدای یک حزب نیست. شعارها و بیانیه‌هایی که می‌بینید از آنِ کسانی است که آن‌ها را نوشته‌اند.</li>
</ul>
<h2>تا چه اندازه مطمئن: درجه‌ها</h2>
<p>هر گفته یک حرف برای گوینده دارد و یک رقم برای خودِ خبر. یکی از دیگری نتیجه نمی‌شود: گویندهٔ معتبر هم ممکن است شایعه‌ای را بازگو کند.</p>
${grades(scene)}
<p>گفته‌ای بازه را جابه‌جا می‌کند که گوینده‌اش درجهٔ <bdi>A</bdi>، <bdi>B</bdi> یا <bdi>C</bdi> و خبرش درجهٔ ۱، ۲ یا ۳ داشته باشد. بقیه با نشان <span class="unsure">${scene.say.table.unverified}</span> در جدول می‌مانند.</p>
<h2>تصویرها</h2>
<p>تصویرها پیش از انتشار از نو ساخته می‌شوند و نشانی از دوربین، جا و ساعت در آن‌ها نمی‌ماند. از ویدیوها فقط یک قاب نشان داده می‌شود. اصلِ آن‌ها مهروموم‌شده نگهداری می‌شود.</p>
<h2>اصلاح‌ها</h2>
<p>هیچ‌چیز بی‌صدا عوض نمی‌شود. هر اصلاح بازنگری تازه‌ای است و هر دو در دفتر می‌مانند. اگر چیزی کسی را به خطر بیندازد پس گرفته می‌شود: واژه‌هایش می‌رود، اما این‌که بوده است می‌ماند.</p>
<h2>داده‌ها</h2>
<p>همهٔ آنچه این‌جاست به شکل جدول، با شرح ستون‌ها:</p>
${data(scene)}`
  return page(scene, scene.say.nav.about, main)
}
