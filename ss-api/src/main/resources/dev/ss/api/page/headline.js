// Shows the verdict, and how old it is.

import { MARKS } from './findings.js';
import { age, clock } from './format.js';
import { put } from './table.js';

const section = document.getElementById('headline');
const mark = section.querySelector('.mark');
const title = document.getElementById('headline-title');
const detail = document.getElementById('headline-detail');
const asOf = document.getElementById('as-of');

/** @param about what the view itself is about, or null */
export function showHeadline(headline, about) {
  section.dataset.level = headline.level;
  put(mark, MARKS[headline.level]);
  put(title, headline.title);
  put(detail, headline.detail);
  document.title = about ? `${about} – SS` : `${MARKS[headline.level]} ${headline.title} – SS`;
}

/** What is not of this moment is shown as such. */
export function showAsOf({ time, answers, report }, lastAnswer) {
  document.body.classList.toggle('no-answer', !answers);
  document.getElementById('report').classList.toggle('old', answers && !report);
  if (answers) {
    put(asOf, `As of ${clock(time)}`);
  } else {
    put(asOf, lastAnswer ? `As of ${clock(lastAnswer)}, ${age(time - lastAnswer)} ago` : 'No answer yet');
  }
}
