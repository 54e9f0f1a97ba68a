import type { FailureCode } from '../../catalog/failures.ts';
import { judgedHours } from '../../catalog/patterns.ts';
import type { QueueName } from '../../catalog/queues.ts';
import type { MeasuredHour } from '../queue-history.ts';
import { sigmaLevel } from '../sigma-level.ts';
import { type ControlChart, controlChart } from './control-chart.ts';
import { type ParetoRow, pareto } from './pareto.ts';
import { type PeakHour, peakHour } from './peak-hour.ts';

export interface QueueRecord {
  readonly queue: QueueName;
  /** Those that say what is usual, then those that are judged; undefined when nobody could read them. */
  readonly hours: readonly MeasuredHour[] | undefined;
  /** Why jobs failed in the hours that are judged. */
  readonly failures: readonly FailureCode[];
  /** Attempts that may be under way at a time. */
  readonly capacity: number;
}

export interface QueueAnalysis {
  readonly queue: QueueName;
  readonly failures: readonly ParetoRow<FailureCode>[];
  /** Absent when no metrics could be read. */
  readonly measured?: MeasuredAnalysis;
}

interface MeasuredAnalysis {
  /** Of the hours judged. */
  readonly quality: Quality;
  readonly chart?: ControlChart;
  readonly peak?: PeakHour;
  readonly busiest: BusyHour;
}

interface Quality {
  readonly opportunities: number;
  readonly defects: number;
  /** Defects for a million opportunities; absent when there was none. */
  readonly dpmo?: number;
  /** Absent when so few tell no level. */
  readonly sigmaLevel?: number;
}

/** The hour judged in which most attempts were under way. */
interface BusyHour {
  readonly from: number;
  readonly busy: number;
  readonly capacity: number;
  /** Part of the capacity, 0 to 1. */
  readonly utilization: number;
}

/** What one queue's last day shows against the days before it. */
export function analyzeQueue({ queue, hours, failures, capacity }: QueueRecord): QueueAnalysis {
  const causes = pareto(failures);
  if (!hours) return { queue, failures: causes };
  const judged = hours.slice(-judgedHours);
  const chart = controlChart(hours.slice(0, -judgedHours), judged);
  const peak = peakHour(hours);
  return {
    queue,
    failures: causes,
    measured: {
      quality: qualityOf(judged),
      ...(chart && { chart }),
      ...(peak && { peak }),
      busiest: busiestOf(judged, capacity),
    },
  };
}

function qualityOf(hours: readonly MeasuredHour[]): Quality {
  const opportunities = hours.reduce((total, hour) => total + hour.opportunities, 0);
  const defects = hours.reduce((total, hour) => total + hour.defects, 0);
  if (opportunities === 0) return { opportunities, defects };
  const dpmo = (defects / opportunities) * 1e6;
  const level = sigmaLevel(dpmo);
  return { opportunities, defects, dpmo, ...(level !== undefined && { sigmaLevel: level }) };
}

function busiestOf(hours: readonly MeasuredHour[], capacity: number): BusyHour {
  const busiest = hours.reduce((most, hour) => (hour.busy > most.busy ? hour : most));
  return { from: busiest.from, busy: busiest.busy, capacity, utilization: busiest.busy / capacity };
}
