// What a job does, and when jobs begin.
import { spawn } from 'node:child_process';

export const INPUT = 'a few words that a command would count';

export const OUTPUTS = `
  create table outputs (
    job_id text not null primary key, exit_code integer not null,
    stdout bytea not null, stderr bytea not null)`;

const STORE = 'insert into outputs (job_id, exit_code, stdout, stderr) values ($1, $2, $3, $4)';

/** Handlers by name; each takes the job's id and a way to execute a statement. */
export const HANDLERS = {
  NOTHING: async () => {},
  TEN_MILLIS: () => new Promise((resolve) => setTimeout(resolve, 10)),
  PROCESS: async (id, execute) => {
    const { exitCode, stdout, stderr } = await command('/bin/true');
    await execute(STORE, [id, exitCode, stdout, stderr]);
  },
};

function command(program) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [], { stdio: ['pipe', 'pipe', 'pipe'] });
    const stdout = [];
    const stderr = [];
    child.on('error', reject);
    child.stdin.on('error', () => {}); // it may end without having read its input
    child.stdin.end(INPUT);
    child.stdout.on('data', (chunk) => stdout.push(chunk));
    child.stderr.on('data', (chunk) => stderr.push(chunk));
    child.on('close', (exitCode) =>
      resolve({ exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) }),
    );
  });
}

/** The times at which jobs began, of so many; all that began beyond are counted. */
export class Starts {
  #micros = [];
  #begun = 0;
  #wanted;
  #all;

  constructor(wanted) {
    this.#wanted = wanted;
  }

  one() {
    this.#begun++;
    if (this.#micros.length < this.#wanted) {
      this.#micros.push(micros());
      if (this.#micros.length === this.#wanted) {
        this.#all?.();
      }
    }
  }

  /** Waits so long for all that are wanted, and says whether that was enough. */
  all(seconds) {
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(false), seconds * 1000);
      this.#all = () => {
        clearTimeout(late);
        resolve(true);
      };
      if (this.#micros.length === this.#wanted) {
        this.#all();
      }
    });
  }

  /** Now that all that began have ended. */
  answer(ended = micros()) {
    return { starts: this.#micros, begun: this.#begun, ended };
  }
}

/** On a clock of this process. */
export function micros() {
  return Math.round(performance.now() * 1000);
}
