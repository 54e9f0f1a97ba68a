/** A port of the domain, what implements it, and what judges that. */
export interface PortRow {
  readonly port: string;
  /** The class or function in shared/adapters. */
  readonly adapter: string;
  /** The class in tests/support that stands in for it in unit tests; the same suite judges both. */
  readonly fake?: string;
  /** The file in tests/contract, without its ending. */
  readonly suite: string;
}

/** Every port that has an adapter (tests/contract/ports.test.ts). */
export const ports: readonly PortRow[] = [
  { port: 'JobStore', adapter: 'DynamoDbJobStore', fake: 'MemoryJobStore', suite: 'job-store' },
  { port: 'OwnerLimits', adapter: 'DynamoDbOwnerLimits', fake: 'MemoryOwnerLimits', suite: 'owner-limits' },
  { port: 'UpstreamStates', adapter: 'DynamoDbUpstreamStates', fake: 'MemoryUpstreamStates', suite: 'upstream-states' },
  { port: 'StoryCache', adapter: 'DynamoDbStoryCache', fake: 'MemoryStoryCache', suite: 'story-cache' },
  { port: 'ScheduleStore', adapter: 'DynamoDbScheduleStore', fake: 'MemoryScheduleStore', suite: 'schedule-store' },
  {
    port: 'RemediationStore',
    adapter: 'DynamoDbRemediationStore',
    fake: 'MemoryRemediations',
    suite: 'remediation-store',
  },
  { port: 'CollapseKeys', adapter: 'DynamoDbCollapseKeys', fake: 'FakeMessages', suite: 'collapse-keys' },
  { port: 'EventLedger', adapter: 'DynamoDbEventLedger', suite: 'event-ledger' },
  { port: 'JobQueues', adapter: 'SqsJobQueues', fake: 'RecordedQueues', suite: 'job-queues' },
  { port: 'PushSender', adapter: 'SnsPushSender', fake: 'FakeMessages', suite: 'messages' },
  { port: 'Mailer', adapter: 'SesMailer', fake: 'FakeMessages', suite: 'messages' },
  { port: 'PaymentProvider', adapter: 'StripePayments', fake: 'FakePayments', suite: 'stripe-payments' },
  {
    port: 'ReservationPartner',
    adapter: 'HttpReservationPartner',
    fake: 'FakePartner',
    suite: 'reservation-partner',
  },
  { port: 'QueueCounter', adapter: 'SqsQueueCounter', suite: 'queue-counter' },
  { port: 'QueueConsumers', adapter: 'LambdaQueueConsumers', suite: 'queue-consumers' },
  { port: 'QueueHistory', adapter: 'CloudWatchQueueHistory', suite: 'queue-history' },
  { port: 'HourlyHistory', adapter: 'CloudWatchHourlyHistory', suite: 'hourly-history' },
  { port: 'MediaStore', adapter: 'S3MediaStore', suite: 'media-links' },
  { port: 'MediaStore', adapter: 'LinkedMedia', suite: 'media-links' },
  { port: 'MediaLinks', adapter: 'S3MediaLinks', suite: 'media-links' },
  { port: 'Secrets', adapter: 'SsmSecrets', suite: 'secrets' },
  { port: 'StoryWriter', adapter: 'BedrockStoryWriter', suite: 'story-writer' },
  { port: 'QuestionAnswerer', adapter: 'BedrockAnswerer', suite: 'question-answerer' },
  { port: 'JourneyTeller', adapter: 'BedrockJourneyTeller', suite: 'journey-teller' },
  { port: 'Speaker', adapter: 'PollySpeaker', suite: 'speaker' },
  { port: 'RouteFinder', adapter: 'LocationRouteFinder', suite: 'location-route-finder' },
  { port: 'WebhookSender', adapter: 'HttpsWebhookSender', suite: 'webhook-sender' },
  { port: 'PhotoRenderer', adapter: 'ForkedRenderer', suite: 'photo-renderer' },
  { port: 'Gazetteer', adapter: 'openGazetteer', suite: 'gazetteer' },
];
