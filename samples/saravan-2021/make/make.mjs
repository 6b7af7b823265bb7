// Makes media/ and stills/: ten drawn photographs, two drawn clips, two stills, planted.json.
// Usage: node make/make.mjs <folder with node_modules/@fontsource>   (see ../README.md)
import { execFileSync } from "node:child_process"
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openPage } from "./draw.mjs"
import { clips } from "./clips.mjs"
import { scenes } from "./scenes.mjs"

const fonts = process.argv[2]
if (!fonts) throw new Error("Give the folder that holds node_modules/@fontsource")
const only = process.argv[3]?.split(",")
const root = join(import.meta.dirname, "..")
const media = join(root, "media")
const stills = join(root, "stills")
const work = mkdtempSync(join(tmpdir(), "walls-"))
mkdirSync(media, { recursive: true })
mkdirSync(stills, { recursive: true })
const run = (cmd, args) => execFileSync(cmd, args, { stdio: ["ignore", "ignore", "inherit"] })
const day = "2021:03:02"

// A desk must be able to find every mark below, anywhere it may have slipped through.
const planted = {}

function photo(scene, { jpeg, thumb }, turned) {
  const mark = (part) => `GOVAH-PLANT-${scene.id}-${part}`
  const file = join(media, scene.file)
  const small = join(work, "thumb.jpg")
  writeFileSync(file, jpeg)
  writeFileSync(small, thumb)
  run("exiftool", ["-q", "-overwrite_original", `-Comment=${mark("THUMB")}`, small])
  const [lat, lon] = scene.gps
  const markers = ["EXIF", "SERIAL", "OWNER", "XMP", "COM", "THUMB"].map(mark)
  const utc = new Date(`${day.replaceAll(":", "-")}T${scene.time}+03:30`).toISOString()
  const args = [
    "-q",
    "-overwrite_original",
    "-n",
    "-Make=Rehearsal",
    "-Model=Rehearsal Phone R1",
    "-Software=R1-rehearsal-11.0",
    "-HostComputer=Rehearsal Phone R1",
    `-Orientation#=${turned ? 6 : 1}`,
    "-XResolution=72",
    "-YResolution=72",
    "-ResolutionUnit=2",
    "-YCbCrPositioning=1",
    `-ModifyDate=${day} ${scene.time}`,
    `-DateTimeOriginal=${day} ${scene.time}`,
    `-CreateDate=${day} ${scene.time}`,
    "-OffsetTimeOriginal=+03:30",
    "-SubSecTimeOriginal=417",
    "-ExposureTime=0.0333",
    "-FNumber=1.8",
    "-ISO=1250",
    "-Flash=0",
    "-FocalLength=4.7",
    "-FocalLengthIn35mmFormat=26",
    "-WhiteBalance=0",
    "-ExifVersion=0220",
    "-ColorSpace=1",
    `-ImageUniqueID=${mark("EXIF")}`,
    `-EXIF:UserComment=${mark("EXIF")}`,
    `-EXIF:SerialNumber=${mark("SERIAL")}`,
    `-EXIF:OwnerName=${mark("OWNER")}`,
    `-GPSLatitude=${lat}`,
    "-GPSLatitudeRef=N",
    `-GPSLongitude=${lon}`,
    "-GPSLongitudeRef=E",
    `-GPSDateStamp=${utc.slice(0, 10).replaceAll("-", ":")}`,
    `-GPSTimeStamp=${utc.slice(11, 19)}`,
    "-GPSProcessingMethod=GPS",
    `-XMP-dc:Description=${mark("XMP")}`,
    `-XMP-xmpMM:DocumentID=${mark("XMP")}`,
    "-XMP-xmp:CreatorTool=R1-rehearsal-11.0",
    `-Comment=${mark("COM")}`,
    `-ThumbnailImage<=${small}`,
  ]
  if (scene.id === "A02") {
    args.push(`-IPTC:Caption-Abstract=${mark("IPTC")}`)
    markers.push(mark("IPTC"))
  }
  run("exiftool", [...args, file])
  if (scene.id === "A07") {
    // some phones write a block of their own after the picture's end
    appendFileSync(file, `\n${mark("TRAILER")}\n`)
    markers.push(mark("TRAILER"))
  }
  planted[`media/${scene.file}`] = { markers, gps: scene.gps }
}

// Phones store an upright clip lying down and say so in the first track's matrix (a quarter turn clockwise to show it).
function setTurn(file, height) {
  const b = readFileSync(file)
  const at = b.indexOf("tkhd") + 4 + 40
  ;[0, 0x10000, 0, -0x10000, 0, 0, height << 16, 0, 0x40000000].forEach((v, i) =>
    b.writeInt32BE(v, at + i * 4),
  )
  writeFileSync(file, b)
}

