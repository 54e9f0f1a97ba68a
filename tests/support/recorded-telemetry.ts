import type { MetricName } from '../../shared/catalog/metrics.ts';
import type { Telemetry } from '../../shared/domain/ports.ts';

/** Keeps what operators would be told. */
export class RecordedTelemetry implements Telemetry {
  readonly counts = new Map<MetricName, number>();
  readonly notes: { readonly event: string; readonly details: Readonly<Record<string, unknown>> }[] = [];
  readonly warnings: { readonly event: string; readonly cause: unknown }[] = [];

  count(metric: MetricName, _dimensions: unknown, value = 1): void {
    this.counts.set(metric, this.counted(metric) + value);
  }

  note(event: string, details: Readonly<Record<string, unknown>>): void {
    this.notes.push({ event, details });
  }

  warn(event: string, _details: unknown, cause?: unknown): void {
    this.warnings.push({ event, cause });
  }

  counted(metric: MetricName): number {
    return this.counts.get(metric) ?? 0;
  }

  /** Why messages were dropped. */
  get dropped(): readonly unknown[] {
    return this.notes.filter(({ event }) => event === 'message_dropped').map(({ details }) => details.reason);
  }
}
