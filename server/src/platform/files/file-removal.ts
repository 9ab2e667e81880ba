import { JobFailure } from '../jobs/job-failure.ts';
import type { Handler } from '../jobs/run-job.ts';
import { isFileKey } from './file-key.ts';
import type { Files } from './files.ts';

/** The outbox topic of files that nothing names any more: they go after the commit that dropped them. */
export const FILE_REMOVAL_TOPIC = 'file-removal';

export interface FileRemoval {
  key: string;
}

/** Removes the file of each such row; one that is gone already was removed by an earlier attempt. */
export function removesFrom(files: Files): Handler {
  return async ({ payload }) => {
    const { key } = payload as FileRemoval;
    if (!isFileKey(key)) throw new JobFailure('the key is none of this server', { final: true });
    await files.remove(key).catch((error) => {
      throw new JobFailure(`the store of the files did not remove it: ${kindOf(error)}`);
    });
  };
}

/** The innermost error's name or code: its message can say more than should be kept. */
function kindOf(error: Error & { code?: string }): string {
  if (error.cause instanceof Error) return kindOf(error.cause);
  return error.code ?? error.name;
}
