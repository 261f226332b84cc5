// What happens in the page, in order: look at the API every few seconds, remember, show.

import { look } from './api.js';
import { charts } from './charts.js';
import { showReport } from './findings.js';
import { History } from './history.js';
import { showAsOf, showHeadline } from './headline.js';
import { showNumbers } from './numbers.js';
import { poll } from './poll.js';
import { headlineOf } from './report.js';
import { showJobs, showQueue, showWorkers } from './tables.js';

const history = new History();
const showCharts = charts(document.getElementById('charts'));
let lastAnswer = null;
let lastLists = null;

/** One look, shown; true when the API has answered. */
async function lookAndShow() {
  const seen = await look();
  if (seen.answers) {
    lastAnswer = seen.time;
  }
  if (seen.sample) {
    history.add(seen.sample);
    showNumbers(seen.sample, history.latest);
    showCharts(history, seen.time);
    showQueue(seen.sample.queue, seen.jobTypes);
  }
  if (seen.lists) {
    lastLists = seen.time;
    showWorkers(seen.lists.workers, seen.time);
    showJobs(seen.lists.jobs, seen.time);
  }
  showHeadline(headlineOf(seen));
  if (seen.report) {
    showReport(seen.report, seen.time);
  }
  showAsOf(seen, lastAnswer, lastLists);
  return seen.answers;
}

poll(lookAndShow);
