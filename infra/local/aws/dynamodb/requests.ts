import * as z from 'zod';
import { invalid, notImplemented } from './failure.ts';

/** DynamoDB refuses an empty list of names or values. */
const isFilled = (placeholders: object) => Object.keys(placeholders).length > 0;

const placeholders = {
  ExpressionAttributeNames: z.record(z.string(), z.string()).refine(isFilled).optional(),
  ExpressionAttributeValues: z.record(z.string(), z.unknown()).refine(isFilled).optional(),
};
const conditional = {
  ...placeholders,
  TableName: z.string(),
  ConditionExpression: z.string().optional(),
  ReturnValuesOnConditionCheckFailure: z.enum(['NONE', 'ALL_OLD']).default('NONE'),
};
const put = z.strictObject({ ...conditional, Item: z.unknown() });
const update = z.strictObject({ ...conditional, Key: z.unknown(), UpdateExpression: z.string() });
const check = z.strictObject({ ...conditional, Key: z.unknown(), ConditionExpression: z.string() });
const transactItem = z.strictObject({
  Put: put.optional(),
  Update: update.optional(),
  ConditionCheck: check.optional(),
});
const batchKeys = z.strictObject({ Keys: z.array(z.unknown()), ConsistentRead: z.boolean().optional() });

/** The parameters that the stand-in knows; any other is refused by name, never ignored. */
export const requests = {
  GetItem: z.strictObject({ TableName: z.string(), Key: z.unknown(), ConsistentRead: z.boolean().optional() }),
  BatchGetItem: z.strictObject({ RequestItems: z.record(z.string(), batchKeys) }),
  PutItem: put.extend({ ReturnValues: z.enum(['NONE', 'ALL_OLD']).default('NONE') }),
  UpdateItem: update.extend({ ReturnValues: z.enum(['NONE', 'ALL_OLD', 'ALL_NEW']).default('NONE') }),
  Query: z.strictObject({
    TableName: z.string(),
    IndexName: z.string().optional(),
    KeyConditionExpression: z.string(),
    ...placeholders,
    ConsistentRead: z.boolean().default(false),
    ScanIndexForward: z.boolean().default(true),
    Limit: z.int().min(1).optional(),
    ExclusiveStartKey: z.unknown().optional(),
  }),
  TransactWriteItems: z.strictObject({
    TransactItems: z.array(transactItem).min(1).max(100),
    ClientRequestToken: z.string().min(1).max(36).optional(),
  }),
};

export type Requests = { readonly [Name in keyof typeof requests]: z.infer<(typeof requests)[Name]> };

export type PlaceholderRequest = Pick<UpdateRequest, keyof typeof placeholders>;
export type ConditionalRequest = Pick<UpdateRequest, keyof typeof conditional>;
export type PutRequest = z.infer<typeof put>;
export type UpdateRequest = z.infer<typeof update>;
export type CheckRequest = z.infer<typeof check>;

/** The body by its schema. Throws ValidationException, as `NotImplemented: …` for a member or value that the product does not use. */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') throw notImplemented([...issue.path, ...issue.keys].join('.'));
  if (issue?.code === 'invalid_value') throw notImplemented(`this value of ${path}`);
  throw invalid(`1 validation error detected: Value at '${path}' failed to satisfy constraint: ${issue?.message}`);
}
