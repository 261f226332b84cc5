-- What wrk sends, and one line with what came of it. Wrk.java starts wrk and reads the line.

function init(arguments)
  if arguments[1] == "submit" then
    wrk.method = "POST"
    wrk.body = '{"job_type": "word-count", "input": "a few words to be counted"}'
    wrk.headers["Content-Type"] = "application/json"
  end
end

-- requests, microseconds they took in all, microseconds of p50 and p99, failures
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("result %d %d %.1f %.1f %d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
