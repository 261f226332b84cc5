// The address of a view is the part of the URL behind the #, so that it needs no route of the API
// and works below any path: "#/", "#/jobs?state=failed", "#/jobs/<job id>".

const JOB = /^jobs\/([0-9a-f-]{36})$/;

/** {view: 'overview' | 'jobs' | 'job', id, query}; what is no address is the overview's. */
export function routeOf(hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const id = JOB.exec(path)?.[1] ?? null;
  const view = id ? 'job' : path === 'jobs' ? 'jobs' : 'overview';
  return { view, id, query: new URLSearchParams(query) };
}

export function jobHref(id) {
  return `#/jobs/${id}`;
}

/** @param filter of one name and value or more, as an object or as URLSearchParams */
export function jobsHref(filter) {
  const query = new URLSearchParams(filter).toString();
  return query === '' ? '#/jobs' : `#/jobs?${query}`;
}
