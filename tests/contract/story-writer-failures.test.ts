import { afterEach, describe, expect, it } from 'vitest';
import { BedrockStoryWriter } from '../../shared/adapters/bedrock/bedrock-story-writer.ts';
import type { BedrockSettings } from '../../shared/adapters/bedrock/converse.ts';
import { longestContent } from '../../shared/adapters/bedrock/story-answer.ts';
import type { ModelUsage, WrittenStory } from '../../shared/domain/narration.ts';
import { modelAnswer, type ScriptedBedrock, startScriptedBedrock } from '../support/scripted-bedrock.ts';
import { type Answer, failure } from '../support/scripted-http2.ts';
import { aBrief, someFacts } from '../support/story-samples.ts';

const settings: BedrockSettings = {
  modelId: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
  maxTokens: 600,
  temperature: 0.4,
};
const never = new AbortController().signal;
const content = 'About 4,900 people live in Tucumcari, in Quay County. The old road still runs through it.';
const story = { text: `Six Miles Out\n\n${content}` };

let bedrock: ScriptedBedrock;

afterEach(async () => {
  await bedrock.close();
});

async function write(answer: Answer, brief = aBrief()): Promise<WrittenStory> {
  bedrock = await startScriptedBedrock(() => answer);
  return new BedrockStoryWriter(bedrock.client, settings).write(brief, someFacts, never);
}

