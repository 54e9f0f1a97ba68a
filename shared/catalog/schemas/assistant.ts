import * as z from 'zod';
import { storyFields } from './story.ts';
import { SubmitAnswer, submitOptions } from './submit.ts';
import { line, paragraphs } from './text.ts';
import { tellerFields, toldFields } from './told.ts';

const { location, interests, context, preferences } = storyFields;

/** Characters of a message. A question to be spoken in a car has a few dozen. */
export const longestMessage = 2_000;

const questionFields = {
  message: paragraphs(longestMessage).meta({
    description: 'What the traveller says. A question, never a command to the service.',
  }),
  location: location
    .optional()
    .meta({ description: 'Where the traveller is; without it nothing can be said of the place.' }),
  destination: line(120).optional().meta({ description: 'Where the journey leads, by name, such as `Portland, OR`.' }),
  preferences,
};

export const AskAssistantRequest = z
  .strictObject({
    ...questionFields,
    interests: interests.meta({ description: 'For a story, if the message asks for one.' }),
    context,
    ...submitOptions,
  })
  .meta({
    id: 'AskAssistantRequest',
    examples: [
      {
        message: 'How far is it to Santa Fe?',
        location: { latitude: 35.1717, longitude: -103.725, name: 'Tucumcari' },
        preferences: { units: 'imperial' },
      },
    ],
  });

/** The job's input: what the answer depends on. */
export const AnswerTravelerInput = z.object(questionFields);

const told = {
  answer: 'Santa Fe is about 155 miles to the west as the crow flies.',
  sentences: [{ text: 'Santa Fe is about 155 miles to the west as the crow flies.', facts: ['distance'] }],
  facts: [
    {
      id: 'distance',
      text: 'Santa Fe, New Mexico, United States is about 250 kilometers (about 155 miles) to the west.',
      source: 'GeoNames record 5490263, https://www.geonames.org/5490263',
    },
  ],
  credits: ['Place data: GeoNames (https://www.geonames.org), CC BY 4.0'],
};

const answerFields = { answer: z.string(), ...toldFields };

/** What answer_traveler makes. */
export const StoredAnswer = z.object({ ...answerFields, ...tellerFields }).meta({
  examples: [{ ...told, model: 'narrator', usage: { input_tokens: 0, output_tokens: 0, cost_micro_usd: 0 } }],
});

export type StoredAnswer = z.infer<typeof StoredAnswer>;

/** What a message can be understood to ask; intents.ts says what each is. The names alone are here, for the sake of every bundle that knows the routes. */
export const intentNames = [
  'greeting',
  'thanks',
  'help',
  'where_are_we',
  'what_is_near',
  'how_far',
  'local_time',
  'sun',
  'story',
] as const;

export type IntentName = (typeof intentNames)[number];

/** The answer itself: no job was made. */
export const ImmediateAnswer = z
  .object({
    type: z.literal('immediate'),
    intent: z.enum(intentNames).meta({ description: 'What the message was understood to ask.' }),
    title: z.string().optional().meta({ description: 'Of a story.' }),
    ...answerFields,
  })
  .meta({ id: 'ImmediateAnswer', examples: [{ type: 'immediate', intent: 'how_far', ...told }] });

/** The types of job that a message may become: a story if it asks for one, else an answer. */
export const messageJobTypes = ['answer_traveler', 'generate_story'] as const;

/** A job answers; its `result` has the answer, or the story. */
export const AsyncAnswer = SubmitAnswer.extend({
  type: z.literal('async'),
  job_type: z.enum(messageJobTypes),
}).meta({
  id: 'AsyncAnswer',
  examples: [
    {
      type: 'async',
      job_type: 'answer_traveler',
      job_id: '01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
      status: 'accepted',
      status_url: '/api/v1/jobs/status/01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
      estimated_completion_time: 8,
    },
  ],
});
