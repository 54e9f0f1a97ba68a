import packageJson from '../../package.json' with { type: 'json' };
import { failures } from '../../shared/catalog/failures.ts';
import { idempotencySeconds, problems } from '../../shared/catalog/problems.ts';
import { queueNames, queues } from '../../shared/catalog/queues.ts';
import { basePath } from '../../shared/catalog/routes.ts';
import { gatewayAnswers } from '../../shared/catalog/schemas/gateway.ts';
import { scopes } from '../../shared/catalog/scopes.ts';
import { defaultPersonality, personalities } from '../../shared/catalog/voices.ts';
import { describeRoutes } from './docs-routes.ts';
import { type Html, html, prose, table } from './html.ts';

/** The documentation of the API as one page that asks for nothing else: no script, no font, no picture. Made from the catalogs. */
export function docsPage(): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${packageJson.name} ${packageJson.version}</title>
<style>${style}</style>
</head>
<body>
<header><h1>${packageJson.name} <small>${packageJson.version}</small></h1>
<p>${packageJson.description} Submit work, get a job id at once, follow the job.</p>
<nav>${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a> `)}<a href="${basePath}/openapi.json">OpenAPI 3.1</a></nav>
</header>
<main>
${sections.map(({ id, title, content }) => html`<section id="${id}"><h2>${title}</h2>\n${content()}</section>\n`)}</main>
</body>
</html>
`.text;
}

const sections: readonly { readonly id: string; readonly title: string; readonly content: () => Html }[] = [
  { id: 'basics', title: 'Basics', content: basics },
  { id: 'routes', title: 'Routes', content: describeRoutes },
  { id: 'problems', title: 'Problems', content: describeProblems },
  { id: 'queues', title: 'Queues', content: describeQueues },
  { id: 'voices', title: 'Voices', content: describeVoices },
  { id: 'failures', title: 'Failures', content: describeFailures },
];

function basics(): Html {
  return html`<p>JSON with snake_case names and UTC times (RFC 3339). A token goes into <code>Authorization: Bearer …</code>; what it may do is in
its <code>scope</code> claim:</p>
${table(
  ['scope', 'for'],
  Object.entries(scopes).map(([scope, holder]) => [html`<code>${scope}</code>`, holder]),
)}<p>A submit is answered with 202 and a <code>Location</code>; <code>Retry-After</code> says when to look again, and
<code>If-None-Match</code> with the last <code>ETag</code> makes an unchanged job a 304. With an <code>Idempotency-Key</code> the same request
gets the first answer again for ${idempotencySeconds / 3_600} hours. In the tables, <b>*</b> marks what must be given; limits of length and
number are in the OpenAPI document.</p>
`;
}

function describeProblems(): Html {
  return html`<p>Every error is a problem document (RFC 9457). Its <code>type</code> is <code>/problems/&lt;code&gt;</code>, its
<code>errors</code> name every wrong field.</p>
${Object.entries(problems).map(
  ([code, { status, title, advice }]) => html`<section id="problem-${code}">
<h3><code>${code}</code> ${status}</h3>
<p>${title}. ${prose(advice)}</p>
</section>
`,
)}<section id="problem-gateway">
<h3>Answers of the gateway itself</h3>
<p>These come from API Gateway before a request reaches us. They are <code>{"message": "…"}</code>, not problem documents.</p>
${table(
  ['status', 'when'],
  Object.entries(gatewayAnswers).map(([status, { description }]) => [status, prose(description)]),
)}</section>
`;
}

function describeQueues(): Html {
  const rows = queueNames.map((name) => {
    const { priority, carries, pickUpTargetSeconds, waitLimitSeconds } = queues[name];
    return [html`<code>${name}</code>`, priority, carries, `${pickUpTargetSeconds} s`, `${waitLimitSeconds / 60} min`];
  });
  return html`<p>Each has its own consumer and its own share of the machine, so that a flood of one kind of work does not delay another. A
step that has not started after its wait limit expires. The pick-up time is a target.</p>
${table(['queue', 'priority', 'carries', 'picked up within', 'waits at most'], rows)}`;
}

function describeVoices(): Html {
  const rows = Object.entries(personalities).map(([name, { description, language }]) => [
    html`<code>${name}</code>`,
    language,
    description,
  ]);
  return html`<p>For <code>voice_personality</code>; <code>${defaultPersonality}</code> speaks when none is named.</p>
${table(['voice', 'language', ''], rows)}`;
}

function describeFailures(): Html {
  return html`<p>The <code>error.code</code> of a job that has failed, was cancelled, expired, or will be tried again.</p>
${table(
  ['code', 'the traveller reads'],
  Object.entries(failures).map(([code, message]) => [html`<code>${code}</code>`, message]),
)}`;
}

const style = html`
:root{color-scheme:light dark;--line:#8885;--soft:#8881}
body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:0 auto;padding:1rem}
nav a{margin-right:1rem}
h2{margin-top:3rem;border-bottom:1px solid var(--line)}
h3{margin:2rem 0 .25rem}
:target>h3{background:var(--soft);outline:.25rem solid var(--soft)}
small{font-weight:normal;opacity:.7}
code{font:.9em ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line)}
`;
