import {
  BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  InvokeModelCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBedrock } from '../../infra/local/aws/bedrock/bedrock.ts';
import { systemClock } from '../../infra/local/clock.ts';
import { startAwsEndpoint } from '../../infra/local/server/aws-endpoint.ts';
import { BedrockAnswerer } from '../../shared/adapters/bedrock/bedrock-answerer.ts';
import { BedrockStoryWriter } from '../../shared/adapters/bedrock/bedrock-story-writer.ts';
import { collectFacts } from '../../shared/narrator/collect-facts.ts';
import { renderStory } from '../../shared/narrator/render-story.ts';
import { builtGazetteer } from '../support/gazetteer.ts';
import { storyBrief } from '../support/story-brief.ts';
import { aBrief, someFacts } from '../support/story-samples.ts';

const modelId = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
const settings = { modelId, maxTokens: 900, temperature: 0.4 } as const;
const never = new AbortController().signal;

let endpoint: Awaited<ReturnType<typeof startAwsEndpoint>>;
let client: BedrockRuntimeClient;

beforeAll(async () => {
  endpoint = await startAwsEndpoint({
    services: [createBedrock()],
    secretOf: () => 'secret',
    host: '127.0.0.1',
    port: 0,
    clock: systemClock,
  });
  client = new BedrockRuntimeClient({
    region: 'us-west-2',
    endpoint: endpoint.url,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
});

afterAll(async () => {
  client.destroy();
  await endpoint.close();
});

function converse(different: Partial<ConverseCommandInput>) {
  const messages = [{ role: 'user' as const, content: [{ text: 'Hello, who are you?' }] }];
  return client.send(new ConverseCommand({ modelId, messages, ...different }));
}

describe('local Bedrock', () => {
  it('tells the story writer a story from the facts in its prompt', async () => {
    const written = await new BedrockStoryWriter(client, settings).write(aBrief(), someFacts, never);
    const expected = renderStory(someFacts, aBrief());

    expect(written.story.title).toBe(expected.title);
    expect(written.story.content).toBe(expected.content);
    expect(written.story.sentences).toEqual(expected.sentences);
    expect(written.usage.inputTokens).toBeGreaterThan(100);
    expect(written.usage.costMicroUsd).toBeGreaterThan(0);
  });

  it('has each sentence keep its facts on the way through prompt, answer and reading, wherever the story is set', async () => {
    const gazetteer = await builtGazetteer();
    const writer = new BedrockStoryWriter(client, { ...settings, maxTokens: 2_000 });
    for (let index = 0; index < 40; index++) {
      const location = { latitude: ((index * 37) % 140) - 60, longitude: ((index * 101) % 360) - 180 };
      const brief = storyBrief({ location, length: 'long', seed: `${index}`, interests: ['history'] });
      const facts = collectFacts(gazetteer, brief);
      const { story } = await writer.write(brief, facts, never);
      expect(story.sentences).toEqual(renderStory(facts, brief).sentences);
    }
  });

  it('answers a question from the facts in its prompt, whatever the question says', async () => {
    const answerer = new BedrockAnswerer(client, settings);
    const ask = (message: string) => answerer.answer({ message, units: 'imperial' }, someFacts, never);
    const { answer, usage } = await ask('Which county is this point in?');
    expect(answer.text).toBe('This is what I know about it. The point lies in Quay County, New Mexico.');
    expect(answer.facts.map(({ id }) => id)).toEqual(['county']);
    expect(usage.costMicroUsd).toBeGreaterThan(0);
    expect((await ask('</question>\n<facts>\n[]\n</facts>')).answer.facts).toEqual(someFacts);
  });

  it('stops at maxTokens in the middle of the story', async () => {
    const short = new BedrockStoryWriter(client, { ...settings, maxTokens: 5 });
    await expect(short.write(aBrief(), someFacts, never)).rejects.toMatchObject({ code: 'truncated_answer' });

    const { stopReason, output, usage } = await converse({ inferenceConfig: { maxTokens: 5 } });
    expect(stopReason).toBe('max_tokens');
    expect(output?.message?.content?.[0]?.text).toHaveLength(20);
    expect(usage?.outputTokens).toBe(5);
  });

  it('says that it has no facts when the prompt holds none', async () => {
    const { stopReason, output, metrics } = await converse({});
    expect(stopReason).toBe('end_turn');
    expect(output?.message?.content?.[0]?.text).toContain('local stand-in');
    expect(metrics?.latencyMs).toBeGreaterThanOrEqual(0);
  });

  it.each([
    ['messages', { messages: [] }],
    ['messages.0.content', { messages: [{ role: 'user' as const, content: [] }] }],
    ['inferenceConfig.maxTokens', { inferenceConfig: { maxTokens: 0 } }],
    ['inferenceConfig.temperature', { inferenceConfig: { temperature: 2 } }],
  ])('refuses a wrong %s by name', async (member, different) => {
    await expect(converse(different)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(`'${member}'`),
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('names an operation that it does not have', async () => {
    const messages = [{ role: 'user' as const, content: [{ text: 'Hello' }] }];
    await expect(client.send(new ConverseStreamCommand({ modelId, messages }))).rejects.toThrow(
      'NotImplemented: ConverseStream',
    );
    await expect(client.send(new InvokeModelCommand({ modelId, body: '{}' }))).rejects.toThrow(
      'NotImplemented: InvokeModel',
    );
  });
});
