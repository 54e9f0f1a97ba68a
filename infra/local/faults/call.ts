import type { AwsRequest, AwsResponse, AwsService } from '../server/aws-service.ts';

/** One call at a stand-in, as it came over the wire. */
export interface Call {
  readonly service: AwsService['signingName'];
  /** `UpdateItem`; for services whose path says the rest, the HTTP method. */
  readonly operation: string;
  /** The sandbox that makes it, as `process-booking.3`; undefined for a caller that is no function. */
  readonly sandbox: string | undefined;
  readonly request: AwsRequest;
}

/** What becomes of a call. `carryOut` has the service do it, once for each time it is called. */
export type Fault = (call: Call, carryOut: CarryOut) => Promise<AwsResponse>;

export type CarryOut = (request?: AwsRequest) => Promise<AwsResponse>;

/** Which calls are meant. What is left out does not matter. */
export interface CallMatch {
  readonly service: AwsService['signingName'];
  readonly operation?: string | readonly string[];
  /** Short name of the calling function. */
  readonly by?: string;
  /** Somewhere in the path or the body. */
  readonly about?: string | RegExp;
}

/** Reads from a request who calls which operation. */
export function callOf(service: AwsService['signingName'], request: AwsRequest): Call {
  const operation = request.headers['x-amz-target']?.split('.').at(-1) ?? request.method;
  return { service, operation, sandbox: sandboxOf(request), request };
}

/** Whether the call is one of those meant. */
export function matches(match: CallMatch, call: Call): boolean {
  return (
    match.service === call.service &&
    (match.operation === undefined || [match.operation].flat().includes(call.operation)) &&
    (match.by === undefined || call.sandbox?.replace(/\.\d+$/, '') === match.by) &&
    (match.about === undefined || isAbout(match.about, call.request))
  );
}

function isAbout(wanted: string | RegExp, { path, body }: AwsRequest): boolean {
  const text = `${path}\n${body.toString()}`;
  return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
}

/** The SDK puts the application's id into the user agent: https://docs.aws.amazon.com/sdkref/latest/guide/feature-appid.html */
function sandboxOf({ headers }: AwsRequest): string | undefined {
  return /(?:^|\s)app\/([a-z-]+\.\d+)/.exec(headers['user-agent'] ?? '')?.[1];
}
