import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';

const dynamoDb = new DynamoDBClient({});

/** Stores each message; one that says `wait` takes that many milliseconds first. */
export async function handler(event) {
  console.log(`received ${event.Records.length} of ${event.Records[0].eventSourceARN}`);
  for (const { body } of event.Records) {
    const { id, wait = 0 } = JSON.parse(body);
    await new Promise((resolve) => setTimeout(resolve, wait));
    const item = { id: { S: id }, content: { S: body } };
    await dynamoDb.send(new PutItemCommand({ TableName: process.env.TABLE_NAME, Item: item }));
  }
  return { batchItemFailures: [] };
}
