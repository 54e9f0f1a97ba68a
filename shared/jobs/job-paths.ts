import { basePath } from '../catalog/routes.ts';

/** Where a client follows the job. */
export function statusPath(id: string): string {
  return `${basePath}/jobs/status/${id}`;
}

/** Where a client follows a batch with its children. */
export function batchPath(id: string): string {
  return `${basePath}/jobs/batch/status/${id}`;
}
