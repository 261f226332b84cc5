// The states of jobs and workers: their marks, which are told apart without colour too.

import { words } from './format.js';

export const JOB_STATES = ['running', 'failed', 'succeeded', 'cancelled', 'queued'];

const MARKS = {
  succeeded: '✓',
  failed: '✕',
  timed_out: '✕',
  out_of_memory: '✕',
  lost: '✕',
  cancelled: '⊘',
  interrupted: '⊘',
  running: '▸',
  queued: '○',
  live: '✓',
  draining: '▾',
  stale: '✕',
  paused: '‖',
};

/** "✕ failed". */
export function stateText(name) {
  return `${MARKS[name] ?? ''} ${words(name)}`.trim();
}

export function stateClass(name) {
  return MARKS[name] === '✕' ? 'failed' : name;
}

/** "command failed, exit code 3". */
export function errorText({ error_code, exit_code }) {
  if (error_code === null) {
    return '';
  }
  return exit_code === null ? words(error_code) : `${words(error_code)}, exit code ${exit_code}`;
}
