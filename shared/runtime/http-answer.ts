/** What a route answers, before it becomes the gateway's event. */
export interface HttpAnswer {
  readonly status: number;
  /** Sent as JSON; absent for 304. */
  readonly body?: unknown;
  /** Sent as it is, in the content type that the headers name; excludes `body`. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the request was held, as it had asked for: how long it took says nothing of us then. */
  readonly isHeld?: true;
}
