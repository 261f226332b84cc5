import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { setTimeout as delay } from 'node:timers/promises';
import { HANDLERS, INPUT, OUTPUTS, Starts, micros } from './handlers.mjs';

const TASK = 'bench';
const BATCH = 1000;
const logger = new Logger(() => () => {}); // it would write several lines for each job

/** graphile-worker with its defaults, but for these settings of its worker. */
export class GraphileWorker {
  #settings;

  constructor(settings) {
    this.#settings = settings;
  }

  prepare({ database }) {
    return this.#using(database, async (utils) => {
      await utils.migrate();
      await utils.withPgClient((client) => client.query(OUTPUTS));
    });
  }

  fill({ database, jobs }) {
    return this.#using(database, async (utils) => {
      for (let done = 0; done < jobs; done += BATCH) {
        const count = Math.min(BATCH, jobs - done);
        const batch = Array(count).fill({ identifier: TASK, payload: { input: INPUT } });
        await utils.addJobs(batch);
      }
    });
  }

  /** It deletes what has ended well. */
  async keep() {
    return { kept: false };
  }

  async drain({ database, jobs, all, seconds, slots, handler }) {
    const starts = new Starts(jobs);
    const runner = await run({
      logger,
      noHandleSignals: true,
      preset: {
        worker: { connectionString: database, concurrentJobs: slots, ...this.#settings },
      },
      taskList: {
        [TASK]: (_payload, helpers) => {
          starts.one();
          return HANDLERS[handler](helpers.job.id, helpers.query);
        },
      },
    });
    let ended;
    if ((await starts.all(seconds)) && all) {
      // Stopping it does not wait for every end that it is writing.
      ended = await this.#using(database, async (utils) => {
        while ((await count(utils)) > 0) {
          await delay(5);
        }
        return micros();
      });
    }
    await runner.stop();
    return starts.answer(ended);
  }

  left({ database }) {
    return this.#using(database, async (utils) => ({ left: await count(utils) }));
  }

  async #using(database, work) {
    const utils = await makeWorkerUtils({ connectionString: database, logger });
    try {
      return await work(utils);
    } finally {
      await utils.release();
    }
  }
}

function count(utils) {
  return utils.withPgClient(async (client) => {
    const { rows } = await client.query('select count(*) from graphile_worker.jobs');
    return Number(rows[0].count);
  });
}
