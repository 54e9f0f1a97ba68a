import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { JobTable } from '../../infra/constructs/job-table.ts';
import { startTable } from './dynamodb-engine.ts';

/** The job table as the data stack defines it, empty, on the engine that the suites are held against, and a client for it. */
export function startJobTable() {
  return startTable(tableDefinition());
}

const Resource = z.object({ Properties: z.record(z.string(), z.unknown()) });

/** What the data stack's construct makes of it in CloudFormation. */
function tableDefinition(): unknown {
  const stack = new Stack(new App(), 'data');
  new JobTable(stack, 'Jobs', { keepData: false });
  const [table] = Object.values(Template.fromStack(stack).findResources('AWS::DynamoDB::GlobalTable'));
  return Resource.parse(table).Properties;
}
