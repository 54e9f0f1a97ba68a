import { join } from 'node:path';
import { openGazetteer } from '../../shared/adapters/gazetteer/sqlite-gazetteer.ts';
import { answeringAsset } from '../../shared/catalog/functions.ts';
import { environmentOf, taskRoot } from '../../shared/runtime/environment.ts';
import { httpHandler } from '../../shared/runtime/http-handler.ts';
import { jobPorts, limiting, storyCache } from '../../shared/runtime/job-ports.ts';
import { modelSettings } from '../../shared/runtime/model-settings.ts';
import { testReceivers } from '../../shared/runtime/test-receivers.ts';
import { answerMessage } from './answer-message.ts';

const environment = environmentOf('answer-messages');
const ports = {
  ...jobPorts(environment),
  limiting: limiting(environment),
  callbackTestOrigins: testReceivers({ ...environment }).origins,
  gazetteer: openGazetteer(join(taskRoot(), answeringAsset.gazetteer)),
  cache: storyCache(environment),
  model: modelSettings(environment),
};

export const handler = httpHandler({
  ask_assistant: (request) => answerMessage(request, ports),
});
