// The list of jobs: its filter, how many there are, and what can be done with all of them.

import { get, json } from './api.js';
import { check, checked, offer } from './choices.js';
import { CHOICES, TIMES, daysBefore, fieldsOf, filterText, lastHours, queryOf, selection } from './filter.js';
import { count, whole } from './format.js';
import { showJobs } from './joblist.js';
import { notice } from './notice.js';
import { jobHref, jobsHref, routeOf } from './router.js';
import { JOB_STATES, stateText } from './states.js';
import { sweep } from './sweep.js';
import { element, put } from './table.js';

const ON_A_PAGE = 50;

/** Counting may take a while: it is done less often than listing. */
const COUNT_INTERVAL_SECONDS = 15;

const form = document.getElementById('filter');
const fields = form.elements;
const labels = document.getElementById('labels');
const counts = document.getElementById('counts');
const status = document.getElementById('jobs-status');
const next = document.getElementById('jobs-next');
const newest = document.getElementById('jobs-newest');
const table = document.getElementById('job-list');

let shown = selection('');
let counted = { of: null, time: 0, counts: null };

export const heading = document.getElementById('jobs-heading');
export const about = () => 'Jobs';

/** Fills the form when the view is entered or its address changes. */
export function enter({ query }) {
  shown = selection(query);
  status.ariaLive = 'polite';
  const wanted = fieldsOf(query);
  CHOICES.forEach((name) => check(name, wanted[name]));
  TIMES.forEach((name) => (fields[name].value = wanted[name]));
  showLabels(wanted.label);
  document.getElementById('schedules').hidden = wanted.schedule.length === 0;
  newest.hidden = !query.has('cursor');
  newest.href = jobsHref(shown);
}

export async function read({ query }, { time, isDatabaseAway }) {
  if (isDatabaseAway) {
    return null;
  }
  const [types, page] = await Promise.all([
    json('v1/job-types'),
    get(`v1/jobs?${new URLSearchParams([...query, ['limit', ON_A_PAGE]])}`),
    countNowAndThen(selection(query), time),
  ]);
  return { types: types?.job_types ?? [], ok: page.ok, page: await page.json(), counts: counted.counts };
}

async function countNowAndThen(filter, time) {
  const of = filter.toString();
  if (counted.of !== of || time - counted.time > COUNT_INTERVAL_SECONDS) {
    counted = { of, time, counts: await json(`v1/jobs/counts?${of}`) };
  }
}

/** What was counted is not so any more. */
function countAgain() {
  counted = { of: null, time: 0, counts: null };
}

export function show(seen, { time }) {
  table.closest('.scroll').classList.toggle('old', !seen);
  if (!seen) {
    return;
  }
  offer('job_type', seen.types.map(({ job_type }) => job_type));
  if (!seen.ok) {
    put(status, seen.page.detail);
    showJobs(table, [], time, 'Nothing is listed.');
    return;
  }
  showCounts(seen.counts);
  const isLast = seen.page.next_cursor === null;
  showJobs(table, seen.page.jobs, time, isLast ? 'No job matches.' : 'None so far; look at older ones.');
  next.hidden = isLast;
  next.href = jobsHref([...shown, ['cursor', seen.page.next_cursor]]);
}

function showCounts(answer) {
  if (answer === null) {
    return;
  }
  const { total, capped } = answer;
  const such = shown.size === 0 ? '' : ` with ${filterText(shown)}`;
  put(status, `${capped ? 'At least ' : ''}${count(total, 'job')}${such}.`);
  // What is read out is the answer to a filter, not each change of a number after it.
  setTimeout(() => (status.ariaLive = 'off'), 500);
  JOB_STATES.forEach((state, index) => {
    const link = counts.children[index]?.firstChild ?? newCount();
    const filter = new URLSearchParams(shown);
    filter.delete('state');
    filter.append('state', state);
    link.href = jobsHref(filter);
    put(link, `${stateText(state)} ${whole(answer.counts[state])}${answer.counts[state] >= 10_000 ? '+' : ''}`);
  });
}

function newCount() {
  return counts.appendChild(element('li')).appendChild(element('a'));
}

/** The fields stay the same, so that one of them keeps the focus. */
function showLabels(values) {
  const wanted = [...values, ''];
  [...labels.children].slice(wanted.length).forEach((field) => field.remove());
  wanted.forEach((value, index) => {
    (labels.children[index] ?? labels.appendChild(labelField())).value = value;
  });
}

function labelField() {
  return element('input', {
    name: 'label',
    placeholder: 'key:value',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-label': 'Label',
  });
}

/** There is always an empty field for one more label. */
labels.oninput = () => {
  if (labels.lastElementChild.value !== '') {
    labels.append(labelField());
  }
};

function fieldValues() {
  return {
    ...Object.fromEntries(CHOICES.map((name) => [name, checked(name)])),
    ...Object.fromEntries(TIMES.map((name) => [name, fields[name].value])),
    label: [...labels.children].map(({ value }) => value.trim()).filter((label) => label !== ''),
  };
}

form.onsubmit = (event) => {
  event.preventDefault();
  const id = fields.job_id.value.trim().toLowerCase();
  if (id !== '' && routeOf(jobHref(id)).view !== 'job') {
    notice('A job id has 36 characters: 32 digits from 0 to f, and four hyphens.', false);
    return;
  }
  location.hash = id === '' ? jobsHref(queryOf(fieldValues())) : jobHref(id);
  fields.job_id.value = '';
};

for (const [name, times] of Object.entries({
  hour: () => lastHours(1),
  yesterday: () => daysBefore(1),
  week: () => lastHours(7 * 24),
})) {
  document.getElementById(`last-${name}`).onclick = () => {
    location.hash = jobsHref(queryOf({ ...fieldValues(), ...times() }));
  };
}

for (const action of ['retry', 'cancel']) {
  document.getElementById(`${action}-all`).onclick = async () => {
    const { text, isGood } = await sweep(action, shown);
    countAgain();
    notice(text, isGood);
  };
}