describe('BedrockStoryWriter, when something is wrong', () => {
  it.each(['max_tokens', 'model_context_window_exceeded'])(
    'never takes an answer for finished that ended by %s',
    async (stopReason) => {
      await expect(write(modelAnswer({ content: [story], stopReason }))).rejects.toMatchObject({
        code: 'truncated_answer',
        retry: 'later',
      });
    },
  );

  it('tells what an answer was billed that makes no story', async () => {
    const usage = { inputTokens: 900, outputTokens: 600, totalTokens: 1_500 };
    const answer = modelAnswer({ content: [story], stopReason: 'max_tokens', usage });
    bedrock = await startScriptedBedrock(() => answer);
    const heard: ModelUsage[] = [];
    const writer = new BedrockStoryWriter(bedrock.client, settings);
    await expect(writer.write(aBrief(), someFacts, never, (each) => heard.push(each))).rejects.toThrow();
    expect(heard).toEqual([{ inputTokens: 900, outputTokens: 600, costMicroUsd: 900 * 1.1 + 600 * 5.5 }]);
  });

  it.each(['guardrail_intervened', 'content_filtered', 'refusal'])(
    'gives up for good when the answer ended by %s',
    async (stopReason) => {
      await expect(write(modelAnswer({ content: [story], stopReason }))).rejects.toMatchObject({
        code: 'content_filtered',
        retry: 'never',
      });
    },
  );

  it.each(['stop_sequence', 'malformed_model_output', 'something_new'])(
    'tries again when the answer ended by %s',
    async (stopReason) => {
      await expect(write(modelAnswer({ content: [story], stopReason }))).rejects.toMatchObject({
        code: 'empty_answer',
        retry: 'later',
      });
    },
  );

  it.each([
    ['no content', modelAnswer({ content: [] })],
    ['no content member', modelAnswer({})],
    ['an empty text', modelAnswer({ content: [{ text: '' }] })],
    ['spaces', modelAnswer({ content: [{ text: ' \n\n \t' }] })],
    ['only thinking', modelAnswer({ content: [{ reasoningContent: { reasoningText: { text: 'Hmm.' } } }] })],
    [
      'only a tool call',
      modelAnswer({ content: [{ toolUse: { toolUseId: 't', name: 'n', input: {} } }], stopReason: 'tool_use' }),
    ],
  ])('gives up for good on %s', async (_, answer) => {
    await expect(write(answer)).rejects.toMatchObject({ code: 'empty_answer', retry: 'never' });
  });

  it.each([
    ['a title alone', 'Six Miles Out'],
    ['half a JSON object', '{"title": "Six Miles Out", "content": "About 4,9'],
    ['JSON in a code fence', `\`\`\`json\n{"title":"Six Miles Out","content":"${content}"}\n\`\`\``],
    ['a paragraph in place of a title', `${content} ${content}\n\n${content}`],
    ['an answer of 500 kB', `Six Miles Out\n\n${'word '.repeat(100_000)}`],
    ['an answer of 500 kB in one line', ' *_'.repeat(170_000)],
    ['a story over the bound', `Six Miles Out\n\n${'w'.repeat(longestContent + 1)}`],
  ])('tries again on %s', async (_, text) => {
    await expect(write(modelAnswer({ content: [{ text }] }))).rejects.toMatchObject({
      code: 'empty_answer',
      retry: 'later',
    });
  });

  it.each([
    [429, 'ThrottlingException', { code: 'throttled', retry: 'throttled' }],
    [400, 'ServiceQuotaExceededException', { code: 'throttled', retry: 'throttled' }],
    [429, 'SomethingNew', { code: 'throttled', retry: 'throttled' }],
    [429, 'ModelNotReadyException', { code: 'model_unavailable', retry: 'later' }],
    [408, 'ModelTimeoutException', { code: 'model_unavailable', retry: 'later' }],
    [424, 'ModelErrorException', { code: 'model_unavailable', retry: 'later' }],
    [424, 'ModelStreamErrorException', { code: 'model_unavailable', retry: 'later' }],
    [500, 'InternalServerException', { code: 'model_unavailable', retry: 'later' }],
    [503, 'ServiceUnavailableException', { code: 'model_unavailable', retry: 'later' }],
    [502, 'SomethingNew', { code: 'model_unavailable', retry: 'later' }],
    [403, 'AccessDeniedException', { code: 'model_misconfigured', retry: 'never' }],
    [404, 'ResourceNotFoundException', { code: 'model_misconfigured', retry: 'never' }],
    [400, 'ValidationException', { code: 'model_misconfigured', retry: 'never' }],
  ])('answers HTTP %d %s with an error that says what to do', async (status, name, expected) => {
    await expect(write(failure(status, name))).rejects.toMatchObject(expected);
    expect(bedrock.calls).toHaveLength(1);
  });

  it('tries again after a refusal that is cut off before it says what it refuses', async () => {
    const refusal = { kind: 'cut', status: 400, body: Buffer.from('{"message":"x"}'), how: 'reset' } as const;
    await expect(write(refusal)).rejects.toMatchObject({ code: 'model_unavailable', retry: 'later' });
  });

  it('passes on how long Bedrock asks to wait', async () => {
    const busy = failure(429, 'ThrottlingException', { 'retry-after': '30' });
    await expect(write(busy)).rejects.toMatchObject({ code: 'throttled', retryAfterSeconds: 30 });
  });

  it('keeps failing the same way while it is throttled, and writes the story once it is not', async () => {
    bedrock = await startScriptedBedrock((_, count) =>
      count <= 3 ? failure(429, 'ThrottlingException') : modelAnswer({ content: [story] }),
    );
    const writer = new BedrockStoryWriter(bedrock.client, settings);
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await expect(writer.write(aBrief(), someFacts, never)).rejects.toMatchObject({ retry: 'throttled' });
    }
    await expect(writer.write(aBrief(), someFacts, never)).resolves.toMatchObject({ story: { content } });
    expect(bedrock.calls).toHaveLength(4);
  });

  it('takes an answer that is broken JSON for a failure of the model', async () => {
    const broken: Answer = {
      kind: 'answer',
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"output":{"mess',
    };
    await expect(write(broken)).rejects.toMatchObject({ code: 'model_unavailable', retry: 'later' });
  });

  it('takes a server that is not there for a failure of the model', async () => {
    bedrock = await startScriptedBedrock(() => modelAnswer({ content: [story] }));
    await bedrock.close();
    const writing = new BedrockStoryWriter(bedrock.client, settings).write(aBrief(), someFacts, never);
    await expect(writing).rejects.toMatchObject({ code: 'model_unavailable', retry: 'later' });
  });

  it('stops at once when it is told to while the model hangs', async () => {
    const stop = new AbortController();
    bedrock = await startScriptedBedrock(() => {
      queueMicrotask(() => stop.abort(new Error('cancelled')));
      return { kind: 'hang' };
    });
    const writing = new BedrockStoryWriter(bedrock.client, settings).write(aBrief(), someFacts, stop.signal);
    await expect(writing).rejects.toMatchObject({ code: 'timed_out', retry: 'later' });
  });
});
