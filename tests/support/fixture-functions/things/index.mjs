import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const dynamoDb = new DynamoDBClient({});
const sqs = new SQSClient({});

/** POST /things puts the body on the queue; GET /things/{id} reads what became of it. */
export async function handler(event) {
  if (event.routeKey === 'POST /things') {
    await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: event.body }));
    return { statusCode: 202, body: JSON.stringify({ owner: event.requestContext.authorizer.jwt.claims.sub }) };
  }
  const key = { id: { S: event.pathParameters.id } };
  const { Item } = await dynamoDb.send(new GetItemCommand({ TableName: process.env.TABLE_NAME, Key: key }));
  if (!Item) return { statusCode: 404 };
  return { statusCode: 200, body: Item.content.S };
}
