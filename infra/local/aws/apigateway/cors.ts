/** `CorsConfiguration` of AWS::ApiGatewayV2::Api. */
export interface CorsConfiguration {
  readonly AllowOrigins?: readonly string[] | undefined;
  readonly AllowMethods?: readonly string[] | undefined;
  readonly AllowHeaders?: readonly string[] | undefined;
  readonly ExposeHeaders?: readonly string[] | undefined;
  readonly AllowCredentials?: boolean | undefined;
  /** Seconds. */
  readonly MaxAge?: number | undefined;
}

/**
 * The headers that go on every answer, the gateway's own included; none for an origin that is not allowed.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function corsHeaders(cors: CorsConfiguration | undefined, origin: string | undefined): Record<string, string> {
  const allowed = cors?.AllowOrigins?.find((pattern) => allows(pattern, origin));
  if (!cors || !origin || !allowed) return {};
  return {
    'access-control-allow-origin': allowed === '*' ? '*' : origin,
    ...(cors.AllowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(cors.ExposeHeaders?.length && { 'access-control-expose-headers': cors.ExposeHeaders.join(',') }),
  };
}

/** What a preflight answer carries beside `corsHeaders`. */
export function preflightHeaders(cors: CorsConfiguration, origin: string | undefined): Record<string, string> {
  const headers = corsHeaders(cors, origin);
  if (!headers['access-control-allow-origin']) return {};
  return {
    ...headers,
    ...(cors.AllowMethods?.length && { 'access-control-allow-methods': cors.AllowMethods.join(',') }),
    ...(cors.AllowHeaders?.length && { 'access-control-allow-headers': cors.AllowHeaders.join(',') }),
    ...(cors.MaxAge !== undefined && { 'access-control-max-age': String(cors.MaxAge) }),
  };
}

/** An exact origin, `*`, or every origin of a scheme: `https://*`. */
function allows(pattern: string, origin: string | undefined): boolean {
  return (
    pattern === '*' || pattern === origin || (pattern.endsWith('://*') && !!origin?.startsWith(pattern.slice(0, -1)))
  );
}
