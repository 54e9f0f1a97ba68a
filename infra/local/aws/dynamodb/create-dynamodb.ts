import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../clock.ts';
import type { AwsRequest, AwsResponse, AwsService } from '../../server/aws-service.ts';
import { DynamoDbFailure } from './failure.ts';
import { batchGetItem, getItem, query } from './read.ts';
import { parseRequest, requests } from './requests.ts';
import { Store } from './store.ts';
import { parseTable, type Table } from './table.ts';
import { transactWriteItems } from './transact.ts';
import { putItem, updateItem } from './write.ts';

export interface DynamoDb extends AwsService {
  readonly signingName: 'dynamodb';
  /**
   * Makes a table known from the CloudFormation properties of AWS::DynamoDB::Table or GlobalTable. Items already stored under its
   * name are kept, and brought in line with indexes and TTL that have changed since.
   */
  createTable(name: string, definition: unknown): void;
  /** Throws ResourceNotFoundException for a name without a table. */
  table(name: string): Table;
  /** Deletes the items whose TTL has passed and answers how many. AWS does so within a few days; nobody calls it for us. */
  sweep(): number;
}

const operations = new Map<string, (store: Store, body: unknown) => object>([
  ['GetItem', (store, body) => getItem(store, parseRequest(requests.GetItem, body))],
  ['BatchGetItem', (store, body) => batchGetItem(store, parseRequest(requests.BatchGetItem, body))],
  ['PutItem', (store, body) => putItem(store, parseRequest(requests.PutItem, body))],
  ['UpdateItem', (store, body) => updateItem(store, parseRequest(requests.UpdateItem, body))],
  ['Query', (store, body) => query(store, parseRequest(requests.Query, body))],
  ['TransactWriteItems', (store, body) => transactWriteItems(store, parseRequest(requests.TransactWriteItems, body))],
]);

/** A DynamoDB of the operations that the adapters use, over one SQLite database. */
export function createDynamoDb(options: { readonly database: DatabaseSync; readonly clock: Clock }): DynamoDb {
  const store = new Store(options.database, options.clock);
  return {
    signingName: 'dynamodb',
    handle: async (request) => answer(store, request),
    createTable: (name, definition) => store.define(parseTable(name, definition), JSON.stringify(definition)),
    table: (name) => store.table(name),
    sweep: () => store.sweep(),
  };
}

function answer(store: Store, { headers, body }: AwsRequest): AwsResponse {
  try {
    const operation = headers['x-amz-target']?.split('.').at(-1) ?? '';
    const perform = operations.get(operation);
    if (!perform) throw new DynamoDbFailure('UnknownOperationException', `NotImplemented: ${operation}`);
    return respond(200, perform(store, parseJson(body)));
  } catch (error) {
    if (!(error instanceof DynamoDbFailure)) throw error;
    const __type = `com.amazonaws.dynamodb.v20120810#${error.name}`;
    return respond(400, { __type, message: error.message, ...error.detail });
  }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new DynamoDbFailure('SerializationException', 'The request is not JSON');
  }
}

function respond(status: number, content: object): AwsResponse {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() };
  return { status, headers, body: JSON.stringify(content) };
}
