import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Configurable } from './configurable.ts';

export interface JobTableProps {
  /** Whether the table outlives its stack and refuses to be deleted. */
  readonly keepData: boolean;
}

/**
 * The table of job records, and who may do what with it. Each grant allows exactly the calls of its use case, on the table and
 * on the indexes it reads, and tells the function the table's name.
 */
export class JobTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, { keepData }: JobTableProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      globalSecondaryIndexes: Object.values(indexes),
      billing: Billing.onDemand(),
      timeToLiveAttribute: 'ttl',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: keepData,
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }

  /** A job that is answered at once has ended, and what follows is taken off its record. */
  grantAccept(fn: JobTableUser): void {
    this.#grant(fn, ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem']);
  }

  /** Accept without an idempotency key, which alone needs more. */
  grantSubmit(fn: JobTableUser): void {
    this.#grant(fn, ['PutItem']);
  }

  grantRead(fn: JobTableUser): void {
    this.#grant(fn, ['GetItem', 'BatchGetItem', 'Query'], ['owner']);
  }

  grantControl(fn: JobTableUser): void {
    this.#grant(fn, ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem']);
  }

  /** Schedules, the answers kept under idempotency keys, and what owners have used; not the jobs. */
  grantSchedule(fn: JobTableUser): void {
    this.#grant(fn, ['GetItem', 'PutItem', 'Query'], [], ['S#*', 'K#*']);
    this.#grant(fn, ['UpdateItem'], [], ['B#owner#*']);
  }

  grantOperate(fn: JobTableUser): void {
    this.#grant(fn, ['GetItem', 'PutItem', 'UpdateItem', 'Query'], ['dead']);
  }

  /** A redrive first accepts the job that tells of the failure, if nobody has yet. */
  grantRedrive(fn: JobTableUser): void {
    this.#grant(fn, ['GetItem', 'UpdateItem', 'Query'], ['dead']);
    this.#grant(fn, ['PutItem'], [], ['J#*']);
  }

  /** Redrive, and keep what was done by itself. */
  grantRemediate(fn: JobTableUser): void {
    this.grantRedrive(fn);
    this.#grant(fn, ['PutItem'], [], ['R#*']);
  }

  /** Read failed jobs. */
  grantAnalyze(fn: JobTableUser): void {
    this.#grant(fn, ['BatchGetItem', 'Query'], ['dead']);
  }

  grantProcess(fn: JobTableUser): void {
    this.#grant(fn, ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem']);
  }

  grantHeed(fn: JobTableUser): void {
    this.#grant(fn, ['GetItem', 'UpdateItem']);
  }

  grantBury(fn: JobTableUser): void {
    this.#grant(fn, ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem']);
  }

  grantReconcile(fn: JobTableUser): void {
    this.#grant(fn, ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'Query'], ['due']);
  }

  /** `keys`: only items whose `pk` is like one of these. */
  #grant(
    fn: JobTableUser,
    calls: readonly DynamoDbCall[],
    readIndexes: readonly (keyof typeof indexes)[] = [],
    keys: readonly string[] = [],
  ): void {
    fn.setVariable('JOB_TABLE_NAME', this.table.tableName);
    Grant.addToPrincipal({
      grantee: fn,
      actions: calls.map((call) => `dynamodb:${call}`),
      resourceArns: [this.table.tableArn, ...readIndexes.map((index) => `${this.table.tableArn}/index/${index}`)],
      // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
      ...(keys.length > 0 && { conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } } }),
    });
  }
}

type JobTableUser = Configurable<'JOB_TABLE_NAME'>;

type DynamoDbCall = 'GetItem' | 'BatchGetItem' | 'PutItem' | 'UpdateItem' | 'ConditionCheckItem' | 'Query';

/** Keys only: whoever finds a job in an index reads its head again, since an index may be behind. */
const indexes = {
  /** Every job that something must still happen to, by the time it is due. */
  due: {
    indexName: 'due',
    partitionKey: { name: 'due_shard', type: AttributeType.NUMBER },
    sortKey: { name: 'due_at', type: AttributeType.NUMBER },
    projectionType: ProjectionType.KEYS_ONLY,
  },
  /** An owner's jobs in the order they were accepted, without those that a batch or another job shows: such a record has no `listed_owner`. */
  owner: {
    indexName: 'owner',
    partitionKey: { name: 'listed_owner', type: AttributeType.STRING },
    sortKey: { name: 'id', type: AttributeType.STRING },
    projectionType: ProjectionType.KEYS_ONLY,
  },
  /** Dead letters by queue. */
  dead: {
    indexName: 'dead',
    partitionKey: { name: 'dead', type: AttributeType.STRING },
    sortKey: { name: 'ended_at', type: AttributeType.NUMBER },
    projectionType: ProjectionType.KEYS_ONLY,
  },
} as const satisfies Record<string, GlobalSecondaryIndexPropsV2>;
