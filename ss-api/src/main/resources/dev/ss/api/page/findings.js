// The report below its headline: the four areas, and the findings with their evidence.

import { absolute, age, seconds } from './format.js';
import { evidenceText } from './report.js';
import { jobsHref } from './router.js';
import { element, put } from './table.js';

export const MARKS = { ok: '✓', warn: '!', bad: '✕', unknown: '?' };

const places = document.getElementById('areas');
const list = document.getElementById('findings');

/** Without a report, the last one stays to be seen. */
export function showReport({ areas, findings }, now) {
  for (const { area, verdict, summary } of areas) {
    const place = places.querySelector(`[data-area=${area}]`);
    place.dataset.level = verdict;
    put(place.querySelector('.mark'), MARKS[verdict]);
    put(place.querySelector('dd span'), summary);
  }
  while (list.children.length > findings.length) {
    list.lastElementChild.remove();
  }
  findings.forEach((finding, index) => showFinding(list.children[index] ?? newItem(), finding, now));
}

function showFinding(item, { severity, summary, evidence, since, runbook, job_type: type }, now) {
  const [mark, text, time, links, numbers] = item.children;
  const [jobs, link] = links.children;
  item.dataset.level = severity;
  put(mark, MARKS[severity]);
  put(text, summary);
  put(numbers, evidenceText(evidence));
  put(time, `for ${age(now - seconds(since))}`);
  time.title = absolute(since);
  // Relative, as all links of this page, for proxies that serve it below a path.
  link.href = runbook.slice(1);
  jobs.hidden = type === null;
  if (type !== null) {
    jobs.href = jobsHref({ job_type: type });
    put(jobs, `Jobs of ${type}`);
  }
}

function newItem() {
  const link = element('a', { text: 'Runbook', target: '_blank', rel: 'noopener' });
  return list.appendChild(
    element(
      'li',
      {},
      element('span', { class: 'mark', 'aria-hidden': 'true' }),
      element('strong'),
      element('time'),
      element('span', { class: 'links' }, element('a'), link),
      element('span', { class: 'evidence' }),
    ),
  );
}
