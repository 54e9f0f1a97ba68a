import * as z from 'zod';
import { AwsFailure, failureResponse } from '../../server/aws-failure.ts';
import type { AwsRequest, AwsResponse, AwsService } from '../../server/aws-service.ts';
import type { Callers, Principal } from './callers.ts';
import type { Need } from './decide.ts';
import { accessDenied } from './denial.ts';
import { type NeedsOf, s3Arn } from './needs.ts';

/** Lets a call through to its stand-in only if the caller's policies allow all that it needs. */
export interface Guard {
  /** The stand-in with the guard before it. */
  around(service: AwsService): AwsService;
  /** Why the signer of a browser's form may not have this object written; undefined if it may. */
  uploadRefusal(accessKeyId: string, bucket: string, key: string): string | undefined;
}

/**
 * The guard over `callers`. What a call needs comes from `needsOf`: an operation that has no entry there is answered 501 NotImplemented, one
 * that cannot be read 400, one that is not allowed as the service itself refuses it.
 */
export function createGuard(callers: Callers, needsOf: NeedsOf): Guard {
  return {
    around: (service) => ({
      signingName: service.signingName,
      async handle(request) {
        const principal = request.accessKeyId === undefined ? undefined : callers.principalOf(request.accessKeyId);
        if (!principal) return service.handle(request);
        const denial = denialOf(principal, service.signingName, readNeeds(needsOf, service.signingName, request));
        if (denial) return failureResponse(denial, service.signingName);
        return hideAbsence(await service.handle(request), principal, service.signingName, request);
      },
    }),
    uploadRefusal(accessKeyId, bucket, key) {
      const principal = callers.principalOf(accessKeyId);
      const need = { action: 's3:PutObject', resource: s3Arn(bucket, key) };
      return principal && denialOf(principal, 's3', [need])?.message;
    },
  };
}

function denialOf(principal: Principal, service: AwsService['signingName'], needs: readonly Need[]) {
  for (const need of needs) {
    const refusal = principal.refusalOf(need);
    if (refusal) return accessDenied(service, principal.arn, need, refusal);
  }
  return undefined;
}

function readNeeds(needsOf: NeedsOf, service: AwsService['signingName'], request: AwsRequest): readonly Need[] {
  try {
    const needs = needsOf(service, request);
    if (needs) return needs;
  } catch (error) {
    if (!(error instanceof z.ZodError || error instanceof SyntaxError)) throw error;
    throw new AwsFailure('SerializationException', `The request cannot be read: ${error.message}`, { status: 400 });
  }
  const operation = request.headers['x-amz-target'] ?? `${request.method} ${request.path}`;
  throw new AwsFailure('NotImplemented', `NotImplemented: ${service} ${operation}`, { status: 501 });
}

/**
 * Who may not list a bucket does not learn from S3 that an object is absent.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestSyntax
 */
function hideAbsence(
  answer: AwsResponse,
  principal: Principal,
  service: AwsService['signingName'],
  { path }: AwsRequest,
): AwsResponse {
  if (service !== 's3' || answer.status !== 404) return answer;
  const need = { action: 's3:ListBucket', resource: s3Arn(path.split('/')[1] ?? '') };
  const denial = denialOf(principal, service, [need]);
  return denial ? failureResponse(denial, service) : answer;
}
