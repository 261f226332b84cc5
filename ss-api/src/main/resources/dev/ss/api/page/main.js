// What happens in the page, in order: look at the API every few seconds, and show it in the view that
// the address names. The verdict is above each of them.

import { readReport } from './api.js';
import { showAsOf, showHeadline } from './headline.js';
import { notice } from './notice.js';
import { poll, soon } from './poll.js';
import { headlineOf, isDatabaseAway } from './report.js';
import { routeOf } from './router.js';

/** Loaded when they are first shown. */
const VIEWS = {
  overview: () => import('./overview.js'),
  jobs: () => import('./jobs.js'),
  job: () => import('./job.js'),
};

/** {route, view}: what the address named when it last changed. */
let current = null;
let lastAnswer = null;

/** One look, shown; true when the API has answered. */
async function lookAndShow() {
  const { route, view } = current;
  const report = await readReport();
  const context = { ...report, isDatabaseAway: Boolean(report.report && isDatabaseAway(report.report)) };
  const seen = report.answers ? await readOrNot(view, route, context) : undefined;
  if (route !== current.route) {
    return true;
  }
  if (report.answers) {
    lastAnswer = report.time;
  }
  if (seen !== undefined) {
    view.show(seen, context);
  }
  showHeadline(headlineOf(report), view.about?.() ?? null);
  showAsOf(report, lastAnswer);
  return report.answers;
}

/** Undefined when the API went away between the report and this. */
async function readOrNot(view, route, context) {
  try {
    return await view.read(route, context);
  } catch {
    return undefined;
  }
}

/** Goes to the view that the address names. */
async function go() {
  const route = routeOf(location.hash);
  const view = await VIEWS[route.view]();
  const before = current;
  current = { route, view };
  if (before && before.view !== view) {
    before.view.leave?.();
  }
  for (const name of Object.keys(VIEWS)) {
    document.getElementById(`view-${name}`).hidden = name !== route.view;
  }
  for (const link of document.querySelectorAll('nav a')) {
    if (routeOf(link.hash).view === route.view) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
  view.enter?.(route);
  if (before && (before.view !== view || before.route.id !== route.id)) {
    notice('');
    view.heading.focus();
    scrollTo(0, 0);
  }
  soon();
}

document.getElementById('skip').onclick = () => document.getElementById('main').focus();
addEventListener('hashchange', () =>
  go().catch(() => notice('The API does not answer, so this view cannot be loaded.', false)),
);
await go();
poll(lookAndShow);
