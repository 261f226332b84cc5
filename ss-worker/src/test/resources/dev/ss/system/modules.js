// Tests of the page's modules that need no document; evaluated in the page, whose modules they
// import. The value is a list of {name, failure}, the failure empty where there is none.
(async () => {
  const { parse } = await import('/ui/exposition.js');
  const { sampleOf } = await import('/ui/sample.js');
  const { Latency, increase, quantile } = await import('/ui/rates.js');
  const { pointsOf } = await import('/ui/history.js');
  const { daysBefore, fieldsOf, filterText, lastHours, queryOf, selection } = await import('/ui/filter.js');
  const { jobHref, jobsHref, routeOf } = await import('/ui/router.js');
  const { errorText, stateText } = await import('/ui/states.js');
  const { evidenceText, headlineOf, isDatabaseAway } = await import('/ui/report.js');
  const { pause } = await import('/ui/poll.js');
  const { eventOf } = await import('/ui/events.js');
  const { age, bytes, count, decimal, duration, percent, whole } = await import('/ui/format.js');

  const results = [];
  const text = (value) =>
    JSON.stringify(value, (_, each) =>
      each === Infinity ? 'Infinity' : each instanceof Map ? [...each] : each,
    );
  function test(name, actual, expected) {
    let failure = '';
    try {
      const given = text(actual());
      failure = given === text(expected) ? '' : `expected ${text(expected)} but got ${given}`;
    } catch (thrown) {
      failure = String(thrown);
    }
    results.push({ name, failure });
  }

  // exposition.js

  test('a sample without labels', () => parse('up 1\n'), [{ name: 'up', labels: {}, value: 1 }]);
  test('comments and empty lines are none', () => parse('# HELP up x\n# TYPE up gauge\n\n'), []);
  test(
    'labels, and a time that is not wanted',
    () => parse('a_total{x="1",y="b c"} 2.5e3 1700000000000'),
    [{ name: 'a_total', labels: { x: '1', y: 'b c' }, value: 2500 }],
  );
  test(
    'escapes, commas and braces in a label',
    () => parse(String.raw`a{x="q\"u\\o\nte",y="},{"} 1`)[0].labels,
    { x: 'q"u\\o\nte', y: '},{' },
  );
  test('infinities', () => parse('a +Inf\nb -Inf').map(({ value }) => value), [Infinity, -Infinity]);
  test('a label without a value', () => parse('a{x=""} 1')[0].labels, { x: '' });

  // sample.js

  const scrape = (lines) => sampleOf(parse(lines.join('\n')), 100);
  test('no queue is not an empty queue', () => scrape([]).queue, null);
  test(
    'buckets are added up over the routes and sorted',
    () => {
      const bucket = (route, le, value) =>
        `ss_http_request_duration_seconds_bucket{route="${route}",le="${le}"} ${value}`;
      return scrape([
        bucket('/v1/jobs', '+Inf', 5),
        bucket('/v1/jobs', '0.1', 3),
        bucket('/v1/jobs/{job_id}', '+Inf', 1),
        bucket('/v1/jobs/{job_id}', '0.1', 1),
        bucket('/v1/jobs/{job_id}/wait', '0.1', 99),
      ]).buckets;
    },
    [
      [0.1, 4],
      [Infinity, 6],
    ],
  );
  test(
    'the queue by state and by type',
    () =>
      scrape([
        'ss_queue_jobs{job_type="a",state="ready"} 2',
        'ss_queue_jobs{job_type="b",state="ready"} 3',
        'ss_queue_jobs{job_type="b",state="running"} 1',
        'ss_queue_oldest_ready_age_seconds{job_type="a"} 1',
        'ss_queue_oldest_ready_age_seconds{job_type="b"} 4.5',
      ]).queue,
    {
      scheduled: 0,
      ready: 5,
      running: 1,
      oldestReady: 4.5,
      byType: new Map([
        ['a', { scheduled: 0, ready: 2, running: 0 }],
        ['b', { scheduled: 0, ready: 3, running: 1 }],
      ]),
    },
  );

  // rates.js

  const counted = (...values) => values.map((value) => ({ started: 1, value }));
  const value = (sample) => sample.value;
  test('a counter that grows', () => increase(counted(5, 8, 8, 10), value), 5);
  test('a counter that starts again', () => increase(counted(5, 8, 2, 3), value), 6);
  test(
    'a process that starts again and has already counted more',
    () => increase([...counted(5), { started: 2, value: 7 }], value),
    7,
  );

  const inBuckets = [
    [0.1, 50],
    [0.2, 90],
    [Infinity, 100],
  ];
  test('a quantile in the first bucket', () => quantile(0.25, inBuckets), 0.05);
  test('a quantile in a later one', () => quantile(0.7, inBuckets).toFixed(6), '0.150000');
  test('a quantile above the last bound', () => quantile(0.99, inBuckets), Infinity);
  test('a quantile of nothing', () => quantile(0.5, [[1, 0], [Infinity, 0]]), null);
  test('a quantile of no buckets', () => quantile(0.5, []), null);

  const sample = (time, buckets) => ({ time, started: 1, buckets });
  const p95After = (...samples) => {
    const latency = new Latency();
    return samples.map((each) => latency.p95(each)).at(-1);
  };
  test('one sample is no latency', () => p95After(sample(0, [[1, 5], [Infinity, 5]])), null);
  test('a few seconds are none', () => p95After(sample(0, []), sample(9, [[1, 5], [Infinity, 5]])), null);
  test(
    'a bucket that was not there before counts from nothing',
    () => p95After(sample(0, []), sample(30, [[1, 2], [Infinity, 2]])),
    0.95,
  );
  test(
    'only the last minute counts',
    () =>
      p95After(
        sample(0, [[1, 0], [2, 0], [Infinity, 0]]),
        sample(40, [[1, 0], [2, 9], [Infinity, 9]]),
        sample(100, [[1, 10], [2, 19], [Infinity, 19]]),
      ),
    0.95,
  );

  // history.js

  const step = (changes) => ({
    time: '2026-01-31T12:00:00.000Z',
    seconds: 10,
    scheduled: 0,
    ready: 0,
    running: 0,
    created: 0,
    succeeded: 0,
    failed: 0,
    cancelled: 0,
    requests: 0,
    failed_requests: 0,
    ...changes,
  });
  const last = (steps, name) => pointsOf(steps).at(-1)[name];
  test('a rate is per minute', () => last([step({ created: 5 })], 'created'), 30);
  test('a short step counts for what it is', () => last([step({ failed: 2, seconds: 5 })], 'failed'), 24);
  test(
    'a rate is over the last minute',
    () => last([step({ failed: 60 }), ...Array(5).fill(step({})), step({ failed: 6 })], 'failed'),
    6,
  );
  test(
    'a step that is not known is left out of those after it',
    () => last([step({ created: 4 }), step({ created: null }), step({ created: 8 })], 'created'),
    36,
  );
  test('what is not known is not drawn', () => last([step({ created: 4 }), step({ created: null })], 'created'), null);
  test(
    'the part of requests that failed',
    () => last([step({ requests: 10 }), step({ requests: 10, failed_requests: 5 })], 'errorRatio'),
    0.25,
  );
  test('no requests have no error ratio', () => last([step({})], 'errorRatio'), null);
  test('the queue is as it was', () => last([step({ ready: 7, running: null })], 'ready'), 7);

  // router.js

  const id = '01a22c1d-7fb6-7000-b716-acc021800e35';
  const address = (hash) => {
    const { view, id: job, query } = routeOf(hash);
    return [view, job, query.toString()];
  };
  test('no address is the overview', () => ['', '#', '#/', '#nonsense'].map((hash) => routeOf(hash).view), Array(4).fill('overview'));
  test('the list and its filter', () => address('#/jobs?state=failed&label=a%3Ab'), ['jobs', null, 'state=failed&label=a%3Ab']);
  test('a job', () => address(jobHref(id)), ['job', id, '']);
  test('what is no job id is the overview', () => address('#/jobs/../metrics'), ['overview', null, '']);
  test('an address of all jobs', () => jobsHref({}), '#/jobs');
  test('an address of some', () => jobsHref({ label: 'a:b c' }), '#/jobs?label=a%3Ab+c');

  // filter.js

  const there =
    'state=failed&state=cancelled&job_type=resize&job_type=crop&error_code=timed_out&error_code=worker_lost' +
    '&schedule=nightly&label=a%3Ab%2C+c&label=c%3Ad+e';
  test('a filter survives the form', () => queryOf(fieldsOf(new URLSearchParams(there))).toString(), there);
  test(
    'times are local in the form and not elsewhere',
    () => queryOf(fieldsOf(new URLSearchParams('created_after=2026-01-31T12:34:00Z'))).get('created_after'),
    '2026-01-31T12:34:00.000Z',
  );
  test('what is not set is left out', () => queryOf(fieldsOf(new URLSearchParams())).toString(), '');
  test('a time that is none is left out', () => fieldsOf(new URLSearchParams('created_after=x')).created_after, '');
  test('a page is no part of the selection', () => selection(new URLSearchParams('state=failed&cursor=x')).toString(), 'state=failed');
  test('a filter in words', () => filterText(new URLSearchParams(there)).slice(0, 47), 'state failed, state cancelled, job type resize,');
  test(
    'yesterday is the day before, from midnight to midnight',
    () => daysBefore(1, new Date(2026, 2, 1, 9, 30)),
    { created_after: '2026-02-28T00:00', created_before: '2026-03-01T00:00' },
  );
  test('the last hour', () => lastHours(1, new Date(2026, 2, 1, 9, 30)).created_after, '2026-03-01T08:30');

  // states.js

  test('states in words', () => ['failed', 'timed_out', 'new_one'].map(stateText), ['✕ failed', '✕ timed out', 'new one']);
  test(
    'errors in words',
    () => [[null, null], ['timed_out', null], ['command_failed', 3]].map(([error_code, exit_code]) => errorText({ error_code, exit_code })),
    ['', 'timed out', 'command failed, exit code 3'],
  );

  // report.js

  const area = (name, summary) => ({ area: name, verdict: 'ok', summary });
  const finding = (severity, summary, code = 'any') => ({ code, severity, summary });
  const report = (verdict, title, ...findings) => ({
    answers: true,
    report: {
      verdict,
      title,
      areas: [area('flow', 'No job waits.'), area('liveness', 'One worker is live.')],
      findings,
    },
  });
  const says = (name, look, expected) =>
    test(name, () => Object.values(headlineOf(look)), expected);
  says('no answer', { answers: false, report: null }, [
    'unknown',
    'The API does not answer',
    'This page asks again every few seconds.',
  ]);
  says('no report', { answers: true, report: null }, [
    'unknown',
    'The API gives no report',
    'This page asks again every few seconds.',
  ]);
  says('all is well', report('ok', 'Healthy'), ['ok', 'Healthy', 'One worker is live. No job waits.']);
  says('what is all right is not the headline', report('ok', 'Healthy', finding('ok', 'Jobs wait.')), [
    'ok',
    'Healthy',
    'One worker is live. No job waits.',
  ]);
  says('one finding', report('bad', 'Every job fails', finding('bad', 'No job succeeds.')), [
    'bad',
    'Every job fails',
    '1 finding.',
  ]);
  says(
    'several findings',
    report('bad', 'Every job fails', finding('bad', 'No job succeeds.'), finding('warn', 'Clocks differ.')),
    ['bad', 'Every job fails', '2 findings.'],
  );
  test(
    'evidence in words',
    () => evidenceText({ ready_jobs: 1234, oldest_ready_age_seconds: 61, clock_offset_seconds: -5 }),
    'ready jobs 1,234 · oldest ready age 1 min 1 s · clock offset 5 s',
  );
  test('evidence of nothing', () => evidenceText({}), '');
  test(
    'a database that is away',
    () =>
      ['database_away', 'no_worker'].map((code) => isDatabaseAway({ findings: [finding('bad', '', code)] })),
    [true, false],
  );

  // poll.js

  test(
    'who does not answer is asked less and less often',
    () => [0, 1, 2, 3, 4, 50].map(pause),
    [3000, 6000, 12_000, 24_000, 30_000, 30_000],
  );

  // events.js

  test(
    'an event has the data of its line, and its id if it has one',
    () => ['id: 1:7\nevent: bytes\ndata: {"run":1}', 'event: end\ndata: {"state":"failed"}'].map(eventOf),
    [
      { id: '1:7', name: 'bytes', data: { run: 1 } },
      { name: 'end', data: { state: 'failed' } },
    ],
  );
  test('a comment is no event', () => eventOf(': keep-alive'), null);

  // format.js

  test('what is not known is a dash', () => [whole(null), age(undefined), percent(NaN)], ['–', '–', '–']);
  test('counts', () => [whole(1234567), count(1, 'job'), count(0, 'job')], ['1,234,567', '1 job', '0 jobs']);
  test(
    'decimals',
    () => [0, 0.041, 4.2, 42.25, 1234.4].map(decimal),
    ['0', '0.04', '4.20', '42.3', '1,234'],
  );
  test('percent', () => [0, 0.001, 0.05, 0.5, 1].map(percent), ['0 %', '0.1 %', '5.0 %', '50 %', '100 %']);
  test('sizes', () => [0, 1023, 1536, 64 * 1024 ** 2].map(bytes), ['0 B', '1023 B', '1.5 KiB', '64 MiB']);
  test(
    'durations',
    () => [0, 0.0004, 0.0123, 0.5, 0.9996, 5.25, 59.96, 3600].map(duration),
    ['0 s', '0.4 ms', '12 ms', '500 ms', '1.0 s', '5.3 s', '1 min 0 s', '1 h 0 min'],
  );
  test(
    'ages',
    () => [-3, 0.4, 59.4, 60, 3599, 3600, 90_000].map(age),
    ['0 s', '0 s', '59 s', '1 min 0 s', '59 min 59 s', '1 h 0 min', '1 d 1 h'],
  );

  return results;
})();
