// The filter of the list of jobs: between the form's fields and the parameters of GET /v1/jobs, which
// are also those of the view's address.

/** A job has to have one of the values of each of these. */
export const CHOICES = ['state', 'job_type', 'error_code', 'schedule'];

/** From when, and before when, a job was created. */
export const TIMES = ['created_after', 'created_before'];

/** What the form shows: lists of the values of CHOICES and `label`, and TIMES, '' where they are not set. */
export function fieldsOf(query) {
  return {
    ...Object.fromEntries([...CHOICES, 'label'].map((name) => [name, query.getAll(name)])),
    ...Object.fromEntries(TIMES.map((name) => [name, localTime(query.get(name) ?? '')])),
  };
}

/** The parameters of the fields; those that are not set are left out. */
export function queryOf(fields) {
  return new URLSearchParams([
    ...[...CHOICES, 'label'].flatMap((name) => fields[name].map((value) => [name, value])),
    ...TIMES.filter((name) => fields[name] !== '').map((name) => [name, new Date(fields[name]).toISOString()]),
  ]);
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
