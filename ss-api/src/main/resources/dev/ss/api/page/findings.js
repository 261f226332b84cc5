// The report below its headline: the four areas, and the findings with their evidence.

import { absolute, age, seconds } from './format.js';
import { evidenceText } from './report.js';
import { put } from './table.js';

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

function showFinding(item, { severity, summary, evidence, since, runbook }, now) {
  const [mark, text, numbers, time, link] = item.children;
  item.dataset.level = severity;
  put(mark, MARKS[severity]);
  put(text, summary);
  put(numbers, evidenceText(evidence));
  put(time, `for ${age(now - seconds(since))}`);
  time.title = absolute(since);
  // Relative, as all links of this page, for proxies that serve it below a path.
  link.href = runbook.slice(1);
}

function newItem() {
  const item = list.appendChild(document.createElement('li'));
  item.append(element('span', 'mark'), element('strong'), element('span', 'evidence'), element('time'));
  const link = item.appendChild(element('a'));
  link.textContent = 'Runbook';
  link.target = '_blank';
  link.rel = 'noopener';
  item.firstElementChild.ariaHidden = 'true';
  return item;
}

function element(name, className = '') {
  const created = document.createElement(name);
  created.className = className;
  return created;
}
