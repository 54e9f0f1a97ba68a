import { X509Certificate } from 'node:crypto';
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Credentials } from '../local/aws/iam/callers.ts';
import type { CloudOptions } from '../local/cloud.ts';
import { type Endpoints, replaceableServices } from '../local/cloud-services.ts';
import { CommandError } from './command-line.ts';
import { pathRefusal } from './system-error.ts';

export const defaultDataFolder = '.roadtrip';
export const defaultPort = '4600';

/** A port as written on the command line. Throws CommandError for anything but 0 to 65535. */
export function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new CommandError(`--port ${text}: give a number from 0 to 65535; 0 takes a free port.`, { exitCode: 2 });
}

/** The data folder, made if it is not there. Throws CommandError for a path that is no folder or that cannot be written. */
export function readDataFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusablePath('--data', folder, error);
  }
  return folder;
}

/** `service=url` pairs. Throws CommandError for a service that cannot be replaced or an address that is none. */
export function readEndpoints(pairs: readonly string[]): Endpoints {
  const endpoints: Partial<Record<(typeof replaceableServices)[number], string>> = {};
  for (const pair of pairs) {
    const [name = '', ...rest] = pair.split('=');
    const service = replaceableServices.find((each) => each === name);
    const url = URL.parse(rest.join('='));
    if (service === undefined || url === null) {
      const services = replaceableServices.join(' or ');
      throw new CommandError(`--endpoint ${pair}: give ${services}, "=" and a URL.`, { exitCode: 2 });
    }
    endpoints[service] = url.href;
  }
  return endpoints;
}

/** Receivers on this machine. Throws CommandError for what is no https origin, and for a certificate authority that is not given or is none. */
export function readCallbackTests(origins: readonly string[], file: string | undefined): CloudOptions['callbackTests'] {
  if (origins.length === 0) return undefined;
  const wrong = origins.find((origin) => !origin.startsWith('https:') || URL.parse(origin)?.origin !== origin);
  if (wrong !== undefined) {
    throw new CommandError(`--callback ${wrong}: give https://, a name and a port, and no path.`, { exitCode: 2 });
  }
  if (file === undefined) {
    throw new CommandError('--callback needs --callback-ca: the certificate that vouches for the receiver.', {
      exitCode: 2,
    });
  }
  return { origins, certificateAuthority: readCertificate(file) };
}

function readCertificate(file: string): string {
  try {
    const pem = readFileSync(file, 'utf8');
    new X509Certificate(pem);
    return pem;
  } catch (error) {
    if (pathRefusal(error) !== undefined) throw unusablePath('--callback-ca', file, error);
    throw new CommandError(`--callback-ca ${file}: it holds no certificate (PEM).`, { exitCode: 2, cause: error });
  }
}

/** A refused path as a mistake in the option that named it; any other error as it is. */
function unusablePath(option: string, file: string, error: unknown): unknown {
  const refusal = pathRefusal(error);
  if (refusal === undefined) return error;
  return new CommandError(`${option} ${file}: ${refusal.reason}.`, { exitCode: 2, cause: error });
}

/** The caller's own AWS keys, which functions need only where an endpoint is not a stand-in. */
export function callersCredentials(endpoints: Endpoints): Credentials | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
  if (Object.keys(endpoints).length === 0 || !accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, sessionToken: process.env.AWS_SESSION_TOKEN };
}

/** The command that prints a token which a cloud on `dataFolder` takes. `--silent`, so that it prints nothing else. */
export function tokenCommand(dataFolder: string): string {
  const isDefault = path.resolve(dataFolder) === path.resolve(defaultDataFolder);
  const data = isDefault ? '' : ` --data ${shellWord(shownPath(dataFolder))}`;
  return `npm run --silent token -- --owner somebody${data}`;
}

/** As a shell reads it back. */
function shellWord(text: string): string {
  return /^[\w./@:+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A path as a person in the current folder would write it. */
export function shownPath(file: string): string {
  const relative = path.relative(process.cwd(), path.resolve(file));
  return relative.startsWith('..') || relative === '' ? path.resolve(file) : relative;
}
