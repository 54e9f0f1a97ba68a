import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsFailure, failureResponse } from '../server/aws-failure.ts';
import type { AwsRequest, AwsResponse, AwsService } from '../server/aws-service.ts';
import type { Fault } from './call.ts';

/** The call takes so much longer. */
export function delay(milliseconds: number): Fault {
  return async (_, carryOut) => {
    await sleep(milliseconds);
    return carryOut();
  };
}

/** The call is not carried out, and the caller is told why. */
export function refuse(code: string, status: number, headers: Readonly<Record<string, string>> = {}): Fault {
  return async ({ service }) => refusal(service, code, status, headers);
}

/** The service asks for fewer calls, in its own words. */
export function throttle(retryAfterSeconds?: number): Fault {
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return async ({ service }) => refusal(service, ...throttles[service], headers);
}

/** The request is taken, nothing happens, and nobody ever answers. */
export function hang(): Fault {
  return ({ request }) => untilHungUp(request);
}

/** The call is carried out, and the caller never hears of it. */
export function loseAnswer(): Fault {
  return async ({ request }, carryOut) => {
    await carryOut();
    return untilHungUp(request);
  };
}

/** The call is carried out, and the caller is told that it failed. */
export function failAfterwards(): Fault {
  return async ({ service }, carryOut) => {
    await carryOut();
    return refusal(service, 'InternalServerError', 500);
  };
}

/** The call is carried out, and half of the answer arrives before the connection breaks. */
export function cutAnswer(): Fault {
  return async (_, carryOut) => {
    const { status, headers, body = '' } = await carryOut();
    const whole = body instanceof Readable ? Buffer.concat(await body.toArray()) : Buffer.from(body);
    return { status, headers: { ...headers, 'content-length': String(whole.length) }, body: halfOf(whole) };
  };
}

/**
 * Each service's own error for too many calls.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html RequestThrottled
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html SlowDown
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html Throttled
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CommonErrors.html ThrottlingException
 */
const throttles: Readonly<Record<AwsService['signingName'], readonly [code: string, status: number]>> = {
  dynamodb: ['ProvisionedThroughputExceededException', 400],
  sqs: ['RequestThrottled', 400],
  s3: ['SlowDown', 503],
  lambda: ['TooManyRequestsException', 429],
  polly: ['ThrottlingException', 400],
  bedrock: ['ThrottlingException', 429],
  ssm: ['ThrottlingException', 400],
  sns: ['Throttled', 429],
  ses: ['TooManyRequestsException', 429],
  monitoring: ['ThrottlingException', 400],
};

function refusal(
  service: AwsService['signingName'],
  code: string,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): AwsResponse {
  const response = failureResponse(new AwsFailure(code, `Injected ${code}`, { status }), service);
  return { ...response, headers: { ...response.headers, ...headers } };
}

async function untilHungUp({ signal }: AwsRequest): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw new Error('The caller has hung up');
}

function halfOf(whole: Buffer): Readable {
  return Readable.from(
    (function* () {
      yield whole.subarray(0, Math.floor(whole.length / 2));
      throw new Error('The connection broke');
    })(),
  );
}
