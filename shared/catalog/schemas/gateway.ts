import * as z from 'zod';

/** The body of what API Gateway answers by itself, before or instead of a function. It cannot be changed. */
export const GatewayMessage = z.object({ message: z.string() }).meta({
  id: 'GatewayMessage',
  description: 'An answer of API Gateway itself.',
  examples: [{ message: 'Unauthorized' }],
});

/**
 * What API Gateway answers by itself, in words.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export const gatewayAnswers = {
  401: { when: 'scoped', description: 'No token, or one that is expired, malformed or not for this API.' },
  403: { when: 'scoped', description: 'The token lacks the scope of this route.' },
  413: { when: 'body', description: 'The body is over the 10 MB that the gateway takes.' },
  429: { when: 'always', description: 'More requests than this API takes at the moment; try again after a second.' },
  500: { when: 'always', description: 'The function could not answer at all; it is safe to try again.' },
  503: { when: 'always', description: 'The function did not answer within 30 seconds; it is safe to try again.' },
} as const satisfies Record<number, { readonly when: 'scoped' | 'body' | 'always'; readonly description: string }>;
