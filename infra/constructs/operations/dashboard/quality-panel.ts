import { Duration } from 'aws-cdk-lib';
import { type GraphWidget, type IWidget, TableWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { objectives } from '../../../../shared/catalog/objectives.ts';
import { formulaByQueue, formulas, type Observed, rowHeight } from './graphs.ts';

const { bad, total } = objectives.completion;
const watches = { ...bad.watches, ...total.watches };

/** Defects per million opportunities: a job is one opportunity, and what was rejected for what was asked is no defect. */
const dpmo = `1000000 * (${bad.expression}) / (${total.expression})`;

/**
 * The short-term sigma level of so many defects per million, with the customary shift of 1.5: Schmidt and Launsby's approximation, within
 * 0.01 for 3 to 600,000 defects, because metric math has no normal distribution. Without a defect it shows 6.
 */
const sigma = `IF((${bad.expression}) > 0, 0.8406 + (29.37 - 2.221 * LOG(${dpmo})) ^ 0.5, 6)`;

/** Percent of the jobs that could be done. */
export function completionRate(observed: Observed): GraphWidget {
  const percent = `100 - 100 * (${bad.expression}) / (${total.expression})`;
  return formulaByQueue('Completed, % of what can be done', () => percent, watches, observed);
}

/** Six Sigma: how well each queue did in the time shown. The sigma level of a queue without jobs is empty. */
export function qualityPanel(observed: Observed): IWidget[] {
  const daily = { ...observed, period: Duration.days(1) };
  const table = (title: string, formula: string) =>
    new TableWidget({
      title,
      metrics: formulas(() => formula, watches, daily),
      width: 12,
      height: rowHeight,
    });
  return [table('Defects per million opportunities, by day', dpmo), table('Sigma level, by day', sigma)];
}
