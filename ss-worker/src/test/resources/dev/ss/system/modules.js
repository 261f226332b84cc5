// Tests of the page's modules that need no document; evaluated in the page, whose modules they
// import. The value is a list of {name, failure}, the failure empty where there is none.
(async () => {
  const { parse } = await import('/ui/exposition.js');
  const { sampleOf } = await import('/ui/sample.js');
  const { increase, measure, quantile } = await import('/ui/rates.js');
  const { History, KEPT_SECONDS } = await import('/ui/history.js');
  const { evidenceText, headlineOf, isDatabaseAway } = await import('/ui/report.js');
  const { pause } = await import('/ui/poll.js');
  const { age, count, decimal, duration, percent, whole } = await import('/ui/format.js');

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
  const request = (route, status, value) =>
    `ss_http_requests_total{method="GET",route="${route}",status_code="${status}"} ${value}`;
  const traffic = scrape([
    request('/v1/jobs', 200, 7),
    request('/v1/jobs/{job_id}', 503, 2),
    request('/v1/jobs/{job_id}/wait', 503, 100),
    request('/metrics', 500, 100),
    request('/', 200, 100),
  ]);
  test('requests about jobs are counted, waiting is not', () => traffic.requests, 9);
  test('failures are those with 5xx', () => traffic.failures, 2);
  test('no queue is not an empty queue', () => traffic.queue, null);
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

  const sample = (time, changes = {}) => ({
    time,
    started: 1,
    created: 0,
    retried: 0,
    requests: 0,
    failures: 0,
    buckets: [],
    queue: { scheduled: 0, ready: 0, running: 0 },
    ...changes,
  });
  const queue = (ready) => ({ scheduled: 0, ready, running: 0 });
  test('one sample is no rate', () => measure([sample(0)]).created, null);
  test('a few seconds are no rate', () => measure([sample(0), sample(9)]).created, null);
  test(
    'what came and is not there any more has finished',
    () => {
      const { created, finished } = measure([
        sample(0, { queue: queue(4) }),
        sample(20, { created: 50, retried: 10, queue: queue(24) }),
      ]);
      return [created, finished];
    },
    [2.5, 2],
  );
  test(
    'fewer than none cannot have finished',
    () => measure([sample(0), sample(20, { queue: queue(5) })]).finished,
    0,
  );
  test(
    'without a count of the queue nobody knows what finished',
    () => measure([sample(0), sample(20, { queue: null })]).finished,
    null,
  );
  test(
    'a rate is over the last minute',
    () => measure([sample(0), sample(40, { created: 100 }), sample(100, { created: 160 })]).created,
    1,
  );
  test(
    'the part of requests that failed',
    () => measure([sample(0), sample(30, { requests: 50, failures: 5 })]).errorRatio,
    0.1,
  );
  test('no requests have no error ratio', () => measure([sample(0), sample(30)]).errorRatio, null);
  test(
    'a bucket that was not there before counts from nothing',
    () => measure([sample(0), sample(30, { buckets: [[1, 2], [Infinity, 2]] })]).p50,
    0.5,
  );

  // history.js

  test(
    'what is older than is drawn is forgotten',
    () => {
      const history = new History();
      [0, 10, KEPT_SECONDS + 5].forEach((time) => history.add(sample(time)));
      return history.points.map(({ time }) => time);
    },
    [10, KEPT_SECONDS + 5],
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

  // format.js

  test('what is not known is a dash', () => [whole(null), age(undefined), percent(NaN)], ['–', '–', '–']);
  test('counts', () => [whole(1234567), count(1, 'job'), count(0, 'job')], ['1,234,567', '1 job', '0 jobs']);
  test(
    'decimals',
    () => [0, 0.041, 4.2, 42.25, 1234.4].map(decimal),
    ['0', '0.04', '4.20', '42.3', '1,234'],
  );
  test('percent', () => [0, 0.001, 0.05, 0.5, 1].map(percent), ['0 %', '0.1 %', '5.0 %', '50 %', '100 %']);
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
