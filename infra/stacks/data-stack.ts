import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { DeployedQueue } from '../constructs/deployed-queues.ts';
import { JobTable } from '../constructs/job-table.ts';
import { MediaBucket } from '../constructs/media-bucket.ts';
import { PriorityQueues } from '../constructs/priority-queues.ts';
import type { StageSettings } from '../stage-settings.ts';

export interface DataStackProps {
  readonly settings: StageSettings;
  readonly queues: readonly DeployedQueue[];
}

/** What must outlive a deployment: records, media, queues. Depends on no other stack. */
export class DataStack extends Stack {
  readonly jobs: JobTable;
  readonly media: MediaBucket;
  readonly queues: PriorityQueues;

  constructor(scope: Construct, id: string, { settings, queues }: DataStackProps) {
    super(scope, id, {
      description: 'Roadtrip Jobs: job records, media and queues',
      terminationProtection: settings.keepData,
    });
    this.jobs = new JobTable(this, 'Jobs', settings);
    this.media = new MediaBucket(this, 'Media', settings);
    this.queues = new PriorityQueues(this, 'Queues', queues);
    new CfnOutput(this, 'JobTableName', { value: this.jobs.table.tableName });
    new CfnOutput(this, 'MediaBucketName', { value: this.media.bucket.bucketName });
  }
}