// A clip is a hand-held look along a larger drawing of the same wall.
// x and y say where the view lies over time (t in seconds), as parts of the free room.
async function clip(page, scene, C) {
  const id = scene.id
  const mark = (part) => `GOVAH-PLANT-${id}-${part}`
  const plate = join(work, `${id}.png`)
  const note = join(work, `${id}-note.png`)
  writeFileSync(plate, await page.plate({ ...scene, size: C.plate, grain: 0 }))
  writeFileSync(note, await page.note(C.view[0], C.view[1], C.noteSize))
  const [w, h] = C.view
  const sway = `rotate=a='0.006*sin(2.1*t)+0.003*sin(5.3*t+1)':bilinear=1`
  const crop = `crop=${w * 2}:${h * 2}:x='(iw-ow)*(${C.x})+9*sin(7.1*t)+5*sin(13*t)':y='(ih-oh)*(${C.y})+8*sin(6.3*t+2)+5*sin(11*t)'`
  const look = `[0:v]scale=iw*${2 * C.scale}:ih*${2 * C.scale}:flags=bicubic,${sway},${crop},scale=${w}:${h}:flags=area,eq=brightness='0.008*sin(9*t)':eval=frame,noise=alls=6:allf=t[a];[a][1:v]overlay=0:0,format=yuv420p${C.turn ? ",transpose=2" : ""}[v]`
  const input = [
    "-v",
    "error",
    "-y",
    "-loop",
    "1",
    "-framerate",
    "30",
    "-i",
    plate,
    "-loop",
    "1",
    "-framerate",
    "30",
    "-i",
    note,
    "-f",
    "lavfi",
    "-i",
    `anoisesrc=color=brown:amplitude=0.05:seed=${scene.seed}:sample_rate=48000`,
    "-filter_complex",
    look,
    "-map",
    "[v]",
    "-map",
    "2:a",
    "-t",
    String(C.seconds),
  ]
  const [lat, lon] = scene.gps
  const iso = `+${lat.toFixed(4)}+${String(lon.toFixed(4)).padStart(8, "0")}/`
  const out = join(media, C.file)
  const markers = ["TITLE", "COMMENT"].map(mark)
  if (C.kind === "mp4") {
    run("ffmpeg", [
      ...input,
      "-c:v",
      "libx264",
      "-profile:v",
      "high",
      "-preset",
      "slow",
      "-crf",
      "27",
      "-g",
      "30",
      "-threads",
      "2",
      "-c:a",
      "aac",
      "-b:a",
      "64k",
      "-metadata:s:v",
      "handler_name=VideoHandle",
      "-metadata:s:a",
      "handler_name=SoundHandle",
      "-brand",
      "mp42",
      out,
    ])
    run("exiftool", [
      "-q",
      "-overwrite_original",
      "-api",
      "QuickTimeUTC=0",
      `-QuickTime:CreateDate=${C.utc}`,
      `-QuickTime:ModifyDate=${C.utc}`,
      `-TrackCreateDate=${C.utc}`,
      `-TrackModifyDate=${C.utc}`,
      `-MediaCreateDate=${C.utc}`,
      `-MediaModifyDate=${C.utc}`,
      `-UserData:GPSCoordinates=${lat}, ${lon}`,
      "-Keys:AndroidVersion=11",
      "-UserData:Make=Rehearsal",
      "-UserData:Model=Rehearsal Phone R1",
      `-ItemList:Title=${mark("TITLE")}`,
      `-ItemList:Comment=${mark("COMMENT")}`,
      `-UserData:SerialNumber=${mark("SERIAL")}`,
      out,
    ])
    markers.push(mark("SERIAL"))
    if (C.turn) setTurn(out, w)
  } else {
    run("ffmpeg", [
      ...input,
      "-c:v",
      "libvpx-vp9",
      "-crf",
      "38",
      "-b:v",
      "0",
      "-g",
      "60",
      "-row-mt",
      "1",
      "-cpu-used",
      "3",
      "-c:a",
      "libopus",
      "-b:a",
      "48k",
      "-metadata",
      `title=${mark("TITLE")}`,
      "-metadata",
      `comment=${mark("COMMENT")}`,
      "-metadata",
      `location=${iso}`,
      "-metadata",
      `creation_time=${C.utc.replace(/^(\d+):(\d+):(\d+) /, "$1-$2-$3T")}Z`,
      "-metadata",
      "encoder-device=Rehearsal Phone R1",
      out,
    ])
  }
  planted[`media/${C.file}`] = { markers, gps: scene.gps }
  const still = join(stills, C.still)
  run("ffmpeg", [
    "-v",
    "error",
    "-y",
    "-i",
    out,
    "-ss",
    String(C.stillAt),
    "-frames:v",
    "1",
    "-q:v",
    "3",
    "-map_metadata",
    "-1",
    "-fflags",
    "+bitexact",
    "-flags:v",
    "+bitexact",
    still,
  ])
}

const page = await openPage(fonts)
try {
  for (const s of scenes) {
    if (only && !only.includes(s.id)) continue
    const turned = s.size[1] > s.size[0]
    photo(s, await page.photo(s, turned, 0.8), turned)
    if (clips[s.id]) await clip(page, s, clips[s.id])
  }
} finally {
  await page.close()
  rmSync(work, { recursive: true, force: true })
}
if (!only) writeFileSync(join(media, "planted.json"), `${JSON.stringify(planted, null, 2)}\n`)
for (const f of Object.keys(planted)) {
  const data = readFileSync(join(root, f))
  for (const m of planted[f].markers)
    if (!data.includes(m)) console.error(`${f}: ${m} is not there in plain bytes`)
  console.log(f, statSync(join(root, f)).size)
}
