import PgBoss from 'pg-boss';
import { setTimeout as delay } from 'node:timers/promises';
import { HANDLERS, INPUT, OUTPUTS, Starts } from './handlers.mjs';

const QUEUE = 'bench';
const BATCH = 1000;

/** Ended within the twelve hours for which it keeps such jobs beside those that are queued. */
const KEPT = `
  insert into pgboss.job (name, data, state, started_on, completed_on, created_on)
  select '${QUEUE}', $1::jsonb, 'completed',
    now() - interval '1 hour', now() - interval '1 hour', now() - interval '1 hour'
  from generate_series(1, $2::int)`;

const COUNT = `select count(*) from pgboss.job where name = '${QUEUE}' and state`;

/** pg-boss with its defaults, and as many workers as there are slots. */
export class PgBossQueue {
  #batchSize;

  constructor(batchSize) {
    this.#batchSize = batchSize;
  }

  prepare({ database }) {
    return this.#using(database, async (boss) => {
      await boss.createQueue(QUEUE);
      await boss.getDb().executeSql(OUTPUTS);
    });
  }

  fill({ database, jobs }) {
    return this.#using(database, async (boss) => {
      for (let done = 0; done < jobs; done += BATCH) {
        const count = Math.min(BATCH, jobs - done);
        await boss.insert(Array(count).fill({ name: QUEUE, data: { input: INPUT } }));
      }
    });
  }

  keep({ database, jobs }) {
    return this.#using(database, async (boss) => {
      await boss.getDb().executeSql(KEPT, [{ input: INPUT }, jobs]);
      return { kept: true };
    });
  }

  drain({ database, jobs, seconds, slots, handler }) {
    const starts = new Starts(jobs);
    return this.#using(database, async (boss) => {
      const execute = (sql, values) => boss.getDb().executeSql(sql, values);
      for (let slot = 0; slot < slots; slot++) {
        await this.#work(boss, async (job) => {
          starts.one();
          await HANDLERS[handler](job.id, execute);
        });
      }
      await starts.all(seconds);
      await boss.offWork(QUEUE);
      // It does not wait for the ends that it is writing.
      while ((await this.#count(boss, "= 'active'")) > 0) {
        await delay(5);
      }
      return starts.answer();
    });
  }

  /** Runs one job at a time, and looks for the next without waiting for the time to poll. */
  async #work(boss, handle) {
    const options = { batchSize: this.#batchSize, pollingIntervalSeconds: 0.5 };
    const id = await boss.work(QUEUE, options, async (jobs) => {
      for (const job of jobs) {
        await handle(job);
      }
      boss.notifyWorker(id);
    });
  }

  left({ database }) {
    return this.#using(database, async (boss) => ({
      left: await this.#count(boss, "< 'completed'"),
    }));
  }

  async #count(boss, states) {
    const { rows } = await boss.getDb().executeSql(COUNT + states, []);
    return Number(rows[0].count);
  }

  async #using(database, work) {
    const boss = new PgBoss({ connectionString: database });
    let stopping = false;
    // Its last connection may still be closing when the database is removed.
    boss.on('error', (error) => stopping || console.error(error.message));
    await boss.start();
    try {
      return await work(boss);
    } finally {
      stopping = true;
      await boss.stop();
    }
  }
}
