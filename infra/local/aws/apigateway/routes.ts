/** A route key as in the template: `GET /jobs/{job_id}`, `ANY /files/{proxy+}` or `$default`. */
export interface RouteMatch<Route> {
  readonly route: Route;
  /** Decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

type Segment = { readonly kind: 'literal' | 'variable' | 'greedy'; readonly text: string };

/**
 * Finds the most specific route: literal segments before variables, variables before a greedy one, a method before `ANY`,
 * `$default` last. Throws URIError when the path is not well encoded.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
 */
export function routeFinder<Route extends { readonly routeKey: string }>(routes: readonly Route[]) {
  const compiled = routes.map(compile).sort((one, other) => (one.rank < other.rank ? -1 : 1));
  return (method: string, path: string): RouteMatch<Route> | undefined => {
    const segments = path.split('/').slice(1).map(decodeURIComponent);
    for (const { route, methodName, pattern } of compiled) {
      if (methodName !== 'ANY' && methodName !== method) continue;
      const pathParameters = pattern === undefined ? {} : matchPath(pattern, segments);
      if (pathParameters) return { route, pathParameters };
    }
    return undefined;
  };
}

function compile<Route extends { readonly routeKey: string }>(route: Route) {
  if (route.routeKey === '$default') return { route, methodName: 'ANY', pattern: undefined, rank: '~' };
  const [methodName = 'ANY', path = '/'] = route.routeKey.split(' ');
  const pattern = path.split('/').slice(1).map(segmentOf);
  const rank = pattern.map(({ kind }) => ({ literal: 0, variable: 1, greedy: 2 })[kind]).join('');
  return { route, methodName, pattern, rank: `${rank} ${methodName === 'ANY' ? 1 : 0}` };
}

function segmentOf(text: string): Segment {
  if (text.endsWith('+}')) return { kind: 'greedy', text: text.slice(1, -2) };
  if (text.startsWith('{')) return { kind: 'variable', text: text.slice(1, -1) };
  return { kind: 'literal', text };
}

function matchPath(pattern: readonly Segment[], segments: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, { kind, text }] of pattern.entries()) {
    const value = kind === 'greedy' ? segments.slice(index).join('/') : segments[index];
    if (kind === 'literal' ? value !== text : !value) return undefined;
    if (kind !== 'literal' && value) parameters[text] = value;
    if (kind === 'greedy') return parameters;
  }
  return pattern.length === segments.length ? parameters : undefined;
}
