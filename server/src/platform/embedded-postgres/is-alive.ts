import { errorCode } from './error-code.ts';

/** Whether a process with this pid exists, a zombie or another user's included. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}
