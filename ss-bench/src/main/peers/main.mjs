// A queue of Node as one side of a comparison, in a process of its own. It reads orders, a line of
// JSON each, answers each with a line of JSON, and ends with its input:
//   {"order": "prepare", "database": "postgres://…"}                    its tables
//   {"order": "fill", "database": …, "jobs": 2000}                      queues so many
//   {"order": "keep", "database": …, "jobs": 1000000}                   as if so many had ended
//   {"order": "drain", "database": …, "jobs": 2000, "all": true, "seconds": 60,
//     "slots": 4, "handler": "NOTHING"}   begins so many, if the time is enough, which may be all
//                                         that there are; answers when those that began have ended
//   {"order": "left", "database": …}                                    what has not ended
import { createInterface } from 'node:readline';
import { GraphileWorker } from './graphile-worker.mjs';
import { PgBossQueue } from './pg-boss.mjs';

const SIDES = {
  'graphile-worker': () => new GraphileWorker({}),
  // What its page on performance sets.
  'graphile-worker-local-queue': () =>
    new GraphileWorker({
      localQueue: { size: 500 },
      completeJobBatchDelay: 0,
      failJobBatchDelay: 0,
    }),
  'pg-boss': () => new PgBossQueue(1),
  'pg-boss-batches': () => new PgBossQueue(25),
};

const side = SIDES[process.argv[2]]();
for await (const line of createInterface({ input: process.stdin })) {
  const { order, ...rest } = JSON.parse(line);
  const answer = (await side[order](rest)) ?? {};
  process.stdout.write(JSON.stringify(answer) + '\n');
}
process.exit(0);
