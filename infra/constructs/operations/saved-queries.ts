import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type SavedQuery, savedQueries } from '../../../shared/catalog/saved-queries.ts';

export interface SavedQueriesProps {
  readonly stage: string;
  /** Of every function. */
  readonly logGroups: readonly ILogGroup[];
}

/** The questions that the runbook asks, ready in CloudWatch Logs Insights over the logs of all functions. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { stage, logGroups }: SavedQueriesProps) {
    super(scope, id);
    const all: readonly SavedQuery[] = savedQueries;
    for (const { name, query } of all) {
      new CfnQueryDefinition(this, name.replaceAll(' ', ''), {
        name: `RoadtripJobs-${stage}/${name}`,
        queryString: query,
        logGroupNames: logGroups.map(({ logGroupName }) => logGroupName),
      });
    }
  }
}
