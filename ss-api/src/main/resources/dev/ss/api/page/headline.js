// Shows the verdict, and how old it is.

import { MARKS } from './findings.js';
import { age, clock } from './format.js';
import { put } from './table.js';

const section = document.getElementById('headline');
const mark = section.querySelector('.mark');
const title = document.getElementById('headline-title');
const detail = document.getElementById('headline-detail');
const asOf = document.getElementById('as-of');
const build = document.getElementById('build');

export function showHeadline(headline) {
  section.dataset.level = headline.level;
  put(mark, MARKS[headline.level]);
  put(title, headline.title);
  put(detail, headline.detail);
  document.title = `${MARKS[headline.level]} ${headline.title} – SS`;
}

/** What is not of this moment is shown as such. */
export function showAsOf(seen, lastAnswer, lastLists) {
  document.body.classList.toggle('no-answer', !seen.answers);
  document.getElementById('report').classList.toggle('old', seen.answers && !seen.report);
  document.getElementById('lists').classList.toggle('old', seen.answers && !seen.lists);
  if (seen.answers) {
    const older = lastLists && !seen.lists ? `, workers and jobs as of ${clock(lastLists)}` : '';
    put(asOf, `As of ${clock(seen.time)}${older}`);
  } else {
    put(asOf, lastAnswer ? `As of ${clock(lastAnswer)}, ${age(seen.time - lastAnswer)} ago` : 'No answer yet');
  }
  if (seen.sample?.build) {
    const { version, revision, java } = seen.sample.build;
    put(build, `SS ${version} (${revision}) on Java ${java}`);
  }
}
