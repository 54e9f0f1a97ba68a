import { type ProblemError, wrongFields } from './problem.ts';

/** Where a page of a list ends and under which filters, as opaque text. It carries no right. */
export function encodeCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The parts of a cursor as texts; none when it is not a cursor. The caller checks each of them. */
export function decodeCursor(cursor: string): readonly string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? parts.map(String) : [];
  } catch {
    return [];
  }
}

/** The 400 for a cursor that the caller found wrong, in the shape in which wrong fields are named. */
export function wrongCursor(message: string): ProblemError {
  return wrongFields([{ path: 'cursor', message }]);
}
