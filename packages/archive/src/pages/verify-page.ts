import { formatNumber } from "@govah/core/publication"
import { KEY_PATH } from "../log/log-paths.ts"
import { type Html, html } from "./html.ts"
import { page, type Scene } from "./page.ts"

/** How a reader checks a copy: with our tool, and with nothing of ours. */
export function verifyPage(scene: Scene): Uint8Array {
  return scene.language === "fa" ? persian(scene) : english(scene)
}

// Lists what MANIFEST lists in the form that sha256sum reads.
const CHECK_FILES = `awk '{print $1 "  " $3}' MANIFEST | sha256sum --check --quiet`

function key({ site, root }: Scene, cardWords: (words: Html) => Html): Html {
  const words = site.cardWords
  return html`<pre dir="ltr" translate="no">${site.vkey}</pre>
${words !== null && cardWords(html`<strong dir="auto" translate="no">${words.join(" ")}</strong>`)}
<p class="meta"><a href="${root}${KEY_PATH}" dir="ltr">${KEY_PATH}</a></p>`
}

function tool({ site }: Scene, folder: string): Html {
  return html`<pre dir="ltr" translate="no">govah archive verify ${folder} --key '${site.vkey}'</pre>`
}

function english(scene: Scene): Uint8Array {
  const { site, root } = scene
  const title = "How to check that this copy was not changed"
  const main = html`<h1>${title}</h1>
<p>Anyone can copy this archive, and anyone can check a copy, without a network and without us. The check shows that every file is as its makers signed it, and names each file that was changed, removed or added. It does not show that what is said here is true: for that, see who says it and how it is graded.</p>
<h2>1. Compare the key</h2>
<p>The archive is signed with this key:</p>
${key(scene, (words) => html`<p>These words belong to the makers' card: ${words}</p>`)}
<p>It also lies in the folder itself; but whoever can change everything can change that too. So compare it with a copy from somewhere else: in print, on another site, from someone you trust.</p>
<h2>2. With our tool</h2>
<p>From a copy of the source, on any computer with Node:</p>
${tool(scene, "FOLDER")}
<h2>3. With nothing of ours</h2>
<p>In the folder, with tools that every Linux system has. It says nothing where every file is as listed:</p>
<pre dir="ltr" translate="no">${CHECK_FILES}</pre>
<p>The list itself, <a href="${root}MANIFEST" dir="ltr">MANIFEST</a>, is pinned by the last of the ${site.edition.logSize} entries of the log: the SHA-256 of MANIFEST stands in what opens that entry, the last file in <code>log/disclosures</code> (each item there is a JSON list in base64url: salt, name, value).</p>
<p>The log is in the open formats C2SP <i>tlog-tiles</i>, <i>tlog-checkpoint</i> and <i>signed-note</i>. Go's <code>golang.org/x/mod/sumdb/note</code> and <code>sumdb/tlog</code> read it; the signed head is <a href="${root}log/checkpoint" dir="ltr">log/checkpoint</a>.</p>
<h2>What the log is for</h2>
<p>Every publication, every correction and every withdrawal is one entry, and entries can only be added. An entry is nothing but salted hashes; the words lie beside it. So the words can be taken away when they put someone in danger, and still nobody can change them without its being seen. If you keep <code>log/checkpoint</code>, you can prove later that nothing which was promised then is missing.</p>`
  return page(scene, title, main)
}

function persian(scene: Scene): Uint8Array {
  const { site, root, language } = scene
  const title = "چگونه بفهمیم این نسخه دست نخورده است"
  const main = html`<h1>${title}</h1>
<p>هر کسی می‌تواند این بایگانی را رونوشت بردارد و هر کسی می‌تواند رونوشتش را بیازماید؛ بدون اینترنت و بدون ما. این آزمون نشان می‌دهد که هر پرونده همان است که سازندگانش امضا کرده‌اند، و هر پرونده‌ای را که عوض، حذف یا اضافه شده باشد نام می‌برد. اما نشان نمی‌دهد که آنچه اینجا گفته شده راست است؛ برای آن ببینید گوینده کیست و گفته‌اش چه درجه‌ای دارد.</p>
<h2>۱. کلید را مقایسه کنید</h2>
<p>بایگانی با این کلید امضا شده است:</p>
${key(scene, (words) => html`<p>این واژه‌ها از کارت سازندگان است: ${words}</p>`)}
<p>همین کلید در خود پوشه هم هست؛ ولی کسی که بتواند همه‌چیز را عوض کند، آن را هم عوض می‌کند. پس با رونوشتی از جای دیگر مقایسه‌اش کنید: روی کاغذ، در سایتی دیگر یا از کسی که به او اعتماد دارید.</p>
<h2>۲. با ابزار ما</h2>
<p>با داشتن کد برنامه، روی هر رایانه‌ای که Node دارد:</p>
${tool(scene, "FOLDER")}
<h2>۳. بدون هیچ ابزاری از ما</h2>
<p>درون پوشه، با دستورهایی که در هر لینوکسی هست. اگر همهٔ پرونده‌ها همان باشند که در فهرست آمده، هیچ نمی‌نویسد:</p>
<pre dir="ltr" translate="no">${CHECK_FILES}</pre>
<p>خود فهرست، یعنی <a href="${root}MANIFEST" dir="ltr">MANIFEST</a>، به آخرین سطر از ${formatNumber(site.edition.logSize, language)} سطر دفتر ثبت گره خورده است: چکیدهٔ SHA-256 آن در پرونده‌ای است که این سطر را باز می‌کند، یعنی آخرین پروندهٔ پوشهٔ <code dir="ltr">log/disclosures</code> (هر تکهٔ آن فهرستی JSON است که با base64url نوشته شده: نمک، نام، مقدار).</p>
<p>دفتر ثبت به قالب‌های باز C2SP است: <i dir="ltr">tlog-tiles</i>، <i dir="ltr">tlog-checkpoint</i> و <i dir="ltr">signed-note</i>. کتابخانه‌های <code dir="ltr">golang.org/x/mod/sumdb/note</code> و <code dir="ltr">sumdb/tlog</code> در زبان Go آن را می‌خوانند؛ سرِ امضاشدهٔ دفتر در <a href="${root}log/checkpoint" dir="ltr">log/checkpoint</a> است.</p>
<h2>دفتر ثبت برای چیست</h2>
<p>هر انتشار، هر اصلاح و هر بازپس‌گیری یک سطر است و به دفتر فقط می‌توان افزود. هر سطر چیزی جز چکیده‌های نمک‌خورده نیست و واژه‌ها کنار آن نگه داشته می‌شوند. پس اگر واژه‌ای جان کسی را به خطر بیندازد می‌توان آن را برداشت، ولی هیچ‌کس نمی‌تواند بی‌آن‌که دیده شود تغییرش دهد. اگر <code dir="ltr">log/checkpoint</code> را نگه دارید، بعدها می‌توانید نشان دهید که از آنچه آن روز ثبت شده بود چیزی کم نشده است.</p>`
  return page(scene, title, main)
}
