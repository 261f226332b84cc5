// The filter of the list of jobs: between the form's fields and the parameters of GET /v1/jobs, which
// are also those of the view's address.

const TIMES = ['created_after', 'created_before'];

/** The parameters that are given once. */
export const SINGLE = ['job_type', 'error_code', ...TIMES];

/** {states, labels, job_type, error_code, created_after, created_before}, '' for what is not set. */
export function fieldsOf(query) {
  const single = Object.fromEntries(SINGLE.map((name) => [name, query.get(name) ?? '']));
  return {
    ...single,
    ...Object.fromEntries(TIMES.map((name) => [name, localTime(single[name])])),
    states: query.getAll('state'),
    labels: query.getAll('label').join(', '),
  };
}

/** The parameters of the fields; those that are not set are left out. */
export function queryOf({ states, labels, ...fields }) {
  const query = new URLSearchParams();
  states.forEach((state) => query.append('state', state));
  labels
    .split(',')
    .map((label) => label.trim())
    .filter((label) => label !== '')
    .forEach((label) => query.append('label', label));
  for (const name of SINGLE) {
    const text = TIMES.includes(name) ? instant(fields[name]) : fields[name];
    if (text) {
      query.set(name, text);
    }
  }
  return query;
}

/** The part of a view's parameters that selects jobs: without the page of the list. */
export function selection(query) {
  const filter = new URLSearchParams(query);
  ['cursor', 'order'].forEach((name) => filter.delete(name));
  return filter;
}

/** "state failed, job type resize"; '' for all jobs. */
export function filterText(filter) {
  return [...filter].map(([name, value]) => `${name.replaceAll('_', ' ')} ${value}`).join(', ');
}

/** The days before today, of this many, as fields: from the first one's midnight to today's. */
export function daysBefore(days, today = new Date()) {
  const midnight = (back) => new Date(today.getFullYear(), today.getMonth(), today.getDate() - back);
  return { created_after: local(midnight(days)), created_before: local(midnight(0)) };
}

/** The last hours, as fields. */
export function lastHours(hours, now = new Date()) {
  return { created_after: local(new Date(now.getTime() - hours * 3_600_000)), created_before: '' };
}

/** As a field of the type datetime-local wants it. */
function localTime(text) {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? '' : local(time);
}

function local(time) {
  const minutes = time.getTime() - time.getTimezoneOffset() * 60_000;
  return new Date(minutes).toISOString().slice(0, 16);
}

function instant(text) {
  return text === '' ? '' : new Date(text).toISOString();
}
