import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';

const dynamoDb = new DynamoDBClient({});

/** Stores the event it was called with under the id `reconciled`; fails if the template says so. */
export async function handler(event) {
  if (process.env.FAIL) throw new Error('the table is on fire');
  const item = { id: { S: 'reconciled' }, content: { S: JSON.stringify(event) } };
  await dynamoDb.send(new PutItemCommand({ TableName: process.env.TABLE_NAME, Item: item }));
}
