/** One question to the logs of all functions, in the language of CloudWatch Logs Insights. */
export interface SavedQuery {
  readonly name: string;
  readonly query: string;
}

/**
 * What operators ask the logs. Every line of ours is JSON, with `message` for what happened.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export const savedQueries = [
  {
    name: 'one job',
    query: `fields @timestamp, message, type, step, queue, attempt, error, @log
| filter job_id = "REPLACE WITH THE JOB'S ID"
| sort @timestamp asc
| limit 200`,
  },
  {
    name: 'why jobs fail',
    query: `filter message = "job_failed"
| stats count(*) as jobs by queue, type, step, error
| sort jobs desc`,
  },
  {
    name: 'what is retried',
    query: `filter message = "job_retry"
| stats count(*) as attempts by queue, step, error, bin(5m)
| sort attempts desc`,
  },
  {
    name: 'errors and warnings',
    query: `fields @timestamp, level, message, error.name, error.message, job_id, @log
| filter level in ["ERROR", "WARN"]
| sort @timestamp desc
| limit 100`,
  },
  {
    name: 'crashes and time-outs',
    query: `fields @timestamp, @message, @log
| filter type = "platform.report" and record.status in ["error", "timeout", "failure"]
| sort @timestamp desc
| limit 100`,
  },
  {
    name: 'what is recommended',
    query: `fields @timestamp, recommendation, queue, error, jobs, share, defects, opportunities, usual, limit, utilization, advice
| filter message = "recommendation"
| sort @timestamp desc
| limit 100`,
  },
  {
    name: 'what the last day was like',
    query: `fields @timestamp, queue, quality.opportunities, quality.defects, quality.dpmo, quality.sigmaLevel, usual, peak.hour, peak.jobs, peak.timesUsual, busiest.utilization, @message
| filter message = "patterns_analyzed"
| sort @timestamp desc, queue asc
| limit 7`,
  },
  {
    name: 'what operators did',
    query: `fields @timestamp, message, operator, queue, job_id, dry_run, alarm, change, kind, before, concurrency, why
| filter message in ["queue_paused", "queue_resumed", "job_redriven", "dead_letters_redriven", "remediation"]
| sort @timestamp desc
| limit 200`,
  },
] as const satisfies readonly SavedQuery[];
