import { parseArgs } from 'node:util';
import type { Drill } from '../../tests/chaos/drills/drill.ts';
import { minuteSeconds, startDrillCloud } from '../../tests/chaos/drills/drill-cloud.ts';
import { type DrillName, drillNames, drills, isDrillName } from '../../tests/chaos/drills/drills.ts';
import { runDrill, StageMissing } from '../../tests/chaos/drills/run-drill.ts';
import { CommandError, onStopSignal, runCommand } from './command-line.ts';
import { prepareLocalStage } from './local-stage.ts';
import { twoColumns } from './two-columns.ts';
import { waitingLine } from './waiting-line.ts';

const listed = twoColumns(drillNames.map((name) => [name, drills[name].breaks]));

const usage = `Usage: npm run drill -- <drill>

Breaks a local cloud of its own on purpose and prints what comes of it, with times: the fault, the first job that feels it, the alarm, the
page, what is done about it, the end of the alarm, and what became of every job. Nothing printed is prepared: each line is there because it
was seen. Ends with 1 if a stage does not come in time, and says which. A drill takes one to two minutes and leaves nothing behind.

${listed}

  --list    lists the drills, as no name does
  --help    this text`;

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { list: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return console.log(usage);
  const [name, ...more] = positionals;
  if (values.list || name === undefined) return console.log(listed);
  if (!isDrillName(name) || more.length > 0) {
    const wrong = isDrillName(name)
      ? `One drill at a time, not ${positionals.join(' and ')}`
      : `There is no drill "${name}"`;
    throw new CommandError(`${wrong}. Drills: ${drillNames.join(', ')}.`, { exitCode: 2 });
  }
  const stop = new AbortController();
  onStopSignal(() => stop.abort(new CommandError('Stopped: the drill was not finished.', { exitCode: 130 })));
  await prepareLocalStage(console.error);
  stop.signal.throwIfAborted();
  await perform(name, stop.signal);
});

async function perform(name: DrillName, stop: AbortSignal): Promise<void> {
  const drill: Drill = drills[name];
  const { redeliverySeconds } = drill;
  console.log(`Drill ${name}: ${drill.breaks}

CloudWatch's minutes, the schedules and the age that a message has for CloudWatch are played ${60 / minuteSeconds} times as fast: a minute takes ${minuteSeconds} s. Times are real seconds;
"min" counts CloudWatch's minutes. Workers, retries and delays keep real time.${
    redeliverySeconds === undefined
      ? ''
      : ` What a worker of ${drill.queue} leaves undone is handed out again after
${redeliverySeconds} s, not when the queue's visibility time-out ends.`
  }
`);
  const line = waitingLine(process.stderr);
  try {
    line.show('starting a local cloud', 0);
    await using scene = await startDrillCloud(drill);
    await runDrill(drill, scene, {
      stop,
      waiting: (stage, seconds) => line.show(`waiting for: ${stage}`, seconds),
      print(text) {
        line.clear();
        console.log(text);
      },
    });
  } catch (error) {
    if (error instanceof StageMissing) throw new CommandError(error.message, { cause: error });
    throw error;
  } finally {
    line.clear();
  }
}
