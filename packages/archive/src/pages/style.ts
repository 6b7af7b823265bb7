/**
 * The one stylesheet, inline in every page: no request but for pictures. Colour carries meaning only: ink, paper, one accent,
 * amber for what is unverified (always with the word). No script, no font, no SVG.
 */
export const STYLE: string = `
:root{color-scheme:light dark;--paper:#fcfbf8;--ink:#1b1a18;--soft:#5b574f;--line:#d6d1c6;--accent:#0a4a66;--amber:#7d4a00;--wash:#f3f0e9}
@media(prefers-color-scheme:dark){:root{--paper:#151412;--ink:#ebe7df;--soft:#ada698;--line:#3b3832;--accent:#8fc8e4;--amber:#e8b65f;--wash:#1f1d1a}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;background:var(--paper);color:var(--ink)}
body{margin:0 auto;max-inline-size:72rem;padding-inline:1rem;font:1.0625rem/1.6 Charter,"Bitstream Charter",Georgia,"Noto Serif",serif;overflow-wrap:break-word}
[lang=fa]{font-family:Vazirmatn,Tahoma,"Noto Naskh Arabic","Noto Sans Arabic",sans-serif;line-height:1.8}
[lang=en]{font-family:Charter,"Bitstream Charter",Georgia,"Noto Serif",serif;line-height:1.6}
nav,dl,table,figcaption,footer,.meta,.ui{font-size:.9375rem}
nav:lang(en),dl:lang(en),table:lang(en),figcaption:lang(en),footer:lang(en),.meta:lang(en),.ui:lang(en),.what:lang(en){font-family:system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif}
a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:from-font}
a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
h1,h2,h3{line-height:1.3;margin-block:1.6em .4em;text-wrap:balance}
h1{font-size:1.9rem;margin-block-start:1rem}
h2{font-size:1.3rem;border-block-start:1px solid var(--ink);padding-block-start:.5rem}
h3{font-size:1.1rem}
:is(h1,h2,h3):lang(fa){line-height:1.55}
p,ul,ol{margin-block:.5em;max-inline-size:42rem}
img{display:block;max-inline-size:100%;block-size:auto;background:var(--wash)}
bdi,time,td,dd{font-variant-numeric:tabular-nums}
time,.alt{white-space:nowrap}
code,pre{font:.875em/1.5 ui-monospace,"DejaVu Sans Mono",Consolas,monospace;overflow-wrap:anywhere}
pre{background:var(--wash);padding:.75rem;overflow-x:auto;white-space:pre-wrap;direction:ltr;text-align:left}
.skip{position:absolute;inset-inline-start:-99rem}
.skip:focus{position:static}
.mast{border-block-end:3px double var(--ink);padding-block:1.25rem .6rem}
.mast .name{font-size:1.25rem;font-weight:700;margin:0;line-height:1.4}
.mast h1.name{font-size:2.2rem}
.mast a{color:inherit;text-decoration:none}
.soft,.meta,figcaption{color:var(--soft)}
nav ul{display:flex;flex-wrap:wrap;gap:.1rem 1.25rem;list-style:none;margin:0;padding:0;max-inline-size:none}
nav a{display:inline-block;padding-block:.5rem}
nav [aria-current]{color:var(--ink);font-weight:700;text-decoration:none}
nav{border-block-end:1px solid var(--line)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1rem;margin-block:1rem;max-inline-size:48rem}
dt{color:var(--soft)}
dd{margin:0}
dd p,dd ul{margin:0;padding:0;list-style:none}
.count{font-size:1.15em;font-weight:700;line-height:1.6}
.what{color:var(--soft);font-size:.9375rem}
table{border-collapse:collapse;inline-size:100%;margin-block:.75rem 1.5rem}
caption{text-align:start;font-weight:700;padding-block-end:.3rem;font-size:1.05em}
th,td{text-align:start;vertical-align:top;padding:.5rem .75rem .5rem 0;border-block-start:1px solid var(--line)}
[dir=rtl] :is(th,td){padding:.5rem 0 .5rem .75rem}
thead th{color:var(--soft);font-weight:400;border-block-start:0}
td.n{font-weight:700;white-space:nowrap}
tr:target,li:target,article:target{background:var(--wash);outline:.4rem solid var(--wash)}
.unsure{color:var(--amber);font-weight:700}
.unsure::before{content:"";display:inline-block;inline-size:.5em;block-size:.5em;border:.13em solid;margin-inline:.3em .5em;transform:rotate(45deg)}
figure{margin:1rem 0;max-inline-size:42rem}
figcaption{margin-block-start:.35rem;line-height:1.55}
.wall{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(11rem,44%),1fr));gap:1.25rem 1rem;list-style:none;padding:0;margin-block:1rem;max-inline-size:none}
.wall a{display:block;text-decoration:none;color:inherit}
.wall img,.wall .words{inline-size:100%;aspect-ratio:1;object-fit:contain}
.wall .words{display:grid;place-items:center;text-align:center;border:1px solid var(--line);padding:.5rem;overflow:hidden}
.wall strong{display:block;color:var(--accent);text-decoration:underline;text-underline-offset:.18em;margin-block-start:.35rem}
.proof{border-block-start:1px solid var(--line);margin-block-start:2.5rem;padding-block:.6rem;max-inline-size:none}
footer{border-block-start:3px double var(--ink);margin-block-start:3rem;padding-block:.75rem 2rem;color:var(--soft)}
ol:lang(fa){list-style-type:persian}
.door{margin-block:12vh;display:grid;gap:2.5rem}
.door section{border-block-start:3px double var(--ink);padding-block-start:.75rem}
.cite{font-size:.75em;vertical-align:super;line-height:0;white-space:nowrap}
.cite a{padding:.3em .15em}
.day{margin-block-start:1.5rem}
.day>h3{font-size:.9375rem;color:var(--soft);font-weight:400;margin-block-end:0}
article h3,.lead{font-size:1.35rem;margin-block:.3rem .2rem}
.counts,.counts ul{list-style:none;padding:0;margin-block:.2em}
.counts>li{border-block-start:1px solid var(--line);padding-block:.6rem}
.counts>li:first-child{border:0}
@media(min-width:60rem){.front{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);column-gap:3rem;align-items:start}.front>.all{grid-column:1/-1}.door{grid-template-columns:1fr 1fr}}
@media(max-width:40rem){h1{font-size:1.6rem}.mast h1.name{font-size:1.7rem}dl{grid-template-columns:1fr;gap:0}dd{margin-block-end:.6rem}
thead{position:absolute;inset-inline-start:-99rem}
table,tbody,tr,td,caption{display:block}tr{border-block-start:1px solid var(--line);padding-block:.6rem}
td,[dir=rtl] td{border:0;padding:.1rem 0}td[data-h]::before{content:attr(data-h) ": ";color:var(--soft);font-weight:400}}
@media print{:root{--paper:#fff;--ink:#000;--soft:#333;--line:#999;--accent:#000;--amber:#000}nav,.skip{display:none}body{max-inline-size:none;font-size:10.5pt}
a[href^=http]::after{content:" <" attr(href) ">";font-size:.8em}tr,figure,li{break-inside:avoid}h2,h3{break-after:avoid}}
`.replaceAll("\n", "")
