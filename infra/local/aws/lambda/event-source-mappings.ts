import * as z from 'zod';
import { AwsFailure } from '../../server/aws-failure.ts';
import type { AwsRequest, AwsService } from '../../server/aws-service.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';

/** A mapping that can be stopped, started again and given another limit. */
export interface SwitchableMapping {
  readonly queueArn: string;
  /** Heeded at once by what `start` has started. */
  readonly limits: { maximumConcurrency: number };
  start(): EventSourceMapping;
}

export interface Lambda extends AwsService {
  /** Starts a mapping under its id. */
  addMapping(id: string, mapping: SwitchableMapping): void;
  /** Ends every mapping; resolves when what they started has ended, or after `limitMs`. */
  stopMappings(limitMs: number): Promise<void>;
}

type State = 'Enabled' | 'Disabling' | 'Disabled';

/** A function is stopped long before. */
const LONGEST_RUN_MS = 900_000;

/** Lambda's API, as far as it reads, switches and limits event source mappings: GetEventSourceMapping and UpdateEventSourceMapping. */
export function createLambda(): Lambda {
  const mappings = new Map<string, SwitchableMapping & { running: EventSourceMapping; state: State }>();

  const find = ({ path }: AwsRequest) => {
    const id = /^\/2015-03-31\/event-source-mappings\/([^/]+)$/.exec(path)?.[1] ?? '';
    const mapping = mappings.get(decodeURIComponent(id));
    if (mapping) return { id, mapping };
    throw new AwsFailure('ResourceNotFoundException', 'The resource you requested does not exist.', { status: 404 });
  };

  /** What is under way goes on and is waited for. https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html */
  const update = (request: AwsRequest) => {
    const { mapping } = find(request);
    const { Enabled: enable, ScalingConfig } = UpdateInput.parse(JSON.parse(request.body.toString()));
    if (mapping.state === 'Disabling' && (enable ?? ScalingConfig)) {
      throw new AwsFailure('ResourceInUseException', 'The event source mapping is being updated.', { status: 400 });
    }
    if (ScalingConfig) mapping.limits.maximumConcurrency = ScalingConfig.MaximumConcurrency;
    if (enable === undefined || enable === (mapping.state === 'Enabled')) return;
    mapping.state = enable ? 'Enabled' : 'Disabling';
    if (enable) mapping.running = mapping.start();
    else void mapping.running.stop(LONGEST_RUN_MS).then(() => Object.assign(mapping, { state: 'Disabled' }));
  };

  return {
    signingName: 'lambda',
    addMapping: (id, mapping) => void mappings.set(id, { ...mapping, running: mapping.start(), state: 'Enabled' }),
    async stopMappings(limitMs) {
      await Promise.all([...mappings.values()].map(({ running }) => running.stop(limitMs)));
    },
    async handle(request) {
      if (request.method === 'PUT') update(request);
      else if (request.method !== 'GET') throw new AwsFailure('NotImplemented', request.method, { status: 501 });
      const { id, mapping } = find(request);
      const ScalingConfig = { MaximumConcurrency: mapping.limits.maximumConcurrency };
      const body = { UUID: id, EventSourceArn: mapping.queueArn, State: mapping.state, ScalingConfig };
      const headers = { 'content-type': 'application/json' };
      return { status: request.method === 'PUT' ? 202 : 200, headers, body: JSON.stringify(body) };
    },
  };
}

const ScalingConfig = z.strictObject({ MaximumConcurrency: z.int().min(2).max(1_000) });
/** What is left out stays as it is. */
const UpdateInput = z.strictObject({ Enabled: z.boolean().optional(), ScalingConfig: ScalingConfig.optional() });
