import * as z from 'zod';
import type { S3Signer } from '../adapters/s3/s3-signer.ts';

/**
 * Who this function is at AWS, and where S3 is if not at AWS. Lambda sets these variables for each execution environment.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function s3Signer(): S3Signer {
  const found = Surroundings.parse(process.env);
  return {
    region: found.AWS_REGION,
    accessKeyId: found.AWS_ACCESS_KEY_ID,
    secretAccessKey: found.AWS_SECRET_ACCESS_KEY,
    sessionToken: found.AWS_SESSION_TOKEN,
    endpoint: found.AWS_ENDPOINT_URL_S3 ?? found.AWS_ENDPOINT_URL,
  };
}

/** What a process that must not know our credentials still needs: where the runtime keeps its libraries. */
export function libraryPath(): Readonly<Record<string, string>> {
  const { LD_LIBRARY_PATH } = process.env;
  return LD_LIBRARY_PATH === undefined ? {} : { LD_LIBRARY_PATH };
}

const Surroundings = z.object({
  AWS_REGION: z.string().min(1),
  AWS_ACCESS_KEY_ID: z.string().min(1),
  AWS_SECRET_ACCESS_KEY: z.string().min(1),
  AWS_SESSION_TOKEN: z.string().min(1).optional(),
  AWS_ENDPOINT_URL: z.url().optional(),
  AWS_ENDPOINT_URL_S3: z.url().optional(),
});
