/**
 * How long one HTTP request of an AWS client may take, milliseconds. Without `throwOnRequestTimeout` the SDK only logs that the time is up and goes
 * on waiting (https://github.com/smithy-lang/smithy-typescript/blob/main/packages/node-http-handler/src/node-http-handler.ts).
 */
export function requestLimits(connectionTimeout: number, requestTimeout: number) {
  return { connectionTimeout, requestTimeout, throwOnRequestTimeout: true } as const;
}
