// Retries or cancels all jobs that a filter selects: first says how many, then asks, then does it.

import { post } from './api.js';
import { confirmed } from './confirm.js';
import { filterText } from './filter.js';
import { count } from './format.js';
import { soon } from './poll.js';

/** The most that one request may change. */
const LIMIT = 10_000;

const WORDS = {
  retry: { verb: 'Retry', done: 'queued again', able: 'retried: only failed and cancelled ones can' },
  cancel: { verb: 'Cancel', done: 'cancelled, or told to end', able: 'cancelled: only queued and running ones can' },
};

/** {text, isGood}: what became of it. */
export async function sweep(action, filter) {
  const { verb, done, able } = WORDS[action];
  if (filter.size === 0) {
    return { text: `Choose which jobs to ${action}: set at least one filter.`, isGood: false };
  }
  const preview = await request(action, filter, true);
  if (!preview.ok) {
    return { text: preview.body.detail, isGood: false };
  }
  const { matched, more } = preview.body;
  const such = `with ${filterText(filter)}`;
  if (matched === 0) {
    await confirmed(`No job ${such} can be ${able}.`, null);
    return { text: 'Nothing was changed.', isGood: true };
  }
  const jobs = `${count(matched, 'job')}`;
  const others = more ? ` There are more than that; these are the oldest.` : '';
  if (!(await confirmed(`${verb} ${jobs} ${such}?${others}`, `${verb} ${jobs}`))) {
    return { text: 'Nothing was changed.', isGood: true };
  }
  const { ok, body } = await request(action, filter, false);
  soon();
  return ok
    ? { text: `${count(body.changed, 'job')} ${done}.${body.more ? ' Others match still.' : ''}`, isGood: true }
    : { text: body.detail, isGood: false };
}

function request(action, filter, isPreview) {
  return post(`v1/jobs/${action}?${new URLSearchParams([...filter, ['limit', LIMIT], ['dry_run', isPreview]])}`);
}
