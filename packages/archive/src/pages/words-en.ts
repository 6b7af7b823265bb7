import type { Words } from "./words.ts"

/** English. */
export const en: Words = {
  dir: "ltr",
  language: "English",
  otherLanguage: "فارسی",
  skip: "Skip to the text",
  strap: "What was seen, who says so, and how sure it is",
  nav: {
    label: "Sections",
    front: "Front page",
    claims: "Who says what",
    wall: "Solidarity",
    stories: "Report",
    verify: "Verify",
    about: "About",
  },
  edition: (number) => `Edition ${number}`,
  footer: "Every number here is the word of whoever is named beside it.",
  front: {
    what: "What happened",
    howMany: "How many",
    neverAdd: "Do not add these numbers up: each line counts another place, another day or another group.",
    who: "Who answered",
    whoLead: (towns) => (towns === "1" ? "In one town" : `In ${towns} towns`),
    allTowns: "All towns",
    allClaims: "All claims in one table",
    read: "Read the report",
    answeredOn: (towns) => (towns === "1" ? "Solidarity in one town" : `Solidarity in ${towns} towns`),
  },
  facts: {
    when: "When",
    where: "Where",
    howMany: "How many, and who says so",
    sure: "How sure",
    noNumber: "There is no number that can be relied on.",
  },
  sure: {
    none: "Nobody has given a number yet.",
    counts: (all, counted, confirmed, n) => {
      if (all === 1) {
        const graded =
          counted === 1 ? "graded well enough to be given here" : "not graded well enough to be relied on"
        const sure = confirmed === 1 ? "has" : "has not yet"
        return `One claim is recorded, and it is ${graded}. It ${sure} been confirmed by another independent source.`
      }
      const first = `${n(all)} claims are recorded`
      const none = "none of them is graded well enough to set a number"
      const some = `${n(counted)} of them graded well enough to set a number, the other ${n(all - counted)} in the table only`
      const graded = counted === 0 ? none : counted === all ? "all graded well enough to set a number" : some
      const sure =
        confirmed === 0
          ? "None has yet been"
          : `${n(confirmed)} of them ${confirmed === 1 ? "has" : "have"} been`
      return `${first}, ${graded}. ${sure} confirmed by another independent source.`
    },
  },
  table: {
    number: "Number",
    who: "Who says so",
    asOf: "As of",
    grade: "How sure",
    said: "What was said",
    scope: "About what",
    carried: "carried by",
    reports: (n) => `from ${n} senders`,
    oneReport: "from one sender",
    unverified: "unverified",
    series: (n) => `Series ${n}`,
    open: "at least",
    noNumber: "no number",
    gradeCode: (code) => `grade ${code}`,
  },
  claims: {
    title: "Who says what",
    lead: "Every number that reached us, with who says it, as of when, and how it is graded. Claims that cannot be relied on are not left out: they stay in the table, and do not move a range.",
    why: "Why these numbers are never added up",
    whyText: [
      "Two claims stand side by side only where both count the same thing: the same day, place, group and harm. Those are one series, and each series has its own range.",
      "A number for two days or two places holds the same people that another claim counts on their own. Adding the two counts a person twice. “Killed or injured” never enters a number of people killed, and dead of the state forces stand apart.",
      "The low end of a range is the lowest number given by a source graded A to C with information graded 1 to 3, the high end the highest. There is no averaging.",
    ],
    data: "Download the data",
  },
  event: {
    claims: "Who says what",
    pictures: "Pictures",
    note: "Note",
    still: "Still from a video",
    photo: "Photograph",
  },
  wall: {
    title: "Wall of solidarity",
    lead: "Towns that answered: what they did, and when. There are no names here, and no faces.",
    empty: "Nothing has been published yet.",
    words: "It says",
    campaign: "Call",
    back: "All towns",
    more: (n) => `and ${n} more`,
  },
  story: { title: "Report", sources: "Sources", empty: "No report has been published yet." },
  proof: (index) => `Entry ${index} of the log, hash`,
  proofHow: "how to verify",
  proofOpen: "what opens this entry",
  revision: (n) => `revision ${n}`,
  quote: (words) => `“${words}”`,
  comma: ", ",
}
