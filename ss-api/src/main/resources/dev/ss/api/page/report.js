// What the API's report says, in the words of the page. The API decides; nothing is judged here.

import { age, count, whole, words } from './format.js';

/** {level, title, detail}: level is the report's verdict: 'ok', 'warn', 'bad' or 'unknown'. */
export function headlineOf({ answers, report }) {
  if (!answers) {
    return unknown('The API does not answer', 'This page asks again every few seconds.');
  }
  if (report === null) {
    return unknown('The API gives no report', 'This page asks again every few seconds.');
  }
  return { level: report.verdict, title: report.title, detail: detailOf(report) };
}

function detailOf({ areas, findings }) {
  const wrong = findings.filter(({ severity }) => severity !== 'ok');
  return wrong.length > 0
    ? `${count(wrong.length, 'finding')}.`
    : ['liveness', 'flow'].map((name) => areas.find(({ area }) => area === name).summary).join(' ');
}

/** "ready jobs 3 · oldest ready age 42 s". */
export function evidenceText(evidence) {
  return Object.entries(evidence)
    .map(([name, value]) =>
      name.endsWith('_seconds')
        ? `${words(name.slice(0, -'_seconds'.length))} ${age(Math.abs(value))}`
        : `${words(name)} ${whole(value)}`,
    )
    .join(' · ');
}

/** Whether a report says that the database cannot be asked. */
export function isDatabaseAway({ findings }) {
  return findings.some(({ code }) => code === 'database_away');
}

function unknown(title, detail) {
  return { level: 'unknown', title, detail };
}
