import { CommandError } from './command-line.ts';

/** Where commands that act on a running stage find the access token: arguments are seen by everybody on the machine. */
export const tokenVariable = 'ROADTRIP_JOBS_TOKEN';

/** The address after `--api`. Throws CommandError with exit code 2 for anything else, followed by how the command is used. */
export function readApiUrl(api: string | undefined, usage: string): string {
  if (api !== undefined && URL.canParse(api)) return api;
  throw new CommandError(`--api must be the address of the API, such as https://api.example.com.\n\n${usage}`, {
    exitCode: 2,
  });
}

/** The token in the environment. Throws CommandError with exit code 2 without one. */
export function readToken(usage: string): string {
  const token = process.env[tokenVariable];
  if (token) return token;
  throw new CommandError(`${tokenVariable} is not set.\n\n${usage}`, { exitCode: 2 });
}
