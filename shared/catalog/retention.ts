/** How long a job can be read after its end, days. What it made must live at least as long (infra/stages.ts sees to it). */
export const jobRetentionDays = 30;

/** Speech older than this is not used again for a new job, because it might be deleted before that job is, days. */
export const speechReuseDays = 30;
