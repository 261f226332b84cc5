// The job types: what waits and runs of each, and the button that pauses it.

import { post } from './api.js';
import { absolute, whole } from './format.js';
import { notice } from './notice.js';
import { soon } from './poll.js';
import { jobsHref } from './router.js';
import { fill } from './table.js';

const table = document.getElementById('types');

/** The configured job types, and whatever else is in the queue. */
export function showTypes(types, queue) {
  const names = types.map(({ job_type }) => job_type);
  const others = [...(queue?.byType ?? [])]
    .filter(([name, jobs]) => !names.includes(name) && jobs.scheduled + jobs.ready + jobs.running > 0)
    .map(([name]) => ({ job_type: name, paused: null }));
  fill(
    table,
    [...types, ...others].map((type) => ({
      key: type.job_type,
      cells: cells(type, queue?.byType.get(type.job_type)),
    })),
    'No job type is configured.',
  );
}

function cells({ job_type: name, paused, paused_at }, jobs) {
  return [
    {
      parts: [
        { tag: 'a', text: name, href: jobsHref({ job_type: name }) },
        ...(paused ? [{ tag: 'small', text: ' ‖ paused', title: `since ${absolute(paused_at)}` }] : []),
      ],
      head: true,
    },
    number(jobs?.ready),
    number(jobs?.running),
    number(jobs?.scheduled),
    paused === null ? { text: '' } : { parts: [button(name, paused)], class: 'number' },
  ];
}

function button(name, paused) {
  const word = paused ? 'Resume' : 'Pause';
  return { tag: 'button', type: 'button', text: word, 'aria-label': `${word} ${name}`, onclick: change };

  async function change() {
    const action = word.toLowerCase();
    const { ok, body } = await post(`v1/job-types/${encodeURIComponent(name)}/${action}`);
    const done = paused ? `${name} is started again.` : `${name} is paused: what runs goes on, and new jobs wait.`;
    notice(ok ? done : body.detail, ok);
    soon();
  }
}

function number(value) {
  return { text: whole(value), class: value === 0 ? 'number zero' : 'number' };
}
