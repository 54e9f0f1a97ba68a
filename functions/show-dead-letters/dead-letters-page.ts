import type { Pile } from './count-dead.ts';

export interface DeadLettersPage {
  readonly piles: readonly Pile[];
  /** What a button did just now. */
  readonly redriven: { readonly queue: string; readonly count: number } | undefined;
  readonly now: number;
  /** ARN of the function that the buttons invoke. */
  readonly endpoint: string;
}

/**
 * HTML for a custom widget: a row for each queue that has failed jobs, with its button. Nothing in it comes from a traveller.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_interactivity.html
 */
export function deadLettersPage({ piles, redriven, now, endpoint }: DeadLettersPage): string {
  const note = redriven ? `<p>${redriven.count} jobs of ${redriven.queue} were given another life.</p>` : '';
  const full = piles.filter(({ count }) => count > 0);
  if (full.length === 0) return `${note}<p>No failed jobs.</p>`;
  const rows = full.map((pile) => row(pile, now, endpoint)).join('');
  return `${note}<table><tr><th>Queue</th><th>Failed jobs</th><th>Newest</th><th></th></tr>${rows}</table>`;
}

function row({ queue, count, more, newestAt = 0 }: Pile, now: number, endpoint: string): string {
  const minutes = Math.max(0, Math.round((now - newestAt) / 60_000));
  const confirmation = `Redrive failed jobs of ${queue}, oldest first?`;
  const payload = JSON.stringify({ redrive: queue });
  const button =
    '<a class="btn">Redrive</a>' +
    `<cwdb-action action="call" display="widget" confirmation="${confirmation}" endpoint="${endpoint}">${payload}</cwdb-action>`;
  return `<tr><td>${queue}</td><td>${count}${more ? '+' : ''}</td><td>${minutes} min ago</td><td>${button}</td></tr>`;
}
