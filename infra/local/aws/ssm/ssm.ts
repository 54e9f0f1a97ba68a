import { createHash } from 'node:crypto';
import * as z from 'zod';
import { AwsFailure } from '../../server/aws-failure.ts';
import type { AwsRequest, AwsResponse, AwsService } from '../../server/aws-service.ts';
import { localArn } from '../../template/physical-names.ts';

/** SSM Parameter Store, as far as secrets are read from it: GetParameter of SecureString parameters, which are there from the start. */
export function createSsm(parameters: ReadonlyMap<string, string>): AwsService {
  return { signingName: 'ssm', handle: async (request) => handle(request, parameters) };
}

const target = 'AmazonSSM.';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
const GetParameter = z.strictObject({ Name: z.string().min(1), WithDecryption: z.boolean().default(false) });

function handle({ headers, body }: AwsRequest, parameters: ReadonlyMap<string, string>): AwsResponse {
  const operation = headers['x-amz-target']?.slice(target.length);
  if (operation !== 'GetParameter') {
    throw new AwsFailure('NotImplemented', `NotImplemented: ${operation}`, { status: 501 });
  }
  const asked = GetParameter.safeParse(JSON.parse(body.toString()));
  if (!asked.success) throw new AwsFailure('ValidationException', z.prettifyError(asked.error), { status: 400 });
  const { Name, WithDecryption } = asked.data;
  const value = parameters.get(Name);
  if (value === undefined) throw new AwsFailure('ParameterNotFound', `${Name} was not found.`, { status: 400 });
  const Parameter = {
    Name,
    Type: 'SecureString',
    Value: WithDecryption ? value : encrypted(value),
    Version: 1,
    LastModifiedDate: 1_767_225_600,
    ARN: localArn('ssm', `parameter${Name}`),
    DataType: 'text',
  };
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({ Parameter }),
  };
}

/** Whoever does not ask for decryption gets a text that is of no use. */
function encrypted(value: string): string {
  return createHash('sha256').update(value).digest('base64');
}
