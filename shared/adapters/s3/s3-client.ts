import { S3Client } from '@aws-sdk/client-s3';
import { requestLimits } from '../request-limits.ts';

/** One client a function. Checksums only where S3 asks for them, so that a link stays a plain GET. */
export function createS3Client(): S3Client {
  return new S3Client({
    maxAttempts: 4,
    requestHandler: requestLimits(1_000, 10_000),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}
