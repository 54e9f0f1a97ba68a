/** What the codes mean that a person brings about with a path. https://nodejs.org/api/errors.html#common-system-errors */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of it is a file, not a folder',
  EEXIST: 'it is a file, not a folder',
  EISDIR: 'it is a folder, not a file',
  EACCES: 'not permitted',
  EPERM: 'not permitted',
  EROFS: 'nothing can be written there',
  ENOSPC: 'the disk is full',
};

/** Why the operating system refused a path, in plain words; undefined for any other error, whose stack is worth seeing. */
export function pathRefusal(error: unknown): { readonly path: string; readonly reason: string } | undefined {
  if (!(error instanceof Error) || !('path' in error) || !('code' in error)) return undefined;
  const { path, code } = error;
  if (typeof path !== 'string' || typeof code !== 'string') return undefined;
  const reason = reasons[code];
  return reason === undefined ? undefined : { path, reason };
}
